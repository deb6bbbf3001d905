//! What has become of the player's requests, at the place where they were made.

use std::time::Duration;

use wayfarer_core::id::{DefId, Uid};

/// How long a refusal stays where it happened.
pub const FLASH: Duration = Duration::from_secs(4);

/// What a request was about, so that its answer shows there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// An item.
    Item(Uid),
    /// A slot of the paper doll.
    Slot(DefId),
    /// A container or a character.
    Holder(Uid),
    /// A stat in the inspector.
    Stat(DefId),
    /// An effect that somebody has.
    Effect(Uid),
    /// An effect (kind `effects`) that is to be applied.
    NewEffect(DefId),
    /// An entry of the action log.
    Entry(u64),
    /// A recipe (kind `recipes`) that is to be made.
    Recipe(DefId),
    /// A feature that is switched off or on.
    Feature(&'static str),
}

/// A refusal that is shown for a while.
#[derive(Clone, Debug, PartialEq)]
pub struct Flash {
    /// Where.
    pub subject: Subject,
    /// What it says.
    pub text: String,
    /// How old it is.
    pub age: Duration,
}

/// What waits for an answer, and what was refused a moment ago.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Feedback {
    /// Waiting: the request is on its way, or its result has not arrived yet.
    pub pending: Vec<Subject>,
    /// Refused.
    pub flashes: Vec<Flash>,
}

impl Feedback {
    /// Stands for what is pending and refused now, ages left out.
    pub fn signature(&self) -> impl std::hash::Hash {
        let flashes: Vec<_> = self
            .flashes
            .iter()
            .map(|f| (f.subject, f.text.clone()))
            .collect();
        (self.pending.clone(), flashes)
    }

    /// Whether something about it is on its way.
    pub fn is_pending(&self, subject: Subject) -> bool {
        self.pending.contains(&subject)
    }

    /// The last refusal about it.
    pub fn refusal(&self, subject: Subject) -> Option<&Flash> {
        let mut latest_first = self.flashes.iter().rev();
        latest_first.find(|flash| flash.subject == subject)
    }
}
