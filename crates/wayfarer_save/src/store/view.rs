//! What one save file has to say: the newest state in it, with what is lost named.

use std::collections::{BTreeMap, BTreeSet};

use super::envelope::{Address, Kind};
use super::frame;
use super::head::{self, Head, Piece, Prelude};
use super::record::{Record, RecordKey, SaveMeta};
use super::source::{Source, TooNew};

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

    /// How many records are lost.
    pub(crate) fn lost(&self) -> u64 {
        let named = self
            .values
            .values()
            .filter(|value| matches!(value, Value::Lost(_)))
            .count();
        named as u64 + self.unnamed
    }

    /// Reads what `source` has. Gives nothing when it has no head.
    pub(crate) fn read(source: &mut dyn Source) -> Result<Self, NoView> {
        let heads = source.heads();
        if let Some(too_new) = heads.too_new {
            return Err(NoView::TooNew(too_new));
        }
        let head = heads.found.into_iter().next().ok_or(NoView::Nothing)?;
        let mut reader = Reader {
            source,
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
    source: &'a mut dyn Source,
    view: FileView,
    /// Records found outside of checked values, searched for at the first damage only.
    salvaged: Option<BTreeMap<(u32, RecordKey), Vec<u8>>>,
}

impl Reader<'_> {
    fn address(&self, kind: Kind, index: u32) -> Address {
        Address {
            kind,
            index,
            file: self.view.head.file,
            generation: self.view.head.generation,
        }
    }

    fn piece(&mut self, kind: Kind, piece: &Piece) -> Option<Vec<u8>> {
        let at = self.address(kind, piece.index);
        self.source.piece(at, Some(piece.checksum))
    }

    fn salvaged(&mut self) -> &BTreeMap<(u32, RecordKey), Vec<u8>> {
        let file = self.view.head.file;
        let source = &mut *self.source;
        self.salvaged.get_or_insert_with(|| {
            source
                .salvage(file)
                .into_iter()
                .map(|(sequence, record)| ((sequence, record.key), record.bytes))
                .collect()
        })
    }

    fn checkpoint(&mut self) {
        let (file, chunks) = (self.view.head.file, self.view.head.chunks.clone());
        let index = self.view.head.index.clone();
        let names = self
            .piece(Kind::Index, &index)
            .and_then(|bytes| head::decode_index(&bytes));
        if names.is_none() {
            self.view.damage.push("the index of names".into());
        }
        let mut first = 0;
        for chunk in &chunks {
            let count = chunk.records as usize;
            let records = self
                .piece(Kind::Chunk, chunk)
                .and_then(|bytes| frame::read_all(&bytes, file, 0));
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
    }

    fn insert(&mut self, records: Vec<Record>) {
        for record in records {
            self.view
                .values
                .insert(record.key, Value::Intact(record.bytes));
        }
    }

    fn lost_chunk(&mut self, names: Option<&[RecordKey]>, count: u64) {
        if let Some(names) = names {
            for key in names {
                let value = match self.salvaged().get(&(0, key.clone())) {
                    Some(bytes) => Value::Intact(bytes.clone()),
                    None => Value::Lost(None),
                };
                self.view.values.insert(key.clone(), value);
            }
            return;
        }
        let loose: Vec<Record> = self
            .salvaged()
            .iter()
            .filter(|((sequence, _), _)| *sequence == 0)
            .map(|((_, key), bytes)| Record::new(key.clone(), bytes.clone()))
            .collect();
        self.view.unnamed += count;
        for record in loose {
            if !self.view.values.contains_key(&record.key) {
                self.view.unnamed = self.view.unnamed.saturating_sub(1);
                self.insert(vec![record]);
            }
        }
    }

    fn segments(&mut self) {
        for (at, note) in self.view.head.segments.clone().into_iter().enumerate() {
            match self.piece(Kind::Segment, &note.piece) {
                Some(bytes) if self.apply(at as u32, &bytes) => {}
                _ => {
                    self.view.damage.push(format!("segment {at}"));
                    self.lost_segment(at as u32, &note.written, &note.removed);
                }
            }
        }
        // Segments that are complete but whose head was not written any more.
        loop {
            let at = self.address(Kind::Segment, self.view.sequence);
            let Some(bytes) = self.source.piece(at, None) else {
                break;
            };
            if !self.apply(self.view.sequence, &bytes) {
                break;
            }
            self.view.sequence += 1;
        }
    }

    /// Applies a checked segment; false when it makes no sense.
    fn apply(&mut self, at: u32, bytes: &[u8]) -> bool {
        let Some((prelude, frames)) = Prelude::decode(bytes) else {
            return false;
        };
        let Some(records) = frame::read_all(frames, self.view.head.file, at + 1) else {
            return false;
        };
        for key in &prelude.removed {
            self.view.values.remove(key);
        }
        self.insert(records);
        self.view.meta = prelude.meta;
        self.view.saved_at = prelude.saved_at;
        true
    }

    fn lost_segment(&mut self, at: u32, written: &[RecordKey], removed: &[RecordKey]) {
        let written: BTreeSet<&RecordKey> = written.iter().collect();
        for key in removed {
            self.view.values.remove(key);
        }
        for key in written {
            let value = match self.salvaged().get(&(at + 1, key.clone())) {
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
