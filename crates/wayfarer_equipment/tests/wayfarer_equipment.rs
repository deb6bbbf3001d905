//! The equipment crate in a real app.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

#[path = "wayfarer_equipment/advice.rs"]
mod advice;
#[path = "wayfarer_equipment/assets.rs"]
mod assets;
#[path = "wayfarer_equipment/condition.rs"]
mod condition;
#[path = "wayfarer_equipment/content.rs"]
mod content;
#[path = "wayfarer_equipment/cooldown.rs"]
mod cooldown;
#[path = "wayfarer_equipment/equip.rs"]
mod equip;
#[path = "wayfarer_equipment/feature.rs"]
mod feature;
#[path = "wayfarer_equipment/gear_rig.rs"]
mod gear_rig;
#[path = "wayfarer_equipment/guide.rs"]
mod guide;
#[path = "wayfarer_equipment/magic.rs"]
mod magic;
#[path = "wayfarer_equipment/makers.rs"]
mod makers;
#[path = "wayfarer_equipment/oil.rs"]
mod oil;
#[path = "wayfarer_equipment/random.rs"]
mod random;
#[path = "wayfarer_equipment/repair_spares.rs"]
mod repair_spares;
#[path = "wayfarer_equipment/repairing.rs"]
mod repairing;
#[path = "wayfarer_equipment/rig.rs"]
mod rig;
#[path = "wayfarer_equipment/rules_content.rs"]
mod rules_content;
#[path = "wayfarer_equipment/swap.rs"]
mod swap;
#[path = "wayfarer_equipment/together.rs"]
mod together;
#[path = "wayfarer_equipment/wearing.rs"]
mod wearing;
