//! `inventory.trade_accept`: agreed.

use serde::{Deserialize, Serialize};
use wayfarer_core::{action::Action, id::Uid, refusal::Refusal, txn::Txn};

use crate::{
    refusals,
    trade::{TradeEnd, TradePhase, complete, end, own_trade, tell_changed},
};

/// `inventory.trade_accept`: agrees to what is offered. When both have agreed, both look at it once
/// more; when both have agreed to that, everything changes hands.
///
/// The phase and the revision are those that the asker saw, so that a second click does not agree
/// to the next step, and nobody to what has just been changed: `trade_changed`.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct AcceptTrade {
    /// The trade.
    pub trade: Uid,
    /// [`Trade::phase`](crate::trade::Trade::phase).
    pub phase: TradePhase,
    /// [`Trade::revision`](crate::trade::Trade::revision).
    pub revision: u32,
}

/// How far an agreement has brought a trade.
#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
pub enum TradeStep {
    /// The other has not agreed yet.
    Waiting,
    /// Both have agreed; now both look at it again.
    Review,
    /// Everything has changed hands.
    Done,
    /// Both have agreed, but it can not be done; it is open for other offers again.
    Failed(Refusal),
}

impl Action for AcceptTrade {
    const NAME: &'static str = "inventory.trade_accept";
    type Receipt = TradeStep;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<TradeStep, Refusal> {
        let (entity, mut trade, side) = own_trade(txn, self.trade)?;
        let asked = trade.phase == TradePhase::Asked;
        if asked || trade.phase != self.phase || trade.revision != self.revision {
            return Err(refusals::TRADE_CHANGED.into());
        }
        let offered = |side: &crate::trade::TradeSide| side.money > 0 || !side.items.is_empty();
        if !trade.sides.iter().any(offered) {
            return Err(refusals::NOTHING_OFFERED.into());
        }
        if let Some(own) = trade.sides.get_mut(side) {
            own.agreed = true;
        }
        let both = trade.sides.iter().all(|side| side.agreed);
        let step = match trade.phase {
            _ if !both => TradeStep::Waiting,
            TradePhase::Asked | TradePhase::Offer => {
                trade.phase = TradePhase::Review;
                trade.failed = None;
                trade.step();
                TradeStep::Review
            }
            TradePhase::Review => match txn.attempt(|txn| complete(txn, &trade)) {
                Ok(()) => {
                    end(txn, self.trade, TradeEnd::Done)?;
                    return Ok(TradeStep::Done);
                }
                Err(refusal) => {
                    trade.edited();
                    trade.failed = Some(refusal.clone());
                    TradeStep::Failed(refusal)
                }
            },
        };
        tell_changed(txn, self.trade, &trade);
        txn.set(entity, trade)?;
        Ok(step)
    }
}
