//! `inventory.drop`: lay something on the ground.

use serde::{Deserialize, Serialize};
use wayfarer_core::{
    action::Action, authority::Position, id::Uid, ledger::MovementKind, refusal::Refusal, txn::Txn,
};

use crate::{
    constraint::{Planned, Purpose, check_with_contents},
    facts::{ItemDropped, ItemsChanged},
    intake::take_parcel,
    refusals::amount_of,
    view::View,
    world_item::lay_parcel,
};

/// Lays an item of the actor's own at the actor's feet, with all that is in it. The answer is its
/// uid there. Items whose definition is missing can be dropped too. A bag can be opened where it
/// lies.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct DropItem {
    /// The item.
    pub item: Uid,
    /// How many; all if left out.
    pub count: Option<u32>,
}

impl Action for DropItem {
    const NAME: &'static str = "inventory.drop";
    type Receipt = Uid;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<Uid, Refusal> {
        let entity = txn.actor()?;
        let content = txn.content();
        let view = View::of_txn(txn, &content, entity)?;
        let item = view.loose_item(self.item)?;
        let count = amount_of(item, self.count)?;
        let planned = Planned {
            item,
            count,
            purpose: Purpose::Drop,
            to: None,
        };
        check_with_contents(&view, &planned)?;
        let position = txn.get::<Position>(entity).copied().unwrap_or_default();
        let parcel = take_parcel(txn, entity, self.item, count)?;
        let (uid, def) = (parcel.item.uid, parcel.item.def);
        txn.record(MovementKind::Moved, uid, def, count);
        parcel.record_inside(txn, MovementKind::Moved);
        lay_parcel(txn, parcel, position)?;
        txn.emit(ItemDropped {
            entity,
            item: uid,
            def,
            count,
        });
        txn.emit(ItemsChanged { entity });
        Ok(uid)
    }
}
