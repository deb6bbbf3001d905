//! Putting a slot's two files together.

use super::error::{LoadError, Problem};
use super::mark::Age;
use super::reading::Reading;
use super::record::{Record, SaveMeta};
use super::slot::SlotName;
use super::view::{FileView, Value};

/// Which of the two generations of a slot to load.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Which {
    /// The newest one that can be read.
    #[default]
    Newest,
    /// The one before.
    Previous,
}

/// A loaded save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// The slot it came from.
    pub slot: SlotName,
    /// Counts the full checkpoints of the slot.
    pub generation: u64,
    /// How many saves came after that checkpoint.
    pub sequence: u32,
    /// When it was saved, in milliseconds since 1970.
    pub saved_at: u64,
    /// What the save says about itself.
    pub meta: SaveMeta,
    /// Every record, in the order of keys.
    pub records: Vec<Record>,
    /// What was found wrong, empty when all is well. With a
    /// [`Problem::RecordFromEarlier`] the records are from more than one moment: whoever needs
    /// them to agree can load the previous generation instead.
    pub problems: Vec<Problem>,
}

/// What a slot holds, as found without loading it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotInfo {
    /// The slot.
    pub name: SlotName,
    /// Counts the full checkpoints; 0 when nothing can be read.
    pub generation: u64,
    /// How many saves came after the newest checkpoint.
    pub sequence: u32,
    /// When it was last saved, in milliseconds since 1970; 0 when nothing can be read.
    pub saved_at: u64,
    /// What the save says about itself.
    pub meta: SaveMeta,
    /// How many records it has.
    pub records: usize,
    /// Size of its files on disk in bytes.
    pub bytes: u64,
    /// Whether a previous generation can be loaded.
    pub has_previous: bool,
    /// What was found wrong.
    pub problems: Vec<Problem>,
}

/// The views of `readings`, newest first.
fn by_age(readings: &[Reading]) -> Vec<&FileView> {
    let mut views: Vec<&FileView> = readings.iter().filter_map(|r| r.view.as_ref()).collect();
    views.sort_by_key(|view| std::cmp::Reverse(view.age()));
    views
}

/// Picks a generation and mends what is lost in it from the one before. `noted` is the age the
/// newest save should have.
pub(crate) fn combine(
    slot: &SlotName,
    readings: &[Reading],
    which: Which,
    noted: Option<Age>,
    mut problems: Vec<Problem>,
) -> Result<Loaded, LoadError> {
    if readings.is_empty() {
        return Err(LoadError::NotFound { slot: slot.clone() });
    }
    problems.extend(readings.iter().filter_map(|r| r.problem.clone()));
    let views = by_age(readings);
    let newest = views.first().map_or(0, |view| view.head.generation);
    let too_new = readings
        .iter()
        .filter_map(|reading| reading.too_new)
        .find(|too_new| too_new.generation >= newest);
    let at = match (which, too_new) {
        (Which::Newest, Some(too_new)) => {
            return Err(LoadError::TooNew {
                slot: slot.clone(),
                format: too_new.format,
            });
        }
        (Which::Newest, None) | (Which::Previous, Some(_)) => 0,
        (Which::Previous, None) => 1,
    };
    let Some(view) = views.get(at) else {
        return Err(match which {
            Which::Previous if !views.is_empty() => LoadError::NoPrevious { slot: slot.clone() },
            _ => LoadError::Unreadable {
                slot: slot.clone(),
                problems,
            },
        });
    };
    if which == Which::Newest
        && let Some((generation, sequence)) = noted
        && (generation, sequence) > view.age()
    {
        problems.push(Problem::NewerLost {
            generation,
            sequence,
        });
    }
    let older = views.get(at + 1);
    let mut records = Vec::with_capacity(view.values.len());
    for (key, value) in &view.values {
        let earlier = |generation: u64| Problem::RecordFromEarlier {
            key: key.clone(),
            generation,
        };
        let found = match value {
            Value::Intact(bytes) => Some(bytes),
            Value::Lost(Some(bytes)) => {
                problems.push(earlier(view.head.generation));
                Some(bytes)
            }
            Value::Lost(None) => match older.map(|older| (older, older.values.get(key))) {
                Some((older, Some(Value::Intact(bytes) | Value::Lost(Some(bytes))))) => {
                    problems.push(earlier(older.head.generation));
                    Some(bytes)
                }
                _ => {
                    problems.push(Problem::RecordLost { key: key.clone() });
                    None
                }
            },
        };
        if let Some(bytes) = found {
            records.push(Record::new(key.clone(), bytes.clone()));
        }
    }
    if view.unnamed > 0 {
        problems.push(Problem::RecordsLost {
            count: view.unnamed,
        });
    }
    Ok(Loaded {
        slot: slot.clone(),
        generation: view.head.generation,
        sequence: view.sequence,
        saved_at: view.saved_at,
        meta: view.meta.clone(),
        records,
        problems,
    })
}

/// Sums a slot up.
pub(crate) fn summarise(slot: SlotName, readings: &[Reading]) -> SlotInfo {
    let views = by_age(readings);
    let newest = views.first();
    SlotInfo {
        name: slot,
        generation: newest.map_or(0, |view| view.head.generation),
        sequence: newest.map_or(0, |view| view.sequence),
        saved_at: newest.map_or(0, |view| view.saved_at),
        meta: newest.map_or_else(SaveMeta::default, |view| view.meta.clone()),
        records: newest.map_or(0, |view| view.values.len()),
        bytes: readings.iter().map(|reading| reading.bytes).sum(),
        has_previous: views.len() > 1,
        problems: readings.iter().filter_map(|r| r.problem.clone()).collect(),
    }
}
