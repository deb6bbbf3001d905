//! Inventory, paper doll, an open container and the ground as data.

use std::sync::Arc;

use wayfarer_core::id::{DefId, Uid};
use wayfarer_inventory::Place;

use super::{
    feedback::Feedback,
    item::{Cooldown, ItemDetails, ItemRow, Now},
};

/// What a character holds and wears, and what is in reach.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InventoryModel {
    /// Raised with every rebuild; what a panel caches by it is thrown away then.
    pub revision: u64,
    /// The character; `None` while there is none.
    pub holder: Option<Uid>,
    /// What the character holds.
    pub own: HolderModel,
    /// The slots of the paper doll, in the order of display.
    pub doll: Vec<SlotModel>,
    /// How heavy the load is.
    pub load: LoadModel,
    /// The container that is open, with its uid and name.
    pub container: Option<ContainerModel>,
    /// What lies within reach.
    pub ground: Vec<ItemRow>,
    /// Containers within reach that can be opened.
    pub nearby: Vec<NearbyContainer>,
    /// The character's money; `None` where the content has none.
    pub money: Option<MoneyModel>,
    /// What may be given as a name to a thing of one's own.
    pub naming: NamingModel,
    /// Whether the player rules over loot: a game master.
    pub master: bool,
    /// The key that shows the history of a thing, as it is written on it; empty when there is none.
    pub history_key: String,
    /// Everything about the items that are looked at (see
    /// [`InventoryState::looked_at`](crate::panels::inventory::InventoryState::looked_at)).
    pub details: Vec<(Uid, Arc<ItemDetails>)>,
    /// What each slot of the hotbar means now, 0 to 9.
    pub hotbar: Vec<Option<Uid>>,
    /// The rules' time now. Set each frame, without a rebuild.
    pub now: Now,
    /// What is waiting for an answer and what was refused. Set when it changes.
    pub feedback: Feedback,
}

impl InventoryModel {
    /// The item with this uid, wherever it is.
    pub fn item(&self, uid: Uid) -> Option<&ItemRow> {
        let held = self.own.items();
        let worn = self.doll.iter().filter_map(|slot| slot.worn.as_ref());
        let other = self.container.iter().flat_map(|c| c.content.items());
        let mut all = held.chain(worn).chain(other).chain(&self.ground);
        all.find(|item| item.uid == uid)
    }

    /// Everything about an item that is looked at.
    pub fn details_of(&self, uid: Uid) -> Option<&ItemDetails> {
        let mut all = self.details.iter();
        all.find(|(known, _)| *known == uid)
            .map(|(_, details)| &**details)
    }

    /// The name of a slot.
    pub fn slot_name(&self, slot: DefId) -> &str {
        let found = self.doll.iter().find(|known| known.id == slot);
        found.map_or("", |slot| slot.name.as_str())
    }
}

/// An inventory, compartment by compartment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HolderModel {
    /// The compartments in their own order, each followed by the pockets of the bags in it; then
    /// the pockets of what is worn, and at last what has overflowed.
    pub compartments: Vec<CompartmentModel>,
}

impl HolderModel {
    /// Every item in it.
    pub fn items(&self) -> impl Iterator<Item = &ItemRow> {
        self.compartments.iter().flat_map(|c| c.items.iter())
    }
}

/// One compartment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CompartmentModel {
    /// Which one it is.
    pub place: Place,
    /// Its name; of a pocket with that of its bag.
    pub name: String,
    /// In how many bags it is.
    pub depth: u8,
    /// Where things lie in cells; `None` in a list.
    pub cells: Option<CellsModel>,
    /// Room taken and room there is.
    pub bulk: Gauge,
    /// Kilograms, if it has a limit of its own.
    pub weight: Gauge,
    /// Stacks, if their number is limited.
    pub stacks: Gauge,
    /// The items in the order of display.
    pub items: Vec<ItemRow>,
}

/// The cells of a compartment, row by row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellsModel {
    /// How many columns are shown.
    pub columns: u32,
    /// How many cells there are.
    pub count: u32,
    /// Each thing takes one cell, whatever its shape.
    pub slots: bool,
}

impl CellsModel {
    /// Rows, the last one perhaps not full.
    pub const fn rows(self) -> u32 {
        self.count
            .div_ceil(if self.columns == 0 { 1 } else { self.columns })
    }
}

/// How full something is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gauge {
    /// What is used.
    pub used: f32,
    /// What there is; `None` is without limit.
    pub max: Option<f32>,
}

impl Gauge {
    /// From 0 to 1 and beyond; `None` without a limit.
    pub fn share(self) -> Option<f32> {
        let max = self.max?;
        if max > 0.0 {
            Some(self.used / max)
        } else {
            Some(if self.used > 0.0 { f32::INFINITY } else { 0.0 })
        }
    }
}

/// How heavy the load is for its carrier.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LoadModel {
    /// Kilograms carried and the limit.
    pub weight: Gauge,
    /// What the load leaves of the speed: 1 is all of it.
    pub factor: f32,
    /// The load is near the point where it begins to slow, or beyond.
    pub warn: bool,
}

impl Default for LoadModel {
    fn default() -> Self {
        Self {
            weight: Gauge::default(),
            factor: 1.0,
            warn: false,
        }
    }
}

