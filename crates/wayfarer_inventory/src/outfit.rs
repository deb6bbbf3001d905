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
    cling::{Bound, claimed},
    content::{ItemDef, KitDef},
    craft::learn,
    ext::ItemExt,
    intake::{free_cell, order_at_end},
    inventory::Inventory,
    item::{Item, Place},
    making::{Making, Source, Workshop},
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
    let mut workshop = Workshop::open(txn);
    for line in &kit.items {
        let Some(def) = content.table::<ItemDef>().get(line.item.id()) else {
            continue;
        };
        let into = line.into.as_ref().and_then(|into| {
            let index = kit.compartments.iter().position(|known| known == into)?;
            u8::try_from(index).ok()
        });
        let into = into.unwrap_or(0);
        let mut left = line.count;
        while left > 0 {
            let count = left.min(def.max_stack.max(1));
            left -= count;
            let making = Making {
                content,
                def,
                count,
                score: None,
                level: 0.0,
                themes: &[],
                source: Source::Kit,
            };
            let uid = txn.mint();
            let item = workshop.item(&making, uid);
            let (place, order) = place_for(txn, content, entity, &item, into)?;
            let mut item = item.at(place, order);
            if let Some(owner) = claimed(txn, entity, &item) {
                item.set_ext_bytes(Bound::kind(), Some(owner));
            }
            txn.op::<Inventory>(entity, ItemOp::Insert(item))?;
            txn.record(MovementKind::Spawned, uid, def.id(), count);
        }
    }
    workshop.close(txn);
    for recipe in &kit.recipes {
        // One that needs no learning is no mistake worth stopping for.
        if let Err(refusal) = txn.attempt(|txn| learn(txn, entity, recipe.id())) {
            tracing::debug!("`{recipe}` is not taught: {refusal}");
        }
    }
    Ok(())
}

/// [`place_for`], in the first compartment that has any.
pub(crate) fn place_in_any(
    txn: &mut Txn<'_>,
    content: &Content,
    entity: Entity,
    item: &Item,
) -> Result<(Place, u32), Refusal> {
    let count = txn
        .need::<Inventory>(entity, "inventory")?
        .compartments()
        .len();
    let mut found = (Place::Overflow, order_at_end(txn, entity, Place::Overflow)?);
    for (into, _) in (0u8..).zip(0..count) {
        found = place_for(txn, content, entity, item, into)?;
        if found.0 != Place::Overflow {
            break;
        }
    }
    Ok(found)
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
