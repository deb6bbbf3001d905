//! [`Relations`]: what a character has towards others.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::id::{DefId, Uid};

use super::{RelationCause, stored::Unchecked};
use crate::{id::StatId, rows};

/// Most relations of one holder.
pub const MAX_RELATIONS: usize = 4096;
/// Most axes of one relation.
pub const MAX_AXES: usize = 64;
/// Most causes that one relation remembers.
pub const MAX_LOG: usize = 256;

/// Which of a holder's relations is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Bond {
    /// The other character. Need not exist any more.
    pub other: Uid,
    /// The kind of relation (kind `relations`).
    pub kind: DefId,
}

impl Bond {
    /// The relation of a kind, by its full name `pack:name`, to another character.
    pub fn of(other: Uid, kind: &str) -> Self {
        let kind = DefId::of(kind);
        Self { other, kind }
    }
}

/// A value and when it was right. What it is now is computed when it is read.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stored {
    /// The value at tick `since`. Finite.
    pub value: f32,
    /// The [`RulesClock`](wayfarer_core::clock::RulesClock) tick of `value`.
    pub since: u64,
}

/// What a holder has towards one other character, in one kind of relation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Relation {
    pub(super) values: Vec<(StatId, Stored)>,
    pub(super) log: Vec<RelationCause>,
}

impl Relation {
    /// A relation with these values and no past. A stat that occurs twice keeps its last value.
    pub fn new(values: impl IntoIterator<Item = (StatId, Stored)>) -> Self {
        let mut relation = Self::default();
        for (stat, stored) in values {
            rows::set(&mut relation.values, stat, Some(stored));
        }
        relation
    }

    /// The stored values, sorted by id: only what differs from the default.
    pub fn values(&self) -> &[(StatId, Stored)] {
        &self.values
    }

    /// The stored value of a stat.
    pub fn stored(&self, stat: StatId) -> Option<Stored> {
        rows::get(&self.values, stat)
    }

    /// What has happened, oldest first. What is older than the log is long has been forgotten.
    pub fn log(&self) -> &[RelationCause] {
        &self.log
    }

    pub(super) fn is_empty(&self) -> bool {
        self.values.is_empty() && self.log.is_empty()
    }
}

/// A relation that was changed since changes were last told, and its values before.
pub(super) type Touched = (Bond, Vec<(StatId, Stored)>);

/// What the holder has towards other characters. See the [module](super).
///
/// Changed by [`RelationOp`](super::RelationOp)s only; saved, and sent to the owner as those ops.
/// Kinds and stats that the content does not know (any more) and others who no longer exist are
/// kept as they are.
#[derive(Component, Clone, Debug, Default, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct Relations {
    /// Sorted by bond; none is empty.
    pub(super) rows: Vec<(Bond, Relation)>,
    pub(super) revision: u32,
    /// Sorted by bond. Not part of the value.
    #[serde(skip)]
    pub(super) touched: Vec<Touched>,
}

impl PartialEq for Relations {
    /// What has still to be told makes no difference.
    fn eq(&self, other: &Self) -> bool {
        self.rows == other.rows && self.revision == other.revision
    }
}

impl Relations {
    /// One relation; `None` if nothing is known of it, which is the default of every axis.
    pub fn get(&self, bond: Bond) -> Option<&Relation> {
        let at = self.position(bond).ok()?;
        self.rows.get(at).map(|(_, relation)| relation)
    }

    /// All relations, sorted by other character, then by kind.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (Bond, &Relation)> {
        self.rows.iter().map(|(bond, relation)| (*bond, relation))
    }

    /// The relations to one other character.
    pub fn with(&self, other: Uid) -> impl Iterator<Item = (DefId, &Relation)> {
        let first = self.rows.partition_point(|(bond, _)| bond.other < other);
        let rest = self.rows.iter().skip(first);
        rest.take_while(move |(bond, _)| bond.other == other)
            .map(|(bond, relation)| (bond.kind, relation))
    }

    /// What has happened since a tick, that tick included, in all relations: for a journal. Sorted
    /// by tick.
    pub fn causes_since(&self, tick: u64) -> Vec<(Bond, &RelationCause)> {
        let mut found: Vec<(Bond, &RelationCause)> = self
            .iter()
            .flat_map(|(bond, relation)| relation.log.iter().map(move |cause| (bond, cause)))
            .filter(|(_, cause)| cause.tick >= tick)
            .collect();
        found.sort_by_key(|(_, cause)| cause.tick);
        found
    }

    /// How many relations there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) fn position(&self, bond: Bond) -> Result<usize, usize> {
        self.rows.binary_search_by_key(&bond, |row| row.0)
    }

    /// Remembers what a relation was before the first change that is not told yet. A change that is
    /// taken back leaves the right value here too.
    pub(super) fn touch(&mut self, bond: Bond) {
        if let Err(at) = self.touched.binary_search_by_key(&bond, |row| row.0) {
            let before = self.get(bond).map(|relation| relation.values.clone());
            self.touched.insert(at, (bond, before.unwrap_or_default()));
        }
    }
}
