//! `inventory.buy`: something out of a shop.

use serde::{Deserialize, Serialize};
use wayfarer_core::{action::Action, id::Uid, refusal::Refusal, txn::Txn};

use crate::{
    constraint::{Planned, Purpose, check_with_contents},
    currency::{pay, put},
    facts::{ItemBought, ItemsChanged},
    intake::take_parcel,
    inventory::Inventory,
    rules::Side,
    shop::{Shop, agreed_price, check_customer},
    view::View,
};

/// `inventory.buy`: buys something that a shop has. The shop must be open to the asker and within
/// reach. The answer is the uid of the stack that (the last of) it is in.
///
/// Refused with `price_changed` when it costs anything else than expected, so that nobody pays what
/// they did not see.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuyItem {
    /// Whose it is.
    pub shop: Uid,
    /// The item.
    pub item: Uid,
    /// How many, from 1.
    pub count: u32,
    /// What they should cost together, in the smallest coin.
    pub price: u64,
}

impl Action for BuyItem {
    const NAME: &'static str = "inventory.buy";
    type Receipt = Uid;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<Uid, Refusal> {
        let (actor, shop) = (txn.actor()?, txn.entity(self.shop)?);
        let content = txn.content();
        check_customer(txn, &content, shop)?;
        let deal = (self.item, Side::Buy, self.count);
        let price = agreed_price(txn.world(), &content, shop, actor, deal, self.price)?;
        let view = View::of_txn(txn, &content, shop)?;
        let planned = Planned {
            item: view.item(self.item)?,
            count: self.count,
            purpose: Purpose::Give,
            to: None,
        };
        check_with_contents(&view, &planned)?;

        // The goods are out and the money is gone before anything comes in.
        let goods = take_parcel(txn, shop, self.item, self.count)?;
        let def = goods.item.def;
        pay(txn, actor, price, Some(shop))?;
        let uid = put(txn, actor, goods)?;
        note(txn, shop, self.item, self.count)?;
        txn.emit(ItemBought {
            entity: actor,
            shop,
            item: uid,
            def,
            count: self.count,
            price,
        });
        for entity in [actor, shop] {
            txn.emit(ItemsChanged { entity });
        }
        Ok(uid)
    }
}

/// What was bought back can not be bought back again, and what has left the shop neither: it may
/// come back as something better.
fn note(
    txn: &mut Txn<'_>,
    shop: bevy::prelude::Entity,
    item: Uid,
    count: u32,
) -> Result<(), Refusal> {
    let customer = txn.actor_uid()?;
    let mut state = txn.need::<Shop>(shop, "shop")?.clone();
    if !state.buyback.iter().any(|known| known.item == item) {
        return Ok(());
    }
    let stack = txn.need::<Inventory>(shop, "inventory")?.get(item);
    let left = stack.map_or(0, |stack| stack.count);
    for known in state.buyback.iter_mut().filter(|b| b.item == item) {
        let own = if known.to == customer { count } else { 0 };
        known.keep(known.count.saturating_sub(own).min(left));
    }
    state.buyback.retain(|known| known.count > 0);
    txn.set(shop, state)
}
