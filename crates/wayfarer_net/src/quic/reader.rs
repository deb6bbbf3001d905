//! Reads what the other side sends and puts it in the inbox.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use quinn::{Connection, RecvStream};

use super::{
    channels::Lane,
    frame::{FrameError, FrameReader, kind, split_varint},
    goodbye::{self, End, Ended},
    inbox::{Gone, InboxSender},
    police::{Flooding, Police},
};
use crate::session::LeaveReason;

/// What all readers of one connection share.
pub(crate) struct Reading {
    pub connection: Connection,
    pub end: End,
    pub lanes: Arc<[Lane]>,
    /// One ordered stream per lane, or order would be lost.
    pub seen: Vec<AtomicBool>,
    pub police: Option<Police>,
    pub ended: Ended,
}

/// Why a reader stops.
enum Stop {
    /// The stream, the connection or the game is gone.
    Quiet,
    /// The connection must go.
    End(LeaveReason),
}

impl From<FrameError> for Stop {
    fn from(error: FrameError) -> Self {
        match error {
            FrameError::Read(_) => Self::Quiet,
            other => Self::End(LeaveReason::Violation {
                what: other.to_string(),
            }),
        }
    }
}

impl From<Gone> for Stop {
    fn from(_: Gone) -> Self {
        Self::Quiet
    }
}

impl From<Flooding> for Stop {
    fn from(_: Flooding) -> Self {
        Self::End(LeaveReason::Flooding)
    }
}

fn violation(what: &str) -> Stop {
    Stop::End(LeaveReason::Violation { what: what.into() })
}

impl Reading {
    /// Closes the connection with a reason of ours.
    pub(crate) fn end(&self, reason: LeaveReason) {
        // First the reason: closing wakes whoever reports it.
        let _ = self.ended.set(reason.clone());
        self.connection
            .close(reason.code().into(), reason.words().as_bytes());
    }

    /// Accepts one-way streams until the connection ends.
    pub(crate) async fn streams(self: Arc<Self>, inbox: InboxSender) {
        while let Ok(stream) = self.connection.accept_uni().await {
            let (reading, inbox) = (Arc::clone(&self), inbox.clone());
            tokio::spawn(async move {
                let work = reading.stream(stream, &inbox);
                // A slowed-down reader must not hide for seconds that the connection is gone.
                let done = match &reading.police {
                    None => work.await,
                    Some(_) => tokio::select! {
                        biased;
                        done = work => done,
                        _ = reading.connection.closed() => Ok(()),
                    },
                };
                if let Err(Stop::End(reason)) = done {
                    reading.end(reason);
                }
            });
        }
    }

    async fn stream(&self, stream: RecvStream, inbox: &InboxSender) -> Result<(), Stop> {
        let mut reader = FrameReader::new(stream);
        let Some(kind) = reader.number().await? else {
            return Ok(());
        };
        if kind == usize::from(kind::GOODBYE) {
            if let Some(reason) = goodbye::hear(&mut reader, self.end).await {
                let _ = self.ended.set(reason);
            }
            return Ok(());
        }
        let lane = reader.number().await?.unwrap_or(usize::MAX);
        let Some(rule) = self.lanes.get(lane).copied() else {
            return Err(violation("a channel that does not exist"));
        };
        if kind == usize::from(kind::SINGLE) && rule.unreliable {
            self.admit(0).await?;
            let message = reader.rest(rule.max).await?;
            self.admit(message.len()).await?;
            inbox.try_put(lane, message)?;
            return Ok(());
        }
        if kind != usize::from(kind::LANE) || rule.unreliable {
            return Err(violation("a stream of an unknown kind"));
        }
        if self
            .seen
            .get(lane)
            .is_none_or(|s| s.swap(true, Ordering::Relaxed))
        {
            return Err(violation("two streams for one channel"));
        }
        while let Some(len) = reader.number().await? {
            let max = rule.max;
            if len > max {
                return Err(FrameError::TooLarge { len, max }.into());
            }
            self.admit(len).await?;
            let room = inbox.room(len).await?;
            let message = reader.bytes(len).await?;
            inbox.put(room, lane, message).await?;
        }
        Ok(())
    }

    /// Reads datagrams until the connection ends.
    pub(crate) async fn datagrams(self: Arc<Self>, inbox: InboxSender) {
        while let Ok(mut datagram) = self.connection.read_datagram().await {
            if let Some(police) = &self.police {
                match police.admit_datagram(datagram.len()) {
                    Ok(true) => {}
                    Ok(false) => continue,
                    Err(Flooding) => return self.end(LeaveReason::Flooding),
                }
            }
            let Some((lane, length)) = split_varint(&datagram) else {
                return self.end(LeaveReason::Violation {
                    what: "a malformed datagram".into(),
                });
            };
            let fits = |rule: &Lane| rule.unreliable && datagram.len() - length <= rule.max;
            if !self.lanes.get(lane).is_some_and(fits) {
                return self.end(LeaveReason::Violation {
                    what: "a datagram for no such channel".into(),
                });
            }
            if inbox.try_put(lane, datagram.split_off(length)).is_err() {
                return;
            }
        }
    }

    async fn admit(&self, length: usize) -> Result<(), Flooding> {
        match &self.police {
            Some(police) => police.admit(length).await,
            None => Ok(()),
        }
    }
}
