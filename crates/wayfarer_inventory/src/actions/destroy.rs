//! `inventory.destroy`: an owner throws something away for good.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{action::Action, id::Uid, ledger::MovementKind, refusal::Refusal, txn::Txn};

use crate::{
    constraint::{Planned, Purpose, check_with_contents},
    facts::{ItemDestroyed, ItemsChanged},
    intake::{take_out, take_parcel},
    refusals::amount_of,
    view::View,
};

/// Destroys an item of the actor's own, with all that is in it. Refused for items whose definition is missing: nobody can
/// tell what would be lost.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct DestroyItem {
    /// The item.
    pub item: Uid,
    /// How many; all if left out.
    pub count: Option<u32>,
}

impl Action for DestroyItem {
    const NAME: &'static str = "inventory.destroy";
    type Receipt = ();

    fn apply(&self, txn: &mut Txn<'_>) -> Result<(), Refusal> {
        let entity = txn.actor()?;
        let content = txn.content();
        let view = View::of_txn(txn, &content, entity)?;
        let item = view.loose_item(self.item)?;
        view.def(item)?;
        let count = amount_of(item, self.count)?;
        let planned = Planned {
            item,
            count,
            purpose: Purpose::Destroy,
            to: None,
        };
        check_with_contents(&view, &planned)?;
        remove_parcel(txn, entity, MovementKind::Destroyed, self.item, count)
    }
}

/// Takes items out of the world: consumed, sold, destroyed. `kind` is written into the ledger.
/// Worn items can be removed too; what else hangs on their being worn is the caller's.
///
/// # Errors
/// `not_found`, `invalid_amount`, `not_empty` for a bag with something in it.
pub fn remove(
    txn: &mut Txn<'_>,
    entity: Entity,
    kind: MovementKind,
    uid: Uid,
    count: u32,
) -> Result<(), Refusal> {
    let item = take_out(txn, entity, uid, count)?;
    txn.record(kind, item.uid, item.def, count);
    txn.emit(ItemDestroyed {
        entity,
        item: uid,
        def: item.def,
        count,
    });
    txn.emit(ItemsChanged { entity });
    Ok(())
}

/// Takes an item and all that is in it out of the world, each with its line in the ledger.
///
/// # Errors
/// `not_found`, `invalid_amount`.
pub fn remove_parcel(
    txn: &mut Txn<'_>,
    entity: Entity,
    kind: MovementKind,
    uid: Uid,
    count: u32,
) -> Result<(), Refusal> {
    let parcel = take_parcel(txn, entity, uid, count)?;
    txn.record(kind, parcel.item.uid, parcel.item.def, count);
    parcel.record_inside(txn, kind);
    let gone = parcel
        .inside
        .iter()
        .map(|inner| (inner.uid, inner.def, inner.count));
    for (item, def, count) in std::iter::once((uid, parcel.item.def, count)).chain(gone) {
        txn.emit(ItemDestroyed {
            entity,
            item,
            def,
            count,
        });
    }
    txn.emit(ItemsChanged { entity });
    Ok(())
}
