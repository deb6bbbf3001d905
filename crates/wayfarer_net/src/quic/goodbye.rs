//! The last words of a connection.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use bytes::{BufMut, BytesMut};
use quinn::{Connection, ConnectionError, WriteError};
use tokio::{task::JoinHandle, time::timeout};

use super::frame::{FrameReader, kind, put_varint};
use crate::session::{LeaveReason, clean_line};

/// Why a connection ended; the first one to say so wins.
pub(crate) type Ended = Arc<OnceLock<LeaveReason>>;

/// Which end of the connection we are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Host,
    Client,
}

/// Sends the reason, waits until the other side has it (but no longer than `wait`), closes.
///
/// `lanes` are the tasks that still send; what was said before is heard before.
pub(crate) async fn say(
    connection: &Connection,
    lanes: Vec<JoinHandle<()>>,
    reason: &LeaveReason,
    wait: Duration,
) {
    let words = clean_line(reason.words(), 200);
    let farewell = async {
        for lane in lanes {
            let _ = lane.await;
        }
        let mut stream = connection.open_uni().await?;
        let mut bytes = BytesMut::new();
        bytes.put_u8(kind::GOODBYE);
        put_varint(&mut bytes, reason.code() as usize);
        bytes.put_slice(words.as_bytes());
        stream.write_chunk(bytes.freeze()).await?;
        let _ = stream.finish();
        let _ = stream.stopped().await;
        Ok::<(), WriteError>(())
    };
    let _ = timeout(wait, farewell).await;
    connection.close(reason.code().into(), words.as_bytes());
}

/// Reads the rest of a goodbye stream.
pub(super) async fn hear(reader: &mut FrameReader, end: End) -> Option<LeaveReason> {
    let code = reader.number().await.ok()??;
    let words = reader.rest(1024).await.ok()?;
    Some(heard(end, code as u64, &String::from_utf8_lossy(&words)))
}

/// What the network stack's end of a connection means.
pub(super) fn from_error(end: End, error: &ConnectionError) -> LeaveReason {
    match error {
        ConnectionError::ApplicationClosed(close) => heard(
            end,
            close.error_code.into_inner(),
            &String::from_utf8_lossy(&close.reason),
        ),
        ConnectionError::TimedOut => LeaveReason::TimedOut,
        ConnectionError::LocallyClosed => LeaveReason::Left,
        other => LeaveReason::Broken {
            why: clean_line(&other.to_string(), 200),
        },
    }
}

/// A client can leave, complain or be slow; it cannot ban anybody.
fn heard(end: End, code: u64, words: &str) -> LeaveReason {
    let reason = LeaveReason::from_wire(code, words);
    match (end, reason) {
        (End::Client, reason)
        | (End::Host, reason @ (LeaveReason::TooSlow | LeaveReason::Violation { .. })) => reason,
        (End::Host, _) => LeaveReason::Left,
    }
}
