//! The action log as data.

use std::{collections::VecDeque, time::Duration};

/// What was asked for and what became of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LogModel {
    /// The whole ledger (host), or only this player's own answers (client).
    pub complete: bool,
    /// Whether entries may be undone: the player is a game master.
    pub may_undo: bool,
    /// The entries, the oldest first.
    pub entries: VecDeque<LogEntry>,
    /// What the door counted; on a host only.
    pub metrics: Option<MetricsModel>,
    /// What waits for an answer and what was refused.
    pub feedback: super::Feedback,
}

/// One request and its fate.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LogEntry {
    /// Position in the ledger; for a client, the number of the request.
    pub sequence: u64,
    /// The tick at which it was decided.
    pub tick: u64,
    /// Who asked.
    pub who: String,
    /// The character that was to act; empty if none was.
    pub actor: String,
    /// The action's name, `crate.verb`.
    pub action: String,
    /// What exactly was asked for.
    pub payload: String,
    /// Why not; `None` when it was done.
    pub refusal: Option<String>,
    /// How long the decision took; zero when it is not known.
    pub took: Duration,
    /// The dice that fell, as shown: "d20: 17, d6: 3".
    pub rolls: String,
    /// What came, moved and went, as shown.
    pub movements: Vec<String>,
    /// Whether a game master can try to undo it.
    pub can_undo: bool,
}

/// What the door counted since the app started.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MetricsModel {
    /// Requests that arrived.
    pub received: u64,
    /// Requests that were applied.
    pub applied: u64,
    /// Requests that a rule refused.
    pub refused: u64,
    /// Repeats, answered from memory.
    pub repeated: u64,
    /// Requests over a player's limit.
    pub rate_limited: u64,
    /// Requests that could not be read.
    pub malformed: u64,
    /// Name, count, refused, mean and slowest decision of each action.
    pub actions: Vec<(String, u64, u64, Duration, Duration)>,
}
