//! The budgets of the project, ours beside peers in one run.
//!
//! `cargo bench -p wayfarer_benches` prints the table and writes `target/scorecard.json`. Words
//! after `--` choose row groups by name; without any, all run.

use std::{env, path::Path, process::ExitCode};

use wayfarer_benches::{Report, Row};

mod scorecard {
    pub mod actions;
    pub mod bytes;
    pub mod change;
    pub mod definitions;
    pub mod gauge;
    pub mod hand_written;
    pub mod heroes;
    pub mod idle;
    pub mod items;
    pub mod pack;
    pub mod saving;
    pub mod spawn;
}

use scorecard::{actions, bytes, change, definitions, idle, items, saving, spawn};

/// Why a group has no rows.
type Failure = Box<dyn std::error::Error>;
/// The rows of a group.
type Rows = Result<Vec<Row>, Failure>;

const GROUPS: [(&str, fn() -> Rows); 8] = [
    ("change", change::rows),
    ("spawn", spawn::rows),
    ("idle", idle::rows),
    ("items", items::rows),
    ("definitions", definitions::rows),
    ("actions", actions::rows),
    ("saving", saving::rows),
    ("bytes", bytes::rows),
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
        if !wanted.is_empty() && !wanted.iter().any(|word| word == name) {
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
