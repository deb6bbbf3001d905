//! The files of a slot: their names, telling one file from another, setting files aside.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::error::{Problem, StoreError};
use super::slot::SlotName;

/// One of the two files of a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    A,
    B,
}

impl Side {
    pub(crate) const BOTH: [Self; 2] = [Self::A, Self::B];

    pub(crate) fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }

    /// The file's name in the profile folder.
    pub(crate) fn file(self, slot: &SlotName) -> String {
        match self {
            Self::A => format!("{slot}.a"),
            Self::B => format!("{slot}.b"),
        }
    }
}

/// The name a full checkpoint is written under until it is complete.
pub(crate) fn fresh_file(slot: &SlotName) -> String {
    format!("{slot}.new")
}

/// Which file stands behind a path: writing to a file that was deleted or replaced succeeds on
/// most systems, and saves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Identity {
    #[cfg(unix)]
    device: u64,
    #[cfg(unix)]
    inode: u64,
}

impl Identity {
    /// The identity of what stands at `path`; none when nothing does.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        let meta = fs::metadata(path).ok()?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt as _;
            Some(Self {
                device: meta.dev(),
                inode: meta.ino(),
            })
        }
        #[cfg(not(unix))]
        {
            // Open files cannot be deleted there, so presence is enough.
            let _ = meta;
            Some(Self {})
        }
    }
}

/// Makes renames in `dir` last through a power cut, where the system can.
pub(crate) fn sync_dir(dir: &Path) {
    if cfg!(unix)
        && let Ok(dir) = File::open(dir)
    {
        // Some file systems cannot; the rename is then as durable as they make it.
        let _ = dir.sync_all();
    }
}

/// Removes a file; that there is none is fine.
pub(crate) fn remove(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(StoreError::from_io(path, &error))
        }
        _ => Ok(()),
    }
}

/// How many damaged copies of one file are kept; the last is replaced after that.
const MAX_SET_ASIDE: u32 = 20;

/// Renames a damaged file to the first free `<name>.damaged-<n>`.
pub(crate) fn set_aside(dir: &Path, file: &str) -> Result<Problem, StoreError> {
    let free = (1..MAX_SET_ASIDE)
        .map(|n| format!("{file}.damaged-{n}"))
        .find(|name| !dir.join(name).exists())
        .unwrap_or_else(|| format!("{file}.damaged-{MAX_SET_ASIDE}"));
    let from = dir.join(file);
    fs::rename(&from, dir.join(&free)).map_err(|error| StoreError::from_io(&from, &error))?;
    Ok(Problem::SetAside {
        file: file.to_owned(),
        renamed: free,
    })
}

/// Every file of `slot` in `dir`, damaged and unfinished ones included.
pub(crate) fn files_of(dir: &Path, slot: &SlotName) -> Result<Vec<PathBuf>, StoreError> {
    let prefix = format!("{slot}.");
    Ok(names(dir)?
        .into_iter()
        .filter(|name| name.starts_with(&prefix))
        .map(|name| dir.join(name))
        .collect())
}

/// Every slot that has a file in `dir`, sorted.
pub(crate) fn slots(dir: &Path) -> Result<Vec<SlotName>, StoreError> {
    let mut slots: Vec<SlotName> = names(dir)?
        .iter()
        .filter_map(|name| name.strip_suffix(".a").or_else(|| name.strip_suffix(".b")))
        .filter_map(|name| SlotName::new(name).ok())
        .collect();
    slots.sort();
    slots.dedup();
    Ok(slots)
}

fn names(dir: &Path) -> Result<Vec<String>, StoreError> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(StoreError::from_io(dir, &error)),
    };
    Ok(entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect())
}
