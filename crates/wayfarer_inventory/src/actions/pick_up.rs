//! `inventory.pick_up`: take something from the ground.

use serde::{Deserialize, Serialize};
use wayfarer_core::{action::Action, id::Uid, ledger::MovementKind, refusal::Refusal, txn::Txn};

use crate::{
    constraint::Purpose,
    facts::{ItemPickedUp, ItemsChanged},
    intake::{commit_parcel, plan_intake},
    item::Place,
    refusals::amount_of,
    rules::Forecast,
    view::View,
    world_item::{WorldItem, empty, parcel_of},
};

/// Takes an item that lies within reach, with all that is in it. It joins stacks that have room. The answer is the uid of
/// the stack that (the last of) it is in.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct PickUpItem {
    /// The item.
    pub item: Uid,
    /// How many; all if left out.
    pub count: Option<u32>,
    /// The compartment or pocket for it; the best if left out.
    pub to: Option<Place>,
}

impl Action for PickUpItem {
    const NAME: &'static str = "inventory.pick_up";
    type Receipt = Uid;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<Uid, Refusal> {
        let entity = txn.actor()?;
        let ground = txn.entity(self.item)?;
        let content = txn.content();
        let lying = txn.get::<WorldItem>(ground);
        let lying = lying.ok_or_else(|| Refusal::not_found(self.item))?.clone();
        txn.check_reach(ground)?;
        let count = amount_of(&lying.item, self.count)?;
        let mut parcel = parcel_of(txn.world(), ground, &lying.item, count);
        let all = count == lying.item.count;
        let view = View::of_txn(txn, &content, entity)?;
        let mut forecast = Forecast::of(view.inventory);
        let incoming = parcel.incoming(Purpose::PickUp);
        let intake = plan_intake(&view, &mut forecast, incoming, self.to)?;

        if all {
            empty(txn, ground, &parcel)?;
            txn.despawn(ground)?;
        } else {
            let left = lying.item.count - count;
            let left = lying.item.part(lying.item.uid, left);
            parcel.item.uid = txn.mint();
            txn.set(ground, WorldItem { item: left })?;
            txn.record(MovementKind::Split, parcel.item.uid, parcel.item.def, count);
        }
        let (first, def) = (parcel.item.uid, parcel.item.def);
        let uids = commit_parcel(txn, entity, &intake, parcel)?;
        let uid = uids.last().copied().unwrap_or(first);
        txn.record(MovementKind::Moved, uid, def, count);
        txn.emit(ItemPickedUp {
            entity,
            item: uid,
            def,
            count,
        });
        txn.emit(ItemsChanged { entity });
        Ok(uid)
    }
}
