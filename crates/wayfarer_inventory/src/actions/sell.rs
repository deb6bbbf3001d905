//! `inventory.sell`: something to a shop.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    action::Action,
    clock::{ClockMode, ticks},
    id::Uid,
    refusal::Refusal,
    txn::Txn,
};

use crate::{
    constraint::{Planned, Purpose, check_with_contents},
    content::ShopDef,
    currency::{pay, put},
    facts::{ItemSold, ItemsChanged},
    intake::take_parcel,
    inventory::Inventory,
    refusals,
    rules::Side,
    shop::{Buyback, MAX_BUYBACKS, Shop, agreed_price, check_customer},
    view::View,
};

/// `inventory.sell`: sells an item of the actor's own to a shop. The shop must be open to the asker
/// and within reach. The answer is what was paid, in the smallest coin.
///
/// Refused with `price_changed` when it brings anything else than expected.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct SellItem {
    /// Who buys it.
    pub shop: Uid,
    /// The item.
    pub item: Uid,
    /// How many, from 1.
    pub count: u32,
    /// What they should bring together, in the smallest coin.
    pub price: u64,
}

impl Action for SellItem {
    const NAME: &'static str = "inventory.sell";
    type Receipt = u64;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<u64, Refusal> {
        let (actor, shop) = (txn.actor()?, txn.entity(self.shop)?);
        let content = txn.content();
        let def = check_customer(txn, &content, shop)?;
        let deal = (self.item, Side::Sell, self.count);
        let price = agreed_price(txn.world(), &content, shop, actor, deal, self.price)?;
        let view = View::of_txn(txn, &content, actor)?;
        let planned = Planned {
            item: view.item(self.item)?,
            count: self.count,
            purpose: Purpose::Sell,
            to: None,
        };
        check_with_contents(&view, &planned)?;

        let goods = take_parcel(txn, actor, self.item, self.count)?;
        let kind = goods.item.def;
        pay(txn, shop, price, Some(actor)).map_err(|refusal| {
            if refusal.code == refusals::INSUFFICIENT_FUNDS {
                return refusals::shop_short_of_money(refusal);
            }
            refusal
        })?;
        let uid = put(txn, shop, goods)?;
        remember(txn, shop, def, uid, self.count, price)?;
        txn.emit(ItemSold {
            entity: actor,
            shop,
            item: uid,
            def: kind,
            count: self.count,
            price,
        });
        for entity in [actor, shop] {
            txn.emit(ItemsChanged { entity });
        }
        Ok(price)
    }
}

fn remember(
    txn: &mut Txn<'_>,
    shop: Entity,
    def: &ShopDef,
    item: Uid,
    count: u32,
    paid: u64,
) -> Result<(), Refusal> {
    let hz = txn
        .world()
        .get_resource::<ClockMode>()
        .map_or(20.0, |m| m.hz());
    let (now, lasts) = (txn.tick(), ticks(def.buyback, hz));
    let mut state = txn.need::<Shop>(shop, "shop")?.clone();
    state.buyback.retain(|known| known.until > now);
    if lasts > 0 {
        let (to, until) = (txn.actor_uid()?, now.saturating_add(lasts));
        let known = state.buyback.iter_mut();
        match known.into_iter().find(|b| b.item == item && b.to == to) {
            Some(known) => {
                known.count = known.count.saturating_add(count);
                known.paid = known.paid.saturating_add(paid);
                known.until = until;
            }
            None => state.buyback.push(Buyback {
                item,
                count,
                paid,
                to,
                until,
            }),
        }
        let too_many = state.buyback.len().saturating_sub(MAX_BUYBACKS);
        state.buyback.drain(..too_many);
        // What was sold may lie in several stacks; it is remembered of the last.
        let stack = txn.need::<Inventory>(shop, "inventory")?.get(item);
        let there = stack.map_or(0, |stack| stack.count);
        for known in state.buyback.iter_mut().filter(|b| b.item == item) {
            known.keep(known.count.min(there));
        }
    }
    txn.set(shop, state)
}
