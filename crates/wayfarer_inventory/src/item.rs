//! Items: plain data in an inventory, not entities.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use wayfarer_core::id::{DefId, Uid};

use crate::ext::{ExtSet, ItemExt};

/// Where in an inventory an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Place {
    /// In the compartment with this index in [`Inventory::compartments`](crate::Inventory::compartments).
    In(u8),
    /// Worn in this slot. It stays in the same inventory, so a uid is in exactly one place.
    Worn(DefId),
    /// In a pocket of another item of the same inventory: in a bag.
    Inside {
        /// The item that it is in.
        bag: Uid,
        /// The index of the pocket in [`ItemDef::container`](crate::content::ItemDef::container).
        pocket: u8,
    },
    /// Nowhere in particular: the place that it was in is gone, or there was no room for what must
    /// not be lost. Things can be taken out of it; no rule puts anything in because it was asked to.
    Overflow,
}

impl Default for Place {
    /// The first compartment.
    fn default() -> Self {
        Self::In(0)
    }
}

impl From<u8> for Place {
    fn from(compartment: u8) -> Self {
        Self::In(compartment)
    }
}

impl Place {
    /// The compartment, if the item is in one of the inventory itself.
    pub const fn compartment(self) -> Option<u8> {
        match self {
            Self::In(index) => Some(index),
            _ => None,
        }
    }

    /// The slot, if the item is worn.
    pub const fn slot(self) -> Option<DefId> {
        match self {
            Self::Worn(slot) => Some(slot),
            _ => None,
        }
    }

    /// The bag that the item is in, if it is in one.
    pub const fn bag(self) -> Option<Uid> {
        match self {
            Self::Inside { bag, .. } => Some(bag),
            _ => None,
        }
    }

    /// Whether it is a place that things can be put into: a compartment or a pocket.
    pub const fn takes_items(self) -> bool {
        matches!(self, Self::In(_) | Self::Inside { .. })
    }
}

/// One item, or a stack of alike ones. 48 bytes.
///
/// Everything beyond these fields (wear, quality, a game's own data) is an
/// [extension](crate::ext).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Which thing it is; the same wherever it goes.
    pub uid: Uid,
    /// What it is: an entry of kind `items`.
    pub def: DefId,
    /// How many, at least 1.
    pub count: u32,
    /// Where in its inventory; [`Place::In`]`(0)` while it lies in the world.
    pub place: Place,
    /// Position among the items of the same place, ascending; gaps and ties are normal.
    pub order: u32,
    exts: Option<Box<ExtSet>>,
}

impl Item {
    /// An item without extensions, at the beginning of the first compartment.
    pub const fn new(uid: Uid, def: DefId, count: u32) -> Self {
        Self {
            uid,
            def,
            count,
            place: Place::In(0),
            order: 0,
            exts: None,
        }
    }

    /// The same kind of item with the same extensions under another uid: what splitting makes.
    #[must_use]
    pub fn part(&self, uid: Uid, count: u32) -> Self {
        Self {
            uid,
            count,
            ..self.clone()
        }
    }

    /// Puts it somewhere else.
    #[must_use]
    pub const fn at(mut self, place: Place, order: u32) -> Self {
        self.place = place;
        self.order = order;
        self
    }

    /// Gives it an extension.
    #[must_use]
    pub fn with_ext<T: ItemExt>(mut self, value: &T) -> Self {
        self.set_ext_bytes(T::kind(), crate::ext::encode(value));
        self
    }

    /// Gives it an extension, in the place of the one of that kind which it had.
    pub fn set_ext<T: ItemExt>(&mut self, value: &T) {
        self.set_ext_bytes(T::kind(), crate::ext::encode(value));
    }

    /// Takes an extension away.
    pub fn remove_ext<T: ItemExt>(&mut self) {
        self.set_ext_bytes(T::kind(), None);
    }

    /// An extension, decoded. `None` when it has none or the bytes are damaged.
    pub fn ext<T: ItemExt>(&self) -> Option<T> {
        crate::ext::decode(self.ext_bytes(T::kind())?)
    }

    /// The bytes of an extension.
    pub fn ext_bytes(&self, kind: DefId) -> Option<&[u8]> {
        self.exts.as_ref()?.get(kind)
    }

    /// Every extension, known to this program or not, by kind.
    pub fn exts(&self) -> impl Iterator<Item = (DefId, &[u8])> {
        self.exts.iter().flat_map(|set| set.iter())
    }

    /// Sets or removes an extension; returns what was there.
    pub(crate) fn set_ext_bytes(&mut self, kind: DefId, bytes: Option<ByteBuf>) -> Option<ByteBuf> {
        let before = match bytes {
            Some(bytes) => self.exts.get_or_insert_default().set(kind, bytes),
            None => self.exts.as_mut()?.remove(kind),
        };
        // No extensions have one form only, or equal items would differ.
        if self.exts.as_ref().is_some_and(|set| set.is_empty()) {
            self.exts = None;
        }
        before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_small() {
        assert!(size_of::<Item>() <= 48, "{} bytes", size_of::<Item>());
    }
}
