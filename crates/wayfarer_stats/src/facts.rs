//! What has happened to stats, as messages and entity events.

use bevy::prelude::*;
use wayfarer_core::{fact::Fact, id::DefId, impl_fact};

use crate::{
    id::StatId,
    layout::Layout,
    values::{Changes, level_def, tier_def},
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
    pub before: Option<String>,
    /// Id of the tier now.
    pub after: Option<String>,
}

/// The level of a set has changed.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq)]
pub struct LevelChanged {
    /// The character.
    pub entity: Entity,
    /// Which set.
    pub set: DefId,
    /// Id of the level before, if one held.
    pub before: Option<String>,
    /// Id of the level now.
    pub after: Option<String>,
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

/// What one settling will tell.
#[derive(Default)]
pub(crate) struct Told {
    stats: Vec<StatChanged>,
    tiers: Vec<TierChanged>,
    levels: Vec<LevelChanged>,
}

impl Told {
    /// Takes over what has changed about one character.
    pub(crate) fn take(&mut self, entity: Entity, layout: &Layout, changes: &Changes) {
        for &(stat, (before, after), tiers) in &changes.stats {
            self.stats.push(StatChanged {
                entity,
                stat,
                before,
                after,
            });
            if tiers.0 != tiers.1 {
                let id = |tier| tier_def(layout, stat, tier).map(|def| def.id.to_string());
                self.tiers.push(TierChanged {
                    entity,
                    stat,
                    before: id(tiers.0),
                    after: id(tiers.1),
                });
            }
        }
        for &(set, before, after) in &changes.levels {
            let id = |level| level_def(layout, set, level).map(|def| def.id.to_string());
            self.levels.push(LevelChanged {
                entity,
                set,
                before: id(before),
                after: id(after),
            });
        }
    }

    /// Tells all of it.
    pub(crate) fn tell(self, world: &mut World) {
        tell_all(world, self.stats);
        tell_all(world, self.tiers);
        tell_all(world, self.levels);
    }
}

fn tell_all<F>(world: &mut World, facts: Vec<F>)
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
        for fact in facts {
            fact.tell(world);
        }
    } else {
        world.write_message_batch(facts);
    }
}
