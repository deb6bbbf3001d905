//! `inventory.move`, `inventory.put` and `inventory.rearrange`: to another compartment or another
//! position.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{action::Action, id::Uid, ledger::MovementKind, refusal::Refusal, txn::Txn};

use crate::{
    constraint::{Planned, Purpose, check_constraints},
    container::check_holder,
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
        let spot = self.before.map_or(Spot::End, Spot::Before);
        rearrange(txn, txn.actor()?, self.item, self.to, spot)
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
        rearrange(
            txn,
            txn.actor()?,
            self.item,
            self.to,
            Spot::Cell(self.position),
        )
    }
}

/// Where in a compartment something goes.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// To the end of a list; into the first free cells where there are cells.
    End,
    /// In front of this item, in a list.
    Before(Uid),
    /// Into these cells, counted as in [`PutItem::position`].
    Cell(u32),
}

/// `inventory.rearrange`: moves an item, in one piece and with all that is in it, within the
/// inventory that it is in: within an open container, or among one's own. Who may take from there
/// and put there may do this, see [`check_holder`]; everything else is as with [`MoveItem`] and
/// [`PutItem`].
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct RearrangeItem {
    /// Whose inventory it is in, and stays in.
    pub holder: Uid,
    /// The item.
    pub item: Uid,
    /// The compartment or pocket it goes to.
    pub to: Place,
    /// Where in there.
    pub at: Spot,
}

impl Action for RearrangeItem {
    const NAME: &'static str = "inventory.rearrange";
    type Receipt = ();

    fn apply(&self, txn: &mut Txn<'_>) -> Result<(), Refusal> {
        let holder = txn.entity(self.holder)?;
        check_holder(txn, holder)?;
        rearrange(txn, holder, self.item, self.to, self.at)
    }
}

fn rearrange(
    txn: &mut Txn<'_>,
    holder: Entity,
    uid: Uid,
    to: Place,
    at: Spot,
) -> Result<(), Refusal> {
    if at == Spot::Before(uid) {
        return Err(refusals::SAME_PLACE.into());
    }
    let content = txn.content();
    let view = View::of_txn(txn, &content, holder)?;
    let item = view.loose_item(uid)?;
    let from = item.place;
    let mut would = check_move(&view, item, to)?;
    let order = match at {
        Spot::Cell(position) => {
            let cells = view.cells(to, &would)?;
            let cells = cells.ok_or_else(|| Refusal::from(refusals::ILLEGAL_PLACE))?;
            if !cells.fits(view.shape(item), position) {
                return Err(refusals::NO_CELLS.into());
            }
            position
        }
        Spot::End | Spot::Before(_) => {
            let before = match at {
                Spot::Before(before) => Some(before),
                _ => None,
            };
            match free_cell(&view, &mut would, item, to)? {
                Some(_) if from == to => return Err(refusals::SAME_PLACE.into()),
                Some(cell) => cell,
                None => order_before(txn, holder, to, before, Some(uid))?,
            }
        }
    };
    commit(txn, holder, uid, from, (to, order))
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
    entity: Entity,
    uid: Uid,
    from: Place,
    (place, order): (Place, u32),
) -> Result<(), Refusal> {
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
