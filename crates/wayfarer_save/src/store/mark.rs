//! A note beside the files of a slot: how far the last completed save got.
//!
//! A file whose end is lost, or that is gone, looks like an older save. The note gives it away.
//! It is no part of any save: without it all is as before, only such a loss goes unnoticed.

use std::fs;
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::xxh3_64;

use super::slot::SlotName;

const MAGIC: [u8; 4] = *b"wfm1";
const LENGTH: usize = 24;

/// Generation and sequence of a save.
pub(crate) type Age = (u64, u32);

fn path(dir: &Path, slot: &SlotName) -> PathBuf {
    dir.join(format!("{slot}.mark"))
}

/// Notes a completed save. Not forced to disk: it may say less than what is there, never more.
pub(crate) fn write(dir: &Path, slot: &SlotName, (generation, sequence): Age) {
    let mut bytes = MAGIC.to_vec();
    bytes.extend_from_slice(&generation.to_le_bytes());
    bytes.extend_from_slice(&sequence.to_le_bytes());
    bytes.extend_from_slice(&xxh3_64(&bytes).to_le_bytes());
    // Nothing depends on it, so a failure is none of the save.
    let _ = fs::write(path(dir, slot), bytes);
}

/// How far the last completed save got, if that is known.
pub(crate) fn read(dir: &Path, slot: &SlotName) -> Option<Age> {
    decode(&fs::read(path(dir, slot)).ok()?)
}

fn decode(bytes: &[u8]) -> Option<Age> {
    if bytes.len() != LENGTH || bytes.get(..4)? != MAGIC {
        return None;
    }
    let generation = u64::from_le_bytes(bytes.get(4..12)?.try_into().ok()?);
    let sequence = u32::from_le_bytes(bytes.get(12..16)?.try_into().ok()?);
    let checksum = u64::from_le_bytes(bytes.get(16..)?.try_into().ok()?);
    (xxh3_64(bytes.get(..16)?) == checksum).then_some((generation, sequence))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_read_back_or_not_at_all() {
        let dir = tempfile::tempdir().unwrap();
        let slot = SlotName::new("auto").unwrap();
        assert_eq!(read(dir.path(), &slot), None);
        write(dir.path(), &slot, (7, 3));
        assert_eq!(read(dir.path(), &slot), Some((7, 3)));
        let bytes = fs::read(path(dir.path(), &slot)).unwrap();
        for bit in 0..bytes.len() * 8 {
            let mut bad = bytes.clone();
            bad[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(decode(&bad), None, "bit {bit}");
        }
        for len in 0..bytes.len() {
            assert_eq!(decode(&bytes[..len]), None, "length {len}");
        }
    }
}
