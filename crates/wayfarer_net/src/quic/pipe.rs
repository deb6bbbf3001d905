//! One player's connection after the hello, as the game sees it.

use std::{
    sync::{Arc, atomic::AtomicBool},
    time::{Duration, Instant},
};

use bevy_replicon::prelude::ClientStats;
use bytes::Bytes;
use quinn::{Connection, ConnectionStats};
use tokio::runtime::Handle;

use super::{
    channels::Lanes,
    goodbye::{self, End, Ended},
    inbox::{Inbox, inbox},
    outbox::{Outbox, SendProblem},
    police::Police,
    reader::Reading,
};
use crate::session::{CloseCode, LeaveReason, SessionLimits};

/// Bytes of the channel number before a datagram's message.
const DATAGRAM_PREFIX: usize = 2;

pub(crate) struct Pipe {
    connection: Connection,
    inbox: Inbox,
    outbox: Outbox,
    ended: Ended,
    seen: Seen,
}

/// What the last statistics were computed from.
struct Seen {
    at: Instant,
    stats: ConnectionStats,
}

/// What came out of a pipe.
pub(crate) enum Received {
    Message(usize, Bytes),
    Nothing,
    Ended(LeaveReason),
}

impl Pipe {
    /// Starts reading. Must be called in the runtime.
    pub(crate) fn start(
        connection: Connection,
        end: End,
        lanes: &Lanes,
        limits: &SessionLimits,
        ended: Ended,
    ) -> Self {
        let (incoming, outgoing, inbox_bytes, queue) = match end {
            End::Host => (
                &lanes.to_host,
                &lanes.to_client,
                limits.host_inbox_bytes,
                limits.host_queue,
            ),
            End::Client => (
                &lanes.to_client,
                &lanes.to_host,
                limits.client_inbox_bytes,
                limits.client_queue,
            ),
        };
        let (sender, inbox) = inbox(limits.inbox_messages, inbox_bytes);
        let reading = Arc::new(Reading {
            connection: connection.clone(),
            end,
            lanes: Arc::clone(incoming),
            seen: incoming.iter().map(|_| AtomicBool::new(false)).collect(),
            police: (end == End::Host).then(|| Police::new(limits)),
            ended: Arc::clone(&ended),
        });
        tokio::spawn(Arc::clone(&reading).streams(sender.clone()));
        tokio::spawn(Arc::clone(&reading).datagrams(sender));
        tokio::spawn(watch(reading));

        let outgoing = Arc::clone(outgoing);
        Self {
            outbox: Outbox::new(connection.clone(), Handle::current(), outgoing, queue),
            seen: Seen {
                at: Instant::now(),
                stats: connection.stats(),
            },
            connection,
            inbox,
            ended,
        }
    }

    /// The next message; its lane is one of ours. After the end the rest still comes out first.
    pub(crate) fn receive(&mut self) -> Received {
        match self.inbox.take() {
            Ok((lane, message)) => Received::Message(lane, message),
            Err(false) => Received::Nothing,
            Err(true) => match (self.ended.get(), self.connection.close_reason()) {
                (Some(reason), _) => Received::Ended(reason.clone()),
                // The watching task is about to say why.
                (None, Some(_)) => Received::Nothing,
                (None, None) => Received::Ended(LeaveReason::Broken {
                    why: "reading stopped".into(),
                }),
            },
        }
    }

    pub(crate) fn send(&mut self, lane: usize, message: Bytes) -> Result<(), SendProblem> {
        self.outbox.send(lane, message)
    }

    /// Largest message that travels in one datagram.
    pub(crate) fn datagram_size(&self) -> usize {
        let max = self.connection.max_datagram_size().unwrap_or(1200);
        max.saturating_sub(DATAGRAM_PREFIX)
    }

    /// Round trip, loss and rates since the last call.
    pub(crate) fn statistics(&mut self, now: Instant) -> ClientStats {
        let stats = self.connection.stats();
        let before = std::mem::replace(&mut self.seen, Seen { at: now, stats });
        let seconds = now
            .saturating_duration_since(before.at)
            .as_secs_f64()
            .max(1e-3);
        let since = |now: u64, before: u64| now.saturating_sub(before) as f64;
        let sent = since(stats.path.sent_packets, before.stats.path.sent_packets);
        let lost = since(stats.path.lost_packets, before.stats.path.lost_packets);
        ClientStats {
            rtt: self.connection.rtt().as_secs_f64(),
            packet_loss: if sent > 0.0 {
                (lost / sent * 100.0).min(100.0)
            } else {
                0.0
            },
            sent_bps: since(stats.udp_tx.bytes, before.stats.udp_tx.bytes) / seconds,
            received_bps: since(stats.udp_rx.bytes, before.stats.udp_rx.bytes) / seconds,
        }
    }

    /// Sends what waits and the reason, then closes; takes `wait` at most.
    pub(crate) async fn goodbye(mut self, reason: LeaveReason, wait: Duration) {
        let _ = self.ended.set(reason.clone());
        let lanes = self.outbox.finish();
        goodbye::say(&self.connection, lanes, &reason, wait).await;
    }
}

impl Drop for Pipe {
    fn drop(&mut self) {
        // After a goodbye this does nothing; a pipe that is just dropped must not live on.
        self.connection.close(CloseCode::Left.into(), b"");
    }
}

async fn watch(reading: Arc<Reading>) {
    let closed = reading.connection.closed();
    let error = if let Some(police) = &reading.police {
        tokio::select! {
            error = closed => error,
            () = police.count_packets(&reading.connection) => {
                if reading.connection.close_reason().is_none() {
                    reading.end(LeaveReason::Flooding);
                }
                reading.connection.closed().await
            }
        }
    } else {
        closed.await
    };
    let _ = reading.ended.set(goodbye::from_error(reading.end, &error));
}
