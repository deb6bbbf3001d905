//! New items: whatever makes one (loot, crafting, shops, grants, kits) asks the makers what it is
//! like, so that quality, rarity and enchantments come from one place each.

mod plugin;
mod spec;

use std::collections::BTreeMap;

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    content::{Content, Def},
    dice::DiceStream,
};

use crate::{content::ItemDef, item::Item};

pub(crate) use plugin::plugin;
pub use spec::{MakeSpec, make, make_or_overflow};
pub(crate) use spec::{Workshop, check_room_for};

/// Where a new item comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Source {
    /// Found.
    Loot,
    /// Made by somebody.
    Craft,
    /// Brought in by a merchant.
    Shop,
    /// Given by the game master or a game's own rule.
    #[default]
    Grant,
    /// Somebody came with it.
    Kit,
}

/// What is being made, for the makers.
#[derive(Clone, Copy)]
pub struct Making<'a> {
    /// The loaded content.
    pub content: &'a Content,
    /// What it is.
    pub def: &'a Def<ItemDef>,
    /// How many pieces; more than 1 only for what stacks.
    pub count: u32,
    /// How well it was made, 0 to 100; `None` when nobody's skill decides.
    pub score: Option<f32>,
    /// The level of the encounter, the maker or the place; from 0.
    pub level: f32,
    /// Free words for the place and the occasion: `underground`, `merchant`.
    pub themes: &'a [String],
    /// Where it comes from.
    pub source: Source,
}

impl Making<'_> {
    /// Whether a theme holds.
    pub fn has_theme(&self, theme: &str) -> bool {
        self.themes.iter().any(|own| own == theme)
    }
}

/// Gives a new item what it is to carry. All makers of one item share its dice, in the order of
/// their names.
pub type ItemMaker = fn(&Making<'_>, &mut DiceStream, &mut Item);

/// All makers, asked in the order of their names.
#[derive(Resource, Default, Clone)]
pub struct ItemMakers {
    list: BTreeMap<&'static str, ItemMaker>,
}

impl ItemMakers {
    /// Lets every maker have its say.
    pub fn apply(&self, making: &Making<'_>, dice: &mut DiceStream, item: &mut Item) {
        for maker in self.list.values() {
            maker(making, dice, item);
        }
    }
}

/// Registration of makers.
pub trait ItemMakerAppExt {
    /// Has `maker` asked about every new item. A name that is there already is replaced.
    fn register_item_maker(&mut self, name: &'static str, maker: ItemMaker) -> &mut Self;
}

impl ItemMakerAppExt for App {
    fn register_item_maker(&mut self, name: &'static str, maker: ItemMaker) -> &mut Self {
        let mut makers = self.world_mut().get_resource_or_init::<ItemMakers>();
        makers.list.insert(name, maker);
        self
    }
}
