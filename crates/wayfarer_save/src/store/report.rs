//! What the writer thread answers.

use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use thiserror::Error;

use super::error::StoreError;
use super::slot::SlotName;

/// Counts the batches handed to a writer, from 1.
pub type SaveId = u64;

/// What became of a save.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SaveReport {
    /// It is on disk, and every batch for the slot before it.
    Saved {
        /// The slot.
        slot: SlotName,
        /// The last batch that is part of it.
        id: SaveId,
        /// Counts the full checkpoints of the slot.
        generation: u64,
        /// How many saves came after that checkpoint.
        sequence: u32,
        /// How much was written, in bytes.
        bytes: u64,
        /// How long writing took.
        took: Duration,
        /// Whether it was a full checkpoint.
        full: bool,
    },
    /// It could not be written. It is kept, later batches are merged with it, and all of it is
    /// tried again.
    Failed {
        /// The slot.
        slot: SlotName,
        /// The last batch that is waiting.
        id: SaveId,
        /// Why.
        error: StoreError,
        /// When it is tried again; none when it was given up because trying cannot help.
        will_retry_in: Option<Duration>,
    },
    /// Changes have nothing to be added to. They are kept, and the next
    /// [`SaveBatch::Full`](super::SaveBatch::Full) replaces them.
    NeedsFull {
        /// The slot.
        slot: SlotName,
        /// The last batch that is waiting.
        id: SaveId,
        /// Why, for a log.
        why: String,
    },
}

/// Why a flush did not end well.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum FlushError {
    /// The time was up first. The writer goes on.
    #[error("saving takes longer than allowed")]
    TimedOut,
    /// The writer thread has ended.
    #[error("the save thread has ended")]
    WriterGone,
    /// A slot could not be written.
    #[error("\"{slot}\" could not be saved: {error}")]
    Failed {
        /// The slot.
        slot: SlotName,
        /// Why.
        error: StoreError,
    },
    /// A slot has changes that wait for a full save.
    #[error("\"{slot}\" has changes that only a full save can store: {why}")]
    NeedsFull {
        /// The slot.
        slot: SlotName,
        /// Why.
        why: String,
    },
}

/// An answer that will come from the writer thread.
#[derive(Debug)]
#[must_use = "the answer comes through it"]
pub struct Ticket<T>(Mutex<Receiver<T>>);

/// Why a ticket has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TicketError {
    /// Not yet.
    #[error("the save thread has not answered in time")]
    TimedOut,
    /// It was taken already, or the writer thread has ended.
    #[error("the save thread will not answer")]
    NoAnswer,
}

impl<T> Ticket<T> {
    pub(crate) fn new(receiver: Receiver<T>) -> Self {
        Self(Mutex::new(receiver))
    }

    /// The answer if it is there, without waiting; none when it is not there yet.
    ///
    /// # Errors
    /// [`TicketError::NoAnswer`] when none will come.
    pub fn poll(&self) -> Result<Option<T>, TicketError> {
        let receiver = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match receiver.try_recv() {
            Ok(answer) => Ok(Some(answer)),
            Err(TryRecvError::Empty) => Ok(None),
            Err(TryRecvError::Disconnected) => Err(TicketError::NoAnswer),
        }
    }

    /// Waits for the answer.
    ///
    /// # Errors
    /// [`TicketError::TimedOut`] after `timeout`; the ticket can be asked again.
    pub fn wait(&self, timeout: Duration) -> Result<T, TicketError> {
        let receiver = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        receiver.recv_timeout(timeout).map_err(|error| match error {
            RecvTimeoutError::Timeout => TicketError::TimedOut,
            RecvTimeoutError::Disconnected => TicketError::NoAnswer,
        })
    }
}
