//! After a world was restored: what a damaged save has torn apart is put together again.

use std::collections::BTreeSet;

use bevy::prelude::*;
use wayfarer_core::{
    action::HostWorldExt,
    content::{ActiveContent, Content},
    id::{DefId, Uid, UidIndex, UidMint},
    ledger::MovementKind,
    refusal::Refusal,
    state::RestoreReport,
    txn::Txn,
};

use crate::{
    container::OpenContainers,
    content::ItemDef,
    intake::order_at_end,
    inventory::Inventory,
    item::{Item, Place},
    ops::ItemOp,
    overflow::settle_places,
    world_item::{WorldItem, empty, parcel_of},
};

/// An item that is in a second place.
struct Copy {
    holder: Entity,
    uid: Uid,
    def: DefId,
    count: u32,
    lying: bool,
    /// How many bags it is in.
    depth: usize,
}

/// Records of one moment that were saved at different ones can hold an item twice: dropped, and
/// still in the bag. It stays in the bag with the lower uid, or in the bag rather than on the
/// ground. And no item's uid may be given out again.
pub(crate) fn restored(world: &mut World, report: &mut RestoreReport) {
    if let Some(mut open) = world.get_resource_mut::<OpenContainers>() {
        open.0.clear();
    }
    let (seen, mut copies) = find(world);
    if let Some(&last) = seen.last() {
        world.get_resource_or_init::<UidMint>().reserve(last);
    }
    let content = world.get_resource::<ActiveContent>().map(|c| c.0.clone());
    for copy in &copies {
        let name = name_of(content.as_deref(), copy.def);
        report
            .mended
            .push(format!("{} × {name} was in two places", copy.count));
    }
    // What is in a bag before the bag.
    copies.sort_by_key(|copy| (copy.lying, std::cmp::Reverse(copy.depth)));
    if !copies.is_empty() {
        let mended = world.transact("inventory.mend", |txn| {
            copies.iter().try_for_each(|copy| take_away(txn, copy))
        });
        if let Err(refusal) = mended {
            tracing::error!("items that are in two places could not be mended: {refusal}");
        }
    }
    if let Some(content) = content {
        settle_places(world, &content);
    }
}

fn find(world: &World) -> (BTreeSet<Uid>, Vec<Copy>) {
    let things = world.get_resource::<UidIndex>().map(UidIndex::sorted);
    let things = things.unwrap_or_default();
    let (mut seen, mut copies) = (BTreeSet::new(), Vec::new());
    // What lies comes last, and what is in a bag that lies with it.
    let lies = |holder| world.get::<WorldItem>(holder).is_some();
    let (lying, holders): (Vec<Entity>, Vec<Entity>) = things
        .iter()
        .map(|&(_, holder)| holder)
        .partition(|&h| lies(h));
    for holder in holders.into_iter().chain(lying.iter().copied()) {
        let Some(inventory) = world.get::<Inventory>(holder) else {
            continue;
        };
        for item in inventory.iter() {
            if !seen.insert(item.uid) {
                copies.push(Copy {
                    holder,
                    uid: item.uid,
                    def: item.def,
                    count: item.count,
                    lying: false,
                    depth: inventory.depth(item.place),
                });
            }
        }
    }
    for holder in lying {
        let Some(WorldItem { item }) = world.get(holder) else {
            continue;
        };
        if !seen.insert(item.uid) {
            copies.push(Copy {
                holder,
                uid: item.uid,
                def: item.def,
                count: item.count,
                lying: true,
                depth: 0,
            });
        }
    }
    (seen, copies)
}

fn take_away(txn: &mut Txn<'_>, copy: &Copy) -> Result<(), Refusal> {
    if copy.lying {
        // What is in it is there once; it comes to who has the bag.
        let rest = txn.get::<WorldItem>(copy.holder).cloned();
        let rest = rest.map(|lying| parcel_of(txn.world(), copy.holder, &lying.item, copy.count));
        if let Some(parcel) = rest.filter(|parcel| !parcel.inside.is_empty()) {
            let keeper = keeper_of(txn.world(), copy.uid).unwrap_or(copy.holder);
            empty(txn, copy.holder, &parcel)?;
            adopt(txn, keeper, copy.uid, parcel.inside)?;
        }
        txn.despawn(copy.holder)?;
    } else {
        let inventory = txn.need::<Inventory>(copy.holder, "inventory")?;
        let inside: Vec<Uid> = inventory.inside(copy.uid).map(|item| item.uid).collect();
        for uid in inside {
            let (place, order) = (
                Place::Overflow,
                order_at_end(txn, copy.holder, Place::Overflow)?,
            );
            txn.op::<Inventory>(copy.holder, ItemOp::Move { uid, place, order })?;
        }
        txn.op::<Inventory>(copy.holder, ItemOp::Remove(copy.uid))?;
    }
    txn.record(MovementKind::Destroyed, copy.uid, copy.def, copy.count);
    Ok(())
}

/// Who has an item in their inventory.
fn keeper_of(world: &World, uid: Uid) -> Option<Entity> {
    let things = world.get_resource::<UidIndex>()?.sorted();
    let mut holders = things.iter().map(|&(_, holder)| holder);
    holders.find(|&holder| {
        let inventory = world.get::<Inventory>(holder);
        inventory.is_some_and(|inventory| inventory.get(uid).is_some())
    })
}

/// What was in the bag `bag` comes into the overflow of somebody.
fn adopt(txn: &mut Txn<'_>, keeper: Entity, bag: Uid, inside: Vec<Item>) -> Result<(), Refusal> {
    for item in inside {
        let item = if item.place.bag() == Some(bag) {
            let order = order_at_end(txn, keeper, Place::Overflow)?;
            item.at(Place::Overflow, order)
        } else {
            item
        };
        txn.op::<Inventory>(keeper, ItemOp::Insert(item))?;
    }
    Ok(())
}

fn name_of(content: Option<&Content>, def: DefId) -> String {
    content
        .and_then(|content| content.table::<ItemDef>().get(def))
        .map_or_else(|| def.to_string(), |item| item.name.clone())
}
