//! The single steps of wearing, as parts of a transaction.

use bevy::prelude::*;
use wayfarer_core::{
    id::{DefId, Uid},
    ledger::MovementKind,
    refusal::Refusal,
    txn::Txn,
};
use wayfarer_inventory::{
    Inventory, ItemOp, Place,
    cling::bind,
    content::Binds,
    facts::ItemsChanged,
    intake::{order_at_end, take_out},
};
use wayfarer_stats::{api, inputs::StatInputs, modifier::Modifier};

use crate::{
    durability,
    equipment::Equipment,
    facts::{ItemEquipped, ItemUnequipped},
    look::WornLook,
    ops::EquipOp,
    plan::{EquipPlan, TakenOff},
    settle,
    total::lay_down,
};

/// Does what was planned. Returns the uid of what is worn now.
///
/// # Errors
/// Those of [`Txn::op`]; none if the plan was made on this state.
pub fn commit_equip(txn: &mut Txn<'_>, entity: Entity, plan: &EquipPlan) -> Result<Uid, Refusal> {
    for taken_off in &plan.taken_off {
        commit_take_off(txn, entity, *taken_off)?;
    }
    let worn = put_on(txn, entity, plan.item, plan.split, plan.slot)?;
    lock(txn, entity, &plan.locks, plan.lock_ticks)?;
    finish(txn, entity)?;
    Ok(worn)
}

/// Does what was planned.
///
/// # Errors
/// Those of [`Txn::op`]; none if the plan was made on this state.
pub fn commit_unequip(
    txn: &mut Txn<'_>,
    entity: Entity,
    taken_off: TakenOff,
) -> Result<(), Refusal> {
    commit_take_off(txn, entity, taken_off)?;
    finish(txn, entity)
}

/// Puts something on, whatever the rules say; the slot must be free. [`finish`] has to follow.
pub(crate) fn put_on(
    txn: &mut Txn<'_>,
    entity: Entity,
    item: Uid,
    split: bool,
    slot: DefId,
) -> Result<Uid, Refusal> {
    let place = Place::Worn(slot);
    let worn = if split {
        let part = take_out(txn, entity, item, 1)?;
        let uid = part.uid;
        txn.op::<Inventory>(entity, ItemOp::Insert(part.at(place, 0)))?;
        uid
    } else {
        let (uid, order) = (item, 0);
        txn.op::<Inventory>(entity, ItemOp::Move { uid, place, order })?;
        uid
    };
    bind(txn, entity, worn, Binds::OnEquip)?;
    let inventory = txn.need::<Inventory>(entity, "inventory")?;
    let def = inventory.get(worn).map(|item| item.def).unwrap_or_default();
    lay_down(txn, entity, &[worn])?;
    txn.record(MovementKind::Moved, worn, def, 1);
    txn.emit(ItemEquipped {
        entity,
        item: worn,
        def,
        slot,
    });
    Ok(worn)
}

/// Takes something off, wherever it goes. [`finish`] has to follow.
pub(crate) fn commit_take_off(
    txn: &mut Txn<'_>,
    entity: Entity,
    TakenOff {
        item: uid,
        def,
        slot,
        into,
        cell,
    }: TakenOff,
) -> Result<(), Refusal> {
    let order = match cell {
        Some(cell) => cell,
        None => order_at_end(txn, entity, into)?,
    };
    let place = into;
    txn.op::<Inventory>(entity, ItemOp::Move { uid, place, order })?;
    set_modifiers(txn, entity, uid, Vec::new())?;
    durability::remember(txn, entity, uid)?;
    txn.record(MovementKind::Moved, uid, def, 1);
    txn.emit(ItemUnequipped {
        entity,
        item: uid,
        def,
        slot,
    });
    Ok(())
}

/// Lays down what `source` does, in the place of what it did. No effect on who has no stats.
pub(crate) fn set_modifiers(
    txn: &mut Txn<'_>,
    entity: Entity,
    source: Uid,
    modifiers: Vec<Modifier>,
) -> Result<(), Refusal> {
    if txn.get::<StatInputs>(entity).is_none() {
        return Ok(());
    }
    api::set_modifiers(txn, entity, source, modifiers)
}

/// [`set_modifiers`] of several sources at once.
pub(crate) fn set_modifiers_of(
    txn: &mut Txn<'_>,
    entity: Entity,
    sources: Vec<Uid>,
    modifiers: Vec<Modifier>,
) -> Result<(), Refusal> {
    if txn.get::<StatInputs>(entity).is_none() {
        return Ok(());
    }
    api::set_modifiers_of(txn, entity, sources, modifiers)
}

/// Locks slots for some ticks, and forgets the locks that have passed.
pub(crate) fn lock(
    txn: &mut Txn<'_>,
    entity: Entity,
    slots: &[DefId],
    ticks: u64,
) -> Result<(), Refusal> {
    let now = txn.tick();
    let passed: Vec<DefId> = txn
        .need::<Equipment>(entity, "equipment")?
        .locks()
        .filter(|&(slot, until)| until <= now && !(ticks > 0 && slots.contains(&slot)))
        .map(|(slot, _)| slot)
        .collect();
    for slot in passed {
        txn.op::<Equipment>(entity, EquipOp::Lock { slot, until: None })?;
    }
    if ticks == 0 {
        return Ok(());
    }
    let until = Some(now.saturating_add(ticks));
    for &slot in slots {
        txn.op::<Equipment>(entity, EquipOp::Lock { slot, until })?;
    }
    Ok(())
}

/// What follows from any change of what is worn.
pub(crate) fn finish(txn: &mut Txn<'_>, entity: Entity) -> Result<(), Refusal> {
    let look = WornLook::of(txn.need::<Inventory>(entity, "inventory")?);
    let known = txn.get::<WornLook>(entity);
    if known.map_or(!look.0.is_empty(), |known| *known != look) {
        txn.ensure::<WornLook>(entity)?;
        txn.set(entity, look)?;
    }
    settle::worn(txn, entity)?;
    txn.emit(ItemsChanged { entity });
    Ok(())
}
