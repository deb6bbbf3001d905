//! `inventory.stop_work`: lay down one's tools.

use serde::{Deserialize, Serialize};
use wayfarer_core::{action::Action, refusal::Refusal, txn::Txn};

use crate::{
    refusals::NOT_WORKING,
    work::{Work, end_work},
};

/// `inventory.stop_work`: the actor gives up what they are working on. Nothing was taken for it, so
/// nothing is lost. Refused with `not_working` when there is no job.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct StopWork;

impl Action for StopWork {
    const NAME: &'static str = "inventory.stop_work";
    type Receipt = ();

    fn apply(&self, txn: &mut Txn<'_>) -> Result<(), Refusal> {
        let worker = txn.actor()?;
        let busy = txn
            .get::<Work>(worker)
            .is_some_and(|work| work.job.is_some());
        if !busy {
            return Err(NOT_WORKING.into());
        }
        end_work(txn, worker, None)
    }
}
