//! Tags: words that rules ask for, such as `condition.poisoned`, and that effects and sheets grant.
//!
//! Tags are hierarchical by the dots in their names: whoever is `condition.poisoned` is also in a
//! `condition`. They are counted: granted by two, a tag stays until both are gone. Each is an entry
//! of the kind `tags`, so that a misspelt tag is an error at its place and not a rule that never
//! fires.

use bevy::prelude::*;
use wayfarer_core::id::DefId;

mod definition;
mod index;
mod query;
#[cfg(test)]
mod tests;

pub use definition::TagDef;
pub(crate) use definition::check_tags;
pub use index::TagIndex;
pub use query::{TagMiss, TagQuery};

/// The tags that a character has now, with how often each is granted. Derived from its sheet and
/// its effects by host and client alike; neither saved nor sent.
#[derive(Component, Clone, Debug, Default, PartialEq, Eq, Reflect)]
#[reflect(Component)]
pub struct Tags {
    /// Sorted by id; every ancestor of a granted tag has a row too.
    counts: Vec<(DefId, u16)>,
}

impl Tags {
    /// The tags of somebody who is granted these, one after the other.
    pub fn of(index: &TagIndex, granted: impl IntoIterator<Item = DefId>) -> Self {
        let mut tags = Self::default();
        for tag in granted {
            tags.grant(index, tag);
        }
        tags
    }

    /// Grants a tag once more, and with it all that are above it.
    pub fn grant(&mut self, index: &TagIndex, tag: DefId) {
        for tag in index.with_ancestors(tag) {
            match self.counts.binary_search_by_key(&tag, |row| row.0) {
                Ok(at) => self.counts[at].1 = self.counts[at].1.saturating_add(1),
                Err(at) => self.counts.insert(at, (tag, 1)),
            }
        }
    }

    /// Whether the tag, or one beneath it, is granted.
    pub fn has(&self, tag: DefId) -> bool {
        self.count(tag) > 0
    }

    /// How often the tag, or one beneath it, is granted.
    pub fn count(&self, tag: DefId) -> u16 {
        let found = self.counts.binary_search_by_key(&tag, |row| row.0);
        found.map_or(0, |at| self.counts[at].1)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Every tag with its count, sorted by id.
    pub fn iter(&self) -> impl Iterator<Item = (DefId, u16)> + '_ {
        self.counts.iter().copied()
    }
}
