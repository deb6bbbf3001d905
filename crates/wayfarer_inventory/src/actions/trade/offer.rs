//! `inventory.trade_offer`: this is what I give.

use serde::{Deserialize, Serialize};
use wayfarer_core::{
    action::Action,
    id::Uid,
    refusal::{Code, Refusal},
    txn::Txn,
};

use crate::{
    currency::purse,
    refusals,
    trade::{TradePhase, check_offer, check_together, own_trade, tell_changed},
    view::View,
};

/// `inventory.trade_offer`: says what the actor offers from now on, in the place of what they
/// offered before. Both agreements are taken back. Nothing moves yet.
#[derive(Serialize, Deserialize, Debug, Clone, PartialEq, Eq)]
pub struct OfferTrade {
    /// The trade.
    pub trade: Uid,
    /// Items of the actor's own and how many of each; each once, at most [`MAX_OFFERED`]. Not
    /// coins, and not what is in a bag that is offered as well: `offered_twice`. With what is in
    /// the bags at most [`MAX_SHOWN`](crate::trade::MAX_SHOWN).
    pub items: Vec<(Uid, u32)>,
    /// Money, in the smallest coin.
    pub money: u64,
}

/// Most things that one side can offer.
pub const MAX_OFFERED: usize = 64;

impl Action for OfferTrade {
    const NAME: &'static str = "inventory.trade_offer";
    type Receipt = ();

    fn apply(&self, txn: &mut Txn<'_>) -> Result<(), Refusal> {
        let (entity, mut trade, side) = own_trade(txn, self.trade)?;
        if trade.phase == TradePhase::Asked {
            return Err(refusals::TRADE_CHANGED.into());
        }
        if self.items.len() > MAX_OFFERED {
            return Err(Refusal::new(Code::INVALID_AMOUNT).with("amount", self.items.len()));
        }
        let content = txn.content();
        let view = View::of_txn(txn, &content, txn.actor()?)?;
        let mut seen = std::collections::BTreeSet::new();
        let mut items = Vec::with_capacity(self.items.len());
        for &(item, count) in &self.items {
            if !seen.insert(item) {
                return Err(Refusal::new(Code::INVALID_AMOUNT).with("amount", 2u32));
            }
            items.push(check_offer(&view, item, count)?);
        }
        check_together(&content, &items)?;
        let have = purse(&view);
        if have < self.money {
            return Err(refusals::insufficient_funds(&content, self.money, have));
        }
        if let Some(own) = trade.sides.get_mut(side) {
            own.items = items;
            own.money = self.money;
        }
        trade.edited();
        tell_changed(txn, self.trade, &trade);
        txn.set(entity, trade)
    }
}
