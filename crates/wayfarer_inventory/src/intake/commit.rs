//! Doing what was planned.

use bevy::prelude::*;
use serde_bytes::ByteBuf;
use smallvec::SmallVec;
use wayfarer_core::{
    id::{DefId, Uid},
    ledger::MovementKind,
    refusal::Refusal,
    txn::Txn,
};

use super::{Intake, Parcel, order_at_end};
use crate::{
    cling::{Bound, claimed},
    ext::{self, ItemExt},
    facts::{ItemsChanged, ItemsOverflowed},
    inventory::Inventory,
    item::Item,
    ops::ItemOp,
    refusals,
    rules::stacks_for,
    view::View,
};

/// Does what was planned with an item that is nowhere (any more). Pieces that join a stack lose
/// their uid; the rest keeps `item.uid`, and further stacks beyond `max` pieces get new ones.
///
/// Returns the uids that hold the pieces now.
///
/// # Errors
/// Those of [`Txn::op`]; none if the plan was made on this state.
pub fn commit_intake(
    txn: &mut Txn<'_>,
    entity: Entity,
    intake: &Intake,
    item: &Item,
    max: Option<u32>,
) -> Result<SmallVec<[Uid; 2]>, Refusal> {
    let mut uids = SmallVec::new();
    for joining in &intake.joins {
        join_stack(txn, entity, joining.into, item, joining.count)?;
        uids.push(joining.into);
    }
    let mut rest = intake.rest;
    let mut uid = item.uid;
    let mut cells = intake.cells.iter();
    while rest > 0 {
        let count = rest.min(max.unwrap_or(u32::MAX).max(1));
        rest -= count;
        let order = match cells.next() {
            Some(&cell) => cell,
            None => order_at_end(txn, entity, intake.place)?,
        };
        let mut stack = item.part(uid, count).at(intake.place, order);
        claim(txn, entity, &mut stack);
        txn.op::<Inventory>(entity, ItemOp::Insert(stack))?;
        uids.push(uid);
        if rest > 0 {
            uid = txn.mint();
        }
    }
    Ok(uids)
}

/// Puts an item that is nowhere into the overflow, where there is always room: what fits no stack
/// there becomes stacks of at most `max` pieces. `kind` is written into the ledger. Returns the uids
/// that hold the pieces.
///
/// # Errors
/// `not_found`.
pub(crate) fn lay_aside(
    txn: &mut Txn<'_>,
    entity: Entity,
    kind: MovementKind,
    item: &Item,
    max: u32,
) -> Result<SmallVec<[Uid; 2]>, Refusal> {
    let content = txn.content();
    let view = View::of_txn(txn, &content, entity)?;
    let intake = Intake::aside(&view, item, max);
    let uids = commit_intake(txn, entity, &intake, item, Some(max))?;
    let uid = uids.last().copied().unwrap_or(item.uid);
    txn.record(kind, uid, item.def, item.count);
    let stacks = stacks_for(item.count, max);
    txn.emit(ItemsOverflowed { entity, stacks });
    txn.emit(ItemsChanged { entity });
    Ok(uids)
}

/// Does what was planned with something and all that is in it. Returns the uids that hold the
/// pieces of the item itself.
///
/// # Errors
/// Those of [`Txn::op`]; none if the plan was made on this state.
pub fn commit_parcel(
    txn: &mut Txn<'_>,
    entity: Entity,
    intake: &Intake,
    parcel: Parcel,
) -> Result<SmallVec<[Uid; 2]>, Refusal> {
    let uids = commit_intake(txn, entity, intake, &parcel.item, None)?;
    if !parcel.inside.is_empty() {
        parcel.record_inside(txn, MovementKind::Moved);
        let mut inside = parcel.inside;
        for item in &mut inside {
            claim(txn, entity, item);
        }
        txn.op::<Inventory>(entity, ItemOp::InsertMany(inside))?;
    }
    Ok(uids)
}

/// What becomes somebody's own by being taken becomes theirs.
fn claim(txn: &Txn<'_>, entity: Entity, item: &mut Item) {
    if let Some(owner) = claimed(txn, entity, item) {
        item.set_ext_bytes(Bound::kind(), Some(owner));
    }
}

/// `count` pieces of `from`, which were taken away from where they were, join the stack `into`.
///
/// # Errors
/// `cannot_stack` when they may not be one stack.
pub(crate) fn join_stack(
    txn: &mut Txn<'_>,
    entity: Entity,
    into: Uid,
    from: &Item,
    count: u32,
) -> Result<(), Refusal> {
    let inventory = txn.need::<Inventory>(entity, "inventory")?;
    let stack = inventory
        .get(into)
        .ok_or_else(|| Refusal::not_found(into))?;
    let sum = stack.count.checked_add(count);
    let (Some(sum), Some(changed)) = (sum, ext::joined(stack, from, count)) else {
        return Err(refusals::CANNOT_STACK.into());
    };
    set_exts(txn, entity, into, changed)?;
    txn.op::<Inventory>(
        entity,
        ItemOp::SetCount {
            uid: into,
            count: sum,
        },
    )?;
    txn.record(MovementKind::Split, into, from.def, count);
    Ok(())
}

fn set_exts(
    txn: &mut Txn<'_>,
    entity: Entity,
    uid: Uid,
    changed: Vec<(DefId, ByteBuf)>,
) -> Result<(), Refusal> {
    for (kind, bytes) in changed {
        let bytes = Some(bytes);
        txn.op::<Inventory>(entity, ItemOp::SetExt { uid, kind, bytes })?;
    }
    Ok(())
}

/// Takes `count` pieces out of an inventory; gives back an item that is nowhere: the very one if
/// it is all of it, a part with a new uid otherwise. For what may be a bag with something in it see
/// [`take_parcel`](super::take_parcel).
///
/// # Errors
/// `not_found`, `invalid_amount`, `not_empty`.
pub fn take_out(txn: &mut Txn<'_>, entity: Entity, uid: Uid, count: u32) -> Result<Item, Refusal> {
    let inventory = txn.need::<Inventory>(entity, "inventory")?;
    let item = inventory
        .get(uid)
        .ok_or_else(|| Refusal::not_found(uid))?
        .clone();
    refusals::amount_of(&item, Some(count))?;
    if inventory.is_filled(uid) {
        return Err(refusals::NOT_EMPTY.into());
    }
    if count == item.count {
        txn.op::<Inventory>(entity, ItemOp::Remove(uid))?;
        return Ok(item);
    }
    let left = item.count - count;
    txn.op::<Inventory>(entity, ItemOp::SetCount { uid, count: left })?;
    let part = txn.mint();
    txn.record(MovementKind::Split, part, item.def, count);
    Ok(item.part(part, count))
}
