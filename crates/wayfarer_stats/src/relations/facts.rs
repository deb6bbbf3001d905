//! What has happened to bonds, as messages and entity events.

use bevy::prelude::*;
use wayfarer_core::{
    fact::Fact,
    id::{DefId, Uid},
    impl_fact,
};

use super::view::BondValues;
use crate::id::StatId;

/// The value of an axis of a bond has changed, by more than wearing off.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq)]
pub struct RelationChanged {
    /// The holder.
    pub entity: Entity,
    /// The other character.
    pub other: Uid,
    /// The kind of relation.
    pub kind: DefId,
    /// Which axis.
    pub stat: StatId,
    /// The value before, as it was just now.
    pub before: f32,
    /// The value now.
    pub after: f32,
}

/// An axis of a bond has come into another tier.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq)]
pub struct RelationTierChanged {
    /// The holder.
    pub entity: Entity,
    /// The other character.
    pub other: Uid,
    /// The kind of relation.
    pub kind: DefId,
    /// Which axis.
    pub stat: StatId,
    /// Id of the tier before, if it was in one.
    pub before: Option<String>,
    /// Id of the tier now.
    pub after: Option<String>,
}

/// The level of a bond has changed.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq)]
pub struct RelationLevelChanged {
    /// The holder.
    pub entity: Entity,
    /// The other character.
    pub other: Uid,
    /// The kind of relation.
    pub kind: DefId,
    /// Id of the level before, if one held.
    pub before: Option<String>,
    /// Id of the level now.
    pub after: Option<String>,
}

impl_fact!(RelationChanged, RelationTierChanged, RelationLevelChanged);

/// Facts to be told when nothing is borrowed any more.
#[derive(Default)]
pub(super) struct Told {
    values: Vec<RelationChanged>,
    tiers: Vec<RelationTierChanged>,
    levels: Vec<RelationLevelChanged>,
}

impl Told {
    /// Takes over what is different about one bond.
    pub(super) fn compare(
        &mut self,
        entity: Entity,
        other: Uid,
        before: &BondValues<'_>,
        after: &BondValues<'_>,
    ) {
        let kind = after.kind().id();
        for ((stat, was), (_, is)) in before.iter().zip(after.iter()) {
            if was.to_bits() == is.to_bits() {
                continue;
            }
            self.values.push(RelationChanged {
                entity,
                other,
                kind,
                stat,
                before: was,
                after: is,
            });
            if before.tier_index(stat) != after.tier_index(stat) {
                let id =
                    |values: &BondValues<'_>| values.tier(stat).map(|tier| tier.id.to_string());
                self.tiers.push(RelationTierChanged {
                    entity,
                    other,
                    kind,
                    stat,
                    before: id(before),
                    after: id(after),
                });
            }
        }
        if before.level_index() != after.level_index() {
            let id = |values: &BondValues<'_>| values.level().map(|level| level.id.to_string());
            self.levels.push(RelationLevelChanged {
                entity,
                other,
                kind,
                before: id(before),
                after: id(after),
            });
        }
    }

    /// Tells all of it.
    pub(super) fn tell(self, world: &mut World) {
        self.values.into_iter().for_each(|fact| fact.tell(world));
        self.tiers.into_iter().for_each(|fact| fact.tell(world));
        self.levels.into_iter().for_each(|fact| fact.tell(world));
    }
}
