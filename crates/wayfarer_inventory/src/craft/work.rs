//! Crafting as work: one piece after the other, each in its own time.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{refusal::Refusal, txn::Txn};

use super::{
    make::craft_once,
    plan::{CraftOrder, CraftPlan, plan_craft},
};
use crate::{
    actions::MAX_TIMES,
    refusals::invalid_amount,
    view::View,
    work::{WorkKind, start_work, takes_time, tell_outcome},
};

/// Making something, and then the rest of as many as were asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crafting {
    /// What is being made.
    pub order: CraftOrder,
    /// How many are still to be made, this one included; at most [`MAX_TIMES`].
    pub left: u32,
}

impl Crafting {
    /// Begins it. The answer is the tick in which the first is done; `None` if it is already.
    ///
    /// # Errors
    /// Those of [`plan_craft`] and [`start_work`].
    pub(crate) fn start(&self, txn: &mut Txn<'_>, maker: Entity) -> Result<Option<u64>, Refusal> {
        let seconds = self.plan(txn, maker)?.seconds;
        start_work(txn, maker, self, seconds, self.order.station)
    }

    /// What is still to be made when one is done, if anything is.
    fn rest(&self, txn: &Txn<'_>, maker: Entity) -> Result<Option<Self>, Refusal> {
        // A save may say anything.
        let left = self.left.min(MAX_TIMES).saturating_sub(1);
        if left == 0 {
            return Ok(None);
        }
        let mut order = self.order.clone();
        // A pick that is used up is no reason to stop.
        let content = txn.content();
        let view = View::of_txn(txn, &content, maker)?;
        order.pick.retain(|&pick| view.item(pick).is_ok());
        Ok(Some(Self { order, left }))
    }

    /// Goes on with the next. Whether it is done already; then the rest waits to be gone on with,
    /// so that a hundred pieces of no time are a loop and not a hundred calls deep.
    fn go_on(&self, txn: &mut Txn<'_>, maker: Entity) -> Result<bool, Refusal> {
        let seconds = self.plan(txn, maker)?.seconds;
        let mut now = self.clone();
        if !takes_time(txn, seconds) {
            now.left = 1;
        }
        let until = start_work(txn, maker, &now, seconds, self.order.station)?;
        Ok(until.is_none())
    }

    fn plan(&self, txn: &Txn<'_>, maker: Entity) -> Result<CraftPlan, Refusal> {
        let content = txn.content();
        let view = View::of_txn(txn, &content, maker)?;
        plan_craft(&view, &self.order)
    }
}

impl WorkKind for Crafting {
    const NAME: &'static str = "inventory.crafting";

    fn check(&self, txn: &mut Txn<'_>, worker: Entity) -> Result<(), Refusal> {
        if !(1..=MAX_TIMES).contains(&self.left) {
            return Err(invalid_amount(self.left, MAX_TIMES));
        }
        self.plan(txn, worker).map(drop)
    }

    fn finish(&self, txn: &mut Txn<'_>, worker: Entity) -> Result<(), Refusal> {
        craft_once(txn, worker, &self.order)?;
        let mut rest = self.rest(txn, worker)?;
        while let Some(next) = rest {
            // What is done is done, even if there is nothing left to go on with.
            match txn.attempt(|txn| next.go_on(txn, worker)) {
                Ok(true) => rest = next.rest(txn, worker)?,
                Ok(false) => break,
                Err(why) => return tell_outcome(txn, worker, why),
            }
        }
        Ok(())
    }
}
