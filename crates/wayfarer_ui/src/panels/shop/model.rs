//! What the shop panel shows.

use wayfarer_core::id::Uid;

use crate::model::Feedback;

/// What the panel shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ShopModel {
    /// The shop that the player deals with.
    pub shop: Option<ShopView>,
    /// What is on its way, and what was refused.
    pub feedback: Feedback,
}

/// One shop.
#[derive(Clone, Debug, PartialEq)]
pub struct ShopView {
    /// The merchant.
    pub uid: Uid,
    /// Their name.
    pub name: String,
    /// Whether the player may look.
    pub open: bool,
    /// The money in the till, in words.
    pub till: String,
    /// The player's money, in words.
    pub purse: String,
    /// Whether the player's coins are as few as can be.
    pub tidy: bool,
    /// Whether anybody changes coins.
    pub changes: bool,
    /// What is for sale.
    pub wares: Vec<Ware>,
    /// What the player has that would be bought.
    pub own: Vec<Ware>,
}

impl ShopView {
    /// A shop that is not open yet.
    pub fn new(uid: Uid, name: impl Into<String>) -> Self {
        Self {
            uid,
            name: name.into(),
            open: false,
            till: String::new(),
            purse: String::new(),
            tidy: false,
            changes: true,
            wares: Vec::new(),
            own: Vec::new(),
        }
    }
}

/// A stack with its price.
#[derive(Clone, Debug, PartialEq)]
pub struct Ware {
    /// The stack.
    pub uid: Uid,
    /// Its name.
    pub name: String,
    /// How many there are.
    pub has: u32,
    /// How many the price is for.
    pub count: u32,
    /// The price.
    pub price: PriceView,
    /// Why it can not be bought or sold now.
    pub blocked: Option<Blocked>,
}

/// What stands in the way, with the amount of money there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Blocked {
    /// The player has not enough.
    Purse(String),
    /// The shop has not enough.
    Till(String),
    /// The rules: the whole reason.
    Rules(String),
}

/// A price with its reasons.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PriceView {
    /// In the smallest coin.
    pub amount: u64,
    /// In words.
    pub text: String,
    /// Whether it is what was paid when it was sold.
    pub bought_back: bool,
    /// The reasons: what they are, what they do, where they are written.
    pub lines: Vec<wayfarer_inventory::value::PriceLine>,
}
