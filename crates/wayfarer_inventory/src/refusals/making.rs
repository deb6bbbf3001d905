//! Reasons of making, working, loot and of what clings to its owner.

use wayfarer_core::refusal::Code;

/// They are working on something already.
pub const BUSY: Code = Code::new("busy");
/// They are not working on anything.
pub const NOT_WORKING: Code = Code::new("not_working");
/// It needs a place of a kind. Argument `station`.
pub const STATION_MISSING: Code = Code::new("station_missing");
/// Such things are not worked on here. Arguments `station`, `item`.
pub const STATION_REFUSES: Code = Code::new("station_refuses");

/// Default texts.
pub(crate) const TEXTS: &[(&str, &str)] = &[
    ("refusal.busy", "Finish or stop what you are doing first."),
    ("refusal.not_working", "There is no work to stop."),
    (
        "refusal.station_missing",
        "This needs a place to work: {station}.",
    ),
    (
        "refusal.station_refuses",
        "{station} does not work on {item}.",
    ),
];
