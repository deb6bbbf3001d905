//! What everybody sees of what somebody wears.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::id::DefId;
use wayfarer_inventory::Inventory;

/// Which kinds of items somebody wears where: for drawing them. Everybody knows it; what else is
/// in the inventory only the owner does.
#[derive(Component, Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Reflect)]
#[reflect(Component)]
pub struct WornLook(pub Vec<(DefId, DefId)>);

impl WornLook {
    /// The look of an inventory: (slot, item), by slot.
    pub fn of(inventory: &Inventory) -> Self {
        let worn = inventory.worn();
        let mut worn: Vec<_> = worn
            .filter_map(|item| Some((item.place.slot()?, item.def)))
            .collect();
        worn.sort_unstable();
        Self(worn)
    }

    /// What is worn in a slot.
    pub fn worn_in(&self, slot: DefId) -> Option<DefId> {
        let at = self.0.binary_search_by_key(&slot, |&(slot, _)| slot).ok()?;
        self.0.get(at).map(|&(_, def)| def)
    }
}
