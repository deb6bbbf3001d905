//! What the door has seen, for the debug panel.

use std::{collections::BTreeMap, time::Duration};

use bevy::prelude::*;

/// Counts since the app started.
#[derive(Resource, Default, Clone, Debug)]
pub struct DoorMetrics {
    /// Requests that arrived.
    pub received: u64,
    /// Requests that were applied.
    pub applied: u64,
    /// Requests that were refused by a rule.
    pub refused: u64,
    /// Repeats, answered from memory.
    pub repeated: u64,
    /// Requests over a player's limit.
    pub rate_limited: u64,
    /// Requests that could not be decoded, or were too large.
    pub malformed: u64,
    /// Per action.
    pub actions: BTreeMap<&'static str, ActionMetrics>,
}

/// Counts of one action.
#[derive(Default, Clone, Copy, Debug)]
pub struct ActionMetrics {
    /// How often it was decided.
    pub count: u64,
    /// How often it was refused.
    pub refused: u64,
    /// Time spent deciding.
    pub time: Duration,
    /// The slowest decision.
    pub slowest: Duration,
}
