//! `inventory.move` and `inventory.put`: to another compartment or another position.

use serde::{Deserialize, Serialize};
use wayfarer_core::{action::Action, id::Uid, ledger::MovementKind, refusal::Refusal, txn::Txn};

use crate::{
    constraint::{Planned, Purpose, check_constraints},
    facts::{ItemMoved, ItemsChanged},
    intake::{check_accepts, check_nesting, check_room, free_cell, order_before},
    inventory::Inventory,
    item::{Item, Place},
    ops::ItemOp,
    refusals,
    rules::Forecast,
    view::View,
};

/// `inventory.move`: moves an item of the actor's own, in one piece and with all that is in it.
///
/// Within its compartment an item can always be moved; into another it must fit. Items whose
/// definition is missing can be moved: what they take is not known, so it counts as nothing. In a
/// compartment with cells it gets the first ones that are free.
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
        if self.before == Some(self.item) {
            return Err(refusals::SAME_PLACE.into());
        }
        let entity = txn.actor()?;
        let content = txn.content();
        let view = View::of_txn(txn, &content, entity)?;
        let item = view.loose_item(self.item)?;
        let mut would = check_move(&view, item, self.to)?;
        let cell = free_cell(&view, &mut would, item, self.to)?;
        if cell.is_some() && item.place == self.to {
            return Err(refusals::SAME_PLACE.into());
        }
        let from = item.place;
        let order = match cell {
            Some(cell) => cell,
            None => order_before(txn, entity, self.to, self.before, Some(self.item))?,
        };
        commit(txn, self.item, from, self.to, order)
    }
}

/// `inventory.put`: puts an item of the actor's own into certain cells of a compartment or pocket
/// that has some, with all that is in it.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct PutItem {
    /// The item.
    pub item: Uid,
    /// The compartment or pocket it goes to.
    pub to: Place,
    /// The slot, or the cell of its upper left corner counted row by row; with
    /// [`ROTATED`](crate::rules::ROTATED) for a thing that is turned.
    pub position: u32,
}

impl Action for PutItem {
    const NAME: &'static str = "inventory.put";
    type Receipt = ();

    fn apply(&self, txn: &mut Txn<'_>) -> Result<(), Refusal> {
        let entity = txn.actor()?;
        let content = txn.content();
        let view = View::of_txn(txn, &content, entity)?;
        let item = view.loose_item(self.item)?;
        let would = check_move(&view, item, self.to)?;
        let cells = view.cells(self.to, &would)?;
        let cells = cells.ok_or_else(|| Refusal::from(refusals::ILLEGAL_PLACE))?;
        if !cells.fits(view.shape(item), self.position) {
            return Err(refusals::NO_CELLS.into());
        }
        let from = item.place;
        commit(txn, self.item, from, self.to, self.position)
    }
}

/// Whether an item may go to a place, cells aside.
fn check_move<'a>(view: &View<'a>, item: &Item, to: Place) -> Result<Forecast<'a>, Refusal> {
    view.compartment_at(to)?;
    let planned = Planned {
        item,
        count: item.count,
        purpose: Purpose::Move,
        to: Some(to),
    };
    check_constraints(view, &planned)?;
    let mut would = Forecast::of(view.inventory);
    would.shift(item, to);
    if item.place != to {
        if view.def(item).is_ok() {
            check_accepts(view, item, to)?;
        }
        check_nesting(view, item.uid, view.inventory.height(item.uid), to)?;
        check_room(view, &would, to)?;
    }
    Ok(would)
}

fn commit(
    txn: &mut Txn<'_>,
    uid: Uid,
    from: Place,
    place: Place,
    order: u32,
) -> Result<(), Refusal> {
    let entity = txn.actor()?;
    txn.op::<Inventory>(entity, ItemOp::Move { uid, place, order })?;
    let inventory = txn.need::<Inventory>(entity, "inventory")?;
    let moved = inventory.get(uid).map(|item| (item.def, item.count));
    let (def, count) = moved.ok_or_else(|| Refusal::not_found(uid))?;
    txn.record(MovementKind::Moved, uid, def, count);
    txn.emit(ItemMoved {
        entity,
        item: uid,
        from,
        to: place,
    });
    txn.emit(ItemsChanged { entity });
    Ok(())
}
