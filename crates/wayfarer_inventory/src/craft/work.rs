//! Crafting as work: one piece after the other, each in its own time.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{refusal::Refusal, txn::Txn};

use super::{
    make::craft_once,
    plan::{CraftOrder, CraftPlan, plan_craft},
};
use crate::{
    view::View,
    work::{WorkKind, start_work, tell_outcome},
};

/// Making something, and then the rest of as many as were asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crafting {
    /// What is being made.
    pub order: CraftOrder,
    /// How many are still to be made, this one included.
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

    fn plan(&self, txn: &Txn<'_>, maker: Entity) -> Result<CraftPlan, Refusal> {
        let content = txn.content();
        let view = View::of_txn(txn, &content, maker)?;
        plan_craft(&view, &self.order)
    }
}

impl WorkKind for Crafting {
    const NAME: &'static str = "inventory.crafting";

    fn check(&self, txn: &mut Txn<'_>, worker: Entity) -> Result<(), Refusal> {
        self.plan(txn, worker).map(drop)
    }

    fn finish(&self, txn: &mut Txn<'_>, worker: Entity) -> Result<(), Refusal> {
        craft_once(txn, worker, &self.order)?;
        let left = self.left.saturating_sub(1);
        if left == 0 {
            return Ok(());
        }
        let mut next = Self {
            left,
            order: self.order.clone(),
        };
        // A pick that is used up is no reason to stop.
        let content = txn.content();
        let view = View::of_txn(txn, &content, worker)?;
        next.order.pick.retain(|&pick| view.item(pick).is_ok());
        // What is done is done, even if there is nothing left to go on with.
        if let Err(why) = txn.attempt(|txn| next.start(txn, worker)) {
            tell_outcome(txn, worker, why)?;
        }
        Ok(())
    }
}
