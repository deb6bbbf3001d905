//! What the tests share.

use std::path::Path;
use std::time::Duration;

use wayfarer_save::store::*;

/// Long enough for a slow machine that does other things as well.
pub const PATIENCE: Duration = Duration::from_secs(60);

pub fn slot(name: &str) -> SlotName {
    SlotName::new(name).unwrap()
}

pub fn writer(dir: &Path) -> Writer {
    Writer::new(Profile::open(dir).unwrap()).unwrap()
}

pub fn record(owner: u64, bytes: &[u8]) -> Record {
    Record::new(RecordKey::new(owner, "items"), bytes.to_vec())
}

pub fn full(label: &str, records: Vec<Record>) -> SaveBatch {
    SaveBatch::Full {
        meta: SaveMeta::labelled(label),
        records,
    }
}

pub fn dirty(label: &str, records: Vec<Record>, removed: Vec<RecordKey>) -> SaveBatch {
    SaveBatch::Dirty {
        meta: SaveMeta::labelled(label),
        records,
        removed,
    }
}

/// Saves and waits until it is on disk.
pub fn save(writer: &Writer, name: &str, batch: SaveBatch) {
    writer.save(&slot(name), batch);
    writer.flush(PATIENCE).unwrap();
}

pub fn try_load(writer: &Writer, name: &str, which: Which) -> Result<Loaded, LoadError> {
    writer.load(&slot(name), which).wait(PATIENCE).unwrap()
}

pub fn load(writer: &Writer, name: &str) -> Loaded {
    try_load(writer, name, Which::Newest).unwrap()
}

/// Small seeded dice, so that every failure can be had again.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.roll() % end.max(1) as u64) as usize
    }
}
