//! The store against a hostile world: killed processes, damaged files, failing disks.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on has failed"
)]

#[path = "wayfarer_save/basics.rs"]
mod basics;
#[path = "wayfarer_save/common.rs"]
mod common;
#[path = "wayfarer_save/damage.rs"]
mod damage;
#[path = "wayfarer_save/faults.rs"]
mod faults;
#[path = "wayfarer_save/kill.rs"]
mod kill;
#[path = "wayfarer_save/profiles.rs"]
mod profiles;
#[path = "wayfarer_save/speed.rs"]
mod speed;
