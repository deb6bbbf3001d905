//! `inventory.trade_answer`: yes or no.

use serde::{Deserialize, Serialize};
use wayfarer_core::{action::Action, id::Uid, refusal::Refusal, txn::Txn};

use crate::{
    refusals,
    trade::{TradeEnd, TradePhase, end, own_trade, tell_changed, trade_of},
};

/// `inventory.trade_answer`: answers somebody who asked to trade.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnswerTrade {
    /// The trade.
    pub trade: Uid,
    /// Whether to trade.
    pub yes: bool,
}

impl Action for AnswerTrade {
    const NAME: &'static str = "inventory.trade_answer";
    type Receipt = ();

    fn apply(&self, txn: &mut Txn<'_>) -> Result<(), Refusal> {
        let (entity, mut trade, side) = own_trade(txn, self.trade)?;
        if side != 1 || trade.phase != TradePhase::Asked {
            return Err(refusals::TRADE_CHANGED.into());
        }
        if !self.yes {
            return end(txn, self.trade, TradeEnd::Declined);
        }
        let [asker, me] = &trade.sides;
        let other = txn.entity(asker.who)?;
        txn.check_reach(other)?;
        if trade_of(txn.world(), me.who).is_some() {
            return Err(refusals::TRADING.into());
        }
        trade.until = None;
        trade.edited();
        tell_changed(txn, self.trade, &trade);
        txn.set(entity, trade)
    }
}
