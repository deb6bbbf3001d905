//! Reading one of the two files of a slot without changing it.

use std::fs;
use std::io;
use std::path::Path;

use super::backend::Backend;
use super::error::{Problem, StoreError};
use super::files::{self, Side};
use super::guard::Guarded;
use super::slot::SlotName;
use super::source::{ScanSource, StoreSource, TooNew};
use super::view::{FileView, NoView};

/// What one file gave.
pub(crate) struct Reading {
    pub(crate) side: Side,
    /// Its size on disk in bytes.
    pub(crate) bytes: u64,
    pub(crate) view: Option<FileView>,
    /// Set when a newer version wrote it.
    pub(crate) too_new: Option<TooNew>,
    /// The content was there to be looked at, and there is nothing in it.
    pub(crate) rubbish: bool,
    pub(crate) problem: Option<Problem>,
}

impl Reading {
    /// Whether the file holds a whole generation.
    pub(crate) fn is_complete(&self) -> bool {
        self.too_new.is_some() || (self.problem.is_none() && self.view.is_some())
    }

    /// Orders files by age.
    pub(crate) fn age(&self) -> (u64, u32) {
        match (&self.view, self.too_new) {
            (Some(view), _) => view.age(),
            (None, Some(too_new)) => (too_new.generation, u32::MAX),
            (None, None) => (0, 0),
        }
    }
}

/// Reads the file of `side` by searching its bytes: quick, and never opens the key-value store.
pub(crate) fn glance(dir: &Path, slot: &SlotName, side: Side) -> Option<Reading> {
    read(dir, slot, side, |bytes| {
        FileView::read(&mut ScanSource::new(bytes))
    })
}

/// Reads the file of `side` through the key-value store, and by searching its bytes when that
/// gives less than everything.
pub(crate) fn study(
    backend: &mut dyn Backend,
    dir: &Path,
    slot: &SlotName,
    side: Side,
) -> Option<Reading> {
    read(dir, slot, side, |bytes| {
        let copy = files::copy_file(slot, side);
        let stored = match view_of_copy(backend, dir, &copy, bytes) {
            Some(Ok(view)) if view.damage.is_empty() => return Ok(view),
            other => other,
        };
        let scanned = FileView::read(&mut ScanSource::new(bytes));
        match (stored, scanned) {
            (None, scanned) => scanned,
            (Some(Ok(stored)), Ok(scanned)) => Ok(better(stored, scanned)),
            (Some(Err(NoView::Nothing)), Ok(mut scanned)) => {
                scanned
                    .damage
                    .push("its structure (the content was found by searching)".into());
                Ok(scanned)
            }
            (Some(Ok(stored)), Err(_)) => Ok(stored),
            (Some(Err(too_new @ NoView::TooNew(_))), _) => Err(too_new),
            (Some(Err(NoView::Nothing)), Err(none)) => Err(none),
        }
    })
}

/// Opens a copy, because opening writes: to a damaged file that could destroy what is left.
/// Gives none when no copy can be had or should be opened, which says nothing about the file.
fn view_of_copy(
    backend: &mut dyn Backend,
    dir: &Path,
    copy: &str,
    bytes: &[u8],
) -> Option<Result<FileView, NoView>> {
    let path = dir.join(copy);
    // A copy that lies there means that the process ended while reading it: perhaps the damage
    // is of a kind that takes the process down. Such a file is searched and not opened again.
    let ended_here = path.exists();
    let view = if ended_here || fs::write(&path, bytes).is_err() {
        None
    } else {
        match Guarded::open(backend, dir, copy) {
            Ok(store) => Some(FileView::read(&mut StoreSource(store))),
            Err(StoreError::Damaged { .. }) => Some(Err(NoView::Nothing)),
            Err(_) => None,
        }
    };
    let _ = files::remove(&path);
    view
}

fn better(first: FileView, second: FileView) -> FileView {
    let rank = |view: &FileView| (view.age(), std::cmp::Reverse(view.lost()));
    if rank(&second) > rank(&first) {
        // Damage stays known even when the search recovered all of it.
        let mut damage = first.damage;
        let mut view = second;
        damage.append(&mut view.damage);
        damage.dedup();
        view.damage = damage;
        view
    } else {
        first
    }
}

fn read(
    dir: &Path,
    slot: &SlotName,
    side: Side,
    view: impl FnOnce(&[u8]) -> Result<FileView, NoView>,
) -> Option<Reading> {
    let file = side.file(slot);
    let path = dir.join(&file);
    let mut reading = Reading {
        side,
        bytes: 0,
        view: None,
        too_new: None,
        rubbish: false,
        problem: None,
    };
    let unreadable = |what: String| {
        Some(Problem::FileUnreadable {
            file: file.clone(),
            what,
        })
    };
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(error) => {
            reading.problem = unreadable(StoreError::from_io(&path, &error).to_string());
            return Some(reading);
        }
    };
    reading.bytes = bytes.len() as u64;
    match view(&bytes) {
        Ok(view) => {
            if !view.damage.is_empty() {
                reading.problem = Some(Problem::FileDamaged {
                    file,
                    what: view.damage.join(", "),
                });
            }
            reading.view = Some(view);
        }
        Err(NoView::TooNew(too_new)) => {
            reading.too_new = Some(too_new);
            reading.problem = Some(Problem::FileTooNew {
                file,
                format: too_new.format,
            });
        }
        Err(NoView::Nothing) => {
            reading.rubbish = true;
            reading.problem = unreadable(if bytes.is_empty() {
                "it is empty".into()
            } else {
                "it holds no complete save".into()
            });
        }
    }
    Some(reading)
}
