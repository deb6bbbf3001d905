//! What panels show: plain data, built from the world by [`build`](crate::build) or, for the
//! session and the surroundings, filled by the game. All texts in it are fit for display.

pub mod content;
pub mod crafting;
pub mod effects;
pub mod enchanting;
pub mod features;
pub mod feedback;
pub mod gear;
pub mod graph;
pub mod history;
pub mod hud;
pub mod inspector;
pub mod inventory;
pub mod item;
pub mod keys;
pub mod log;
pub mod packages;
pub mod relations;
pub mod repair;
pub mod session;
pub mod sheet;
pub mod viewed;

pub use content::ContentModel;
pub use effects::EffectsModel;
pub use features::FeaturesModel;
pub use feedback::{Feedback, Subject};
pub use graph::GraphModel;
pub use hud::HudModel;
pub use inspector::InspectorModel;
pub use inventory::InventoryModel;
pub use item::ItemRow;
pub use keys::KeysModel;
pub use log::LogModel;
pub use packages::PackagesModel;
pub use relations::RelationsModel;
pub use repair::RepairModel;
pub use session::SessionModel;
pub use sheet::SheetModel;
pub use viewed::Viewed;
