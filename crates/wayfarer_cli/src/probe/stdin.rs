//! Lines from stdin while the game goes on.

use std::{
    io::{self, BufRead},
    sync::mpsc::{Receiver, TryRecvError, sync_channel},
    thread,
};

/// Reads lines on a thread of its own: reading blocks, and a client that does not listen is lost.
pub(crate) struct Lines(Receiver<String>);

/// What there is to read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Next {
    Line(String),
    Nothing,
    /// There will be no more.
    End,
}

impl Lines {
    /// Begins to read.
    pub(crate) fn read() -> Self {
        // Small, so that a script that is piped in waits instead of filling the memory.
        let (sender, receiver) = sync_channel(16);
        thread::spawn(move || {
            for line in io::stdin().lock().lines() {
                let Ok(line) = line else { break };
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        Self(receiver)
    }

    /// The next line, without waiting.
    pub(crate) fn next(&self) -> Next {
        match self.0.try_recv() {
            Ok(line) => Next::Line(line),
            Err(TryRecvError::Empty) => Next::Nothing,
            Err(TryRecvError::Disconnected) => Next::End,
        }
    }
}
