//! `inventory.trade_cancel`: enough.

use serde::{Deserialize, Serialize};
use wayfarer_core::{action::Action, id::Uid, refusal::Refusal, txn::Txn};

use crate::trade::{TradeEnd, end, own_trade};

/// `inventory.trade_cancel`: ends a trade, or takes back the question. Nothing has moved. Works
/// from anywhere.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct CancelTrade {
    /// The trade.
    pub trade: Uid,
}

impl Action for CancelTrade {
    const NAME: &'static str = "inventory.trade_cancel";
    type Receipt = ();

    fn apply(&self, txn: &mut Txn<'_>) -> Result<(), Refusal> {
        own_trade(txn, self.trade)?;
        end(txn, self.trade, TradeEnd::Cancelled)
    }
}
