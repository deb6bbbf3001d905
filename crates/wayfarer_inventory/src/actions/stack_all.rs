//! `inventory.stack_all`: alike things become as few stacks as they can.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{action::Action, id::Uid, ledger::MovementKind, refusal::Refusal, txn::Txn};

use crate::{
    constraint::{Planned, Purpose, check_constraints},
    ext,
    facts::ItemsChanged,
    intake::join_stack,
    inventory::Inventory,
    item::Place,
    ops::ItemOp,
    view::View,
};

/// How many stacks are tried for each; with more than this, differing ones of a kind, some may
/// stay apart.
const MAX_TRIED: usize = 64;

/// `inventory.stack_all`: joins alike stacks of the actor's own that lie in the same compartment or
/// pocket. The answer is how many stacks there are fewer.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct StackAll {
    /// The compartment or pocket; every one of the inventory, bags too, if left out.
    pub compartment: Option<Place>,
}

impl Action for StackAll {
    const NAME: &'static str = "inventory.stack_all";
    type Receipt = u32;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<u32, Refusal> {
        let entity = txn.actor()?;
        let content = txn.content();
        let view = View::of_txn(txn, &content, entity)?;
        if let Some(place) = self.compartment {
            view.compartment_at(place)?;
        }
        let stacks: Vec<Uid> = view
            .inventory
            .iter()
            .filter(|item| item.place.takes_items())
            .filter(|item| self.compartment.is_none_or(|place| item.place == place))
            .filter(|item| {
                let measure = view.inventory.measures().get(item.def);
                item.count < measure.max_stack
            })
            .map(|item| item.uid)
            .collect();
        let mut fewer = 0;
        // From behind, so that the first of them stay.
        for uid in stacks.into_iter().rev() {
            fewer += u32::from(give_away(txn, entity, uid)?);
        }
        if fewer > 0 {
            txn.emit(ItemsChanged { entity });
        }
        Ok(fewer)
    }
}

/// Gives pieces of a stack to stacks in front of it, as far as they have room. Whether it is gone.
fn give_away(txn: &mut Txn<'_>, entity: Entity, uid: Uid) -> Result<bool, Refusal> {
    let content = txn.content();
    let view = View::of_txn(txn, &content, entity)?;
    let Some(from) = view.inventory.get(uid).cloned() else {
        return Ok(false);
    };
    if view.inventory.is_filled(uid) {
        return Ok(false);
    }
    let max = view.inventory.measures().get(from.def).max_stack;
    let open = view.inventory.open_stacks(from.def, from.place);
    let mut targets: Vec<(u32, Uid, u32)> = open
        .take(MAX_TRIED)
        .filter(|into| (into.order, into.uid) < (from.order, from.uid))
        .filter(|into| ext::joined(into, &from, 1).is_some())
        .map(|into| (into.order, into.uid, max.saturating_sub(into.count)))
        .collect();
    targets.sort_unstable();
    let planned = Planned {
        item: &from,
        count: from.count,
        purpose: Purpose::Merge,
        to: Some(from.place),
    };
    if targets.is_empty() || check_constraints(&view, &planned).is_err() {
        return Ok(false);
    }
    let mut left = from.count;
    for (_, into, room) in targets {
        let count = room.min(left);
        if count == 0 {
            continue;
        }
        left -= count;
        let op = match left {
            0 => ItemOp::Remove(uid),
            count => ItemOp::SetCount { uid, count },
        };
        txn.op::<Inventory>(entity, op)?;
        join_stack(txn, entity, into, &from, count)?;
        txn.record(MovementKind::Moved, into, from.def, count);
    }
    Ok(left == 0)
}
