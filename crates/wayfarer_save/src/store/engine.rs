//! Saving to and loading from the files of a profile. Knows nothing of threads or retries.

use std::collections::BTreeMap;
use std::fs;

use super::backend::Backend;
use super::checkpoint::{check_sizes, holds, write_checkpoint, write_segment};
use super::error::{LoadError, Problem, StoreError};
use super::files::{self, Identity, Side};
use super::guard::Guarded;
use super::head::Head;
use super::load::{self, Loaded, SlotInfo, Which};
use super::mark;
use super::profile::Profile;
use super::reading::{self, Reading};
use super::record::{Record, RecordKey, SaveBatch, SaveMeta, newest};
use super::slot::SlotName;
use super::writer::WriterConfig;

/// A save that is on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Done {
    pub(crate) generation: u64,
    pub(crate) sequence: u32,
    pub(crate) bytes: u64,
    pub(crate) full: bool,
    /// The next save should be a full one.
    pub(crate) wants_full: bool,
}

/// Why a save is not on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SaveFault {
    Store(StoreError),
    /// There is nothing that changes could be added to; only a full save helps.
    NeedsFull(String),
}

impl From<StoreError> for SaveFault {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// A slot this session has written a checkpoint of.
struct OpenSlot {
    /// None after an error, until it is opened again.
    store: Option<Guarded>,
    head: Head,
    side: Side,
    identity: Option<Identity>,
    /// The other file is damaged or too new: it is set aside and not replaced.
    other_unusual: bool,
    checkpoint_bytes: u64,
    segment_bytes: u64,
    segment_keys: usize,
    /// Counts the attempts to add a segment.
    writes: u32,
}

pub(crate) struct Engine {
    profile: Profile,
    backend: Box<dyn Backend>,
    config: WriterConfig,
    open: BTreeMap<SlotName, OpenSlot>,
}

impl Engine {
    pub(crate) fn new(profile: Profile, backend: Box<dyn Backend>, config: WriterConfig) -> Self {
        Self {
            profile,
            backend,
            config,
            open: BTreeMap::new(),
        }
    }

    /// Saves a batch; on success all of it is on disk, otherwise none of it.
    pub(crate) fn save(&mut self, slot: &SlotName, batch: &SaveBatch) -> Result<Done, SaveFault> {
        let done = self.write(slot, batch)?;
        let age = (done.generation, done.sequence);
        mark::write(self.profile.dir(), slot, age);
        Ok(done)
    }

    fn write(&mut self, slot: &SlotName, batch: &SaveBatch) -> Result<Done, SaveFault> {
        match batch {
            SaveBatch::Full { meta, records } => {
                self.save_full(slot, meta.clone(), &newest(records))
            }
            SaveBatch::Dirty {
                meta,
                records,
                removed,
            } => {
                let records = newest(records);
                let mut gone = removed.clone();
                gone.retain(|key| records.binary_search_by_key(&key, |r| &r.key).is_err());
                self.save_dirty(slot, meta.clone(), &records, gone)
            }
        }
    }

    fn save_full(
        &mut self,
        slot: &SlotName,
        meta: SaveMeta,
        records: &[&Record],
    ) -> Result<Done, SaveFault> {
        check_sizes(records)?;
        self.profile.ensure()?;
        let dir = self.profile.dir().to_path_buf();
        let plan = self.plan(slot);
        // Under another name first: until it is complete, both older generations stay.
        let fresh = files::fresh_file(slot);
        let fresh_path = dir.join(&fresh);
        files::remove(&fresh_path)?;
        let mut store = Guarded::open(self.backend.as_mut(), &dir, &fresh)?;
        let head = write_checkpoint(
            &mut store,
            plan.generation,
            meta,
            records,
            self.config.chunk_bytes,
        );
        let head = match head {
            Ok(head) => head,
            Err(error) => {
                drop(store);
                let _ = files::remove(&fresh_path);
                return Err(error.into());
            }
        };
        let target = plan.target.file(slot);
        let target_path = dir.join(&target);
        if plan.target_unusual && target_path.exists() {
            files::set_aside(&dir, &target)?;
        }
        fs::rename(&fresh_path, &target_path)
            .map_err(|error| StoreError::from_io(&fresh_path, &error))?;
        files::sync_dir(&dir);
        let bytes: u64 = head.chunks.iter().map(|chunk| chunk.length).sum();
        let done = Done {
            generation: head.generation,
            sequence: 0,
            bytes,
            full: true,
            wants_full: false,
        };
        let slot_state = OpenSlot {
            store: Some(store),
            head,
            side: plan.target,
            identity: Identity::of(&target_path),
            other_unusual: plan.other_unusual,
            checkpoint_bytes: bytes,
            segment_bytes: 0,
            segment_keys: 0,
            writes: 0,
        };
        // Closes the file of the generation before.
        self.open.insert(slot.clone(), slot_state);
        Ok(done)
    }

