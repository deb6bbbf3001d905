//! What is saved: records, and batches of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

/// Names one record for life: an owner (0 for the world itself) and what of the owner it holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RecordKey {
    /// Stable id of the owner; 0 is the world.
    pub owner: u64,
    /// What it holds, for example `wayfarer_stats:inputs`.
    pub name: String,
}

impl RecordKey {
    /// The key of `name` for `owner`.
    pub fn new(owner: u64, name: impl Into<String>) -> Self {
        Self {
            owner,
            name: name.into(),
        }
    }

    /// The key of something that belongs to the world as a whole.
    pub fn world(name: impl Into<String>) -> Self {
        Self::new(0, name)
    }
}

impl fmt::Display for RecordKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.owner == 0 {
            f.write_str(&self.name)
        } else {
            write!(f, "{} of {:016x}", self.name, self.owner)
        }
    }
}

/// One piece of saved state. The store never looks into `bytes`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Which record this is.
    pub key: RecordKey,
    /// Its content, as the caller encoded it; at most 256 MiB.
    pub bytes: Vec<u8>,
}

impl Record {
    /// A record.
    pub fn new(key: RecordKey, bytes: Vec<u8>) -> Self {
        Self { key, bytes }
    }
}

/// What a save says about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveMeta {
    /// A line for the player ("Ashford, level 7").
    pub label: String,
    /// Whatever else the game wants to read before it loads (tick, packs and their hashes).
    #[serde(with = "serde_bytes")]
    pub extra: Vec<u8>,
}

impl SaveMeta {
    /// A description with only a label.
    pub fn labelled(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            extra: Vec::new(),
        }
    }
}

/// One save: everything, or what changed since the save before.
///
/// A batch is all or nothing: after a crash either all of it is there or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveBatch {
    /// The whole state. Replaces everything that was saved before.
    Full {
        /// What the save says about itself.
        meta: SaveMeta,
        /// Every record there is. Of two with the same key the later counts.
        records: Vec<Record>,
    },
    /// The records that changed or went since the last batch.
    Dirty {
        /// What the save says about itself.
        meta: SaveMeta,
        /// New content. Of two with the same key the later counts.
        records: Vec<Record>,
        /// Records that are no more. A key that is also in `records` stays.
        removed: Vec<RecordKey>,
    },
}

impl SaveBatch {
    /// Whether this is the whole state.
    pub fn is_full(&self) -> bool {
        matches!(self, Self::Full { .. })
    }

    /// Size of the content in bytes, without keys.
    pub fn bytes(&self) -> u64 {
        let (Self::Full { records, .. } | Self::Dirty { records, .. }) = self;
        records.iter().map(|record| record.bytes.len() as u64).sum()
    }

    /// The one batch that does what `self` and then `later` do.
    #[must_use]
    pub fn merge(self, later: Self) -> Self {
        let (meta, changed, gone) = match later {
            full @ Self::Full { .. } => return full,
            Self::Dirty {
                meta,
                records,
                removed,
            } => (meta, records, removed),
        };
        match self {
            Self::Full { records, .. } => {
                let mut all = by_key(records);
                for key in gone {
                    all.remove(&key);
                }
                all.extend(by_key(changed));
                Self::Full {
                    meta,
                    records: to_records(all),
                }
            }
            Self::Dirty {
                records, removed, ..
            } => {
                let mut all = by_key(records);
                let mut dead: BTreeSet<RecordKey> = removed.into_iter().collect();
                dead.retain(|key| !all.contains_key(key));
                for key in gone {
                    all.remove(&key);
                    dead.insert(key);
                }
                for record in changed {
                    dead.remove(&record.key);
                    all.insert(record.key, record.bytes);
                }
                Self::Dirty {
                    meta,
                    records: to_records(all),
                    removed: dead.into_iter().collect(),
                }
            }
        }
    }
}

/// The last content of each key.
fn by_key(records: Vec<Record>) -> BTreeMap<RecordKey, Vec<u8>> {
    records
        .into_iter()
        .map(|record| (record.key, record.bytes))
        .collect()
}

/// The last of each key, in the order of keys.
pub(crate) fn newest(records: &[Record]) -> Vec<&Record> {
    let map: BTreeMap<&RecordKey, &Record> = records.iter().map(|r| (&r.key, r)).collect();
    map.into_values().collect()
}

/// Records in the order of their keys.
fn to_records(map: BTreeMap<RecordKey, Vec<u8>>) -> Vec<Record> {
    map.into_iter()
        .map(|(key, bytes)| Record { key, bytes })
        .collect()
}

#[cfg(test)]
#[path = "record/tests.rs"]
mod tests;
