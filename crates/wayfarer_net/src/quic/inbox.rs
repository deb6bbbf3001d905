//! Received messages on their way to the game: bounded in number and in bytes.

use std::sync::Arc;

use bytes::Bytes;
use tokio::sync::{
    OwnedSemaphorePermit, Semaphore,
    mpsc::{self, error::TryRecvError},
};

/// Bookkeeping counted per message.
const OVERHEAD: usize = 64;

struct Item {
    lane: usize,
    message: Bytes,
    _room: OwnedSemaphorePermit,
}

/// The end that readers fill. When it is full they wait, stop reading their streams, and QUIC's
/// flow control stops the other side.
#[derive(Clone)]
pub(crate) struct InboxSender {
    items: mpsc::Sender<Item>,
    room: Arc<Semaphore>,
    bytes: usize,
}

/// The end that the game empties.
pub(crate) struct Inbox(mpsc::Receiver<Item>);

/// Room for one message.
pub(crate) struct Room(OwnedSemaphorePermit);

/// The game dropped its end.
#[derive(Debug)]
pub(crate) struct Gone;

pub(crate) fn inbox(messages: usize, bytes: usize) -> (InboxSender, Inbox) {
    let bytes = bytes.clamp(OVERHEAD * 2, Semaphore::MAX_PERMITS.min(1 << 30));
    let (items, receiver) = mpsc::channel(messages.max(1));
    let room = Arc::new(Semaphore::new(bytes));
    let sender = InboxSender { items, room, bytes };
    (sender, Inbox(receiver))
}

impl InboxSender {
    /// Waits for room for a message of `length` bytes.
    pub(crate) async fn room(&self, length: usize) -> Result<Room, Gone> {
        let acquired = Arc::clone(&self.room)
            .acquire_many_owned(self.cost(length))
            .await;
        acquired.map(Room).map_err(|_| Gone)
    }

    pub(crate) async fn put(&self, room: Room, lane: usize, message: Bytes) -> Result<(), Gone> {
        let item = Item {
            lane,
            message,
            _room: room.0,
        };
        self.items.send(item).await.map_err(|_| Gone)
    }

    /// For unreliable messages: without room it is dropped. `Err` when the game is gone.
    pub(crate) fn try_put(&self, lane: usize, message: Bytes) -> Result<bool, Gone> {
        let cost = self.cost(message.len());
        let Ok(room) = Arc::clone(&self.room).try_acquire_many_owned(cost) else {
            return Ok(false);
        };
        let item = Item {
            lane,
            message,
            _room: room,
        };
        match self.items.try_send(item) {
            Ok(()) => Ok(true),
            Err(mpsc::error::TrySendError::Full(_)) => Ok(false),
            Err(mpsc::error::TrySendError::Closed(_)) => Err(Gone),
        }
    }

    /// A message as large as the whole room must still get through, alone.
    fn cost(&self, length: usize) -> u32 {
        u32::try_from((length + OVERHEAD).min(self.bytes)).unwrap_or(u32::MAX)
    }
}

impl Inbox {
    /// The next message; `Err(true)` when there will be no more.
    pub(crate) fn take(&mut self) -> Result<(usize, Bytes), bool> {
        match self.0.try_recv() {
            Ok(item) => Ok((item.lane, item.message)),
            Err(TryRecvError::Empty) => Err(false),
            Err(TryRecvError::Disconnected) => Err(true),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn unreliable_messages_are_dropped_when_full() {
        let (sender, mut inbox) = inbox(100, 1000);
        let accepted = (0..50).filter(|_| sender.try_put(3, Bytes::from_static(&[7; 36])).unwrap());
        assert_eq!(accepted.count(), 10);
        assert_eq!(inbox.take().unwrap(), (3, Bytes::from_static(&[7; 36])));
        assert!(
            sender.try_put(3, Bytes::new()).unwrap(),
            "taking makes room"
        );
        drop(sender);
        while inbox.take().is_ok() {}
        assert!(inbox.take().unwrap_err());
    }

    #[tokio::test]
    async fn reliable_messages_wait() {
        let (sender, mut inbox) = inbox(100, 1000);
        let task = tokio::spawn(async move {
            for index in 0..20_u8 {
                let room = sender.room(900).await.unwrap();
                sender.put(room, 0, vec![index; 900].into()).await.unwrap();
            }
        });
        let (mut next, mut waits) = (0, 0);
        loop {
            match inbox.take() {
                Ok((_, message)) => {
                    assert_eq!(message[0], next);
                    next += 1;
                }
                Err(true) => break,
                Err(false) => {
                    waits += 1;
                    tokio::task::yield_now().await;
                }
            }
        }
        task.await.unwrap();
        assert_eq!(next, 20);
        assert!(waits >= 19, "only one fits at a time: {waits}");
    }

    #[tokio::test]
    async fn a_message_above_the_bound_passes_alone() {
        let (sender, mut inbox) = inbox(4, 1000);
        let room = sender.room(5000).await.unwrap();
        sender.put(room, 1, vec![1; 5000].into()).await.unwrap();
        assert_eq!(inbox.take().unwrap().1.len(), 5000);
    }
}
