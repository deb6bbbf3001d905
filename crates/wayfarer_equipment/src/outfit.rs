//! What a new character gets: slots, and on them what its kit says.

use bevy::prelude::*;
use wayfarer_core::{
    action::HostWorldExt, content::ActiveContent, id::DefId, refusal::Refusal, txn::Txn,
};
use wayfarer_inventory::{Container, Inventory, Place, content::KitDef};

use crate::{
    equipment::Equipment,
    wear::{finish, put_on},
};

/// Gives slots to everybody who has an inventory and is no container, and puts on what the kit
/// says, without waiting and whatever it requires.
pub(crate) fn outfit(world: &mut World, entity: Entity, template: DefId) {
    if world.get::<Inventory>(entity).is_none() || world.get::<Container>(entity).is_some() {
        return;
    }
    if world.get::<Equipment>(entity).is_none() {
        world.entity_mut(entity).insert(Equipment::default());
    }
    let content = world.resource::<ActiveContent>().0.clone();
    let Some(kit) = content.table::<KitDef>().get(template) else {
        return;
    };
    let done = world.transact("equipment.outfit", |txn| dress(txn, entity, kit));
    if let Err(refusal) = done {
        tracing::warn!("the kit `{}` could not be put on: {refusal}", kit.name());
    }
}

fn dress(txn: &mut Txn<'_>, entity: Entity, kit: &KitDef) -> Result<(), Refusal> {
    for line in &kit.items {
        let Some(wear) = &line.wear else {
            continue;
        };
        let inventory = txn.need::<Inventory>(entity, "inventory")?;
        let loose = inventory
            .iter()
            .find(|item| item.def == line.item.id() && matches!(item.place, Place::In(_)));
        let Some((uid, split)) = loose.map(|item| (item.uid, item.count > 1)) else {
            continue;
        };
        let slot = DefId::of(wear);
        if inventory.worn_in(slot).is_none() {
            put_on(txn, entity, uid, split, slot)?;
        }
    }
    finish(txn, entity)
}
