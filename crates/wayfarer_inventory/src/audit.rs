//! Conservation, checked: what there is of everything, and whether anything is there twice.

use std::collections::{BTreeMap, BTreeSet};

use bevy::prelude::*;
use wayfarer_core::id::{DefId, Uid, UidIndex};

use crate::{inventory::Inventory, item::Item, world_item::WorldItem};

/// What an audit found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audit {
    /// How many pieces there are of each kind, in inventories and on the ground.
    pub counts: BTreeMap<DefId, u64>,
    /// Items that are in two places; always empty unless a save was tampered with.
    pub twice: BTreeSet<Uid>,
}

/// Looks at every item of the world. For tests, tools and after loading; not for every frame.
pub fn audit(world: &World) -> Audit {
    let mut audit = Audit::default();
    let mut seen = BTreeSet::new();
    let mut see = |item: &Item| {
        *audit.counts.entry(item.def).or_default() += u64::from(item.count);
        if !seen.insert(item.uid) {
            audit.twice.insert(item.uid);
        }
    };
    let things = world.get_resource::<UidIndex>().map(UidIndex::sorted);
    for (_, entity) in things.unwrap_or_default() {
        if let Some(inventory) = world.get::<Inventory>(entity) {
            inventory.iter().for_each(&mut see);
        }
        if let Some(lying) = world.get::<WorldItem>(entity) {
            see(&lying.item);
        }
    }
    audit
}
