//! Reading a save file by searching its bytes for envelopes.
//!
//! Loading does not go through the key-value store. redb believes what its pages say: opened on
//! damaged files it panics, gives wrong values without an error, and, in one of some thousands,
//! asks for a terabyte of memory, which ends the process and cannot be caught. Opening also
//! writes, and in a damaged file that can destroy what is left. redb stores each value in one
//! piece and as it is, and an [envelope](super::envelope) says of itself where it begins, ends
//! and belongs, so a search finds every value that is intact, wherever the damage lies, and
//! changes nothing.

use std::ops::Range;

use super::envelope::{self, Address, Kind};
use super::frame;
use super::head::{Head, HeadError};
use super::record::Record;

/// A head that a newer version of this crate wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooNew {
    pub(crate) format: u16,
    pub(crate) generation: u64,
}

/// The intact values of a file.
pub(crate) struct Scan<'a> {
    bytes: &'a [u8],
    found: Vec<(Address, u64, Range<usize>)>,
}

impl<'a> Scan<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(next) = frame::find(&bytes[at..], &envelope::MAGIC) {
            at += next;
            match envelope::open(&bytes[at..]) {
                Some(envelope) => {
                    let start = at + envelope::HEADER;
                    let end = start + envelope.payload.len();
                    found.push((envelope.at, envelope.checksum, start..end));
                    // What lies inside a checked envelope is content, whatever it looks like.
                    at = end;
                }
                None => at += 1,
            }
        }
        let mut scan = Self { bytes, found };
        scan.keep_one_file();
        scan
    }

    /// A file holds values of one file id only. Should content pass for a value with another id,
    /// the one with the most bytes is genuine: the content is inside its values.
    fn keep_one_file(&mut self) {
        let mut sizes = std::collections::BTreeMap::<u64, usize>::new();
        for (at, _, range) in &self.found {
            *sizes.entry(at.file).or_default() += range.len();
        }
        let genuine = sizes
            .into_iter()
            .max_by_key(|(_, size)| *size)
            .map(|(file, _)| file);
        self.found.retain(|(at, ..)| Some(at.file) == genuine);
    }

    /// The newest head.
    ///
    /// # Errors
    /// When a newer version wrote one.
    pub(crate) fn head(&self) -> Result<Option<Head>, TooNew> {
        let mut newest: Option<Head> = None;
        for (at, _, range) in &self.found {
            if at.kind != Kind::Head {
                continue;
            }
            match Head::decode(&self.bytes[range.clone()]) {
                Ok(head) => {
                    if newest.as_ref().is_none_or(|n| head.age() > n.age()) {
                        newest = Some(head);
                    }
                }
                Err(HeadError::TooNew(format)) => {
                    return Err(TooNew {
                        format,
                        generation: at.generation,
                    });
                }
                Err(HeadError::Malformed) => {}
            }
        }
        Ok(newest)
    }

    /// Every payload at `at`: more than one when a write was tried again.
    pub(crate) fn values(&self, at: Address) -> impl Iterator<Item = (u64, &'a [u8])> {
        let bytes = self.bytes;
        self.found
            .iter()
            .filter(move |(seen, ..)| *seen == at)
            .map(move |(_, checksum, range)| (*checksum, &bytes[range.clone()]))
    }

    /// Whether there are segments that nothing leads to any more.
    pub(crate) fn has_segment_after(&self, file: u64, generation: u64, index: u32) -> bool {
        self.found.iter().any(|(at, ..)| {
            at.kind == Kind::Segment
                && at.index > index
                && (at.file, at.generation) == (file, generation)
        })
    }

    /// Every intact record, wherever it lies, with the number of the write it belongs to.
    pub(crate) fn salvage(&self, file: u64) -> Vec<(u32, Record)> {
        frame::search(self.bytes, file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(file: u64, index: u32) -> Address {
        Address {
            kind: Kind::Chunk,
            index,
            file,
            generation: 1,
        }
    }

    fn payloads<'a>(scan: &Scan<'a>, at: Address) -> Vec<&'a [u8]> {
        scan.values(at).map(|(_, payload)| payload).collect()
    }

    #[test]
    fn values_are_found_between_rubbish() {
        let mut bytes = vec![0xD7; 100];
        bytes.extend(envelope::seal(at(5, 0), b"first").0);
        bytes.extend_from_slice(&envelope::MAGIC);
        bytes.extend(envelope::seal(at(5, 1), b"second").0);
        let scan = Scan::new(&bytes);
        assert_eq!(payloads(&scan, at(5, 0)), [b"first"]);
        assert_eq!(payloads(&scan, at(5, 1)), [b"second"]);
    }

    #[test]
    fn content_cannot_pass_for_a_value() {
        let forged = envelope::seal(at(666, 0), b"gold: 9999999").0;
        let mut content = vec![1; 300];
        content.extend(&forged);
        let mut bytes = envelope::seal(at(5, 0), &content).0;
        assert_eq!(Scan::new(&bytes).found.len(), 1);
        // Its own envelope gone, the forged one is in plain sight, and still outweighed.
        bytes[0] = 0;
        bytes.extend(envelope::seal(at(5, 1), &[2; 300]).0);
        let scan = Scan::new(&bytes);
        assert_eq!(payloads(&scan, at(666, 0)), Vec::<&[u8]>::new());
        assert_eq!(payloads(&scan, at(5, 1)).len(), 1);
    }
}