    /// Where the next checkpoint goes: never over the best generation there is.
    fn plan(&self, slot: &SlotName) -> Plan {
        if let Some(open) = self.open.get(slot) {
            return Plan {
                generation: open.head.generation + 1,
                target: open.side.other(),
                target_unusual: open.other_unusual,
                other_unusual: false,
            };
        }
        let readings: Vec<Reading> = Side::BOTH
            .into_iter()
            .filter_map(|side| reading::read(self.profile.dir(), slot, side))
            .collect();
        let noted = mark::read(self.profile.dir(), slot).map(|(generation, _)| generation);
        let ages = readings.iter().map(|reading| reading.age().0);
        let newest = ages.chain(noted).max().unwrap_or(0);
        let keep = readings.iter().max_by_key(|r| (r.is_complete(), r.age()));
        let target = keep.map_or(Side::A, |reading| reading.side.other());
        // What cannot be read now may be read one day, by a newer version or with other tools.
        let unusual = |side: Side| {
            readings.iter().any(|reading| {
                reading.side == side && (reading.too_new.is_some() || !reading.is_complete())
            })
        };
        Plan {
            generation: newest.saturating_add(1),
            target,
            target_unusual: unusual(target),
            other_unusual: unusual(target.other()),
        }
    }

    fn save_dirty(
        &mut self,
        slot: &SlotName,
        meta: SaveMeta,
        records: &[&Record],
        removed: Vec<RecordKey>,
    ) -> Result<Done, SaveFault> {
        check_sizes(records)?;
        self.profile.ensure()?;
        let dir = self.profile.dir().to_path_buf();
        let Some(mut open) = self.open.remove(slot) else {
            // Changes are never added to a file of an earlier session: what state its structure
            // is in is not known, and a checkpoint is cheap.
            return Err(SaveFault::NeedsFull(
                "the first save of a session writes everything".into(),
            ));
        };
        let file = open.side.file(slot);
        let path = dir.join(&file);
        let same =
            |open: &OpenSlot| open.identity.is_some() && Identity::of(&path) == open.identity;
        let gone = || SaveFault::NeedsFull(StoreError::Gone { path: path.clone() }.to_string());
        if !same(&open) {
            return Err(gone());
        }
        let mut store = match open.store.take() {
            Some(store) => store,
            None => match self.reopen(slot, &open.head, open.side) {
                Ok(store) => store,
                Err(SaveFault::Store(error)) => {
                    self.open.insert(slot.clone(), open);
                    return Err(error.into());
                }
                Err(fault) => return Err(fault),
            },
        };
        let count = records.len() + removed.len();
        open.writes += 1;
        let written = write_segment(&mut store, &open.head, open.writes, meta, records, removed);
        let head = match written {
            Ok(head) => head,
            Err(error @ StoreError::Damaged { .. }) => {
                return Err(SaveFault::NeedsFull(error.to_string()));
            }
            Err(error) => {
                // The store is of no use after an error; it is opened again for the next try.
                drop(store);
                self.open.insert(slot.clone(), open);
                return Err(error.into());
            }
        };
        if !same(&open) {
            return Err(gone());
        }
        let bytes = head.segments.last().map_or(0, |note| note.piece.length);
        open.store = Some(store);
        open.head = head;
        open.segment_bytes += bytes;
        open.segment_keys += count;
        let done = Done {
            generation: open.head.generation,
            sequence: open.head.sequence(),
            bytes,
            full: false,
            wants_full: self.wants_full(&open),
        };
        self.open.insert(slot.clone(), open);
        Ok(done)
    }

