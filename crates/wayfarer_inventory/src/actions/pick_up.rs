//! `inventory.pick_up`: take something from the ground.

use serde::{Deserialize, Serialize};
use wayfarer_core::{action::Action, id::Uid, ledger::MovementKind, refusal::Refusal, txn::Txn};

use crate::{
    constraint::Purpose,
    facts::{ItemPickedUp, ItemsChanged},
    intake::{Incoming, commit_intake, plan_intake},
    item::Place,
    refusals::amount_of,
    rules::Forecast,
    view::View,
    world_item::WorldItem,
};

/// Takes an item that lies within reach. It joins stacks that have room. The answer is the uid of
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
        let lying = lying.ok_or_else(|| Refusal::not_found(self.item))?;
        txn.check_reach(ground)?;
        let count = amount_of(&lying.item, self.count)?;
        let mut item = lying.item.clone();
        let view = View::of_txn(txn, &content, entity)?;
        let incoming = Incoming {
            item: &item,
            inside: &[],
            count,
            split: None,
            purpose: Purpose::PickUp,
        };
        let mut forecast = Forecast::of(view.inventory);
        let intake = plan_intake(&view, &mut forecast, incoming, self.to)?;

        if count == item.count {
            txn.despawn(ground)?;
        } else {
            let left = item.part(item.uid, item.count - count);
            let part = txn.mint();
            txn.set(ground, WorldItem { item: left })?;
            txn.record(MovementKind::Split, part, item.def, count);
            item = item.part(part, count);
        }
        let def = item.def;
        let uids = commit_intake(txn, entity, &intake, &item, None)?;
        let uid = uids.last().copied().unwrap_or(item.uid);
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
