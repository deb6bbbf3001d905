//! What has happened to stats, as messages and entity events.

use std::sync::Arc;

use bevy::prelude::*;
use wayfarer_core::{fact::Fact, id::DefId, impl_fact};

use crate::{
    id::StatId,
    layout::{SetLevels, Slot},
};

/// The value of a stat has changed.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq)]
pub struct StatChanged {
    /// The character.
    pub entity: Entity,
    /// Which stat.
    pub stat: StatId,
    /// The value before.
    pub before: f32,
    /// The value now.
    pub after: f32,
}

/// A stat has come into another tier.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq)]
pub struct TierChanged {
    /// The character.
    pub entity: Entity,
    /// Which stat.
    pub stat: StatId,
    /// Id of the tier before, if it was in one.
    pub before: Option<Arc<str>>,
    /// Id of the tier now.
    pub after: Option<Arc<str>>,
}

/// The level of a set has changed.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq)]
pub struct LevelChanged {
    /// The character.
    pub entity: Entity,
    /// Which set.
    pub set: DefId,
    /// Id of the level before, if one held.
    pub before: Option<Arc<str>>,
    /// Id of the level now.
    pub after: Option<Arc<str>>,
}

impl_fact!(StatChanged, TierChanged, LevelChanged);

/// Whether [`StatChanged`], [`TierChanged`] and [`LevelChanged`] are told at all. A game that
/// reads none of them saves their cost.
#[derive(Resource, Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatMessages(pub bool);

impl Default for StatMessages {
    fn default() -> Self {
        Self(true)
    }
}

/// What one settling will tell. Kept from one to the next, so that it allocates nothing.
#[derive(Default, Debug)]
pub(crate) struct Told {
    pub(crate) stats: Vec<StatChanged>,
    pub(crate) tiers: Vec<TierChanged>,
    pub(crate) levels: Vec<LevelChanged>,
}

impl Told {
    #[inline]
    pub(crate) fn stat(
        &mut self,
        entity: Entity,
        slot: &Slot,
        (before, after): (f32, f32),
        tiers: (u8, u8),
    ) {
        self.stats.push(StatChanged {
            entity,
            stat: slot.id,
            before,
            after,
        });
        if tiers.0 != tiers.1 {
            self.tiers.push(TierChanged {
                entity,
                stat: slot.id,
                before: slot.tier_id(tiers.0),
                after: slot.tier_id(tiers.1),
            });
        }
    }

    pub(crate) fn level(&mut self, entity: Entity, set: &SetLevels, before: u8, after: u8) {
        self.levels.push(LevelChanged {
            entity,
            set: set.set,
            before: set.id(before),
            after: set.id(after),
        });
    }

    /// Tells all of it, and is empty then.
    pub(crate) fn tell(&mut self, world: &mut World) {
        tell_all(world, &mut self.stats);
        tell_all(world, &mut self.tiers);
        tell_all(world, &mut self.levels);
    }

    /// Takes over the room of another that is empty.
    pub(crate) fn keep_room(&mut self, other: Self) {
        if self.stats.is_empty() && self.tiers.is_empty() && self.levels.is_empty() {
            *self = other;
        }
    }
}

fn tell_all<F>(world: &mut World, facts: &mut Vec<F>)
where
    F: Fact + EntityEvent,
    for<'a> <F as Event>::Trigger<'a>: Default,
{
    if facts.is_empty() {
        return;
    }
    let watched = world
        .event_key::<F>()
        .is_some_and(|key| world.observers().try_get_observers(key).is_some());
    if watched {
        for fact in facts.drain(..) {
            fact.tell(world);
        }
    } else {
        world.write_message_batch(facts.drain(..));
    }
}
