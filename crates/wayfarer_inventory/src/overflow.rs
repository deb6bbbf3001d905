//! The overflow: where things are that have no other place. Nothing is ever lost because a pocket
//! is gone or a bag is full.

use std::collections::BTreeMap;

use bevy::prelude::*;
use wayfarer_core::{
    action::HostWorldExt,
    authority::Authority,
    content::Content,
    id::{Identity, Uid},
    ledger::MovementKind,
    refusal::Refusal,
    txn::Txn,
};

use crate::{
    constraint::Purpose,
    content::{CompartmentDef, ItemDef},
    facts::{ItemsChanged, ItemsOverflowed},
    intake::{Parcel, order_at_end, plan_intake},
    inventory::Inventory,
    item::{Item, Place},
    ops::ItemOp,
    rules::{Cells, Forecast},
    view::View,
};

/// Moves an item of an inventory, with all that is in it, to the best place that takes it, or into
/// the overflow. For what can not stay where it is: a breastplate that broke. Returns where it is.
///
/// It does not join stacks, and what its carrier may bear does not matter: they bear it already.
///
/// # Errors
/// `not_found`.
pub fn stow(txn: &mut Txn<'_>, entity: Entity, uid: Uid) -> Result<Place, Refusal> {
    let content = txn.content();
    let view = View::of_txn(txn, &content, entity)?;
    let item = view.item(uid)?;
    let (def, count) = (item.def, item.count);
    let (place, cell) = best(&view, item).unwrap_or((Place::Overflow, None));
    let order = match cell {
        Some(cell) => cell,
        None => order_at_end(txn, entity, place)?,
    };
    txn.op::<Inventory>(entity, ItemOp::Move { uid, place, order })?;
    txn.record(MovementKind::Moved, uid, def, count);
    if place == Place::Overflow {
        txn.emit(ItemsOverflowed { entity, stacks: 1 });
    }
    txn.emit(ItemsChanged { entity });
    Ok(place)
}

/// The best place for an item that leaves where it is now.
fn best(view: &View<'_>, item: &Item) -> Option<(Place, Option<u32>)> {
    let parcel = Parcel::of(view.inventory, item, item.count);
    let mut would = Forecast::of(view.inventory);
    would.take_item(item, item.count);
    let incoming = parcel.incoming(Purpose::Move);
    // Stacks that it could join are left alone, so that its uid stays what it is.
    let places = view.places_for(view.def(item).ok()?);
    places.into_iter().find_map(|place| {
        let plan = plan_intake(view, &mut would.clone(), incoming, Some(place)).ok()?;
        let whole = plan.rest == item.count;
        whole.then(|| (place, plan.cells.first().copied()))
    })
}

/// Moves into the overflow, or to other cells, what is in pockets and cells that are gone.
pub(crate) fn settle_places(world: &mut World, content: &Content) {
    if world.get_resource::<Authority>() != Some(&Authority::Host) {
        return;
    }
    let mut holders = world.query::<(Entity, &Identity, &Inventory)>();
    let mut lost: Vec<(Uid, Entity, Vec<Item>)> = holders
        .iter(world)
        .map(|(entity, uid, inventory)| (uid.0, entity, misplaced(content, inventory)))
        .filter(|(_, _, lost)| !lost.is_empty())
        .collect();
    lost.sort_unstable_by_key(|&(uid, _, _)| uid);
    for (uid, entity, items) in lost {
        let done = world.transact("inventory.overflow", |txn| relay(txn, entity, &items));
        if let Err(refusal) = done {
            tracing::warn!("things of {uid} that have no place could not be moved: {refusal}");
        }
    }
}

/// What is in pockets that are not there any more, and what does not lie in its cells alone. Items
/// whose definition is missing, and those in their pockets, stay: the pack may come back.
fn misplaced(content: &Content, inventory: &Inventory) -> Vec<Item> {
    let table = content.table::<ItemDef>();
    let mut lost = Vec::new();
    let mut cells: Option<(Place, Option<Cells>)> = None;
    // By place, so that each place is looked at once.
    for item in inventory.iter() {
        let def = match item.place {
            Place::In(index) => inventory.compartments().get(usize::from(index)).copied(),
            Place::Inside { bag, pocket } => {
                let Some(bag) = inventory.get(bag).and_then(|bag| table.get(bag.def)) else {
                    continue;
                };
                let Some(pocket) = bag.container.get(usize::from(pocket)) else {
                    lost.push(item.clone());
                    continue;
                };
                Some(pocket.id())
            }
            Place::Worn(_) | Place::Overflow => continue,
        };
        if cells.as_ref().is_none_or(|(place, _)| *place != item.place) {
            let def = def.and_then(|def| content.table::<CompartmentDef>().get(def));
            cells = Some((item.place, def.and_then(|def| Cells::of(def.layout))));
        }
        if let Some((_, Some(cells))) = &mut cells {
            let shape = table.get(item.def).map(|def| def.shape());
            if !cells.take(shape.unwrap_or_default(), item.order) {
                lost.push(item.clone());
            }
        }
    }
    lost
}

/// Gives everything a free cell of the same place, or puts it into the overflow.
fn relay(txn: &mut Txn<'_>, entity: Entity, items: &[Item]) -> Result<(), Refusal> {
    let content = txn.content();
    let mut moves: Vec<(Place, Option<u32>)> = Vec::with_capacity(items.len());
    let view = View::of_txn(txn, &content, entity)?;
    let mut would = Forecast::of(view.inventory);
    for item in items {
        would.take_item(item, item.count);
    }
    let mut cells: BTreeMap<Place, Option<Cells>> = BTreeMap::new();
    for item in items {
        let cells = cells
            .entry(item.place)
            .or_insert_with(|| view.cells(item.place, &would).ok().flatten());
        let cell = cells
            .as_mut()
            .and_then(|cells| cells.take_first(view.shape(item)));
        moves.push(match cell {
            Some(cell) => (item.place, Some(cell)),
            None => (Place::Overflow, None),
        });
    }
    let mut stacks = 0;
    for (item, (place, cell)) in items.iter().zip(moves) {
        let uid = item.uid;
        let order = match cell {
            Some(cell) => cell,
            None => order_at_end(txn, entity, place)?,
        };
        stacks += u32::from(place == Place::Overflow);
        txn.op::<Inventory>(entity, ItemOp::Move { uid, place, order })?;
        txn.record(MovementKind::Moved, uid, item.def, item.count);
    }
    if stacks > 0 {
        txn.emit(ItemsOverflowed { entity, stacks });
    }
    txn.emit(ItemsChanged { entity });
    Ok(())
}
