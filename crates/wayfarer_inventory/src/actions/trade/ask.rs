//! `inventory.trade_ask`: shall we trade?

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    action::Action,
    authority::{Owner, Viewers},
    clock::{ClockMode, ticks},
    id::Uid,
    refusal::Refusal,
    txn::Txn,
};

use crate::{
    content::TradeRulesDef,
    facts::TradeAsked,
    refusals,
    trade::{OpenTrades, Trade, TradePhase, TradeSide, can_trade, is_away, trade_of},
};

/// `inventory.trade_ask`: asks another character within reach to trade. They answer with
/// [`AnswerTrade`](super::AnswerTrade); a question that nobody answers is withdrawn after the time
/// that the trade rules say. The answer is the uid of the trade.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskTrade {
    /// The other.
    pub with: Uid,
}

impl Action for AskTrade {
    const NAME: &'static str = "inventory.trade_ask";
    type Receipt = Uid;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<Uid, Refusal> {
        let (actor, me) = (txn.actor()?, txn.actor_uid()?);
        let other = txn.entity(self.with)?;
        let can = |who| can_trade(txn.world(), who);
        if other == actor || !can(actor) || !can(other) {
            return Err(refusals::NO_PARTNER.into());
        }
        txn.check_reach(other)?;
        let busy = |who| trade_of(txn.world(), who).is_some();
        if busy(me) || busy(self.with) {
            return Err(refusals::TRADING.into());
        }
        if is_away(txn.world(), other) {
            return Err(refusals::AWAY.into());
        }
        let hz = txn
            .world()
            .get_resource::<ClockMode>()
            .map_or(20.0, |m| m.hz());
        let lasts = TradeRulesDef::in_force(&txn.content())
            .map_or(TradeRulesDef::ASK_LASTS, |rules| rules.ask_lasts);
        let owners = [actor, other].into_iter();
        let owners = owners.filter_map(|e| txn.get::<Owner>(e).map(|owner| owner.0));
        let viewers = owners.chain([txn.cause().player]).collect();
        let trade = Trade {
            sides: [TradeSide::new(me), TradeSide::new(self.with)],
            phase: TradePhase::Asked,
            revision: 0,
            until: Some(txn.tick().saturating_add(ticks(lasts, hz).max(1))),
            failed: None,
        };
        let (uid, _) = txn.spawn((trade, Viewers(viewers)));
        let mut open = txn.world().get_resource::<OpenTrades>().cloned();
        open.get_or_insert_default().0.insert(uid);
        txn.set_resource(open.unwrap_or_default());
        txn.emit(TradeAsked {
            entity: other,
            by: me,
            trade: uid,
        });
        Ok(uid)
    }
}
