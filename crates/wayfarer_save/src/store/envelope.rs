//! The envelope around every stored value. Nothing in a value is believed before its envelope
//! has been checked.
//!
//! ```text
//! 0   magic "\xD7wfsave1"
//! 8   kind (u32)        12  index (u32)
//! 16  file id (u64)     24  generation (u64)
//! 32  payload length    40  xxh3-64 of bytes 8..40 and the payload, seeded with the file id
//! 48  payload
//! ```
//!
//! The file id is random per file. It seeds every checksum, so bytes that a player put into a
//! name or a note cannot pass for an envelope when a damaged file is searched for them.

use xxhash_rust::xxh3::Xxh3;

pub(crate) const MAGIC: [u8; 8] = *b"\xD7wfsave1";
pub(crate) const HEADER: usize = 48;

/// What a stored value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// What the file holds; written last.
    Head,
    /// The names of the records of the checkpoint.
    Index,
    /// Records of the checkpoint.
    Chunk,
    /// Records that changed after the checkpoint.
    Segment,
}

impl Kind {
    fn number(self) -> u32 {
        match self {
            Self::Head => 1,
            Self::Index => 2,
            Self::Chunk => 3,
            Self::Segment => 4,
        }
    }

    fn from_number(number: u32) -> Option<Self> {
        [Self::Head, Self::Index, Self::Chunk, Self::Segment]
            .into_iter()
            .find(|kind| kind.number() == number)
    }

    /// The key a value is stored under.
    pub(crate) fn key(self, index: u32) -> String {
        match self {
            Self::Head => format!("head.{index}"),
            Self::Index => format!("index.{index}"),
            Self::Chunk => format!("chunk.{index}"),
            Self::Segment => format!("segment.{index}"),
        }
    }
}

/// Where a value belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Address {
    pub(crate) kind: Kind,
    pub(crate) index: u32,
    pub(crate) file: u64,
    pub(crate) generation: u64,
}

/// A checked value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Envelope<'a> {
    pub(crate) at: Address,
    pub(crate) checksum: u64,
    pub(crate) payload: &'a [u8],
}

/// Wraps a payload; also gives its checksum.
pub(crate) fn seal(at: Address, payload: &[u8]) -> (Vec<u8>, u64) {
    let mut bytes = Vec::with_capacity(HEADER + payload.len());
    bytes.extend_from_slice(&MAGIC);
    bytes.extend_from_slice(&at.kind.number().to_le_bytes());
    bytes.extend_from_slice(&at.index.to_le_bytes());
    bytes.extend_from_slice(&at.file.to_le_bytes());
    bytes.extend_from_slice(&at.generation.to_le_bytes());
    bytes.extend_from_slice(&(payload.len() as u64).to_le_bytes());
    let checksum = checksum(at.file, &bytes[8..40], payload);
    bytes.extend_from_slice(&checksum.to_le_bytes());
    bytes.extend_from_slice(payload);
    (bytes, checksum)
}

/// Checks the envelope at the start of `bytes`, which may go on after it.
pub(crate) fn open(bytes: &[u8]) -> Option<Envelope<'_>> {
    if bytes.get(..8)? != MAGIC {
        return None;
    }
    let u32_at = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let u64_at = |at: usize| Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?));
    let at = Address {
        kind: Kind::from_number(u32_at(8)?)?,
        index: u32_at(12)?,
        file: u64_at(16)?,
        generation: u64_at(24)?,
    };
    let length = usize::try_from(u64_at(32)?).ok()?;
    let payload = bytes.get(HEADER..HEADER.checked_add(length)?)?;
    let expected = u64_at(40)?;
    (checksum(at.file, bytes.get(8..40)?, payload) == expected).then_some(Envelope {
        at,
        checksum: expected,
        payload,
    })
}

fn checksum(seed: u64, header: &[u8], payload: &[u8]) -> u64 {
    let mut hasher = Xxh3::with_seed(seed);
    hasher.update(header);
    hasher.update(payload);
    hasher.digest()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    const AT: Address = Address {
        kind: Kind::Chunk,
        index: 7,
        file: 99,
        generation: 3,
    };

    #[test]
    fn what_is_sealed_opens() {
        let (mut bytes, checksum) = seal(AT, b"hello");
        bytes.extend_from_slice(b"trailing");
        let envelope = open(&bytes).unwrap();
        assert_eq!(
            (envelope.at, envelope.checksum, envelope.payload),
            (AT, checksum, &b"hello"[..])
        );
    }

    #[test]
    fn no_flipped_bit_and_no_cut_passes() {
        let (bytes, _) = seal(AT, b"a payload of some length");
        for bit in 0..bytes.len() * 8 {
            let mut bad = bytes.clone();
            bad[bit / 8] ^= 1 << (bit % 8);
            assert!(open(&bad).is_none(), "bit {bit}");
        }
        for len in 0..bytes.len() {
            assert!(open(&bytes[..len]).is_none(), "length {len}");
        }
    }
}
