//! The definition types: stat sets, sheets, worlds, bonus types, semantic types, derivations, and
//! the modifiers that other crates write in their own definitions.

mod bonus;
mod check;
mod derivation;
mod entries;
mod formula;
mod labels;
mod modifier_def;
mod number;
mod semantic;
mod set;
mod sheet;
#[cfg(test)]
mod tests;
mod world;

pub use bonus::BonusTypeDef;
pub use derivation::{Combine, Compose, DerivationDef, DerivedAxis, DerivedSource};
pub use entries::Entries;
pub use formula::Formula;
pub use labels::{LabelRule, LabelsDef};
pub use modifier_def::ModifierDef;
pub(crate) use modifier_def::link_condition;
pub use semantic::SemanticTypeDef;
pub use set::{LevelCondition, LevelDef, ResourceDef, StatDef, StatSetDef, TierDef};
pub use sheet::SheetDef;
pub use world::{ActiveWorld, WorldDef, WorldStatDef};

pub(crate) use check::{check_sheets, check_worlds};
