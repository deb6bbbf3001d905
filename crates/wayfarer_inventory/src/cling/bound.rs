//! Things that have become one person's alone.
//!
//! They can lie anywhere: on the ground, in a chest. But nobody else can pick them up, be given
//! them, put them on or use them, and they are neither traded nor sold.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use wayfarer_core::{
    id::{Identity, Uid},
    refusal::Refusal,
    txn::Txn,
};

use crate::{
    constraint::{Planned, Purpose},
    container::Container,
    content::{Binds, ItemDef},
    ext::{ItemExt, encode},
    inventory::Inventory,
    item::Item,
    ops::ItemOp,
    refusals::{BOUND, BOUND_TO_OTHER},
    view::View,
};

/// Whose alone a thing is: the uid of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bound(pub Uid);

impl ItemExt for Bound {
    const NAME: &'static str = "inventory.bound";
}

/// Whose alone an item is, if it is anybody's.
pub fn bound_to(item: &Item) -> Option<Uid> {
    item.ext::<Bound>().map(|Bound(owner)| owner)
}

/// Binds an item to who has it, if its definition says that it binds on such an occasion and it is
/// not bound yet.
///
/// # Errors
/// `not_found`.
pub fn bind(txn: &mut Txn<'_>, holder: Entity, uid: Uid, when: Binds) -> Result<(), Refusal> {
    let content = txn.content();
    let inventory = txn.need::<Inventory>(holder, "inventory")?;
    let item = inventory.get(uid).ok_or_else(|| Refusal::not_found(uid))?;
    let binds = content
        .table::<ItemDef>()
        .get(item.def)
        .is_some_and(|def| def.binds == Some(when));
    if !binds || bound_to(item).is_some() {
        return Ok(());
    }
    let Some(&Identity(owner)) = txn.get::<Identity>(holder) else {
        return Ok(());
    };
    let op = ItemOp::SetExt {
        uid,
        kind: Bound::kind(),
        bytes: encode(&Bound(owner)),
    };
    txn.op::<Inventory>(holder, op)
}

/// The extension that an item gets by coming into an inventory: characters own what binds on pick
/// up, containers own nothing.
pub(crate) fn claimed(txn: &Txn<'_>, holder: Entity, item: &Item) -> Option<ByteBuf> {
    let content = txn.content();
    let def = content.table::<ItemDef>().get(item.def)?;
    let here = def.binds == Some(Binds::OnPickUp) && bound_to(item).is_none();
    if !here || txn.get::<Container>(holder).is_some() {
        return None;
    }
    let &Identity(owner) = txn.get::<Identity>(holder)?;
    encode(&Bound(owner))
}

/// Refuses what only the owner may, and what not even they may.
pub(super) fn constraint(view: &View<'_>, planned: &Planned<'_>) -> Result<(), Refusal> {
    let Some(owner) = bound_to(planned.item) else {
        return Ok(());
    };
    let refusal = |code| {
        let name = view.def(planned.item).map(|def| def.name.clone());
        Refusal::new(code).with(
            "item",
            name.unwrap_or_else(|_| planned.item.def.to_string()),
        )
    };
    match planned.purpose {
        Purpose::Trade | Purpose::Sell => Err(refusal(BOUND)),
        Purpose::PickUp
        | Purpose::Receive
        | Purpose::Equip
        | Purpose::Use
        | Purpose::Craft
        | Purpose::Enchant
        | Purpose::Sacrifice => {
            let holder = view.world.get::<Identity>(view.entity).map(|id| id.0);
            let container = view.world.get::<Container>(view.entity).is_some();
            if holder == Some(owner) || container {
                Ok(())
            } else {
                Err(refusal(BOUND_TO_OTHER))
            }
        }
        _ => Ok(()),
    }
}
