//! What an item has been through.

use serde::{Deserialize, Serialize};
use wayfarer_inventory::ext::ItemExt;

/// How much an item was used and how much that has cost it: what its [outlook] is made of.
///
/// [outlook]: crate::durability::outlook
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// How often it has worn.
    pub uses: u32,
    /// How much in all, in thousandths of a percent.
    pub wear: u64,
    /// The tick of the first time.
    pub since: u64,
    /// The tick of the last time.
    pub last: u64,
}

impl ItemExt for Usage {
    const NAME: &'static str = "equipment.usage";
}

impl Usage {
    /// Once more, at a tick.
    #[must_use]
    pub fn again(self, wear: u32, tick: u64) -> Self {
        Self {
            uses: self.uses.saturating_add(1),
            wear: self.wear.saturating_add(u64::from(wear)),
            since: if self.uses == 0 { tick } else { self.since },
            last: tick,
        }
    }
}
