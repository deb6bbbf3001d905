//! What single things have been through, as data.

use wayfarer_core::id::Uid;

use super::{Feedback, item::Now};

/// The things of a character that have a history, and that of one of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HistoryModel {
    /// The moment.
    pub now: Now,
    /// The things that do not stack, by name.
    pub things: Vec<(Uid, String)>,
    /// The name of the thing that is looked at, wherever it is; `None` when it is out of sight.
    pub chosen: Option<String>,
    /// What the host has told about the thing that is looked at, the newest first; `None` until
    /// it has.
    pub lines: Option<Vec<HistoryRow>>,
    /// What is on its way, and what was refused.
    pub feedback: Feedback,
}

/// One line of a history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryRow {
    /// When.
    pub tick: u64,
    /// What happened, in words.
    pub what: String,
    /// What is to be said about it: what was left before and after, what it cost and used up.
    pub details: Vec<String>,
    /// Who did it; empty for nobody.
    pub who: String,
    /// Where it was before, in words; empty if nobody knows.
    pub from: String,
    /// Where it was then, in words; empty if nowhere.
    pub to: String,
}
