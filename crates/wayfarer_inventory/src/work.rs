//! Work that takes time: crafting, repairing, enchanting. One job at a time for each worker.
//!
//! Nothing is taken when a job begins. When its time is over, [`WorkKind::finish`] plans, pays and
//! makes, all at once or not at all. So whoever stops, walks off, leaves the game or lies in a save
//! has lost nothing, and what has changed in between is noticed.
//!
//! ```
//! # use bevy::prelude::*;
//! # use serde::{Deserialize, Serialize};
//! # use wayfarer_core::{prelude::*, refusal::Refusal, txn::Txn};
//! # use wayfarer_inventory::{prelude::*, work::{WorkAppExt, WorkKind, start_work}};
//! /// Digging a hole.
//! #[derive(Serialize, Deserialize, Debug)]
//! struct Digging { depth: f32 }
//!
//! impl WorkKind for Digging {
//!     const NAME: &'static str = "game.digging";
//!     fn check(&self, _txn: &mut Txn<'_>, _worker: Entity) -> Result<(), Refusal> {
//!         if self.depth <= 0.0 {
//!             return Err(Code::INVALID_AMOUNT.into());
//!         }
//!         Ok(())
//!     }
//!     fn finish(&self, txn: &mut Txn<'_>, worker: Entity) -> Result<(), Refusal> {
//!         self.check(txn, worker)
//!         // … and here the hole comes into being.
//!     }
//! }
//!
//! let mut app = App::new();
//! app.add_plugins((MinimalPlugins, InventoryPlugin)).register_work::<Digging>();
//! let digger = app.world_mut().spawn(Identity(Uid::new(1).unwrap())).id();
//! let begun = app.world_mut().transact("game.dig", |txn| {
//!     start_work(txn, digger, &Digging { depth: 1.0 }, 30.0, None)
//! });
//! assert_eq!(begun.unwrap(), Some(600), "30 seconds at 20 ticks a second");
//! ```

mod job;
mod registry;
mod systems;

use std::fmt::Debug;

use bevy::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use serde_bytes::ByteBuf;
use wayfarer_core::{
    clock::{ClockMode, ticks},
    id::{DefId, Uid},
    refusal::Refusal,
    txn::Txn,
};

use crate::{
    facts::{WorkEnded, WorkStarted},
    refusals::BUSY,
};

pub use job::{Ended, Job, Work};
pub use registry::{WorkAppExt, WorkEntry, WorkRegistry};
pub(crate) use systems::{go_on, plugin};

/// Something that takes time.
pub trait WorkKind: Serialize + DeserializeOwned + Debug + Send + Sync + 'static {
    /// Stable name, `crate.doing`. Saves and the wire know it by its hash; panels show the text
    /// `work.<name>`.
    const NAME: &'static str;

    /// Whether it can be begun. Asked when the job is asked for; changes nothing.
    ///
    /// # Errors
    /// Why not.
    fn check(&self, txn: &mut Txn<'_>, worker: Entity) -> Result<(), Refusal>;

    /// The time is over: looks again whether it can be done, pays, uses up, makes. An `Err` takes
    /// all of it back, and the worker is told the reason.
    ///
    /// It runs on behalf of the worker: reach counts, and the ledger names them.
    ///
    /// # Errors
    /// Why it can not be done (any more).
    fn finish(&self, txn: &mut Txn<'_>, worker: Entity) -> Result<(), Refusal>;

    /// The hash of the name.
    fn kind() -> DefId {
        DefId::of(Self::NAME)
    }
}

/// Begins a job that takes so many seconds of the rules; with 0 it is done at once, on the same
/// way. A `station` must stay within reach until the end. The answer is the tick in which it ends,
/// or `None` when it is done already.
///
/// # Errors
/// `busy` while there is another job, `invalid_amount` for seconds that are no number, what
/// [`WorkKind::check`] says, and for work that is done at once what [`WorkKind::finish`] says.
pub fn start_work<W: WorkKind>(
    txn: &mut Txn<'_>,
    worker: Entity,
    work: &W,
    seconds: f32,
    station: Option<Uid>,
) -> Result<Option<u64>, Refusal> {
    if !seconds.is_finite() {
        return Err(wayfarer_core::refusal::Code::INVALID_AMOUNT.into());
    }
    if txn
        .get::<Work>(worker)
        .is_some_and(|work| work.job.is_some())
    {
        return Err(BUSY.into());
    }
    work.check(txn, worker)?;
    let ticks = ticks_of(txn, seconds);
    txn.ensure::<Work>(worker)?;
    if ticks == 0 {
        finish_with(txn, worker, W::kind(), |txn| work.finish(txn, worker))?;
        return Ok(None);
    }
    let started = txn.tick();
    let until = started.saturating_add(ticks);
    let job = Job {
        kind: W::kind(),
        payload: ByteBuf::from(postcard::to_stdvec(work).unwrap_or_default()),
        station,
        started,
        until,
    };
    let last = txn.need::<Work>(worker, "work")?.last.clone();
    let job = Some(job);
    txn.set(worker, Work { job, last })?;
    txn.emit(WorkStarted {
        entity: worker,
        kind: W::kind(),
        until,
    });
    Ok(Some(until))
}

fn ticks_of(txn: &Txn<'_>, seconds: f32) -> u64 {
    let mode = txn.world().get_resource::<ClockMode>().copied();
    ticks(seconds, mode.unwrap_or_default().hz())
}

/// Whether work of so many seconds is a job, and not done at once.
pub(crate) fn takes_time(txn: &Txn<'_>, seconds: f32) -> bool {
    ticks_of(txn, seconds) > 0
}

/// Ends a job that has not been finished: nothing was taken, so nothing is given back.
///
/// # Errors
/// `not_found` when the worker has never worked.
pub fn end_work(
    txn: &mut Txn<'_>,
    worker: Entity,
    refusal: Option<Refusal>,
) -> Result<(), Refusal> {
    let Some(job) = txn.need::<Work>(worker, "work")?.job.clone() else {
        return Ok(());
    };
    let last = Ended {
        kind: job.kind,
        tick: txn.tick(),
        done: false,
        note: refusal.clone(),
    };
    let last = Some(last);
    txn.set(worker, Work { job: None, last })?;
    txn.emit(WorkEnded {
        entity: worker,
        kind: job.kind,
        done: false,
        refusal,
    });
    Ok(())
}

/// Has the worker read how a job came out that was done: "the blade broke". From within
/// [`WorkKind::finish`]; the code of the note names its text.
///
/// # Errors
/// `not_found` when the worker has never worked.
pub fn tell_outcome(txn: &mut Txn<'_>, worker: Entity, note: Refusal) -> Result<(), Refusal> {
    let mut work = txn.need::<Work>(worker, "work")?.clone();
    if let Some(last) = &mut work.last {
        last.note = Some(note);
    }
    txn.set(worker, work)
}

/// Clears the job, finishes it, and tells so.
fn finish_with(
    txn: &mut Txn<'_>,
    worker: Entity,
    kind: DefId,
    finish: impl FnOnce(&mut Txn<'_>) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let last = Ended {
        kind,
        tick: txn.tick(),
        done: true,
        note: None,
    };
    let last = Some(last);
    txn.set(worker, Work { job: None, last })?;
    // Told before what comes of it, which may be the next job.
    txn.emit(WorkEnded {
        entity: worker,
        kind,
        done: true,
        refusal: None,
    });
    finish(txn)
}
