//! The budgets of the project, ours beside peers in one run.
//!
//! `cargo bench -p wayfarer_benches` prints the table and writes `target/scorecard.json`. Words
//! after `--` choose row groups by name; without any, all run. The group `panel` exists with
//! `--features panel` only: it needs a renderer, for which Bevy is built with other features.

use std::{env, path::Path, process::ExitCode};

use wayfarer_benches::{Report, Row};

mod scorecard {
    pub mod actions;
    pub mod awake;
    pub mod bytes;
    pub mod change;
    pub mod crowd;
    pub mod definitions;
    pub mod effects;
    pub mod explaining;
    pub mod flood;
    pub mod footprint;
    pub mod game;
    pub mod garbage;
    pub mod gauge;
    pub mod gear;
    pub mod hand_written;
    pub mod heroes;
    pub mod hoard;
    pub mod idle;
    pub mod item_bytes;
    pub mod items;
    pub mod joiner;
    pub mod lives;
    pub mod loot;
    pub mod modifiers;
    pub mod pack;
    #[cfg(feature = "panel")]
    pub mod panel;
    pub mod party;
    pub mod player;
    #[path = "../../../crates/wayfarer_net/tests/net/proxy.rs"]
    #[allow(
        dead_code,
        clippy::unwrap_used,
        reason = "shared with the network crate's own tests"
    )]
    pub mod proxy;
    pub mod quiet;
    pub mod round_trip;
    pub mod saving;
    pub mod shop;
    pub mod spawn;
    pub mod steady;
    pub mod table;
    pub mod wares;
}

#[cfg(feature = "panel")]
use scorecard::panel;
use scorecard::{
    actions, awake, bytes, change, crowd, definitions, effects, explaining, flood, footprint, gear,
    hoard, idle, item_bytes, items, joiner, lives, loot, modifiers, quiet, round_trip, saving,
    shop, spawn, steady,
};

/// Why a group has no rows.
type Failure = Box<dyn std::error::Error>;
/// The rows of a group.
type Rows = Result<Vec<Row>, Failure>;

const GROUPS: &[(&str, fn() -> Rows)] = &[
    ("change", change::rows),
    ("spawn", spawn::rows),
    ("idle", idle::rows),
    ("modifiers", modifiers::rows),
    ("effects", effects::rows),
    ("lives", lives::rows),
    ("explaining", explaining::rows),
    ("steady", steady::rows),
    ("items", items::rows),
    ("gear", gear::rows),
    ("loot", loot::rows),
    ("shop", shop::rows),
    ("item_bytes", item_bytes::rows),
    ("definitions", definitions::rows),
    ("actions", actions::rows),
    ("footprint", footprint::rows),
    ("saving", saving::rows),
    ("bytes", bytes::rows),
    ("awake", awake::rows),
    ("crowd", crowd::rows),
    ("quiet", quiet::rows),
    ("joiner", joiner::rows),
    ("round_trip", round_trip::rows),
    ("flood", flood::rows),
    ("hoard", hoard::rows),
    #[cfg(feature = "panel")]
    ("panel", panel::rows),
];

fn main() -> ExitCode {
    // Cargo itself adds `--bench`.
    let wanted: Vec<String> = env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'))
        .collect();
    if cfg!(debug_assertions) {
        eprintln!("this is no release build: it shows that everything runs, not how fast");
    }
    let mut report = Report::default();
    let mut failed = false;
    for (name, rows) in GROUPS {
        if !wanted.is_empty() && !wanted.iter().any(|word| word == *name) {
            continue;
        }
        eprintln!("measuring: {name}");
        match rows() {
            Ok(rows) => report.extend(rows),
            Err(error) => {
                failed = true;
                eprintln!("{name} could not be measured: {error}");
            }
        }
    }
    print!("{report}");
    println!("{} of {} rows are short", report.short(), report.rows.len());
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/scorecard.json");
    if let Err(error) = report.write(&file) {
        failed = true;
        eprintln!("the scorecard could not be written: {error}");
    }
    if failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}
