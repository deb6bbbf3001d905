//! The handle of the writer thread.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::backend::{Backend, PkvBackend};
use super::engine::Engine;
use super::error::{LoadError, Problem, StoreError};
use super::load::{Loaded, SlotInfo, Which};
use super::profile::Profile;
use super::queue::{Job, Queue};
use super::record::SaveBatch;
use super::report::{FlushError, SaveId, SaveReport, Ticket, TicketError};
use super::slot::SlotName;
use super::worker::Worker;

/// How a [`Writer`] works. The default is good for a game on a home computer.
#[derive(Debug, Clone)]
pub struct WriterConfig {
    /// A full save is asked for after this many saves of changes. Default 64.
    pub max_segments: u32,
    /// A full save is asked for when the changes are larger than the checkpoint and than this
    /// many bytes. Default 1 MiB.
    pub segment_bytes_floor: u64,
    /// A full save is asked for when the changes name more records than this. Default 20 000.
    pub max_segment_keys: usize,
    /// Records are stored in groups of about this many bytes. Default 1 MiB.
    pub chunk_bytes: usize,
    /// Saves of one slot are merged when more jobs than this wait. Default 16.
    pub queue_limit: usize,
    /// The pause after a first failure; it doubles with each further one. Default 1 s.
    pub retry_first: Duration,
    /// The longest pause. Default 30 s.
    pub retry_last: Duration,
    /// How long dropping a writer may wait for what is not written yet. Default 5 s.
    pub close_timeout: Duration,
}

impl Default for WriterConfig {
    fn default() -> Self {
        Self {
            max_segments: 64,
            segment_bytes_floor: 1 << 20,
            max_segment_keys: 20_000,
            chunk_bytes: 1 << 20,
            queue_limit: 16,
            retry_first: Duration::from_secs(1),
            retry_last: Duration::from_secs(30),
            close_timeout: Duration::from_secs(5),
        }
    }
}

/// Saves and loads on a thread of its own. Jobs are done in the order they are given.
///
/// Dropping it writes what waits, for at most [`WriterConfig::close_timeout`].
pub struct Writer {
    queue: Arc<Queue>,
    thread: Option<JoinHandle<()>>,
    close_timeout: Duration,
}

impl Writer {
    /// Starts a writer for a profile, over `bevy_pkv`.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn new(profile: Profile) -> io::Result<Self> {
        Self::with_backend(profile, PkvBackend, WriterConfig::default())
    }

    /// Starts a writer with another store or configuration.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn with_backend(
        profile: Profile,
        backend: impl Backend,
        config: WriterConfig,
    ) -> io::Result<Self> {
        let queue = Arc::new(Queue::new(config.queue_limit));
        let shared = Arc::clone(&queue);
        let close_timeout = config.close_timeout;
        let thread = thread::Builder::new()
            .name("wayfarer-save".into())
            .spawn(move || {
                // Made here, as an open store need not be `Send`.
                let engine = Engine::new(profile, Box::new(backend), config.clone());
                Worker::new(engine, shared, config).run();
            })?;
        Ok(Self {
            queue,
            thread: Some(thread),
            close_timeout,
        })
    }

    /// Hands a batch over and returns at once. [`SaveReport`]s tell what became of it.
    ///
    /// Batches that pile up are merged, so a slow disk costs no more memory than a full save.
    pub fn save(&self, slot: &SlotName, batch: SaveBatch) -> SaveId {
        self.queue.push_save(slot, batch)
    }

    /// Whether the next batch for `slot` should be [`SaveBatch::Full`]: at the start of a
    /// session, after a load, after many changes, and when the file went away. Changes that are
    /// handed over nevertheless are kept until a full batch comes.
    pub fn needs_full(&self, slot: &SlotName) -> bool {
        self.queue.needs_full(slot)
    }

    /// Takes the reports that have come. The last 1024 are kept.
    pub fn drain_reports(&self) -> Vec<SaveReport> {
        self.queue.drain_reports()
    }

    /// Waits for the next report, at most `timeout`.
    pub fn wait_report(&self, timeout: Duration) -> Option<SaveReport> {
        self.queue.wait_report(timeout)
    }

    /// Loads a slot, after what waits for it has been written. What could not be written is
    /// dropped. The next save of the slot has to be a full one.
    pub fn load(&self, slot: &SlotName, which: Which) -> Ticket<Result<Loaded, LoadError>> {
        let slot = slot.clone();
        self.ask(|answer| Job::Load {
            slot,
            which,
            answer,
        })
    }

    /// Looks at every slot of the profile, sorted by name, without changing any.
    pub fn list(&self) -> Ticket<Result<Vec<SlotInfo>, StoreError>> {
        self.ask(|answer| Job::List { answer })
    }

    /// Deletes a slot with all its files, damaged ones that were set aside included. That there
    /// is none is fine.
    pub fn delete(&self, slot: &SlotName) -> Ticket<Result<(), StoreError>> {
        let slot = slot.clone();
        self.ask(|answer| Job::Delete { slot, answer })
    }

    /// Copies the newest generation of a slot over another slot, whose own newest generation
    /// becomes its previous one. Gives what was wrong with the copied slot.
    pub fn copy(&self, slot: &SlotName, to: &SlotName) -> Ticket<Result<Vec<Problem>, LoadError>> {
        let (slot, to) = (slot.clone(), to.clone());
        self.ask(|answer| Job::Copy { slot, to, answer })
    }

    /// Waits until everything handed over is on disk, also what failed before, at most `timeout`.
    ///
    /// # Errors
    /// When time is up, or something cannot be written; the writer keeps it and goes on.
    pub fn flush(&self, timeout: Duration) -> Result<(), FlushError> {
        match self.ask(|answer| Job::Flush { answer }).wait(timeout) {
            Ok(result) => result,
            Err(TicketError::TimedOut) => Err(FlushError::TimedOut),
            Err(TicketError::NoAnswer) => Err(FlushError::WriterGone),
        }
    }

    fn ask<T>(&self, job: impl FnOnce(Sender<T>) -> Job) -> Ticket<T> {
        let (answer, ticket) = channel();
        self.queue.push(job(answer));
        Ticket::new(ticket)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.queue.close();
        let Some(thread) = self.thread.take() else {
            return;
        };
        let until = Instant::now() + self.close_timeout;
        while !thread.is_finished() && Instant::now() < until {
            thread::sleep(Duration::from_millis(1));
        }
        if thread.is_finished() {
            // It catches the panics of the store; should it have panicked itself, this is no
            // place to go on with that.
            let _ = thread.join();
        } else {
            tracing::error!(
                "the save thread did not finish in time; the newest changes may be lost"
            );
        }
    }
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer").finish_non_exhaustive()
    }
}
