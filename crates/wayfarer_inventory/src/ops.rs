//! The only ways an inventory changes, each with its exact inverse.

use bevy::platform::collections::{HashMap, HashSet};
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use wayfarer_core::{
    aggregate::{Aggregate, OpError},
    id::{DefId, Uid},
    replicate_by_ops,
};

use crate::{
    inventory::{Inventory, MAX_COMPARTMENTS, MAX_DEPTH},
    item::{Item, Place},
};

/// One change of an [`Inventory`]. Rules decide whether it may happen; an op only refuses what
/// makes no sense at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ItemOp {
    /// Puts an item in. Refused when the uid is there already.
    Insert(Item),
    /// Takes an item out. Refused when something is in it.
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
    /// Puts several items in, each bag before what is in it: all, or none if one is refused.
    InsertMany(Vec<Item>),
    /// Takes several items out, each bag before what is in it. Refused when anything would be left
    /// that is in one of them.
    RemoveMany(Vec<Uid>),
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
            ItemOp::InsertMany(items) => self.insert_many(items),
            ItemOp::RemoveMany(uids) => self.remove_many(uids),
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
    fn check_place(&self, uid: Uid, place: Place) -> Result<(), OpError> {
        match place {
            Place::In(compartment) if compartment as usize >= self.compartments.len() => {
                Err(OpError("there is no such compartment"))
            }
            Place::Worn(slot) if self.worn_in(slot).is_some() => {
                Err(OpError("the slot is not free"))
            }
            Place::Inside { bag, .. } => self.check_bag(uid, bag),
            _ => Ok(()),
        }
    }

    /// Whether something may be in a bag as far as what is where goes: never in itself, and not
    /// too deep.
    fn check_bag(&self, uid: Uid, bag: Uid) -> Result<(), OpError> {
        let mut depth = usize::from(self.height(uid));
        let mut next = Some(bag);
        while let Some(bag) = next {
            if bag == uid {
                return Err(OpError("a bag inside itself"));
            }
            depth += 1;
            if depth > MAX_DEPTH {
                return Err(OpError("too many bags one in the other"));
            }
            let item = self.get(bag).ok_or(OpError("the bag is not here"))?;
            if item.count != 1 {
                return Err(OpError("a stack is no bag"));
            }
            next = item.place.bag();
        }
        Ok(())
    }

    fn insert(&mut self, item: Item) -> Result<ItemOp, OpError> {
        if item.count == 0 {
            return Err(OpError("a stack of nothing"));
        }
        if self.index.position(item.uid).is_some() {
            return Err(OpError("the item is here already"));
        }
        self.check_place(item.uid, item.place)?;
        let inverse = ItemOp::Remove(item.uid);
        self.index.insert(&self.items, &item, self.items.len());
        self.items.push(item);
        Ok(inverse)
    }

    fn remove(&mut self, uid: Uid) -> Result<Item, OpError> {
        let at = self.index.position(uid).ok_or(MISSING)?;
        if self.is_filled(uid) {
            return Err(OpError("the bag is not empty"));
        }
        let item = self.items.get(at).ok_or(MISSING)?;
        self.index.remove(&self.items, item);
        let item = self.items.swap_remove(at);
        if let Some(moved) = self.items.get(at) {
            self.index.moved(moved.uid, at);
        }
        Ok(item)
    }

    fn insert_many(&mut self, items: &[Item]) -> Result<ItemOp, OpError> {
        for (done, item) in items.iter().enumerate() {
            if let Err(error) = self.insert(item.clone()) {
                for item in items.iter().take(done).rev() {
                    self.remove(item.uid)?;
                }
                return Err(error);
            }
        }
        Ok(ItemOp::RemoveMany(items.iter().map(|i| i.uid).collect()))
    }

    fn remove_many(&mut self, uids: &[Uid]) -> Result<ItemOp, OpError> {
        // How much is in each bag while what comes behind it in the list is gone already.
        let mut gone: HashMap<Uid, u32> = HashMap::default();
        let mut seen: HashSet<Uid> = HashSet::default();
        for &uid in uids.iter().rev() {
            let item = self.get(uid).ok_or(MISSING)?;
            if !seen.insert(uid) {
                return Err(OpError("an item is named twice"));
            }
            if self.index.bags().inside(uid) != gone.get(&uid).copied().unwrap_or(0) {
                return Err(OpError("the bag is not empty"));
            }
            if let Some(bag) = item.place.bag() {
                *gone.entry(bag).or_default() += 1;
            }
        }
        let mut items = Vec::with_capacity(uids.len());
        for &uid in uids.iter().rev() {
            items.push(self.remove(uid)?);
        }
        items.reverse();
        Ok(ItemOp::InsertMany(items))
    }

    fn set_count(&mut self, uid: Uid, count: u32) -> Result<ItemOp, OpError> {
        if count == 0 {
            return Err(OpError("a stack of nothing"));
        }
        if count != 1 && self.is_filled(uid) {
            return Err(OpError("the bag is not empty"));
        }
        let at = self.index.position(uid).ok_or(MISSING)?;
        let item = self.items.get(at).ok_or(MISSING)?;
        self.index.recount(&self.items, item, count);
        let item = self.items.get_mut(at).ok_or(MISSING)?;
        let count = std::mem::replace(&mut item.count, count);
        Ok(ItemOp::SetCount { uid, count })
    }

    fn relocate(&mut self, uid: Uid, place: Place, order: u32) -> Result<ItemOp, OpError> {
        let at = self.index.position(uid).ok_or(MISSING)?;
        let item = self.items.get(at).ok_or(MISSING)?;
        if item.place != place {
            self.check_place(uid, place)?;
        }
        self.index.relocate(&self.items, item, place, order);
        let item = self.items.get_mut(at).ok_or(MISSING)?;
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
            let item = self.items.get(at).ok_or(MISSING)?;
            self.index.relocate(&self.items, item, item.place, order);
            let item = self.items.get_mut(at).ok_or(MISSING)?;
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
