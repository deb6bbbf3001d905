//! The plugin in an app: actions, settling, messages, reload, and the packs that are shipped.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

#[path = "wayfarer_stats/actions.rs"]
mod actions;
#[path = "wayfarer_stats/client.rs"]
mod client;
#[path = "wayfarer_stats/common.rs"]
mod common;
#[path = "wayfarer_stats/damage.rs"]
mod damage;
#[path = "wayfarer_stats/effects.rs"]
mod effects;
#[path = "wayfarer_stats/guide.rs"]
mod guide;
#[path = "wayfarer_stats/guide_effects.rs"]
mod guide_effects;
#[path = "wayfarer_stats/life.rs"]
mod life;
#[path = "wayfarer_stats/life_labels.rs"]
mod life_labels;
#[path = "wayfarer_stats/life_levels.rs"]
mod life_levels;
#[path = "wayfarer_stats/messages.rs"]
mod messages;
#[path = "wayfarer_stats/packs.rs"]
mod packs;
#[path = "wayfarer_stats/relations.rs"]
mod relations;
#[path = "wayfarer_stats/relations_kept.rs"]
mod relations_kept;
#[path = "wayfarer_stats/relations_told.rs"]
mod relations_told;
#[path = "wayfarer_stats/reload.rs"]
mod reload;
#[path = "wayfarer_stats/resources.rs"]
mod resources;
#[path = "wayfarer_stats/srd.rs"]
mod srd;
#[path = "wayfarer_stats/thousand.rs"]
mod thousand;
#[path = "wayfarer_stats/transactions.rs"]
mod transactions;
#[path = "wayfarer_stats/traps.rs"]
mod traps;
