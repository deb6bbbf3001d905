//! Two ways to read a save file: through the key-value store, and by searching its raw bytes for
//! envelopes.

use super::envelope::{self, Address, Kind};
use super::frame;
use super::guard::Guarded;
use super::head::{Head, HeadError};
use super::record::Record;

/// A head that a newer version of this crate wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooNew {
    pub(crate) format: u16,
    pub(crate) generation: u64,
}

/// The heads of a file, the newest first.
pub(crate) struct Heads {
    pub(crate) found: Vec<Head>,
    pub(crate) too_new: Option<TooNew>,
}

/// Something values of one save file can be had from. Every value it gives has been checked.
pub(crate) trait Source {
    fn heads(&mut self) -> Heads;

    /// The payload at `at`, with that checksum if one is given.
    fn piece(&mut self, at: Address, checksum: Option<u64>) -> Option<Vec<u8>>;

    /// Every intact record of the file, with its sequence, wherever it lies.
    fn salvage(&mut self, file: u64) -> Vec<(u32, Record)>;
}

impl Heads {
    fn new(payloads: impl Iterator<Item = (Address, Vec<u8>)>) -> Self {
        let (mut found, mut too_new) = (Vec::new(), None);
        for (at, payload) in payloads {
            match Head::decode(&payload) {
                Ok(head) => found.push(head),
                Err(HeadError::TooNew(format)) => {
                    too_new = Some(TooNew {
                        format,
                        generation: at.generation,
                    });
                }
                Err(HeadError::Malformed) => {}
            }
        }
        found.sort_by_key(|head| std::cmp::Reverse((head.generation, head.sequence())));
        Self { found, too_new }
    }
}

/// Reads through the key-value store.
pub(crate) struct StoreSource(pub(crate) Guarded);

impl Source for StoreSource {
    fn heads(&mut self) -> Heads {
        Heads::new((0..2).filter_map(|index| {
            let value = self.0.get(&Kind::Head.key(index)).ok()??;
            let envelope = envelope::open(&value)?;
            (envelope.at.kind == Kind::Head).then(|| (envelope.at, envelope.payload.to_vec()))
        }))
    }

    fn piece(&mut self, at: Address, checksum: Option<u64>) -> Option<Vec<u8>> {
        let value = self.0.get(&at.kind.key(at.index)).ok()??;
        let envelope = envelope::open(&value)?;
        let fits =
            envelope.at == at && checksum.is_none_or(|expected| envelope.checksum == expected);
        fits.then(|| envelope.payload.to_vec())
    }

    fn salvage(&mut self, _file: u64) -> Vec<(u32, Record)> {
        Vec::new()
    }
}

/// Reads by searching the bytes of the file. It works without the key-value store, changes
/// nothing, and finds what is intact wherever the damage lies.
pub(crate) struct ScanSource<'a> {
    bytes: &'a [u8],
    found: Vec<(Address, u64, std::ops::Range<usize>)>,
}

impl<'a> ScanSource<'a> {
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
}

impl Source for ScanSource<'_> {
    fn heads(&mut self) -> Heads {
        let heads = self.found.iter().filter(|(at, ..)| at.kind == Kind::Head);
        Heads::new(heads.map(|(at, _, range)| (*at, self.bytes[range.clone()].to_vec())))
    }

    fn piece(&mut self, at: Address, checksum: Option<u64>) -> Option<Vec<u8>> {
        self.found
            .iter()
            .rev()
            .find(|(seen, sum, _)| *seen == at && checksum.is_none_or(|expected| *sum == expected))
            .map(|(_, _, range)| self.bytes[range.clone()].to_vec())
    }

    fn salvage(&mut self, file: u64) -> Vec<(u32, Record)> {
        frame::search(self.bytes, file)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
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

    #[test]
    fn values_are_found_between_rubbish() {
        let mut bytes = vec![0xD7; 100];
        bytes.extend(envelope::seal(at(5, 0), b"first").0);
        bytes.extend_from_slice(&envelope::MAGIC);
        bytes.extend(envelope::seal(at(5, 1), b"second").0);
        let mut scan = ScanSource::new(&bytes);
        assert_eq!(scan.piece(at(5, 0), None).unwrap(), b"first");
        assert_eq!(scan.piece(at(5, 1), None).unwrap(), b"second");
        assert!(scan.piece(at(5, 1), Some(1)).is_none());
    }

    #[test]
    fn content_cannot_pass_for_a_value() {
        let forged = envelope::seal(at(666, 0), b"gold: 9999999").0;
        let mut content = vec![1; 300];
        content.extend(&forged);
        let mut bytes = envelope::seal(at(5, 0), &content).0;
        assert_eq!(ScanSource::new(&bytes).found.len(), 1);
        // Its own envelope gone, the forged one is in plain sight, and still outweighed.
        bytes[0] = 0;
        bytes.extend(envelope::seal(at(5, 1), &[2; 300]).0);
        let mut scan = ScanSource::new(&bytes);
        assert!(scan.piece(at(666, 0), None).is_none());
        assert!(scan.piece(at(5, 1), None).is_some());
    }
}
