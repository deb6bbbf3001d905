//! Items that lie in the world: the only items that are entities.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    authority::Position,
    id::{DefId, Uid},
    ledger::MovementKind,
    refusal::Refusal,
    txn::Txn,
};

use crate::item::{Item, Place};

/// An item that lies in the world, on an entity with the item's uid and a [`Position`].
#[derive(Component, Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Reflect)]
#[reflect(opaque, Component, Debug, Clone)]
pub struct WorldItem {
    /// The item. Its place and order mean nothing here.
    pub item: Item,
}

/// Lays an item that is nowhere (any more) into the world.
pub fn lay_down(txn: &mut Txn<'_>, item: Item, position: Position) -> Entity {
    let uid = item.uid;
    let item = item.at(Place::In(0), 0);
    txn.spawn_as(uid, (WorldItem { item }, position))
}

/// Makes a new item and lays it into the world, for loot and for setting a scene. `kind` is
/// written into the ledger.
///
/// # Errors
/// `invalid_amount` for none.
pub fn lay_new(
    txn: &mut Txn<'_>,
    kind: MovementKind,
    def: DefId,
    count: u32,
    position: Position,
) -> Result<(Uid, Entity), Refusal> {
    if count == 0 {
        return Err(crate::refusals::invalid_amount(0, u32::MAX));
    }
    let uid = txn.mint();
    txn.record(kind, uid, def, count);
    Ok((uid, lay_down(txn, Item::new(uid, def, count), position)))
}