/// One slot of the paper doll.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SlotModel {
    /// Which slot.
    pub id: DefId,
    /// Its name.
    pub name: String,
    /// Where its middle stands on the doll: 0, 0 is top left, 1, 1 is bottom right.
    pub anchor: [f32; 2],
    /// What is worn there.
    pub worn: Option<ItemRow>,
    /// Another slot's item covers it, such as a two-handed sword: its name.
    pub covered: Option<String>,
    /// Until when it can not be changed.
    pub cooldown: Option<Cooldown>,
}

/// An open container.
#[derive(Clone, Debug, PartialEq)]
pub struct ContainerModel {
    /// Which.
    pub uid: Uid,
    /// Its name.
    pub name: String,
    /// What is in it.
    pub content: HolderModel,
    /// Whose things these are for the time being; `None` when they are anybody's.
    pub rights: Option<RightsModel>,
    /// The characters of players that are within reach, the player's own first.
    pub people: Vec<SharerModel>,
}

impl ContainerModel {
    /// A container that is anybody's, with nobody near.
    pub fn new(uid: Uid, name: impl Into<String>, content: HolderModel) -> Self {
        Self {
            uid,
            name: name.into(),
            content,
            rights: None,
            people: Vec::new(),
        }
    }
}

/// A container that can be opened.
#[derive(Clone, Debug, PartialEq)]
pub struct NearbyContainer {
    /// Which.
    pub uid: Uid,
    /// Its name.
    pub name: String,
    /// Why it stays shut for this player, as far as is known here; `None` when it opens.
    pub refusal: Option<String>,
    /// Whose things are in it for the time being.
    pub rights: Option<RightsModel>,
}

impl NearbyContainer {
    /// A container that opens for anybody.
    pub fn new(uid: Uid, name: impl Into<String>) -> Self {
        Self {
            uid,
            name: name.into(),
            refusal: None,
            rights: None,
        }
    }
}

/// Whose things are in a container for the time being.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RightsModel {
    /// The names of the characters that may take.
    pub names: Vec<String>,
    /// Whether the player may.
    pub mine: bool,
    /// The tick from which everybody may.
    pub until: u64,
}

impl RightsModel {
    /// The seconds that they still hold; `None` when they are over.
    pub fn left(&self, now: Now) -> Option<f64> {
        let ticks = self.until.checked_sub(now.tick).filter(|&left| left > 0)?;
        Some(ticks as f64 / now.hz)
    }
}

/// Somebody who could get a share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharerModel {
    /// The character.
    pub uid: Uid,
    /// Its name.
    pub name: String,
    /// Whether they look into the container, too; `None` where only the host knows.
    pub looks_in: Option<bool>,
}

/// Somebody's money.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MoneyModel {
    /// All of it, in words.
    pub text: String,
    /// Every kind of coin there is, the most valuable first.
    pub coins: Vec<CoinModel>,
    /// Whether anybody changes coins.
    pub changes: bool,
    /// Whether the coins are as few as can be.
    pub tidy: bool,
}

impl MoneyModel {
    /// The coin that an item is.
    pub fn coin(&self, item: DefId) -> Option<&CoinModel> {
        self.coins.iter().find(|coin| coin.def == item)
    }
}

/// One kind of coin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoinModel {
    /// The item.
    pub def: DefId,
    /// Its name.
    pub name: String,
    /// What one is worth, in the smallest coin.
    pub worth: u64,
    /// How many there are.
    pub count: u64,
}

impl CoinModel {
    /// How coins like these become others: at least so many at a time, for so many of the others.
    pub fn rate(&self, other: &Self) -> (u64, u64) {
        let (mut a, mut b) = (self.worth.max(1), other.worth.max(1));
        while b != 0 {
            (a, b) = (b, a % b);
        }
        (other.worth.max(1) / a, self.worth.max(1) / a)
    }
}

/// What may be given as a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamingModel {
    /// The most letters.
    pub most: usize,
    /// What it may contain beside letters, digits and spaces.
    pub letters: String,
    /// Why nothing is named at all; `None` when things are.
    pub refusal: Option<String>,
}

impl Default for NamingModel {
    fn default() -> Self {
        Self {
            most: 32,
            letters: String::new(),
            refusal: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coins_change_in_whole_ones() {
        let coin = |worth| CoinModel {
            def: DefId(1),
            name: String::new(),
            worth,
            count: 0,
        };
        for (from, into, rate) in [
            (1, 100, (100, 1)),
            (100, 1, (1, 100)),
            (4, 6, (3, 2)),
            (5, 5, (1, 1)),
            (0, 7, (7, 1)),
        ] {
            assert_eq!(coin(from).rate(&coin(into)), rate, "{from} into {into}");
        }
    }

    #[test]
    fn rights_run_out() {
        let rights = RightsModel {
            until: 140,
            ..RightsModel::default()
        };
        for (tick, left) in [
            (100, Some(2.0)),
            (139, Some(0.05)),
            (140, None),
            (999, None),
        ] {
            assert_eq!(rights.left(Now { tick, hz: 20.0 }), left, "at {tick}");
        }
    }
}
