//! What somebody has marked among their things: favourites, and what is at hand.

use std::collections::{BTreeMap, BTreeSet};

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    id::{DefId, Uid},
    refusal::Refusal,
};

use crate::{
    constraint::{Planned, Purpose},
    inventory::Inventory,
    refusals,
    view::View,
};

/// Number of slots of the hotbar: the digits.
pub const HOTBAR_SLOTS: u8 = 10;
/// Most favourites.
pub const MAX_FAVOURITES: usize = 500;

/// A character's favourites and hotbar. Only on those who have marked something.
#[derive(Component, Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Reflect)]
#[reflect(opaque, Component, Debug, Clone)]
pub struct Marks {
    pub(crate) favourites: BTreeSet<Uid>,
    pub(crate) hotbar: BTreeMap<u8, Handy>,
}

/// What a slot of the hotbar stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handy {
    /// The item that was put there.
    pub item: Uid,
    /// What it is: when it is used up, the next of its kind takes its place.
    pub def: DefId,
}

impl Marks {
    /// Whether an item is a favourite.
    pub fn is_favourite(&self, item: Uid) -> bool {
        self.favourites.contains(&item)
    }

    /// The favourites.
    pub fn favourites(&self) -> impl Iterator<Item = Uid> {
        self.favourites.iter().copied()
    }

    /// What was put into a slot of the hotbar, 0 to 9.
    pub fn hotbar(&self, slot: u8) -> Option<Handy> {
        self.hotbar.get(&slot).copied()
    }

    /// The item that a slot of the hotbar means now: the one that was put there if it is still
    /// here, or else the first of its kind.
    pub fn at_hand(&self, inventory: &Inventory, slot: u8) -> Option<Uid> {
        let handy = self.hotbar(slot)?;
        if inventory.get(handy.item).is_some() {
            return Some(handy.item);
        }
        let mut alike = inventory.iter().filter(|item| item.def == handy.def);
        alike.next().map(|item| item.uid)
    }

    /// Forgets favourites that are not here any more.
    pub(crate) fn forget_strangers(&mut self, inventory: &Inventory) {
        self.favourites.retain(|&uid| inventory.get(uid).is_some());
    }
}

/// The constraint that protects favourites from slips of the finger.
pub(crate) fn protect(view: &View<'_>, planned: &Planned<'_>) -> Result<(), Refusal> {
    if !matches!(planned.purpose, Purpose::Destroy | Purpose::Sell) {
        return Ok(());
    }
    let marks = view.world.get::<Marks>(view.entity);
    if !marks.is_some_and(|marks| marks.is_favourite(planned.item.uid)) {
        return Ok(());
    }
    let name = view.def(planned.item).map(|def| def.name.clone());
    Err(Refusal::new(refusals::FAVOURITE).with("item", name.unwrap_or_default()))
}
