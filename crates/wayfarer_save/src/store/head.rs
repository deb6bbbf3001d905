//! What a file holds: its table of contents, written last.

use serde::{Deserialize, Serialize};

use super::record::{RecordKey, SaveMeta};

/// The layout of heads, chunks and segments. A file with a higher number is not touched.
pub(crate) const FORMAT: u16 = 1;

/// A value the head vouches for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Piece {
    pub(crate) index: u32,
    /// Payload length in bytes.
    pub(crate) length: u64,
    /// The checksum in its envelope.
    pub(crate) checksum: u64,
    /// How many records it holds.
    pub(crate) records: u32,
}

/// A segment, with the names of what it changed, so that a lost one can be named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SegmentNote {
    pub(crate) piece: Piece,
    /// The number of the write, in its records too.
    pub(crate) write: u32,
    pub(crate) written: Vec<RecordKey>,
    pub(crate) removed: Vec<RecordKey>,
}

/// The head of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Head {
    pub(crate) file: u64,
    /// Counts the full checkpoints of the slot.
    pub(crate) generation: u64,
    /// Counts the attempts to add to the file: a save that failed and was tried again leaves
    /// two versions, of which the later counts.
    pub(crate) write: u32,
    /// Milliseconds since 1970.
    pub(crate) saved_at: u64,
    pub(crate) meta: SaveMeta,
    pub(crate) index: Piece,
    pub(crate) chunks: Vec<Piece>,
    pub(crate) segments: Vec<SegmentNote>,
}

/// Why bytes are not a head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeadError {
    TooNew(u16),
    Malformed,
}

impl Head {
    /// Orders the heads of a slot.
    pub(crate) fn age(&self) -> (u64, u32, u32) {
        (self.generation, self.sequence(), self.write)
    }

    /// How many segments follow the checkpoint.
    pub(crate) fn sequence(&self) -> u32 {
        self.segments.len() as u32
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        let start = FORMAT.to_le_bytes().to_vec();
        // Writing plain data to a vector cannot fail; an empty head would be refused on reading.
        postcard::to_extend(self, start).unwrap_or_default()
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, HeadError> {
        let (format, rest) = bytes.split_first_chunk().ok_or(HeadError::Malformed)?;
        let format = u16::from_le_bytes(*format);
        if format > FORMAT {
            return Err(HeadError::TooNew(format));
        }
        postcard::from_bytes(rest).map_err(|_| HeadError::Malformed)
    }
}

/// What a segment says before its records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Prelude {
    pub(crate) write: u32,
    pub(crate) saved_at: u64,
    pub(crate) meta: SaveMeta,
    pub(crate) removed: Vec<RecordKey>,
}

impl Prelude {
    pub(crate) fn encode(&self) -> Vec<u8> {
        postcard::to_allocvec(self).unwrap_or_default()
    }

    /// Gives the prelude and the frames after it.
    pub(crate) fn decode(bytes: &[u8]) -> Option<(Self, &[u8])> {
        postcard::take_from_bytes(bytes).ok()
    }
}

pub(crate) fn encode_index(keys: &[RecordKey]) -> Vec<u8> {
    postcard::to_allocvec(&keys).unwrap_or_default()
}

pub(crate) fn decode_index(bytes: &[u8]) -> Option<Vec<RecordKey>> {
    postcard::from_bytes(bytes).ok()
}
