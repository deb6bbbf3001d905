//! Why a bond is as it is.

use serde::{Deserialize, Serialize};
use wayfarer_core::{
    aggregate::OpError,
    id::{DefId, PlayerId, Uid},
};

use crate::id::StatId;

/// Longest code of a cause, in bytes.
pub const MAX_CODE_BYTES: usize = 64;
/// Longest note of a cause, in bytes.
pub const MAX_NOTE_BYTES: usize = 128;
/// Most witnesses of a cause.
pub const MAX_WITNESSES: usize = 8;

/// One change of a bond and its cause: an entry of the log.
///
/// The owner of the holder reads all of it, notes of game masters included.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RelationCause {
    /// The tick of the rules in which it happened.
    pub tick: u64,
    /// What was changed.
    pub stat: StatId,
    /// By how much the value has changed: after wearing off, within the limits. 0 for what left a
    /// mark in the log only.
    pub amount: f32,
    /// What it was, for programs: the name of the action, or a code of the rule that did it. At
    /// most [`MAX_CODE_BYTES`].
    pub code: String,
    /// The person who asked for it.
    pub player: PlayerId,
    /// The character that did it, if one did.
    pub actor: Option<Uid>,
    /// Who saw it. At most [`MAX_WITNESSES`].
    pub witnesses: Vec<Uid>,
    /// The definition behind it: a gift, a quest, a spell.
    pub origin: Option<DefId>,
    /// Free words. At most [`MAX_NOTE_BYTES`].
    pub note: String,
}

impl RelationCause {
    /// Refuses what no cause can be.
    pub(super) fn check(&self) -> Result<(), OpError> {
        if !self.amount.is_finite() {
            return Err(OpError("the amount of a cause must be a finite number"));
        }
        let short = self.code.len() <= MAX_CODE_BYTES
            && self.note.len() <= MAX_NOTE_BYTES
            && self.witnesses.len() <= MAX_WITNESSES;
        short.then_some(()).ok_or(OpError("a cause is too long"))
    }
}
