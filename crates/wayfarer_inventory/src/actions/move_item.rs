//! `inventory.move`: to another compartment or another position.

use serde::{Deserialize, Serialize};
use wayfarer_core::{action::Action, id::Uid, ledger::MovementKind, refusal::Refusal, txn::Txn};

use crate::{
    constraint::{Planned, Purpose, check_constraints},
    facts::{ItemMoved, ItemsChanged},
    intake::{check_accepts, order_before},
    inventory::Inventory,
    item::Place,
    ops::ItemOp,
    refusals,
    rules::Forecast,
    view::View,
};

/// Moves an item of the actor's own, in one piece.
///
/// Within its compartment an item can always be moved; into another it must fit. Items whose
/// definition is missing can be moved: what they take is not known, so it counts as nothing.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoveItem {
    /// The item.
    pub item: Uid,
    /// The compartment or pocket it goes to.
    pub to: Place,
    /// The item it is put in front of; the end if left out.
    pub before: Option<Uid>,
}

impl Action for MoveItem {
    const NAME: &'static str = "inventory.move";
    type Receipt = ();

    fn apply(&self, txn: &mut Txn<'_>) -> Result<(), Refusal> {
        let entity = txn.actor()?;
        let content = txn.content();
        let view = View::of_txn(txn, &content, entity)?;
        let item = view.loose_item(self.item)?;
        let (from, to) = (item.place, self.to);
        let (def, count) = (item.def, item.count);
        view.compartment_at(self.to)?;
        if self.before == Some(self.item) {
            return Err(refusals::SAME_PLACE.into());
        }
        let planned = Planned {
            item,
            count,
            purpose: Purpose::Move,
            to: Some(to),
        };
        check_constraints(&view, &planned)?;
        if from != to {
            if view.def(item).is_ok() {
                check_accepts(&view, item, self.to)?;
            }
            let measure = view.inventory.measures().get(def);
            let mut would = Forecast::of(view.inventory);
            would.take(from, measure, count, 1);
            would.put(to, measure, count, 1);
            would
                .check(self.to, view.limits(self.to)?)
                .map_err(refusals::excess)?;
        }
        let order = order_before(txn, entity, self.to, self.before, Some(self.item))?;
        txn.op::<Inventory>(
            entity,
            ItemOp::Move {
                uid: self.item,
                place: to,
                order,
            },
        )?;
        txn.record(MovementKind::Moved, self.item, def, count);
        txn.emit(ItemMoved {
            entity,
            item: self.item,
            from,
            to,
        });
        txn.emit(ItemsChanged { entity });
        Ok(())
    }
}
