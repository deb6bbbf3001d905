//! What one save file has to say: the newest state in it, with what is lost named.

use std::collections::BTreeMap;

use super::envelope::{Address, Kind};
use super::frame;
use super::head::{self, Head, Piece, Prelude, SegmentNote};
use super::record::{Record, RecordKey, SaveMeta};
use super::scan::{Scan, TooNew};

/// The state of one record in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Intact(Vec<u8>),
    /// The newest version is damaged; perhaps an older one in the same file is not.
    Lost(Option<Vec<u8>>),
}

/// The newest state in a file.
#[derive(Debug, Clone)]
pub(crate) struct FileView {
    pub(crate) head: Head,
    /// How many segments count; more than the head knows when a crash came between a segment
    /// and its head.
    pub(crate) sequence: u32,
    pub(crate) meta: SaveMeta,
    pub(crate) saved_at: u64,
    pub(crate) values: BTreeMap<RecordKey, Value>,
    /// Lost records whose names are lost as well, at most.
    pub(crate) unnamed: u64,
    /// What was found damaged, whether or not it cost anything.
    pub(crate) damage: Vec<String>,
}

impl FileView {
    /// Orders views by age.
    pub(crate) fn age(&self) -> (u64, u32) {
        (self.head.generation, self.sequence)
    }

    /// Reads the bytes of a file. Gives nothing when there is no head in them.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, NoView> {
        let scan = Scan::new(bytes);
        let head = scan
            .head()
            .map_err(NoView::TooNew)?
            .ok_or(NoView::Nothing)?;
        let mut reader = Reader {
            scan,
            view: Self {
                sequence: head.sequence(),
                meta: head.meta.clone(),
                saved_at: head.saved_at,
                values: BTreeMap::new(),
                unnamed: 0,
                damage: Vec::new(),
                head,
            },
            salvaged: None,
        };
        reader.checkpoint();
        reader.segments();
        Ok(reader.view)
    }
}

/// Why a file has no view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoView {
    Nothing,
    TooNew(TooNew),
}

struct Reader<'a> {
    scan: Scan<'a>,
    view: FileView,
    /// Records found outside of checked values, searched for at the first damage only.
    salvaged: Option<BTreeMap<(u32, RecordKey), Vec<u8>>>,
}

impl<'a> Reader<'a> {
    fn address(&self, kind: Kind, index: u32) -> Address {
        Address {
            kind,
            index,
            file: self.view.head.file,
            generation: self.view.head.generation,
        }
    }

    fn piece(&self, kind: Kind, piece: &Piece) -> Option<&'a [u8]> {
        self.scan
            .values(self.address(kind, piece.index))
            .find(|(checksum, _)| *checksum == piece.checksum)
            .map(|(_, payload)| payload)
    }

    fn salvaged(&mut self) -> &BTreeMap<(u32, RecordKey), Vec<u8>> {
        let file = self.view.head.file;
        let scan = &self.scan;
        self.salvaged.get_or_insert_with(|| {
            scan.salvage(file)
                .into_iter()
                .map(|(write, record)| ((write, record.key), record.bytes))
                .collect()
        })
    }

    fn checkpoint(&mut self) {
        let (file, chunks) = (self.view.head.file, self.view.head.chunks.clone());
        let index = self.view.head.index.clone();
        let names = self.piece(Kind::Index, &index).and_then(head::decode_index);
        if names.is_none() {
            self.view.damage.push("the index of names".into());
        }
        let mut first = 0;
        for chunk in &chunks {
            let count = chunk.records as usize;
            let records = self
                .piece(Kind::Chunk, chunk)
                .and_then(|bytes| frame::read_all(bytes, file, 0));
            match records {
                Some(records) => self.insert(records),
                None => {
                    self.view.damage.push(format!("chunk {}", chunk.index));
                    let names = names
                        .as_ref()
                        .and_then(|names| names.get(first..first + count));
                    self.lost_chunk(names, count as u64);
                }
            }
            first += count;
        }
        self.loose_records();
    }

    fn insert(&mut self, records: Vec<Record>) {
        for record in records {
            self.view
                .values
                .insert(record.key, Value::Intact(record.bytes));
        }
    }

    fn lost_chunk(&mut self, names: Option<&[RecordKey]>, count: u64) {
        let Some(names) = names else {
            self.view.unnamed += count;
            return;
        };
        for key in names {
            let value = match self.salvaged().get(&(0, key.clone())) {
                Some(bytes) => Value::Intact(bytes.clone()),
                None => Value::Lost(None),
            };
            self.view.values.insert(key.clone(), value);
        }
    }

    /// Takes what is left of chunks without names. Only after all intact chunks: their records
    /// are found again and must not count as recovered.
    fn loose_records(&mut self) {
        if self.view.unnamed == 0 {
            return;
        }
        let found = self.salvaged().iter();
        let mut loose: Vec<Record> = found
            .filter(|((write, _), _)| *write == 0)
            .map(|((_, key), bytes)| Record::new(key.clone(), bytes.clone()))
            .collect();
        loose.retain(|record| !self.view.values.contains_key(&record.key));
        self.view.unnamed = self.view.unnamed.saturating_sub(loose.len() as u64);
        self.insert(loose);
    }

    fn segments(&mut self) {
        for (at, note) in self.view.head.segments.clone().into_iter().enumerate() {
            let segment = self
                .piece(Kind::Segment, &note.piece)
                .and_then(|bytes| self.decode(bytes));
            match segment {
                Some((prelude, records)) => self.apply(prelude, records),
                None => {
                    self.view.damage.push(format!("segment {at}"));
                    self.lost_segment(&note);
                }
            }
        }
        // Segments that are complete but whose head was not written any more, or is damaged.
        loop {
            let at = self.address(Kind::Segment, self.view.sequence);
            let newest = self
                .scan
                .values(at)
                .filter_map(|(_, bytes)| self.decode(bytes))
                .max_by_key(|(prelude, _)| prelude.write);
            let Some((prelude, records)) = newest else {
                break;
            };
            self.apply(prelude, records);
            self.view.sequence += 1;
        }
        let Address {
            file, generation, ..
        } = self.address(Kind::Segment, 0);
        if self
            .scan
            .has_segment_after(file, generation, self.view.sequence)
        {
            let lost = self.view.sequence;
            self.view.damage.push(format!("segment {lost}"));
        }
    }

    fn decode(&self, bytes: &[u8]) -> Option<(Prelude, Vec<Record>)> {
        let (prelude, frames) = Prelude::decode(bytes)?;
        let records = frame::read_all(frames, self.view.head.file, prelude.write)?;
        Some((prelude, records))
    }

    fn apply(&mut self, prelude: Prelude, records: Vec<Record>) {
        for key in &prelude.removed {
            self.view.values.remove(key);
        }
        self.insert(records);
        self.view.meta = prelude.meta;
        self.view.saved_at = prelude.saved_at;
    }

    fn lost_segment(&mut self, note: &SegmentNote) {
        for key in &note.removed {
            self.view.values.remove(key);
        }
        for key in &note.written {
            let value = match self.salvaged().get(&(note.write, key.clone())) {
                Some(bytes) => Value::Intact(bytes.clone()),
                None => Value::Lost(match self.view.values.remove(key) {
                    Some(Value::Intact(bytes)) => Some(bytes),
                    Some(Value::Lost(older)) => older,
                    None => None,
                }),
            };
            self.view.values.insert(key.clone(), value);
        }
    }
}
