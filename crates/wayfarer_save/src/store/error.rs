//! What can go wrong, in words a player can act on.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::record::RecordKey;
use super::slot::SlotName;

/// Why writing to or reading from a save file failed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum StoreError {
    /// No room is left.
    #[error("the disk is full, so {} could not be saved; free some space", path.display())]
    DiskFull {
        /// The file that was being written.
        path: PathBuf,
    },
    /// The file or its folder may not be written.
    #[error("no permission to write {}; check the folder's rights or use another profile folder", path.display())]
    NotPermitted {
        /// The file that was being written.
        path: PathBuf,
    },
    /// The file was moved or deleted while the game used it.
    #[error("{} was moved or deleted while the game was using it", path.display())]
    Gone {
        /// The file that is no longer there.
        path: PathBuf,
    },
    /// Another process has the file open.
    #[error("{} is in use by another program; close it", path.display())]
    InUse {
        /// The file in question.
        path: PathBuf,
    },
    /// The file is not what was written.
    #[error("{} is damaged: {what}", path.display())]
    Damaged {
        /// The file in question.
        path: PathBuf,
        /// What was seen.
        what: String,
    },
    /// Any other failure of the disk or the system.
    #[error("{} could not be used: {what}", path.display())]
    Io {
        /// The file in question.
        path: PathBuf,
        /// What the system said.
        what: String,
    },
    /// A record is too large to be saved at all. Trying again does not help.
    #[error("the record {key} has {bytes} bytes; at most 268435456 can be saved")]
    TooLarge {
        /// The record.
        key: RecordKey,
        /// Its size.
        bytes: u64,
    },
}

impl StoreError {
    /// Whether the same save can succeed later without being changed.
    pub fn is_worth_retrying(&self) -> bool {
        !matches!(self, Self::TooLarge { .. })
    }

    pub(crate) fn from_io(path: &Path, error: &io::Error) -> Self {
        let path = path.to_path_buf();
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull { path },
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Self::NotPermitted { path }
            }
            io::ErrorKind::NotFound => Self::Gone { path },
            _ => Self::Io {
                path,
                what: error.to_string(),
            },
        }
    }

    /// Reads the debug text of an error or a panic of the key-value store, which has no common
    /// error type and gives the kind of an I/O error in no other way.
    pub(crate) fn from_text(path: &Path, text: &str) -> Self {
        let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
        let owned = path.to_path_buf();
        if has(&["StorageFull", "QuotaExceeded", "No space left"]) {
            Self::DiskFull { path: owned }
        } else if has(&["PermissionDenied", "ReadOnlyFilesystem"]) {
            Self::NotPermitted { path: owned }
        } else if has(&["DatabaseAlreadyOpen"]) {
            Self::InUse { path: owned }
        } else if has(&["kind: NotFound"]) {
            Self::Gone { path: owned }
        } else if has(&["Io(Os", "PreviousIo", "kind: Other"]) && !has(&["UnexpectedEof"]) {
            Self::Io {
                path: owned,
                what: shorten(text),
            }
        } else {
            Self::Damaged {
                path: owned,
                what: shorten(text),
            }
        }
    }
}

fn shorten(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    line.chars().take(200).collect()
}

/// Why a slot could not be loaded.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum LoadError {
    /// There is no such save.
    #[error("there is no save named \"{slot}\"")]
    NotFound {
        /// The slot that was asked for.
        slot: SlotName,
    },
    /// The slot has only one generation, so there is no previous one.
    #[error("the save \"{slot}\" has no previous generation")]
    NoPrevious {
        /// The slot that was asked for.
        slot: SlotName,
    },
    /// Nothing in the slot's files can be read.
    #[error("the save \"{slot}\" is damaged beyond reading: {}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Unreadable {
        /// The slot that was asked for.
        slot: SlotName,
        /// What was found, file by file.
        problems: Vec<Problem>,
    },
    /// A newer version of the game wrote it.
    #[error(
        "the save \"{slot}\" was written by a newer version (format {format}); update the game to load it"
    )]
    TooNew {
        /// The slot that was asked for.
        slot: SlotName,
        /// The format it has.
        format: u16,
    },
    /// The file system refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Something a load or a look at a slot found wrong, and what was done about it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Problem {
    /// Nothing in a file could be read.
    #[error("nothing in {file} can be read: {what}")]
    FileUnreadable {
        /// The file's name.
        file: String,
        /// What was seen.
        what: String,
    },
    /// A file is damaged; what could be read of it was.
    #[error("{file} is damaged: {what}")]
    FileDamaged {
        /// The file's name.
        file: String,
        /// What was seen.
        what: String,
    },
    /// A newer version of the game wrote a file.
    #[error("{file} was written by a newer version (format {format})")]
    FileTooNew {
        /// The file's name.
        file: String,
        /// The format it has.
        format: u16,
    },
    /// A file was renamed to keep it out of the way.
    #[error("{file} was set aside as {renamed}")]
    SetAside {
        /// The file's name.
        file: String,
        /// Its new name.
        renamed: String,
    },
    /// Saves newer than the loaded one were completed, and nothing of them can be read.
    #[error(
        "the newest save (generation {generation}, {sequence} changes after it) is lost; an older one was found"
    )]
    NewerLost {
        /// Generation of the lost save.
        generation: u64,
        /// How many saves of changes had followed its checkpoint.
        sequence: u32,
    },
    /// A record's newest version is damaged; an older one was taken.
    #[error("{key} is damaged; its state from an earlier save (generation {generation}) was taken")]
    RecordFromEarlier {
        /// The record.
        key: RecordKey,
        /// The generation it was taken from. The same as the loaded one when an earlier version
        /// in the same file served.
        generation: u64,
    },
    /// A record is damaged and no older version is there.
    #[error("{key} is damaged and lost")]
    RecordLost {
        /// The record.
        key: RecordKey,
    },
    /// Records whose names are lost too.
    #[error("{count} records are damaged and lost")]
    RecordsLost {
        /// How many, at most.
        count: u64,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_the_store_are_understood() {
        let path = Path::new("saves/a.b");
        let kind = |text: &str| StoreError::from_text(path, text);
        let owned = path.to_path_buf();
        assert_eq!(
            kind(
                "Failed to init: Storage(Io(Os { code: 28, kind: StorageFull, message: \"No space left on device\" }))"
            ),
            StoreError::DiskFull {
                path: owned.clone()
            }
        );
        assert_eq!(
            kind("Storage(Io(Os { code: 13, kind: PermissionDenied }))"),
            StoreError::NotPermitted {
                path: owned.clone()
            }
        );
        assert_eq!(
            kind("Failed to init key value store: DatabaseAlreadyOpen"),
            StoreError::InUse { path: owned }
        );
        assert!(matches!(
            kind("Io(Os { code: 5, kind: Uncategorized })"),
            StoreError::Io { .. }
        ));
        assert!(matches!(
            kind("assertion failed: left == right"),
            StoreError::Damaged { .. }
        ));
        assert!(matches!(
            kind("Io(Error { kind: UnexpectedEof })"),
            StoreError::Damaged { .. }
        ));
    }
}
