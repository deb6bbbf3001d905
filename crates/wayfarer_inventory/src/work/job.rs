//! What somebody is working on, and how the last of it came out.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use wayfarer_core::{
    id::{DefId, Uid},
    refusal::Refusal,
};

use super::WorkKind;

/// On whoever has ever worked. Saved; sent to the owner.
#[derive(Component, Clone, Debug, Default, PartialEq, Serialize, Deserialize, Reflect)]
#[reflect(opaque, Component, Debug, Clone)]
pub struct Work {
    /// What they are working on.
    pub job: Option<Job>,
    /// How the last job came out.
    pub last: Option<Ended>,
}

/// Something that somebody is working on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// The hash of [`WorkKind::NAME`].
    pub kind: DefId,
    /// The [`WorkKind`], encoded.
    pub payload: ByteBuf,
    /// Where, if it needs a place; it must stay within reach.
    pub station: Option<Uid>,
    /// The tick in which it began.
    pub started: u64,
    /// The tick in which it ends.
    pub until: u64,
}

impl Job {
    /// The job as what it was begun as; `None` when it is of another kind.
    pub fn decode<W: WorkKind>(&self) -> Option<W> {
        if self.kind != W::kind() {
            return None;
        }
        postcard::from_bytes(&self.payload).ok()
    }

    /// How much of it is done at `tick`, 0 to 1.
    pub fn share(&self, tick: u64) -> f32 {
        let whole = self.until.saturating_sub(self.started).max(1);
        let done = tick.saturating_sub(self.started).min(whole);
        (done as f64 / whole as f64) as f32
    }
}

/// How a job came out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ended {
    /// The hash of [`WorkKind::NAME`].
    pub kind: DefId,
    /// When.
    pub tick: u64,
    /// Whether it was finished; else it was stopped, or `note` says why not.
    pub done: bool,
    /// Why it could not be done, or what came of it.
    pub note: Option<Refusal>,
}
