//! What a new character or container gets: the inventory that its kit says.

use bevy::prelude::*;
use wayfarer_core::{
    action::HostWorldExt,
    content::{ActiveContent, Content, Def, Ref},
    id::DefId,
    ledger::MovementKind,
    refusal::Refusal,
    txn::Txn,
};

use crate::{
    content::{ItemDef, KitDef},
    intake::{free_cell, order_at_end},
    inventory::Inventory,
    item::{Item, Place},
    ops::ItemOp,
    refusals::NO_CELLS,
    rules::Forecast,
    view::View,
};

/// Builds the inventory of the kit that has the character's name. What a kit says goes in whatever
/// the limits are; worn things are put on by the equipment plugin.
pub(crate) fn outfit(world: &mut World, entity: Entity, template: DefId) {
    let content = world.resource::<ActiveContent>().0.clone();
    let Some(kit) = content.table::<KitDef>().get(template) else {
        return;
    };
    if world.get::<Inventory>(entity).is_some() {
        return;
    }
    let inventory = Inventory::new(kit.id(), kit.compartments.iter().map(Ref::id));
    world.entity_mut(entity).insert(inventory);
    let filled = world.transact("inventory.outfit", |txn| fill(txn, &content, entity, kit));
    if let Err(refusal) = filled {
        tracing::warn!("the kit `{}` could not be given: {refusal}", kit.name());
    }
}

fn fill(
    txn: &mut Txn<'_>,
    content: &Content,
    entity: Entity,
    kit: &Def<KitDef>,
) -> Result<(), Refusal> {
    for line in &kit.items {
        let def = line.item.id();
        let known = content.table::<ItemDef>().get(def);
        let max_stack = known.map_or(1, |def| def.max_stack).max(1);
        let into = line.into.as_ref().and_then(|into| {
            let index = kit.compartments.iter().position(|known| known == into)?;
            u8::try_from(index).ok()
        });
        let into = into.unwrap_or(0);
        let mut left = line.count;
        while left > 0 {
            let count = left.min(max_stack);
            left -= count;
            let uid = txn.mint();
            let item = Item::new(uid, def, count);
            let (place, order) = place_for(txn, content, entity, &item, into)?;
            let item = item.at(place, order);
            txn.op::<Inventory>(entity, ItemOp::Insert(item))?;
            txn.record(MovementKind::Spawned, uid, def, count);
        }
    }
    Ok(())
}

/// The end of a list, the first free cells of a compartment that has some, or the overflow.
fn place_for(
    txn: &mut Txn<'_>,
    content: &Content,
    entity: Entity,
    item: &Item,
    into: u8,
) -> Result<(Place, u32), Refusal> {
    let view = View::of_txn(txn, content, entity)?;
    let mut would = Forecast::of(view.inventory);
    let place = match free_cell(&view, &mut would, item, Place::In(into)) {
        Ok(Some(cell)) => return Ok((Place::In(into), cell)),
        Err(refusal) if refusal.code == NO_CELLS => Place::Overflow,
        // A compartment without a definition is a list, too.
        Ok(None) | Err(_) => Place::In(into),
    };
    Ok((place, order_at_end(txn, entity, place)?))
}
