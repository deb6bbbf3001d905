//! Messages on their way out: one task per reliable lane, bounded in bytes over all lanes.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use bytes::{BufMut, Bytes, BytesMut};
use quinn::{Connection, SendDatagramError, WriteError};
use tokio::{
    runtime::Handle,
    sync::{Semaphore, mpsc},
    task::JoinHandle,
};

use super::{
    channels::Lane,
    frame::{kind, put_varint},
};
use crate::session::CloseCode;

/// Bookkeeping counted per waiting message.
const OVERHEAD: usize = 64;
/// Unreliable messages that fit no datagram and travel at the same time.
const SINGLES: usize = 32;

pub(crate) struct Outbox {
    connection: Connection,
    runtime: Handle,
    lanes: Arc<[Lane]>,
    open: Vec<Option<OpenLane>>,
    waiting: Arc<AtomicUsize>,
    limit: usize,
    singles: Arc<Semaphore>,
}

struct OpenLane {
    messages: mpsc::UnboundedSender<Bytes>,
    task: JoinHandle<()>,
}

/// Why a message was not taken.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum SendProblem {
    /// Too much waits already: the other side is too slow.
    Full,
    /// The lane does not exist or the message is larger than it allows. Nothing was sent.
    Unfit { max: usize },
}

impl Outbox {
    pub(crate) fn new(
        connection: Connection,
        runtime: Handle,
        lanes: Arc<[Lane]>,
        limit: usize,
    ) -> Self {
        Self {
            connection,
            runtime,
            open: lanes.iter().map(|_| None).collect(),
            lanes,
            waiting: Arc::default(),
            limit,
            singles: Arc::new(Semaphore::new(SINGLES)),
        }
    }

    pub(crate) fn send(&mut self, lane: usize, message: Bytes) -> Result<(), SendProblem> {
        let Some(rule) = self.lanes.get(lane) else {
            return Err(SendProblem::Unfit { max: 0 });
        };
        if message.len() > rule.max {
            return Err(SendProblem::Unfit { max: rule.max });
        }
        if rule.unreliable {
            self.send_datagram(lane, message);
            return Ok(());
        }
        let cost = message.len() + OVERHEAD;
        if self.waiting.fetch_add(cost, Ordering::Relaxed) + cost > self.limit + OVERHEAD {
            self.waiting.fetch_sub(cost, Ordering::Relaxed);
            return Err(SendProblem::Full);
        }
        let Some(slot) = self.open.get_mut(lane) else {
            return Err(SendProblem::Unfit { max: 0 });
        };
        let open = slot.get_or_insert_with(|| {
            let (messages, receiver) = mpsc::unbounded_channel();
            let waiting = Arc::clone(&self.waiting);
            let work = write_lane(self.connection.clone(), lane, receiver, waiting);
            let task = self.runtime.spawn(work);
            OpenLane { messages, task }
        });
        // The task ends only with the connection, which the reading side reports.
        let _ = open.messages.send(message);
        Ok(())
    }

    /// Nothing more will be sent. The tasks end when the other side has everything.
    pub(crate) fn finish(&mut self) -> Vec<JoinHandle<()>> {
        let open = self.open.iter_mut().filter_map(Option::take);
        open.map(|lane| lane.task).collect()
    }

    fn send_datagram(&self, lane: usize, message: Bytes) {
        let mut datagram = BytesMut::with_capacity(message.len() + 4);
        put_varint(&mut datagram, lane);
        datagram.put_slice(&message);
        let fits = self
            .connection
            .max_datagram_size()
            .is_some_and(|max| datagram.len() <= max);
        // The path's packet size can shrink between the question and the sending.
        if fits
            && !matches!(
                self.connection.send_datagram(datagram.freeze()),
                Err(SendDatagramError::TooLarge)
            )
        {
            return;
        }
        // Lost by choice when too much travels: it is an unreliable lane, and reliable ones need
        // the rest of the room.
        let Ok(permit) = Arc::clone(&self.singles).try_acquire_owned() else {
            return;
        };
        let cost = message.len() + OVERHEAD;
        if self.waiting.load(Ordering::Relaxed) + cost > self.limit / 2 {
            return;
        }
        let waiting = Arc::clone(&self.waiting);
        waiting.fetch_add(cost, Ordering::Relaxed);
        let connection = self.connection.clone();
        self.runtime.spawn(async move {
            let _ = write_single(&connection, lane, message).await;
            waiting.fetch_sub(cost, Ordering::Relaxed);
            drop(permit);
        });
    }
}

async fn write_lane(
    connection: Connection,
    lane: usize,
    mut messages: mpsc::UnboundedReceiver<Bytes>,
    waiting: Arc<AtomicUsize>,
) {
    let work = async {
        let mut stream = connection.open_uni().await?;
        let mut header = BytesMut::new();
        header.put_u8(kind::LANE);
        put_varint(&mut header, lane);
        stream.write_chunk(header.freeze()).await?;
        while let Some(message) = messages.recv().await {
            let cost = message.len() + OVERHEAD;
            let mut length = BytesMut::new();
            put_varint(&mut length, message.len());
            let mut chunks = [length.freeze(), message];
            let written = stream.write_all_chunks(&mut chunks).await;
            waiting.fetch_sub(cost, Ordering::Relaxed);
            written?;
        }
        let _ = stream.finish();
        let _ = stream.stopped().await;
        Ok::<(), WriteError>(())
    };
    // Either the connection is gone, or the other side refuses the lane, which breaks the protocol.
    if let Err(WriteError::Stopped(_)) = work.await {
        connection.close(CloseCode::Violation.into(), b"a stream was refused");
    }
}

async fn write_single(
    connection: &Connection,
    lane: usize,
    message: Bytes,
) -> Result<(), WriteError> {
    let mut stream = connection.open_uni().await?;
    let mut header = BytesMut::new();
    header.put_u8(kind::SINGLE);
    put_varint(&mut header, lane);
    stream
        .write_all_chunks(&mut [header.freeze(), message])
        .await?;
    let _ = stream.finish();
    let _ = stream.stopped().await;
    Ok(())
}
