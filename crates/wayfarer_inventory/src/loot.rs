//! Loot: what is found, rolled from tables, with the exact odds for whoever wants to know them.
//!
//! Dice come from the cause (who opened which chest, when), so every find can be looked up in the
//! ledger. [`odds`] is computed from the same whole-numbered chances that the dice are thrown for.

mod check;
mod context;
mod fill;
mod odds;
mod roll;

pub use check::check_loot;
pub use context::{LootContext, items_with};
pub(crate) use fill::fill_opened;
pub use fill::{Filled, LootOrder, give_loot};
pub use odds::{Odds, odds};
pub use roll::{Drop, MAX_DROPS, roll};
