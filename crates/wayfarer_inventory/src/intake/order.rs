//! Positions among the items of a place.

use bevy::prelude::*;
use wayfarer_core::{id::Uid, refusal::Refusal, txn::Txn};

use crate::{
    inventory::Inventory,
    item::Place,
    ops::ItemOp,
    rules::{Between, between},
};

/// The order behind the last item of a place; makes room first if the numbers ran out.
///
/// # Errors
/// `not_found`.
pub fn order_at_end(
    txn: &mut Txn<'_>,
    entity: Entity,
    place: impl Into<Place>,
) -> Result<u32, Refusal> {
    order_before(txn, entity, place.into(), None, None)
}

/// The order in front of the item `before` (at the end if there is none), for `moving`, which does
/// not count as a neighbour.
///
/// # Errors
/// `not_found` when `before` is not in that place.
pub(crate) fn order_before(
    txn: &mut Txn<'_>,
    entity: Entity,
    place: Place,
    before: Option<Uid>,
    moving: Option<Uid>,
) -> Result<u32, Refusal> {
    let inventory = txn.need::<Inventory>(entity, "inventory")?;
    if let Between::At(order) = neighbours(inventory, place, before, moving)? {
        return Ok(order);
    }
    let uids: Vec<Uid> = inventory.at(place).map(|i| i.uid).collect();
    let orders = crate::rules::spread(uids.len());
    let orders = uids.into_iter().zip(orders).collect();
    txn.op::<Inventory>(entity, ItemOp::Reorder(orders))?;
    let inventory = txn.need::<Inventory>(entity, "inventory")?;
    match neighbours(inventory, place, before, moving)? {
        Between::At(order) => Ok(order),
        // Four thousand million stacks in one place: ties are sorted by uid.
        Between::Full => Ok(u32::MAX),
    }
}

fn neighbours(
    inventory: &Inventory,
    place: Place,
    before: Option<Uid>,
    moving: Option<Uid>,
) -> Result<Between, Refusal> {
    let Some(next) = before else {
        let last = inventory
            .at(place)
            .rev()
            .find(|item| Some(item.uid) != moving);
        return Ok(between(last.map(|item| item.order), None));
    };
    let next = inventory
        .get(next)
        .filter(|item| item.place == place)
        .ok_or_else(|| Refusal::not_found(next))?;
    let previous = inventory.before(next).find(|i| Some(i.uid) != moving);
    Ok(between(previous.map(|item| item.order), Some(next.order)))
}
