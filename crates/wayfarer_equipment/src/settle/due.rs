//! When enchantments of worn things run out. Only who wears one that does is looked at, and only
//! then; what lies in a bag is over as soon as anybody asks.

use std::collections::BTreeSet;

use bevy::prelude::*;
use wayfarer_core::{
    action::HostWorldExt,
    clock::RulesClock,
    fact::Fact,
    id::{DefId, Identity, Uid},
    refusal::Refusal,
    txn::Txn,
};
use wayfarer_inventory::{Inventory, Item, facts::ItemsChanged};

use crate::{
    ext::{Enchants, set_ext},
    facts::EnchantmentEnded,
    total::refresh_all,
};

/// When something that somebody wears runs out, and whose. Rebuilt from what is worn.
#[derive(Resource, Default, Debug)]
pub(crate) struct EnchantQueue(BTreeSet<(u64, Entity)>);

/// Notes after the commit when to look at somebody again.
#[derive(Message, Clone)]
struct Due {
    entity: Entity,
    until: u64,
}

impl Fact for Due {
    fn tell(self, world: &mut World) {
        if let Some(mut queue) = world.get_resource_mut::<EnchantQueue>() {
            queue.0.insert((self.until, self.entity));
        }
    }
}

/// Notes when the next enchantment of what somebody wears runs out.
pub(super) fn note(txn: &mut Txn<'_>, entity: Entity) {
    let now = txn.tick();
    let Some(inventory) = txn.get::<Inventory>(entity) else {
        return;
    };
    let ends = inventory
        .worn()
        .flat_map(|item| Enchants::of(item, now).0)
        .filter_map(|enchant| enchant.until);
    if let Some(until) = ends.min() {
        txn.emit(Due { entity, until });
    }
}

/// Takes off what has run out.
pub(crate) fn expire(world: &mut World) {
    let now = world.resource::<RulesClock>().tick;
    let mut due: Vec<(Option<Uid>, Entity)> = Vec::new();
    let mut queue = std::mem::take(&mut world.resource_mut::<EnchantQueue>().0);
    while let Some(&(until, entity)) = queue.first()
        && until <= now
    {
        queue.pop_first();
        due.push((world.get::<Identity>(entity).map(|id| id.0), entity));
    }
    world.resource_mut::<EnchantQueue>().0 = queue;
    due.sort_unstable();
    due.dedup();
    for (_, entity) in due {
        if world.get::<Inventory>(entity).is_none() {
            continue;
        }
        let done = world.transact("equipment.enchantments_end", |txn| end_those(txn, entity));
        if let Err(refusal) = done {
            tracing::warn!("an enchantment could not end: {refusal}");
        }
    }
}

/// Run condition: something is noted.
pub(crate) fn any_noted(queue: Res<EnchantQueue>) -> bool {
    !queue.0.is_empty()
}

fn end_those(txn: &mut Txn<'_>, entity: Entity) -> Result<(), Refusal> {
    let now = txn.tick();
    let inventory = txn.need::<Inventory>(entity, "inventory")?;
    let worn: Vec<Item> = inventory.worn().cloned().collect();
    let mut swept = Vec::new();
    for item in worn {
        if sweep(txn, entity, &item, now)? {
            swept.push(item.uid);
        }
    }
    if swept.is_empty() {
        // Something else ends later.
        note(txn, entity);
        return Ok(());
    }
    refresh_all(txn, entity, &swept)?;
    txn.emit(ItemsChanged { entity });
    Ok(())
}

/// Takes what is over off one item; whether there was any. What it does has to be laid down anew
/// then.
///
/// # Errors
/// `not_found`, `state_corrupt` when `entity` does not hold it.
pub(crate) fn sweep(
    txn: &mut Txn<'_>,
    entity: Entity,
    item: &Item,
    now: u64,
) -> Result<bool, Refusal> {
    let Some(all) = item.ext::<Enchants>() else {
        return Ok(false);
    };
    let left = Enchants::of(item, now);
    if left == all {
        return Ok(false);
    }
    let over: Vec<DefId> = all
        .0
        .iter()
        .filter(|enchant| enchant.is_over(now))
        .map(|enchant| enchant.def)
        .collect();
    set_ext(txn, entity, item.uid, left.carried().as_ref())?;
    for enchantment in over {
        txn.emit(EnchantmentEnded {
            entity,
            item: item.uid,
            enchantment,
        });
    }
    Ok(true)
}
