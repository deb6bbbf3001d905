//! `inventory.transfer`: from one inventory to another, on both or on none.

use serde::{Deserialize, Serialize};
use wayfarer_core::{action::Action, id::Uid, ledger::MovementKind, refusal::Refusal, txn::Txn};

use crate::{
    constraint::{Planned, Purpose, check_with_contents},
    container::check_holder,
    facts::{ItemTransferred, ItemsChanged},
    intake::{Incoming, Parcel, commit_parcel, plan_intake, take_parcel},
    item::Place,
    refusals::{self, amount_of},
    rules::Forecast,
    view::View,
};

/// Moves items, with all that is in them, between two inventories: the actor's own, those of characters that the asker may
/// act for, and containers that the asker has open. Both must be within reach. The answer is the
/// uid of the stack that (the last of) it is in.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct TransferItem {
    /// Who has it.
    pub from: Uid,
    /// The item.
    pub item: Uid,
    /// How many; all if left out.
    pub count: Option<u32>,
    /// Who gets it.
    pub to: Uid,
    /// The compartment or pocket for it; the best if left out.
    pub compartment: Option<Place>,
}

impl Action for TransferItem {
    const NAME: &'static str = "inventory.transfer";
    type Receipt = Uid;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<Uid, Refusal> {
        let (from, to) = (txn.entity(self.from)?, txn.entity(self.to)?);
        check_holder(txn, from)?;
        check_holder(txn, to)?;
        if from == to {
            return Err(refusals::SAME_PLACE.into());
        }
        let content = txn.content();
        let giver = View::of_txn(txn, &content, from)?;
        let item = giver.loose_item(self.item)?;
        let count = amount_of(item, self.count)?;
        giver.def(item)?;
        let planned = Planned {
            item,
            count,
            purpose: Purpose::Give,
            to: None,
        };
        check_with_contents(&giver, &planned)?;
        let taker = View::of_txn(txn, &content, to)?;
        let parcel = Parcel::of(giver.inventory, item, count);
        let incoming = Incoming {
            count,
            ..parcel.incoming(Purpose::Receive)
        };
        let mut forecast = Forecast::of(taker.inventory);
        let intake = plan_intake(&taker, &mut forecast, incoming, self.compartment)?;

        let parcel = take_parcel(txn, from, self.item, count)?;
        let (first, def) = (parcel.item.uid, parcel.item.def);
        let uids = commit_parcel(txn, to, &intake, parcel)?;
        let uid = uids.last().copied().unwrap_or(first);
        txn.record(MovementKind::Moved, uid, def, count);
        txn.emit(ItemTransferred {
            entity: to,
            from,
            item: uid,
            def,
            count,
        });
        txn.emit(ItemsChanged { entity: from });
        txn.emit(ItemsChanged { entity: to });
        Ok(uid)
    }
}
