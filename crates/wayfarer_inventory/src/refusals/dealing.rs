//! Reasons of money, shops and trades.

use wayfarer_core::{
    content::Content,
    id::{DefId, Uid},
    refusal::{Code, Refusal},
};

use crate::currency::Money;

/// There is not enough money. Arguments `price` and `have`.
pub const INSUFFICIENT_FUNDS: Code = Code::new("insufficient_funds");
/// Nobody has the coins to give change. Argument `price`.
pub const NO_CHANGE: Code = Code::new("no_change");
/// It costs, or brings, something else now. Argument `now`.
pub const PRICE_CHANGED: Code = Code::new("price_changed");
/// The shop can not pay for it. Arguments `price` and `have`.
pub const SHOP_SHORT_OF_MONEY: Code = Code::new("shop_short_of_money");
/// The shop does not buy such things. Argument `item`.
pub const NOT_BOUGHT_HERE: Code = Code::new("not_bought_here");
/// The shop keeps it. Argument `item`.
pub const NOT_FOR_SALE: Code = Code::new("not_for_sale");
/// Something is in it. Argument `item`.
pub const NOT_EMPTY: Code = Code::new("not_empty");
/// It has to be paid for.
pub const FOR_SALE: Code = Code::new("for_sale");
/// The shop does not serve the asker.
pub const NOT_WELCOME: Code = Code::new("not_welcome");
/// The item is no coin of the currency in force. Argument `item`.
pub const NOT_MONEY: Code = Code::new("not_money");
/// Coins are offered as an amount of money. Argument `item`.
pub const IS_MONEY: Code = Code::new("is_money");
/// The coins do not come to whole coins of the other kind. Argument `coin`.
pub const UNEVEN: Code = Code::new("uneven");
/// There is nobody there to trade with.
pub const NO_PARTNER: Code = Code::new("no_partner");
/// One of the two is trading already.
pub const TRADING: Code = Code::new("trading");
/// The other's player is not here.
pub const AWAY: Code = Code::new("away");
/// The trade is not at the point that the asker saw.
pub const TRADE_CHANGED: Code = Code::new("trade_changed");
/// Neither side offers anything.
pub const NOTHING_OFFERED: Code = Code::new("nothing_offered");
/// The item is not what was offered any more. Argument `item`.
pub const OFFER_GONE: Code = Code::new("offer_gone");
/// The item is in a bag that is offered as well. Argument `item`.
pub const OFFERED_TWICE: Code = Code::new("offered_twice");
/// For the time being the things in there belong to others.
pub const NOT_YOUR_LOOT: Code = Code::new("not_your_loot");

/// Somebody who is to get a share has not opened the container. Argument `who`.
pub const NOT_THERE_TO_SHARE: Code = Code::new("not_there_to_share");

/// Default texts.
pub(crate) const TEXTS: &[(&str, &str)] = &[
    (
        "refusal.insufficient_funds",
        "That costs {price}; you have {have}.",
    ),
    ("refusal.no_change", "Nobody has change for {price}."),
    ("refusal.price_changed", "The price is {now} now."),
    (
        "refusal.shop_short_of_money",
        "The shop has only {have} of the {price}.",
    ),
    ("refusal.not_bought_here", "{item} is not wanted here."),
    ("refusal.not_for_sale", "{item} is not for sale."),
    ("refusal.not_empty", "Empty {item} first."),
    ("refusal.for_sale", "That has to be paid for."),
    ("refusal.not_welcome", "You are not served here."),
    ("refusal.not_money", "{item} is not money."),
    (
        "refusal.offered_twice",
        "{item} is in something that you offer already.",
    ),
    ("refusal.is_money", "Offer {item} as an amount of money."),
    (
        "refusal.uneven",
        "That does not come to whole coins ({coin}).",
    ),
    ("refusal.no_partner", "There is nobody to trade with."),
    ("refusal.trading", "One of you is already trading."),
    ("refusal.away", "Nobody is there to answer."),
    (
        "refusal.trade_changed",
        "The offer has changed in the meantime; look again.",
    ),
    ("refusal.nothing_offered", "Nobody offers anything."),
    (
        "refusal.offer_gone",
        "{item} is no longer what was offered.",
    ),
    ("refusal.not_your_loot", "For now that belongs to others."),
    (
        "refusal.not_there_to_share",
        "{who} has not opened it; who wants a share must look in, too.",
    ),
];

/// An amount of money for a text: in coins if there is a currency.
pub(crate) fn amount_of_money(content: &Content, amount: u64) -> String {
    Money::of(content).map_or_else(|| amount.to_string(), |money| money.show(amount))
}

/// The refusal for a price that nobody can pay with what they have.
pub fn insufficient_funds(content: &Content, price: u64, have: u64) -> Refusal {
    Refusal::new(INSUFFICIENT_FUNDS)
        .with("price", amount_of_money(content, price))
        .with("have", amount_of_money(content, have))
}

pub(crate) fn no_change(content: &Content, price: u64) -> Refusal {
    Refusal::new(NO_CHANGE).with("price", amount_of_money(content, price))
}

pub(crate) fn price_changed(content: &Content, now: u64) -> Refusal {
    Refusal::new(PRICE_CHANGED).with("now", amount_of_money(content, now))
}

/// What is wrong is not the customer's purse but the shop's.
pub(crate) fn shop_short_of_money(refusal: Refusal) -> Refusal {
    Refusal {
        code: SHOP_SHORT_OF_MONEY,
        ..refusal
    }
}

pub(crate) fn not_there_to_share(who: Uid, name: Option<&str>) -> Refusal {
    let refusal = Refusal::new(NOT_THERE_TO_SHARE);
    match name {
        Some(name) => refusal.with("who", name),
        None => refusal.with("who", who),
    }
}

pub(crate) fn not_bought_here(item: &str) -> Refusal {
    Refusal::new(NOT_BOUGHT_HERE).with("item", item)
}

pub(crate) fn not_for_sale(item: &str) -> Refusal {
    Refusal::new(NOT_FOR_SALE).with("item", item)
}

pub(crate) fn not_empty(item: &str) -> Refusal {
    Refusal::new(NOT_EMPTY).with("item", item)
}

pub(crate) fn not_money(item: DefId) -> Refusal {
    Refusal::new(NOT_MONEY).with("item", item)
}

pub(crate) fn is_money(item: &str) -> Refusal {
    Refusal::new(IS_MONEY).with("item", item)
}

pub(crate) fn uneven(coin: DefId) -> Refusal {
    Refusal::new(UNEVEN).with("coin", coin)
}

pub(crate) fn offer_gone(item: &str) -> Refusal {
    Refusal::new(OFFER_GONE).with("item", item)
}

pub(crate) fn offered_twice(item: &str) -> Refusal {
    Refusal::new(OFFERED_TWICE).with("item", item)
}
