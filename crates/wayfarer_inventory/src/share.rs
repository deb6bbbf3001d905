//! Loot for several: whose it is for the time being, and how it is shared out.

mod plan;
mod rights;

pub use plan::{SharePlan, share_plan};
pub use rights::{LootRights, check_rights, give_rights};
