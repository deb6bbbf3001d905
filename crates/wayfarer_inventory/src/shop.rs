//! Shops: merchants whose stock is their inventory. One opens them as one opens a chest, but takes
//! nothing without paying, and every price comes with its reasons.

mod check;
mod customer;
mod gain;
mod price;
mod restock;
mod standing;

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    character::Character,
    content::{Content, Def},
    id::Uid,
};

use crate::{content::ShopDef, rules::share_of};

pub(crate) use check::check_shops;
pub use customer::check_customer;
pub(crate) use price::agreed_price;
pub use price::{MAX_PIECES, Price, for_sale, price_of};
pub(crate) use restock::outfit;
pub use restock::{ShopSystems, restock};
pub use standing::Standings;

/// A merchant: what the definition of kind `shops` with the character's name says. The plugin adds
/// it, with a [`Container`](crate::Container) to open.
#[derive(Component, Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Reflect)]
#[reflect(opaque, Component, Debug, Clone)]
pub struct Shop {
    /// The tick in which new goods come; `None` if none do.
    pub restock_at: Option<u64>,
    /// What can be bought back, the oldest first; at most [`MAX_BUYBACKS`].
    pub buyback: Vec<Buyback>,
}

/// Something that was sold to a shop and can be bought back for what was paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buyback {
    /// The stack that it is in now.
    pub item: Uid,
    /// How many.
    pub count: u32,
    /// What was paid for them together, in the smallest coin.
    pub paid: u64,
    /// Who sold it.
    pub to: Uid,
    /// The tick until which that holds.
    pub until: u64,
}

impl Buyback {
    /// Forgets all but so many pieces, and their share of what was paid.
    pub(crate) fn keep(&mut self, count: u32) {
        let gone = self.count.saturating_sub(count);
        let share = share_of(self.paid, self.count, gone);
        self.paid = self.paid.saturating_sub(share);
        self.count -= gone;
    }
}

/// How many sales a shop remembers for buying back.
pub const MAX_BUYBACKS: usize = 100;

impl Shop {
    /// What `customer` can buy back of a stack at this tick.
    pub fn buyback_of(&self, item: Uid, customer: Uid, tick: u64) -> Option<&Buyback> {
        self.buyback
            .iter()
            .find(|b| b.item == item && b.to == customer && b.until > tick)
    }
}

/// The definition that says what somebody buys and sells.
pub fn definition<'c>(
    world: &World,
    content: &'c Content,
    shop: Entity,
) -> Option<&'c Def<ShopDef>> {
    let character = world.get::<Character>(shop)?;
    content.table::<ShopDef>().get(character.def())
}

pub(crate) fn plugin(app: &mut App) {
    restock::plugin(app);
    standing::plugin(app);
}
