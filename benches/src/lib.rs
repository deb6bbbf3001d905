//! Tools of the scorecard: measuring, judging, printing.
//!
//! Run it with `cargo bench -p wayfarer_benches`. It prints one row per budget and writes the same
//! to `target/scorecard.json`.

pub mod measure;
pub mod report;
pub mod table;

pub use report::Report;
pub use table::{Bar, Row};
