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
    container::OpenContainers, content::ItemDef, inventory::Inventory, ops::ItemOp,
    world_item::WorldItem,
};

/// An item that is in a second place.
struct Copy {
    holder: Entity,
    uid: Uid,
    def: DefId,
    count: u32,
    lying: bool,
}

/// Records of one moment that were saved at different ones can hold an item twice: dropped, and
/// still in the bag. It stays in the bag with the lower uid, or in the bag rather than on the
/// ground. And no item's uid may be given out again.
pub(crate) fn restored(world: &mut World, report: &mut RestoreReport) {
    if let Some(mut open) = world.get_resource_mut::<OpenContainers>() {
        open.0.clear();
    }
    let (seen, copies) = find(world);
    if let Some(&last) = seen.last() {
        world.get_resource_or_init::<UidMint>().reserve(last);
    }
    if copies.is_empty() {
        return;
    }
    let content = world.get_resource::<ActiveContent>().map(|c| c.0.clone());
    for copy in &copies {
        let name = name_of(content.as_deref(), copy.def);
        report
            .mended
            .push(format!("{} × {name} was in two places", copy.count));
    }
    let mended = world.transact("inventory.mend", |txn| {
        copies.iter().try_for_each(|copy| take_away(txn, copy))
    });
    if let Err(refusal) = mended {
        tracing::error!("items that are in two places could not be mended: {refusal}");
    }
}

fn find(world: &World) -> (BTreeSet<Uid>, Vec<Copy>) {
    let things = world.get_resource::<UidIndex>().map(UidIndex::sorted);
    let things = things.unwrap_or_default();
    let (mut seen, mut copies) = (BTreeSet::new(), Vec::new());
    let bags = things.iter().flat_map(|&(_, holder)| {
        let bag = world.get::<Inventory>(holder).into_iter();
        bag.flat_map(Inventory::iter)
            .map(move |item| (holder, item, false))
    });
    let ground = things.iter().filter_map(|&(_, holder)| {
        let lying = world.get::<WorldItem>(holder)?;
        Some((holder, &lying.item, true))
    });
    for (holder, item, lying) in bags.chain(ground) {
        if !seen.insert(item.uid) {
            copies.push(Copy {
                holder,
                uid: item.uid,
                def: item.def,
                count: item.count,
                lying,
            });
        }
    }
    (seen, copies)
}

fn take_away(txn: &mut Txn<'_>, copy: &Copy) -> Result<(), Refusal> {
    if copy.lying {
        txn.despawn(copy.holder)?;
    } else {
        txn.op::<Inventory>(copy.holder, ItemOp::Remove(copy.uid))?;
    }
    txn.record(MovementKind::Destroyed, copy.uid, copy.def, copy.count);
    Ok(())
}

fn name_of(content: Option<&Content>, def: DefId) -> String {
    content
        .and_then(|content| content.table::<ItemDef>().get(def))
        .map_or_else(|| def.to_string(), |item| item.name.clone())
}
