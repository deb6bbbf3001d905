//! What has nothing left falls off.

use bevy::prelude::*;
use wayfarer_core::{id::Uid, refusal::Refusal, txn::Txn};
use wayfarer_inventory::{Inventory, Place, view::View};

use crate::{
    plan::{TakenOff, plan_fall_off},
    wear::commit_take_off,
};

/// Takes a worn thing off, into a bag, or into the overflow when nothing has room. What may not be
/// taken off stays where it is; it gives nothing any more.
pub(super) fn fall_off(txn: &mut Txn<'_>, entity: Entity, uid: Uid) -> Result<(), Refusal> {
    let content = txn.content();
    let inventory = txn.need::<Inventory>(entity, "inventory")?;
    let Some(worn) = inventory
        .get(uid)
        .filter(|item| item.place.slot().is_some())
    else {
        return Ok(());
    };
    let view = View::of_txn(txn, &content, entity)?;
    let taken_off = match plan_fall_off(&view, worn) {
        Ok(taken_off) => taken_off,
        Err(refusal) if refusal.code == wayfarer_inventory::refusals::INSUFFICIENT_SPACE => {
            TakenOff {
                item: uid,
                def: worn.def,
                slot: worn.place.slot().unwrap_or_default(),
                into: Place::Overflow,
                cell: None,
            }
        }
        // A curse, a bond: a constraint says that it stays.
        Err(_) => return Ok(()),
    };
    commit_take_off(txn, entity, taken_off)
}
