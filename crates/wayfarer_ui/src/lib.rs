//! Wayfarer's egui panels: character sheet, inventory, stat inspector, action log, content errors,
//! people, keys and a small HUD.

pub mod intent;
pub mod keys;
pub mod model;
pub mod open;
pub mod panels;
pub mod texts;
pub mod toasts;
