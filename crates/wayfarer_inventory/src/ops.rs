//! The only ways an inventory changes, each with its exact inverse.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use wayfarer_core::{
    aggregate::{Aggregate, OpError},
    id::{DefId, Uid},
    replicate_by_ops,
};

use crate::{
    inventory::{Inventory, MAX_COMPARTMENTS},
    item::{Item, Place},
};

/// One change of an [`Inventory`]. Rules decide whether it may happen; an op only refuses what
/// makes no sense at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ItemOp {
    /// Puts an item in. Refused when the uid is there already.
    Insert(Item),
    /// Takes an item out.
    Remove(Uid),
    /// Changes how many a stack has; at least 1.
    SetCount {
        /// The stack.
        uid: Uid,
        /// The new count.
        count: u32,
    },
    /// Puts an item somewhere else in this inventory.
    Move {
        /// The item.
        uid: Uid,
        /// Where to. A slot must be free.
        place: Place,
        /// Its position there.
        order: u32,
    },
    /// Sets or removes an extension.
    SetExt {
        /// The item.
        uid: Uid,
        /// The hash of the extension's name.
        kind: DefId,
        /// Its bytes; none to remove it.
        bytes: Option<ByteBuf>,
    },
    /// Gives many items another position at once; each uid once.
    Reorder(Vec<(Uid, u32)>),
    /// Adds a compartment behind the others.
    AddCompartment(DefId),
    /// Removes the last compartment. Refused unless it is empty.
    RemoveCompartment,
    /// Follows another kit's weight limit and load curve.
    SetKit(DefId),
}

const MISSING: OpError = OpError("the item is not here");

impl Aggregate for Inventory {
    const NAME: &'static str = "inventory";
    type Op = ItemOp;

    fn apply(&mut self, op: &ItemOp) -> Result<ItemOp, OpError> {
        match op {
            ItemOp::Insert(item) => self.insert(item.clone()),
            ItemOp::Remove(uid) => self.remove(*uid).map(ItemOp::Insert),
            &ItemOp::SetCount { uid, count } => self.set_count(uid, count),
            &ItemOp::Move { uid, place, order } => self.relocate(uid, place, order),
            ItemOp::SetExt { uid, kind, bytes } => self.set_ext(*uid, *kind, bytes.clone()),
            ItemOp::Reorder(orders) => self.reorder(orders),
            &ItemOp::AddCompartment(def) => self.add_compartment(def),
            ItemOp::RemoveCompartment => self.remove_compartment(),
            &ItemOp::SetKit(kit) => Ok(ItemOp::SetKit(std::mem::replace(&mut self.kit, kit))),
        }
    }

    fn revision(&self) -> u32 {
        self.revision
    }

    fn set_revision(&mut self, revision: u32) {
        self.revision = revision;
    }
}

replicate_by_ops!(Inventory);

impl Inventory {
    fn check_place(&self, place: Place) -> Result<(), OpError> {
        match place {
            Place::In(compartment) if compartment as usize >= self.compartments.len() => {
                Err(OpError("there is no such compartment"))
            }
            Place::Worn(slot) if self.worn_in(slot).is_some() => {
                Err(OpError("the slot is not free"))
            }
            Place::Inside { .. } => Err(OpError("the bag is not here")),
            _ => Ok(()),
        }
    }

    fn insert(&mut self, item: Item) -> Result<ItemOp, OpError> {
        if item.count == 0 {
            return Err(OpError("a stack of nothing"));
        }
        if self.index.position(item.uid).is_some() {
            return Err(OpError("the item is here already"));
        }
        self.check_place(item.place)?;
        let inverse = ItemOp::Remove(item.uid);
        self.index.insert(&item, self.items.len());
        self.items.push(item);
        Ok(inverse)
    }

    fn remove(&mut self, uid: Uid) -> Result<Item, OpError> {
        let at = self.index.position(uid).ok_or(MISSING)?;
        let item = self.items.swap_remove(at);
        self.index.remove(&item);
        if let Some(moved) = self.items.get(at) {
            self.index.moved(moved.uid, at);
        }
        Ok(item)
    }

    fn set_count(&mut self, uid: Uid, count: u32) -> Result<ItemOp, OpError> {
        if count == 0 {
            return Err(OpError("a stack of nothing"));
        }
        let at = self.index.position(uid).ok_or(MISSING)?;
        let item = self.items.get_mut(at).ok_or(MISSING)?;
        let before = self.index.recount(item, count);
        Ok(ItemOp::SetCount { uid, count: before })
    }

    fn relocate(&mut self, uid: Uid, place: Place, order: u32) -> Result<ItemOp, OpError> {
        let at = self.index.position(uid).ok_or(MISSING)?;
        let now = self.items.get(at).ok_or(MISSING)?.place;
        if now != place {
            self.check_place(place)?;
        }
        let item = self.items.get_mut(at).ok_or(MISSING)?;
        self.index.relocate(item, place, order);
        let place = std::mem::replace(&mut item.place, place);
        let order = std::mem::replace(&mut item.order, order);
        Ok(ItemOp::Move { uid, place, order })
    }

    fn set_ext(
        &mut self,
        uid: Uid,
        kind: DefId,
        bytes: Option<ByteBuf>,
    ) -> Result<ItemOp, OpError> {
        let at = self.index.position(uid).ok_or(MISSING)?;
        let item = self.items.get_mut(at).ok_or(MISSING)?;
        let bytes = item.set_ext_bytes(kind, bytes);
        Ok(ItemOp::SetExt { uid, kind, bytes })
    }

    fn reorder(&mut self, orders: &[(Uid, u32)]) -> Result<ItemOp, OpError> {
        let mut uids: Vec<Uid> = orders.iter().map(|&(uid, _)| uid).collect();
        uids.sort_unstable();
        if uids.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(OpError("an item is named twice"));
        }
        if uids.iter().any(|&uid| self.index.position(uid).is_none()) {
            return Err(MISSING);
        }
        let mut before = Vec::with_capacity(orders.len());
        for &(uid, order) in orders {
            let at = self.index.position(uid).ok_or(MISSING)?;
            let item = self.items.get_mut(at).ok_or(MISSING)?;
            self.index.relocate(item, item.place, order);
            before.push((uid, std::mem::replace(&mut item.order, order)));
        }
        Ok(ItemOp::Reorder(before))
    }

    fn add_compartment(&mut self, def: DefId) -> Result<ItemOp, OpError> {
        if self.compartments.len() >= MAX_COMPARTMENTS {
            return Err(OpError("too many compartments"));
        }
        self.compartments.push(def);
        self.index.add_compartment();
        Ok(ItemOp::RemoveCompartment)
    }

    fn remove_compartment(&mut self) -> Result<ItemOp, OpError> {
        let last = self.compartments.len().checked_sub(1);
        let last = last.and_then(|last| u8::try_from(last).ok());
        let last = last.ok_or(OpError("there is no compartment"))?;
        if self.in_compartment(last).next().is_some() {
            return Err(OpError("the compartment is not empty"));
        }
        let def = self.compartments.pop();
        self.index.remove_compartment();
        def.map(ItemOp::AddCompartment)
            .ok_or(OpError("there is no compartment"))
    }
}

#[cfg(test)]
mod tests;
