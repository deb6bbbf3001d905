//! Who is told what a settling has changed.

use bevy::prelude::*;

use crate::{
    facts::Told,
    id::StatId,
    inputs::Current,
    layout::{SetLevels, Slot},
};

/// Told of each change while values are computed. What nobody listens to costs nothing.
pub(crate) trait Sink {
    /// A value has changed, and perhaps its tier with it.
    fn stat(&mut self, slot: &Slot, values: (f32, f32), tiers: (u8, u8));
    /// The level of a set has changed.
    fn level(&mut self, set: &SetLevels, before: u8, after: u8);
    /// The limits of a resource have changed: what came back under the old ones has to be stored.
    fn rebase(&mut self, stat: StatId, current: Current);
}

/// Nobody listens.
pub(crate) struct NoSink;

impl Sink for NoSink {
    #[inline]
    fn stat(&mut self, _: &Slot, _: (f32, f32), _: (u8, u8)) {}
    #[inline]
    fn level(&mut self, _: &SetLevels, _: u8, _: u8) {}
    #[inline]
    fn rebase(&mut self, _: StatId, _: Current) {}
}

/// Everything is written down. Kept from one settling to the next, so that it allocates nothing.
#[derive(Debug)]
pub(crate) struct Changes {
    /// The character whose values are computed.
    pub(crate) entity: Entity,
    /// What will be told of everybody.
    pub(crate) facts: Told,
    /// Of this character only.
    pub(crate) rebases: Vec<(StatId, Current)>,
    /// Whether stats and levels are wanted.
    pub(crate) told: bool,
}

impl Default for Changes {
    fn default() -> Self {
        Self {
            entity: Entity::PLACEHOLDER,
            facts: Told::default(),
            rebases: Vec::new(),
            told: false,
        }
    }
}

impl Changes {
    /// The next character.
    pub(crate) fn begin(&mut self, entity: Entity) {
        self.entity = entity;
        self.rebases.clear();
    }
}

impl Sink for Changes {
    #[inline]
    fn stat(&mut self, slot: &Slot, values: (f32, f32), tiers: (u8, u8)) {
        if self.told {
            self.facts.stat(self.entity, slot, values, tiers);
        }
    }

    fn level(&mut self, set: &SetLevels, before: u8, after: u8) {
        if self.told {
            self.facts.level(self.entity, set, before, after);
        }
    }

    fn rebase(&mut self, stat: StatId, current: Current) {
        self.rebases.push((stat, current));
    }
}
