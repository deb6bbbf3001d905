//! Reading bonds.

use bevy::prelude::*;
use wayfarer_core::{
    content::{ActiveContent, Content},
    id::DefId,
};

use super::{Bond, RelationIndex, RelationKind, Relations, index::Values};
use crate::{
    content::{LevelDef, TierDef},
    id::StatId,
    rules::{resource::Now, tier},
};

/// All values of one bond at one moment.
#[derive(Clone, Debug)]
pub struct BondValues<'c> {
    content: &'c Content,
    kind: &'c RelationKind,
    values: Values,
}

/// The values of a bond; those of one that nothing is known of are the defaults. `None` if the
/// content does not have the kind.
pub fn read<'c>(
    relations: &Relations,
    content: &'c Content,
    bond: Bond,
    now: Now,
) -> Option<BondValues<'c>> {
    let kind = content.derived::<RelationIndex>()?.get(bond.kind)?;
    let stored = relations.get(bond).map_or(&[][..], |known| known.values());
    Some(BondValues {
        content,
        kind,
        values: kind.evaluate(stored, now),
    })
}

/// One value of a bond; `None` if the content does not have the kind, or the kind not the stat.
pub fn value(
    relations: &Relations,
    content: &Content,
    bond: Bond,
    stat: StatId,
    now: Now,
) -> Option<f32> {
    read(relations, content, bond, now)?.get(stat)
}

/// The tier of one axis of a bond.
pub fn tier<'c>(
    relations: &Relations,
    content: &'c Content,
    bond: Bond,
    stat: StatId,
    now: Now,
) -> Option<&'c TierDef> {
    read(relations, content, bond, now)?.tier(stat)
}

/// The level of a bond.
pub fn level<'c>(
    relations: &Relations,
    content: &'c Content,
    bond: Bond,
    now: Now,
) -> Option<&'c LevelDef> {
    read(relations, content, bond, now)?.level()
}

/// One value of a bond of an entity, now; `key` is the name of the axis in its set, `affinity`.
/// `None` if the entity has no [`Relations`], or the content no such kind or axis.
///
/// Inside a transaction it sees the changes that the transaction has made already.
pub fn value_of(world: &World, holder: Entity, bond: Bond, key: &str) -> Option<f32> {
    let relations = world.get::<Relations>(holder)?;
    let content = &world.get_resource::<ActiveContent>()?.0;
    let values = read(relations, content, bond, Now::of(world))?;
    values.get(values.kind.find(key)?)
}

impl<'c> BondValues<'c> {
    /// The kind of the bond.
    pub fn kind(&self) -> &'c RelationKind {
        self.kind
    }

    /// The value of an axis; `None` if the kind does not have it.
    pub fn get(&self, stat: StatId) -> Option<f32> {
        self.values.get(self.kind.position(stat)?).copied()
    }

    /// All axes and their values, in the order of the set.
    pub fn iter(&self) -> impl Iterator<Item = (StatId, f32)> {
        let ids = self.kind.axes.iter().map(|axis| axis.id);
        ids.zip(self.values.iter().copied())
    }

    /// The tier of an axis.
    pub fn tier(&self, stat: StatId) -> Option<&'c TierDef> {
        self.kind
            .tier_def(self.content, stat, self.tier_index(stat)?)
    }

    /// The level.
    pub fn level(&self) -> Option<&'c LevelDef> {
        self.kind.level_def(self.content, self.level_index()?)
    }

    /// The set whose axes these are.
    pub fn set(&self) -> DefId {
        self.kind.set
    }

    pub(super) fn tier_index(&self, stat: StatId) -> Option<u8> {
        let tiers = &self.kind.axis(stat)?.tiers;
        let tier = tier::of(tiers, self.get(stat)?);
        (tier != tier::NONE).then_some(tier)
    }

    pub(super) fn level_index(&self) -> Option<u8> {
        self.kind.level_of(&self.values)
    }

    pub(super) fn of_stored(
        content: &'c Content,
        kind: &'c RelationKind,
        stored: &[(StatId, super::Stored)],
        now: Now,
    ) -> Self {
        Self {
            content,
            kind,
            values: kind.evaluate(stored, now),
        }
    }
}
