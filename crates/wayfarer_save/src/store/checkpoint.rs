//! Writing the values of a file: a whole checkpoint, or a segment after it.

use std::hash::{BuildHasher as _, RandomState};
use std::time::{SystemTime, UNIX_EPOCH};

use super::envelope::{self, Address, Kind};
use super::error::StoreError;
use super::frame;
use super::guard::Guarded;
use super::head::{self, Head, Piece, Prelude, SegmentNote};
use super::record::{Record, RecordKey, SaveMeta};

/// Refuses records that do not fit a frame.
pub(crate) fn check_sizes(records: &[&Record]) -> Result<(), StoreError> {
    let too_large = records.iter().find(|record| {
        record.bytes.len() > frame::MAX_RECORD || record.key.name.len() > frame::MAX_NAME
    });
    match too_large {
        None => Ok(()),
        Some(record) => Err(StoreError::TooLarge {
            key: RecordKey {
                owner: record.key.owner,
                name: record.key.name.chars().take(100).collect(),
            },
            bytes: record.bytes.len().max(record.key.name.len()) as u64,
        }),
    }
}

/// Writes a checkpoint to an empty store. `records` is sorted and has each key once.
pub(crate) fn write_checkpoint(
    store: &mut Guarded,
    generation: u64,
    meta: SaveMeta,
    records: &[&Record],
    chunk_bytes: usize,
) -> Result<Head, StoreError> {
    // Standard library hashers are seeded from the system's randomness.
    let file = RandomState::new().hash_one(generation);
    let mut writer = PieceWriter {
        store,
        file,
        generation,
    };
    let mut chunks = Vec::new();
    let mut rest = records;
    while !rest.is_empty() {
        let mut payload = Vec::new();
        let mut count = 0;
        for record in rest {
            if count > 0 && payload.len() + frame::size(record) > chunk_bytes {
                break;
            }
            frame::append(&mut payload, file, 0, record);
            count += 1;
        }
        chunks.push(writer.write(Kind::Chunk, chunks.len() as u32, &payload, count)?);
        rest = rest.get(count..).unwrap_or_default();
    }
    let names: Vec<RecordKey> = records.iter().map(|record| record.key.clone()).collect();
    let index = writer.write(Kind::Index, 0, &head::encode_index(&names), names.len())?;
    let head = Head {
        file,
        generation,
        write: 0,
        saved_at: now(),
        meta,
        index,
        chunks,
        segments: Vec::new(),
    };
    // Twice, so that a damaged copy is not the end of the file.
    write_head(store, &head, 1)?;
    write_head(store, &head, 0)?;
    Ok(head)
}

/// Writes a segment after `head`, and the head that counts it. No two calls for one file give the
/// same `write`, whether they succeed or not.
pub(crate) fn write_segment(
    store: &mut Guarded,
    head: &Head,
    write: u32,
    meta: SaveMeta,
    records: &[&Record],
    removed: Vec<RecordKey>,
) -> Result<Head, StoreError> {
    let at = head.sequence();
    let saved_at = now();
    let mut payload = Prelude {
        write,
        saved_at,
        meta: meta.clone(),
        removed: removed.clone(),
    }
    .encode();
    for record in records {
        frame::append(&mut payload, head.file, write, record);
    }
    let piece = PieceWriter {
        store: &mut *store,
        file: head.file,
        generation: head.generation,
    }
    .write(Kind::Segment, at, &payload, records.len())?;
    let mut next = head.clone();
    next.write = write;
    next.saved_at = saved_at;
    next.meta = meta;
    next.segments.push(SegmentNote {
        piece,
        write,
        written: records.iter().map(|record| record.key.clone()).collect(),
        removed,
    });
    write_head(store, &next, next.sequence() % 2)?;
    Ok(next)
}

/// Whether `store` holds exactly what `head` says was last written.
pub(crate) fn holds(store: &mut Guarded, head: &Head) -> bool {
    let expected = head.encode();
    let copy = head.sequence() % 2;
    match store.get(&Kind::Head.key(copy)) {
        Ok(Some(value)) => {
            envelope::open(&value).is_some_and(|envelope| envelope.payload == expected)
        }
        _ => false,
    }
}

fn write_head(store: &mut Guarded, head: &Head, copy: u32) -> Result<(), StoreError> {
    let payload = head.encode();
    PieceWriter {
        store,
        file: head.file,
        generation: head.generation,
    }
    .write(Kind::Head, copy, &payload, 0)
    .map(|_| ())
}

struct PieceWriter<'a> {
    store: &'a mut Guarded,
    file: u64,
    generation: u64,
}

impl PieceWriter<'_> {
    fn write(
        &mut self,
        kind: Kind,
        index: u32,
        payload: &[u8],
        records: usize,
    ) -> Result<Piece, StoreError> {
        let at = Address {
            kind,
            index,
            file: self.file,
            generation: self.generation,
        };
        let (bytes, checksum) = envelope::seal(at, payload);
        self.store.set(&kind.key(index), &bytes)?;
        Ok(Piece {
            index,
            length: payload.len() as u64,
            checksum,
            records: records as u32,
        })
    }
}

/// Milliseconds since 1970, for people to read; no rule depends on it.
fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_millis() as u64)
}
