//! `inventory.split`: part of a stack becomes a stack of its own.

use serde::{Deserialize, Serialize};
use wayfarer_core::{action::Action, id::Uid, refusal::Refusal, txn::Txn};

use crate::{
    constraint::{Planned, Purpose, check_constraints},
    facts::ItemsChanged,
    intake::{check_accepts, check_room, free_cell, order_at_end, take_out},
    inventory::Inventory,
    item::Place,
    ops::ItemOp,
    refusals::{self, invalid_amount},
    rules::{Forecast, Limits},
    view::View,
};

/// Splits a stack of the actor's own. The answer is the uid of the new stack.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct SplitStack {
    /// The stack.
    pub item: Uid,
    /// How many become the new stack; at least 1 and less than there are.
    pub count: u32,
    /// The compartment or pocket for it; where the stack is if left out.
    pub to: Option<Place>,
}

impl Action for SplitStack {
    const NAME: &'static str = "inventory.split";
    type Receipt = Uid;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<Uid, Refusal> {
        let entity = txn.actor()?;
        let content = txn.content();
        let view = View::of_txn(txn, &content, entity)?;
        let item = view.loose_item(self.item)?;
        view.def(item)?;
        if self.count == 0 || self.count >= item.count {
            return Err(invalid_amount(self.count, item.count.saturating_sub(1)));
        }
        let from = item.place;
        let to = self.to.unwrap_or(from);
        check_accepts(&view, item, to)?;
        let planned = Planned {
            item,
            count: self.count,
            purpose: Purpose::Split,
            to: Some(to),
        };
        check_constraints(&view, &planned)?;
        let measure = view.inventory.measures().get(item.def);
        let mut would = Forecast::of(view.inventory);
        would.take(from, measure, self.count, 0);
        would.put(to, measure, self.count, 1);
        if from == to {
            // Only one stack more: a compartment that has shrunk can still be tidied.
            let count = view.limits(to)?.count;
            let limits = Limits {
                count,
                ..Limits::default()
            };
            would.check(to, limits).map_err(refusals::excess)?;
        } else {
            check_room(&view, &would, to)?;
        }
        let cell = free_cell(&view, &mut would, item, to)?;

        let part = take_out(txn, entity, self.item, self.count)?;
        let uid = part.uid;
        let order = match cell {
            Some(cell) => cell,
            None => order_at_end(txn, entity, to)?,
        };
        txn.op::<Inventory>(entity, ItemOp::Insert(part.at(to, order)))?;
        txn.emit(ItemsChanged { entity });
        Ok(uid)
    }
}
