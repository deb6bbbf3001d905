//! A profile: the folder that holds one player's saves, and the lock that says who owns it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::error::StoreError;
use super::files::Identity;

const LOCK_FILE: &str = "profile.lock";
const PROBE_FILE: &str = "profile.probe";

/// A profile folder, owned for as long as this value lives.
///
/// The lock belongs to the process: the system releases it when the process ends, however it ends.
#[derive(Debug)]
pub struct Profile {
    dir: PathBuf,
    lock: File,
    identity: Option<Identity>,
}

impl Profile {
    /// Creates the folder if need be and takes it.
    ///
    /// # Errors
    /// [`ProfileError::InUse`] when this or another process has it open, otherwise why the folder
    /// cannot be used.
    pub fn open(dir: impl AsRef<Path>) -> Result<Self, ProfileError> {
        let dir = dir.as_ref();
        let refused = |error: &io::Error| ProfileError::from_io(dir, error);
        fs::create_dir_all(dir).map_err(|error| refused(&error))?;
        let path = dir.join(LOCK_FILE);
        // The content does not matter and stays empty.
        let lock = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|error| refused(&error))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(ProfileError::InUse { dir: dir.into() });
            }
            Err(TryLockError::Error(error)) => return Err(refused(&error)),
        }
        // An old lock file can be opened where no new file may be made.
        let probe = dir.join(PROBE_FILE);
        File::create(&probe).map_err(|error| refused(&error))?;
        fs::remove_file(&probe).map_err(|error| refused(&error))?;
        Ok(Self {
            dir: dir.into(),
            identity: Identity::of(&path),
            lock,
        })
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Takes the folder again if somebody moved or deleted it: a lock on a deleted file keeps
    /// nobody out.
    pub(crate) fn ensure(&mut self) -> Result<(), StoreError> {
        let path = self.dir.join(LOCK_FILE);
        let now = Identity::of(&path);
        if now.is_some() && now == self.identity {
            return Ok(());
        }
        *self = Self::open(&self.dir).map_err(|error| match error {
            ProfileError::InUse { .. } => StoreError::InUse { path },
            ProfileError::NotWritable { .. } => StoreError::NotPermitted { path },
            ProfileError::DiskFull { .. } => StoreError::DiskFull { path },
            other => StoreError::Io {
                path,
                what: other.to_string(),
            },
        })?;
        Ok(())
    }
}

impl Drop for Profile {
    fn drop(&mut self) {
        // Closing the file unlocks it as well; a failure here changes nothing.
        let _ = self.lock.unlock();
    }
}

/// Why a profile folder cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ProfileError {
    /// Another game, or this one a second time, has it open.
    #[error("this profile is in use by another running game; close it or use another profile folder ({})", dir.display())]
    InUse {
        /// The folder.
        dir: PathBuf,
    },
    /// The folder cannot be created or written.
    #[error("the profile folder {} cannot be written ({what}); check its rights or use another profile folder", dir.display())]
    NotWritable {
        /// The folder.
        dir: PathBuf,
        /// What the system said.
        what: String,
    },
    /// No room is left.
    #[error("the disk that holds the profile folder {} is full; free some space", dir.display())]
    DiskFull {
        /// The folder.
        dir: PathBuf,
    },
    /// Something that is not a folder stands at that path.
    #[error("{} cannot be a profile folder: it, or a part of its path, is a file; use another path", dir.display())]
    NotAFolder {
        /// The path.
        dir: PathBuf,
    },
    /// The file system cannot lock files.
    #[error("the file system of {} cannot lock files; use a folder on a local disk", dir.display())]
    NoLocks {
        /// The folder.
        dir: PathBuf,
    },
}

impl ProfileError {
    fn from_io(dir: &Path, error: &io::Error) -> Self {
        let dir = dir.to_path_buf();
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull { dir },
            io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => Self::NotAFolder { dir },
            io::ErrorKind::Unsupported => Self::NoLocks { dir },
            _ => Self::NotWritable {
                dir,
                what: error.to_string(),
            },
        }
    }
}
