//! `inventory.exchange` and `inventory.tidy_purse`: coins for other coins of the same worth.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{action::Action, id::DefId, ledger::MovementKind, refusal::Refusal, txn::Txn};

use crate::{
    currency::{Money, Purse, mint_coins, take_coins},
    facts::ItemsChanged,
    inventory::Inventory,
    refusals,
    rules::{Counts, fewest},
};

/// `inventory.exchange`: changes coins of the actor's own into others of the same worth. Where
/// coins are not broken ([`TradeRulesDef::break_coins`](crate::content::TradeRulesDef)), nobody
/// changes money: `no_change`. The answer is how many there are now for them.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExchangeCoins {
    /// Which coins: an item of the currency in force.
    pub from: DefId,
    /// How many, from 1; what they are worth must come to whole coins of the other kind.
    pub count: u32,
    /// Into which.
    pub into: DefId,
}

impl Action for ExchangeCoins {
    const NAME: &'static str = "inventory.exchange";
    type Receipt = u64;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<u64, Refusal> {
        let actor = txn.actor()?;
        let content = txn.content();
        let money = Money::of(&content).ok_or_else(|| Refusal::not_found("money"))?;
        let coin = |item| {
            let at = money
                .index_of(item)
                .ok_or_else(|| refusals::not_money(item))?;
            let worth = money.worths().get(at).copied().unwrap_or(1);
            Ok::<_, Refusal>((at, worth))
        };
        let ((from, worth), (into, other)) = (coin(self.from)?, coin(self.into)?);
        let purse = Purse::of(money, txn.need::<Inventory>(actor, "inventory")?);
        let has = purse.counts.get(from).copied().unwrap_or(0);
        let count = u64::from(self.count);
        if count == 0 || count > has || from == into {
            let most = u32::try_from(has).unwrap_or(u32::MAX);
            return Err(refusals::invalid_amount(self.count, most));
        }
        let all = count.saturating_mul(worth);
        if !money.breaks_coins() {
            return Err(refusals::no_change(&content, all));
        }
        let new = all / other;
        if new * other != all {
            return Err(refusals::uneven(self.into));
        }
        let only = |at: usize, count: u64| {
            let mut counts = money.none();
            if let Some(slot) = counts.get_mut(at) {
                *slot = count;
            }
            counts
        };
        change(txn, money, actor, &only(from, count), &only(into, new))?;
        Ok(new)
    }
}

/// `inventory.tidy_purse`: changes the actor's coins so that they are as few as can be. What they
/// are worth stays the same.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct TidyPurse;

impl Action for TidyPurse {
    const NAME: &'static str = "inventory.tidy_purse";
    type Receipt = ();

    fn apply(&self, txn: &mut Txn<'_>) -> Result<(), Refusal> {
        let actor = txn.actor()?;
        let content = txn.content();
        let money = Money::of(&content).ok_or_else(|| Refusal::not_found("money"))?;
        let purse = Purse::of(money, txn.need::<Inventory>(actor, "inventory")?);
        let best = fewest(money.worths(), purse.worth);
        let more = |a: &Counts, b: &Counts| -> Counts {
            let both = a.iter().zip(b);
            both.map(|(a, b)| a.saturating_sub(*b)).collect()
        };
        let (away, into) = (more(&purse.counts, &best), more(&best, &purse.counts));
        if away.iter().all(|count| *count == 0) {
            return Ok(());
        }
        if !money.breaks_coins() {
            return Err(refusals::no_change(&content, purse.worth));
        }
        change(txn, money, actor, &away, &into)
    }
}

fn change(
    txn: &mut Txn<'_>,
    money: &Money,
    actor: Entity,
    away: &Counts,
    into: &Counts,
) -> Result<(), Refusal> {
    for item in take_coins(txn, money, actor, away)? {
        txn.record(MovementKind::ChangedAway, item.uid, item.def, item.count);
    }
    mint_coins(txn, money, actor, into, MovementKind::ChangedInto)?;
    txn.emit(ItemsChanged { entity: actor });
    Ok(())
}
