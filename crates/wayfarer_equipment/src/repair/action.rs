//! `equipment.repair`.

use serde::{Deserialize, Serialize};
use wayfarer_core::{action::Action, id::Uid, refusal::Refusal, txn::Txn};
use wayfarer_inventory::{view::View, work::start_work};

use super::{plan::plan_repair, work::Repairing};
use crate::FEATURE;

/// `equipment.repair`: the actor begins to repair something of theirs, or has the keeper of a
/// station do it. The answer is the tick in which it will be done, or nothing when it is done
/// already. What it costs then is at most what it costs now.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct RepairItem {
    /// The item.
    pub item: Uid,
    /// Where, if it needs a place; it must stay within reach.
    pub station: Option<Uid>,
    /// Percent to restore, from 1 to what the rules allow at once; as many as can be if left out.
    pub points: Option<u8>,
    /// Whether the extras that the rules know for the quality of the item are used up as well: they
    /// are optional, and make it more likely to succeed, or restore more at once.
    pub extras: bool,
}

impl Action for RepairItem {
    const NAME: &'static str = "equipment.repair";
    type Receipt = Option<u64>;
    const FEATURE: Option<&'static str> = Some(FEATURE);

    fn apply(&self, txn: &mut Txn<'_>) -> Result<Option<u64>, Refusal> {
        let actor = txn.actor()?;
        let content = txn.content();
        let view = View::of_txn(txn, &content, actor)?;
        let plan = plan_repair(&view, self)?;
        let work = Repairing {
            item: self.item,
            station: self.station,
            points: self.points,
            price: plan.price(),
            extras: self.extras,
        };
        start_work(txn, actor, &work, plan.seconds, self.station)
    }
}
