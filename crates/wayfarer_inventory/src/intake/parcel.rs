//! Something that moves with all that is in it.

use bevy::{platform::collections::HashMap, prelude::*};
use wayfarer_core::{
    id::{DefId, Uid},
    ledger::MovementKind,
    refusal::Refusal,
    txn::Txn,
};

use super::{Incoming, commit::take_out};
use crate::{
    constraint::Purpose,
    inventory::{Inventory, bags::Bags},
    item::{Item, Place},
    measure::{Measures, Tally},
    ops::ItemOp,
    refusals,
};

/// An item that is nowhere, with all that is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// The item.
    pub item: Item,
    /// What is in it, each bag before what is in it. Their places stay what they are.
    pub inside: Vec<Item>,
}

impl From<Item> for Parcel {
    fn from(item: Item) -> Self {
        Self {
            item,
            inside: Vec::new(),
        }
    }
}

impl Parcel {
    /// A copy of an item and of all that is in it, for planning; the contents only if all of it
    /// is meant.
    pub fn of(inventory: &Inventory, item: &Item, count: u32) -> Self {
        let inside = if count == item.count {
            inventory.contents(item.uid)
        } else {
            Vec::new()
        };
        Self {
            item: item.clone(),
            inside: inside.into_iter().cloned().collect(),
        }
    }

    /// To plan with: all of it.
    pub fn incoming(&self, purpose: Purpose) -> Incoming<'_> {
        Incoming {
            item: &self.item,
            inside: &self.inside,
            count: self.item.count,
            split: None,
            purpose,
        }
    }

    /// A line in the ledger for each thing inside.
    pub fn record_inside(&self, txn: &mut Txn<'_>, kind: MovementKind) {
        for inner in &self.inside {
            txn.record(kind, inner.uid, inner.def, inner.count);
        }
    }
}

/// Takes `count` pieces out of an inventory; all of it with whatever is in it.
///
/// # Errors
/// `not_found`, `invalid_amount`.
pub fn take_parcel(
    txn: &mut Txn<'_>,
    entity: Entity,
    uid: Uid,
    count: u32,
) -> Result<Parcel, Refusal> {
    let inventory = txn.need::<Inventory>(entity, "inventory")?;
    let item = inventory.get(uid).ok_or_else(|| Refusal::not_found(uid))?;
    refusals::amount_of(item, Some(count))?;
    if !inventory.is_filled(uid) {
        return take_out(txn, entity, uid, count).map(Parcel::from);
    }
    let parcel = Parcel::of(inventory, item, count);
    let inside = parcel.inside.iter().map(|inner| inner.uid);
    let uids = std::iter::once(uid).chain(inside).collect();
    txn.op::<Inventory>(entity, ItemOp::RemoveMany(uids))?;
    Ok(parcel)
}

/// How many filled bags are one in the other.
pub(super) fn height(item: &Item, inside: &[Item]) -> u8 {
    if inside.is_empty() {
        return 0;
    }
    let mut depths: HashMap<Uid, u8> = HashMap::default();
    depths.insert(item.uid, 0);
    let mut height = 0;
    for inner in inside {
        let outer = inner.place.bag().and_then(|bag| depths.get(&bag));
        let depth = outer.map_or(1, |depth| depth.saturating_add(1));
        depths.insert(inner.uid, depth);
        height = height.max(depth);
    }
    height
}

/// What of the contents counts outside.
pub(super) fn outside(measures: &Measures, item: &Item, inside: &[Item]) -> Tally {
    if inside.is_empty() {
        return Tally::default();
    }
    let mut defs: HashMap<Uid, DefId> = HashMap::default();
    for known in std::iter::once(item).chain(inside) {
        defs.insert(known.uid, known.def);
    }
    let mut bags = Bags::default();
    for inner in inside.iter().rev() {
        let Place::Inside { bag, pocket } = inner.place else {
            continue;
        };
        let mut gross = bags.outside(inner.uid);
        gross.add(measures.get(inner.def), inner.count, 1);
        let def = defs.get(&bag).copied().unwrap_or_default();
        let share = || measures.pocket(def, pocket);
        bags.change(bag, pocket, share, (Tally::default(), gross));
    }
    bags.outside(item.uid)
}
