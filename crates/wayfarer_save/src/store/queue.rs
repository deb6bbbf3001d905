//! What waits for the writer thread.

use std::collections::{BTreeMap, VecDeque};
use std::sync::mpsc::Sender;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::error::{LoadError, Problem, StoreError};
use super::load::{Loaded, SlotInfo, Which};
use super::record::SaveBatch;
use super::report::{FlushError, SaveId, SaveReport};
use super::slot::SlotName;

/// Work for the writer thread.
pub(crate) enum Job {
    Save {
        slot: SlotName,
        id: SaveId,
        batch: SaveBatch,
    },
    Load {
        slot: SlotName,
        which: Which,
        answer: Sender<Result<Loaded, LoadError>>,
    },
    List {
        answer: Sender<Result<Vec<SlotInfo>, StoreError>>,
    },
    Delete {
        slot: SlotName,
        answer: Sender<Result<(), StoreError>>,
    },
    Copy {
        slot: SlotName,
        to: SlotName,
        answer: Sender<Result<Vec<Problem>, LoadError>>,
    },
    Flush {
        answer: Sender<Result<(), FlushError>>,
    },
}

/// Reports kept for a caller that does not fetch them; the oldest go first.
const MAX_REPORTS: usize = 1024;

struct State {
    jobs: VecDeque<Job>,
    reports: VecDeque<SaveReport>,
    /// By slot: whether the next save should be a full one.
    needs_full: BTreeMap<SlotName, bool>,
    last_id: SaveId,
    closed: bool,
}

/// Shared between the game and the writer thread. No lock is held while anything is written.
pub(crate) struct Queue {
    state: Mutex<State>,
    changed: Condvar,
    /// Saves of one slot are merged when more jobs than this wait.
    limit: usize,
}

impl Queue {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            state: Mutex::new(State {
                jobs: VecDeque::new(),
                reports: VecDeque::new(),
                needs_full: BTreeMap::new(),
                last_id: 0,
                closed: false,
            }),
            changed: Condvar::new(),
            limit,
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn push_save(&self, slot: &SlotName, mut batch: SaveBatch) -> SaveId {
        let mut state = self.lock();
        state.last_id += 1;
        let id = state.last_id;
        if batch.is_full() {
            state.needs_full.insert(slot.clone(), false);
        }
        if state.jobs.len() >= self.limit
            && let Some(at) = mergeable(&state.jobs, slot)
            && let Some(Job::Save { batch: before, .. }) = state.jobs.remove(at)
        {
            batch = before.merge(batch);
        }
        let slot = slot.clone();
        state.jobs.push_back(Job::Save { slot, id, batch });
        drop(state);
        self.changed.notify_all();
        id
    }

    pub(crate) fn push(&self, job: Job) {
        self.lock().jobs.push_back(job);
        self.changed.notify_all();
    }

    /// The next job; none when `until` has come or the queue is closed and empty.
    pub(crate) fn next(&self, until: Option<Instant>) -> Option<Job> {
        let mut state = self.lock();
        loop {
            if let Some(job) = state.jobs.pop_front() {
                return Some(job);
            }
            if state.closed {
                return None;
            }
            let wait = match until {
                None => Duration::from_secs(3600),
                Some(until) => until.saturating_duration_since(Instant::now()),
            };
            if wait.is_zero() {
                return None;
            }
            (state, _) = self
                .changed
                .wait_timeout(state, wait)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Whether another save waits right behind, which had better be written together.
    pub(crate) fn save_is_next(&self) -> bool {
        matches!(self.lock().jobs.front(), Some(Job::Save { .. }))
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.lock().closed
    }

    pub(crate) fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_all();
    }

    pub(crate) fn report(&self, report: SaveReport) {
        let mut state = self.lock();
        if state.reports.len() >= MAX_REPORTS {
            state.reports.pop_front();
        }
        state.reports.push_back(report);
        drop(state);
        self.changed.notify_all();
    }

    pub(crate) fn drain_reports(&self) -> Vec<SaveReport> {
        self.lock().reports.drain(..).collect()
    }

    pub(crate) fn wait_report(&self, timeout: Duration) -> Option<SaveReport> {
        let until = Instant::now() + timeout;
        let mut state = self.lock();
        loop {
            if let Some(report) = state.reports.pop_front() {
                return Some(report);
            }
            let wait = until.saturating_duration_since(Instant::now());
            if wait.is_zero() {
                return None;
            }
            (state, _) = self
                .changed
                .wait_timeout(state, wait)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    pub(crate) fn set_needs_full(&self, slot: &SlotName) {
        let mut state = self.lock();
        // A full save that already waits will do.
        let coming = state.jobs.iter().any(
            |job| matches!(job, Job::Save { slot: of, batch, .. } if of == slot && batch.is_full()),
        );
        state.needs_full.insert(slot.clone(), !coming);
    }

    pub(crate) fn needs_full(&self, slot: &SlotName) -> bool {
        self.lock().needs_full.get(slot).copied().unwrap_or(true)
    }
}

/// The waiting save of `slot` that no other kind of job waits behind.
fn mergeable(jobs: &VecDeque<Job>, slot: &SlotName) -> Option<usize> {
    let saves = jobs
        .iter()
        .enumerate()
        .rev()
        .map_while(|(at, job)| match job {
            Job::Save { slot, .. } => Some((at, slot)),
            _ => None,
        });
    saves
        .into_iter()
        .find(|(_, of)| *of == slot)
        .map(|(at, _)| at)
}