    /// Opens a file this session wrote, after an error, if it still holds what was written. It
    /// is checked first: opening a damaged file can end the process.
    fn reopen(&mut self, slot: &SlotName, head: &Head, side: Side) -> Result<Guarded, SaveFault> {
        let file = side.file(slot);
        let dir = self.profile.dir();
        let damaged = || SaveFault::NeedsFull(format!("{file} is damaged"));
        let complete =
            reading::read(dir, slot, side).is_some_and(|r| r.is_complete() && r.holds(head));
        if !complete {
            return Err(damaged());
        }
        match Guarded::open(self.backend.as_mut(), dir, &file) {
            Ok(mut store) => holds(&mut store, head).then_some(store).ok_or_else(damaged),
            Err(error @ StoreError::Damaged { .. }) => Err(SaveFault::NeedsFull(error.to_string())),
            Err(error) => Err(error.into()),
        }
    }

    fn wants_full(&self, open: &OpenSlot) -> bool {
        let config = &self.config;
        let allowed = open.checkpoint_bytes.max(config.segment_bytes_floor);
        open.head.sequence() >= config.max_segments
            || open.segment_bytes > allowed
            || open.segment_keys > config.max_segment_keys
    }

    /// Loads a slot. The next save of it has to be a full one.
    pub(crate) fn load(&mut self, slot: &SlotName, which: Which) -> Result<Loaded, LoadError> {
        self.open.remove(slot);
        self.read(slot, which)
    }

    fn read(&mut self, slot: &SlotName, which: Which) -> Result<Loaded, LoadError> {
        let dir = self.profile.dir().to_path_buf();
        let mut readings = Vec::new();
        let mut problems = Vec::new();
        for side in Side::BOTH {
            let Some(reading) = reading::read(&dir, slot, side) else {
                continue;
            };
            if reading.rubbish {
                // Nothing can be lost by moving it; that it cannot be moved changes nothing.
                problems.extend(files::set_aside(&dir, &side.file(slot)).ok());
            }
            readings.push(reading);
        }
        let noted = mark::read(&dir, slot);
        load::combine(slot, &readings, which, noted, problems)
    }

    /// Looks at every slot of the profile.
    pub(crate) fn list(&mut self) -> Result<Vec<SlotInfo>, StoreError> {
        self.close_for_reading();
        let dir = self.profile.dir();
        let info = |slot: SlotName| {
            let readings: Vec<Reading> = Side::BOTH
                .into_iter()
                .filter_map(|side| reading::read(dir, &slot, side))
                .collect();
            load::summarise(slot, &readings)
        };
        Ok(files::slots(dir)?.into_iter().map(info).collect())
    }

    /// On Windows a locked file cannot be read, not even by its owner. Saving opens it again.
    fn close_for_reading(&mut self) {
        if cfg!(windows) {
            for open in self.open.values_mut() {
                open.store = None;
            }
        }
    }

    /// Deletes every file of a slot. That there is none is fine.
    pub(crate) fn delete(&mut self, slot: &SlotName) -> Result<(), StoreError> {
        self.open.remove(slot);
        for path in files::files_of(self.profile.dir(), slot)? {
            files::remove(&path)?;
        }
        Ok(())
    }

    /// Copies a slot's newest generation, checked, over another slot.
    pub(crate) fn copy(
        &mut self,
        slot: &SlotName,
        to: &SlotName,
    ) -> Result<Vec<Problem>, LoadError> {
        self.close_for_reading();
        let loaded = self.read(slot, Which::Newest)?;
        let saved = self.save_full(to, loaded.meta, &newest(&loaded.records));
        // What a game saves there next has nothing to do with this content.
        self.open.remove(to);
        match saved {
            Ok(done) => {
                mark::write(self.profile.dir(), to, (done.generation, done.sequence));
                Ok(loaded.problems)
            }
            Err(SaveFault::Store(error)) => Err(error.into()),
            Err(SaveFault::NeedsFull(what)) => Err(LoadError::Store(StoreError::Io {
                path: self.profile.dir().into(),
                what,
            })),
        }
    }
}

struct Plan {
    generation: u64,
    target: Side,
    target_unusual: bool,
    other_unusual: bool,
}

#[cfg(test)]
#[path = "engine/tests.rs"]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests;
