//! Items that lie in the world: the only items that are entities.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    aggregate::Aggregate,
    authority::Position,
    content::Ref,
    id::{DefId, Uid},
    ledger::MovementKind,
    refusal::{Code, Refusal},
    txn::Txn,
};

use crate::{
    container::Container,
    content::ItemDef,
    intake::Parcel,
    inventory::Inventory,
    item::{Item, Place},
    ops::ItemOp,
};

/// An item that lies in the world, on an entity with the item's uid and a [`Position`].
#[derive(Component, Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Reflect)]
#[reflect(opaque, Component, Debug, Clone)]
pub struct WorldItem {
    /// The item. Its place and order mean nothing here.
    pub item: Item,
}

/// Lays an item that is nowhere (any more) into the world. A bag can be opened where it lies.
///
/// # Errors
/// Those of [`lay_parcel`].
pub fn lay_down(txn: &mut Txn<'_>, item: Item, position: Position) -> Result<Entity, Refusal> {
    lay_parcel(txn, item.into(), position)
}

/// Lays an item with all that is in it into the world. Its pockets become the compartments of a
/// container, so that it can be opened like a chest.
///
/// # Errors
/// `state_corrupt` when the parcel contradicts itself.
pub fn lay_parcel(
    txn: &mut Txn<'_>,
    parcel: Parcel,
    position: Position,
) -> Result<Entity, Refusal> {
    let Parcel { item, inside } = parcel;
    let uid = item.uid;
    let content = txn.content();
    let def = content.table::<ItemDef>().get(item.def);
    let mut pockets: Vec<DefId> = def
        .map(|def| def.container.iter().map(Ref::id).collect())
        .unwrap_or_default();
    let item = WorldItem {
        item: item.at(Place::In(0), 0),
    };
    if pockets.is_empty() && inside.is_empty() {
        return Ok(txn.spawn_as(uid, (item, position)));
    }
    let inside: Vec<Item> = inside
        .into_iter()
        .map(|inner| match inner.place {
            Place::Inside { bag, pocket } if bag == uid => {
                let order = inner.order;
                // A pocket that its definition does not have any more holds what it held.
                let needed = usize::from(pocket) + 1;
                pockets.resize(pockets.len().max(needed), DefId::default());
                inner.at(Place::In(pocket), order)
            }
            _ => inner,
        })
        .collect();
    let mut inventory = Inventory::new(DefId::default(), pockets);
    Aggregate::apply(&mut inventory, &ItemOp::InsertMany(inside))
        .map_err(|error| Refusal::new(Code::STATE_CORRUPT).with("detail", error.0))?;
    let container = (inventory, Container::default());
    Ok(txn.spawn_as(uid, (item, position, container)))
}

/// A copy of what lies on an entity, with all that is in it if all of it is meant.
pub(crate) fn parcel_of(world: &World, entity: Entity, item: &Item, count: u32) -> Parcel {
    let uid = item.uid;
    let inventory = world.get::<Inventory>(entity);
    let inside = inventory.filter(|_| count == item.count);
    let inside = inside.map(Inventory::bags_first).unwrap_or_default();
    Parcel {
        item: item.part(uid, count),
        inside: inside
            .into_iter()
            .map(|inner| match inner.place {
                Place::In(pocket) => {
                    let order = inner.order;
                    inner.clone().at(Place::Inside { bag: uid, pocket }, order)
                }
                // Nothing overflows into the open; the first pocket is as good as any.
                Place::Worn(_) | Place::Overflow => {
                    let place = Place::Inside {
                        bag: uid,
                        pocket: 0,
                    };
                    inner.clone().at(place, inner.order)
                }
                Place::Inside { .. } => inner.clone(),
            })
            .collect(),
    }
}

/// Takes what is in a parcel out of the entity that it lies on.
pub(crate) fn empty(txn: &mut Txn<'_>, entity: Entity, parcel: &Parcel) -> Result<(), Refusal> {
    if parcel.inside.is_empty() {
        return Ok(());
    }
    let uids = parcel.inside.iter().map(|inner| inner.uid).collect();
    txn.op::<Inventory>(entity, ItemOp::RemoveMany(uids))
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
    let entity = lay_down(txn, Item::new(uid, def, count), position)?;
    Ok((uid, entity))
}
