//! What has happened with money, in shops and trades.

use bevy::prelude::*;
use wayfarer_core::{
    id::{DefId, Uid},
    impl_fact,
    refusal::Refusal,
};

use crate::trade::TradeEnd;

/// Somebody has paid.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct CoinsPaid {
    /// Who paid.
    pub entity: Entity,
    /// How much, in the smallest coin; the change is taken off already.
    pub amount: u64,
    /// Who got it; `None` when it was used up.
    pub to: Option<Entity>,
}

/// Something was bought in a shop.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct ItemBought {
    /// Who bought it.
    pub entity: Entity,
    /// Where.
    pub shop: Entity,
    /// The stack it is in now.
    pub item: Uid,
    /// What it is.
    pub def: DefId,
    /// How many.
    pub count: u32,
    /// What was paid, in the smallest coin.
    pub price: u64,
}

/// Something was sold to a shop.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct ItemSold {
    /// Who sold it.
    pub entity: Entity,
    /// Where.
    pub shop: Entity,
    /// The stack it is in now.
    pub item: Uid,
    /// What it is.
    pub def: DefId,
    /// How many.
    pub count: u32,
    /// What was paid, in the smallest coin.
    pub price: u64,
}

/// Goods that should have come to a shop did not: there is no room, or a rule forbids it. All else
/// came.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq)]
pub struct StockShort {
    /// The shop.
    pub entity: Entity,
    /// What: an entry of kind `items`.
    pub item: DefId,
    /// How many should have come.
    pub wanted: u32,
    /// How many of them did not.
    pub missing: u32,
    /// Why the rest did not go in.
    pub why: Refusal,
}

/// New goods have come to a shop.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct ShopRestocked {
    /// The shop.
    pub entity: Entity,
}

/// Somebody was asked to trade.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct TradeAsked {
    /// Who was asked.
    pub entity: Entity,
    /// Who asked.
    pub by: Uid,
    /// The trade.
    pub trade: Uid,
}

/// Something about a trade is different: an offer, who agreed, the phase. Told for both sides.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct TradeChanged {
    /// One of the two.
    pub entity: Entity,
    /// The trade.
    pub trade: Uid,
}

/// A trade is over. Told for both sides.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct TradeEnded {
    /// One of the two.
    pub entity: Entity,
    /// The other.
    pub with: Uid,
    /// The trade, which is no more.
    pub trade: Uid,
    /// How it ended.
    pub why: TradeEnd,
}

impl_fact!(
    CoinsPaid,
    ItemBought,
    ItemSold,
    ShopRestocked,
    StockShort,
    TradeAsked,
    TradeChanged,
    TradeEnded,
);

pub(super) fn plugin(app: &mut App) {
    app.add_message::<CoinsPaid>()
        .add_message::<ItemBought>()
        .add_message::<ItemSold>()
        .add_message::<ShopRestocked>()
        .add_message::<StockShort>()
        .add_message::<TradeAsked>()
        .add_message::<TradeChanged>()
        .add_message::<TradeEnded>();
}
