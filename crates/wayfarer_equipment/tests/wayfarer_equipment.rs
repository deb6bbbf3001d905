//! The equipment crate in a real app.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

#[path = "wayfarer_equipment/assets.rs"]
mod assets;
#[path = "wayfarer_equipment/content.rs"]
mod content;
#[path = "wayfarer_equipment/cooldown.rs"]
mod cooldown;
#[path = "wayfarer_equipment/equip.rs"]
mod equip;
#[path = "wayfarer_equipment/magic.rs"]
mod magic;
#[path = "wayfarer_equipment/random.rs"]
mod random;
#[path = "wayfarer_equipment/rig.rs"]
mod rig;
#[path = "wayfarer_equipment/swap.rs"]
mod swap;
