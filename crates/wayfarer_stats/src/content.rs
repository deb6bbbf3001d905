//! The definition types: stat sets, sheets, worlds, bonus types, and the modifiers that other
//! crates write in their own definitions.

mod bonus;
mod check;
mod entries;
mod formula;
mod modifier_def;
mod number;
mod set;
mod sheet;
#[cfg(test)]
mod tests;
mod world;

pub use bonus::BonusTypeDef;
pub use entries::Entries;
pub use formula::Formula;
pub use modifier_def::ModifierDef;
pub(crate) use modifier_def::link_condition;
pub use set::{LevelCondition, LevelDef, ResourceDef, StatDef, StatSetDef, TierDef};
pub use sheet::SheetDef;
pub use world::{ActiveWorld, WorldDef};

pub(crate) use check::{check_sheets, check_worlds};
