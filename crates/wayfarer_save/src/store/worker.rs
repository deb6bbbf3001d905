//! The writer thread: takes jobs in order, keeps what could not be written, tries again.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::engine::{Engine, SaveFault};
use super::queue::{Job, Queue};
use super::record::SaveBatch;
use super::report::{FlushError, SaveId, SaveReport};
use super::slot::SlotName;
use super::writer::WriterConfig;

/// What waits to be written in one slot.
struct Pending {
    id: SaveId,
    batch: SaveBatch,
    retry: Retry,
}

enum Retry {
    /// As soon as possible.
    Now,
    /// After a failure, not before that moment, and then the next pause.
    At(Instant, Duration),
    /// Only a full save helps.
    OnFull,
}

pub(crate) struct Worker {
    engine: Engine,
    queue: Arc<Queue>,
    config: WriterConfig,
    pending: BTreeMap<SlotName, Pending>,
}

impl Worker {
    pub(crate) fn new(engine: Engine, queue: Arc<Queue>, config: WriterConfig) -> Self {
        Self {
            engine,
            queue,
            config,
            pending: BTreeMap::new(),
        }
    }

    /// Works until the queue is closed and empty; then tries once more what could not be written.
    pub(crate) fn run(mut self) {
        loop {
            let job = self.queue.next(self.next_retry());
            match job {
                Some(job) => self.work(job),
                None if self.queue.is_closed() => break,
                None => {}
            }
            if !self.queue.save_is_next() {
                self.write_due();
            }
        }
        let _ = self.write_all();
    }

    fn next_retry(&self) -> Option<Instant> {
        self.pending
            .values()
            .filter_map(|pending| match pending.retry {
                Retry::Now => Some(Instant::now()),
                Retry::At(at, _) => Some(at),
                Retry::OnFull => None,
            })
            .min()
    }

    fn work(&mut self, job: Job) {
        // An answer that nobody waits for any more is dropped.
        match job {
            Job::Save { slot, id, batch } => self.keep(slot, id, batch),
            Job::Load {
                slot,
                which,
                answer,
            } => {
                let _ = self.write(&slot);
                // What could not be written belongs to a game that is being left.
                self.pending.remove(&slot);
                let loaded = self.engine.load(&slot, which);
                self.queue.set_needs_full(&slot);
                let _ = answer.send(loaded);
            }
            Job::List { answer } => {
                let _ = self.write_all();
                let _ = answer.send(self.engine.list());
            }
            Job::Delete { slot, answer } => {
                self.pending.remove(&slot);
                let deleted = self.engine.delete(&slot);
                self.queue.set_needs_full(&slot);
                let _ = answer.send(deleted);
            }
            Job::Copy { slot, to, answer } => {
                let _ = self.write(&slot);
                self.pending.remove(&to);
                let copied = self.engine.copy(&slot, &to);
                self.queue.set_needs_full(&to);
                let _ = answer.send(copied);
            }
            Job::Flush { answer } => {
                let _ = answer.send(self.write_all());
            }
        }
    }

    fn keep(&mut self, slot: SlotName, id: SaveId, batch: SaveBatch) {
        let full = batch.is_full();
        let kept = match self.pending.remove(&slot) {
            None => Pending {
                id,
                batch,
                retry: Retry::Now,
            },
            Some(before) => Pending {
                id,
                batch: before.batch.merge(batch),
                retry: match before.retry {
                    Retry::OnFull if full => Retry::Now,
                    other => other,
                },
            },
        };
        self.pending.insert(slot, kept);
    }

    fn write_due(&mut self) {
        let now = Instant::now();
        let due: Vec<SlotName> = self
            .pending
            .iter()
            .filter(|(_, pending)| match pending.retry {
                Retry::Now => true,
                Retry::At(at, _) => at <= now,
                Retry::OnFull => false,
            })
            .map(|(slot, _)| slot.clone())
            .collect();
        for slot in due {
            let _ = self.write(&slot);
        }
    }

    /// Tries everything, also what would not be due yet. Gives the first failure.
    fn write_all(&mut self) -> Result<(), FlushError> {
        let slots: Vec<SlotName> = self.pending.keys().cloned().collect();
        let mut result = Ok(());
        for slot in slots {
            result = result.and(self.write(&slot));
        }
        result
    }

    fn write(&mut self, slot: &SlotName) -> Result<(), FlushError> {
        let Some(mut pending) = self.pending.remove(slot) else {
            return Ok(());
        };
        let started = Instant::now();
        let id = pending.id;
        let (report, result) = match self.engine.save(slot, &pending.batch) {
            Ok(done) => {
                if done.wants_full {
                    self.queue.set_needs_full(slot);
                }
                let report = SaveReport::Saved {
                    slot: slot.clone(),
                    id,
                    generation: done.generation,
                    sequence: done.sequence,
                    bytes: done.bytes,
                    took: started.elapsed(),
                    full: done.full,
                };
                (report, Ok(()))
            }
            Err(SaveFault::NeedsFull(why)) => {
                self.queue.set_needs_full(slot);
                pending.retry = Retry::OnFull;
                self.pending.insert(slot.clone(), pending);
                let (slot, report_why) = (slot.clone(), why.clone());
                let report = SaveReport::NeedsFull {
                    slot: slot.clone(),
                    id,
                    why: report_why,
                };
                (report, Err(FlushError::NeedsFull { slot, why }))
            }
            Err(SaveFault::Store(error)) => {
                let will_retry_in = error
                    .is_worth_retrying()
                    .then(|| self.pause(&pending.retry));
                match will_retry_in {
                    Some(pause) => {
                        pending.retry = Retry::At(Instant::now() + pause, pause);
                        self.pending.insert(slot.clone(), pending);
                    }
                    None => self.queue.set_needs_full(slot),
                }
                let report = SaveReport::Failed {
                    slot: slot.clone(),
                    id,
                    error: error.clone(),
                    will_retry_in,
                };
                let slot = slot.clone();
                (report, Err(FlushError::Failed { slot, error }))
            }
        };
        self.queue.report(report);
        result
    }

    /// How long to wait after a failure: twice as long as after the one before, to a limit.
    fn pause(&self, retry: &Retry) -> Duration {
        match retry {
            Retry::At(_, before) => (*before * 2).min(self.config.retry_last),
            _ => self.config.retry_first,
        }
    }
}
