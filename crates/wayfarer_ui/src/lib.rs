//! Wayfarer's egui panels: character sheet, inventory, stat inspector, action log, content errors,
//! people, keys and a small HUD.

pub mod answers;
pub mod build;
mod dispatch;
pub mod intent;
pub mod keys;
pub mod model;
pub mod open;
pub mod panels;
pub mod plugin;
pub mod texts;
pub mod theme;
pub mod toasts;
pub mod widgets;

pub use plugin::{UiLogicPlugin, UiPlugin};
