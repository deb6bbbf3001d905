//! What panels show: plain data, built from the world by [`build`](crate::build) or, for the
//! session and the surroundings, filled by the game. All texts in it are fit for display.

pub mod content;
pub mod feedback;
pub mod hud;
pub mod inspector;
pub mod inventory;
pub mod item;
pub mod keys;
pub mod log;
pub mod session;
pub mod sheet;

pub use content::ContentModel;
pub use feedback::{Feedback, Subject};
pub use hud::HudModel;
pub use inspector::InspectorModel;
pub use inventory::InventoryModel;
pub use item::ItemRow;
pub use keys::KeysModel;
pub use log::LogModel;
pub use session::SessionModel;
pub use sheet::SheetModel;
