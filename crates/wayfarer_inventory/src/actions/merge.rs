//! `inventory.merge`: one stack joins another.

use serde::{Deserialize, Serialize};
use wayfarer_core::{action::Action, id::Uid, ledger::MovementKind, refusal::Refusal, txn::Txn};

use crate::{
    constraint::{Planned, Purpose, check_constraints},
    ext,
    facts::ItemsChanged,
    intake::{check_room, join_stack},
    inventory::Inventory,
    item::Place,
    ops::ItemOp,
    refusals::{self, amount_of},
    rules::Forecast,
    view::View,
};

/// Lets pieces of one stack of the actor's own join another. The answer is how many did: no more
/// than there is room for.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct MergeStacks {
    /// The stack that gives.
    pub from: Uid,
    /// The stack that takes.
    pub into: Uid,
    /// How many at most; all if left out.
    pub count: Option<u32>,
}

impl Action for MergeStacks {
    const NAME: &'static str = "inventory.merge";
    type Receipt = u32;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<u32, Refusal> {
        let entity = txn.actor()?;
        let content = txn.content();
        let view = View::of_txn(txn, &content, entity)?;
        let from = view.loose_item(self.from)?;
        let into = view.loose_item(self.into)?;
        if self.from == self.into {
            return Err(refusals::SAME_PLACE.into());
        }
        let def = view.def(into)?;
        let asked = amount_of(from, self.count)?;
        let room = def.max_stack.saturating_sub(into.count);
        let count = asked.min(room);
        if view.inventory.is_filled(self.from) {
            return Err(refusals::NOT_EMPTY.into());
        }
        if count == 0 || ext::joined(into, from, count).is_none() {
            return Err(refusals::CANNOT_STACK.into());
        }
        let planned = Planned {
            item: from,
            count,
            purpose: Purpose::Merge,
            to: Some(into.place),
        };
        check_constraints(&view, &planned)?;
        let to = into.place;
        if to == Place::Overflow {
            return Err(refusals::OVERFLOW_ONLY_OUT.into());
        }
        if from.place != to {
            let measure = view.inventory.measures().get(from.def);
            let mut would = Forecast::of(view.inventory);
            would.take(from.place, measure, count, 0);
            would.put(into.place, measure, count, 0);
            check_room(&view, &would, to)?;
        }
        let from = from.clone();
        let uid = self.from;
        if count == from.count {
            txn.op::<Inventory>(entity, ItemOp::Remove(uid))?;
        } else {
            let count = from.count - count;
            txn.op::<Inventory>(entity, ItemOp::SetCount { uid, count })?;
        }
        join_stack(txn, entity, self.into, &from, count)?;
        txn.record(MovementKind::Moved, self.into, from.def, count);
        txn.emit(ItemsChanged { entity });
        Ok(count)
    }
}
