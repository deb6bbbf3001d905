//! The key-value store under the saves: `bevy_pkv`, or one that fails on purpose in tests.

use std::fs;
use std::path::Path;

use bevy_pkv::{GetError, PkvStore};
use serde_bytes::{ByteBuf, Bytes};

use super::error::StoreError;

/// Opens key-value stores. Called on the writer thread only, and always inside `catch_unwind`.
pub trait Backend: Send + 'static {
    /// Opens the store in the file `dir/file`, creating it when it is not there.
    ///
    /// # Errors
    /// Whatever keeps the file from being used. A panic counts as a damaged file.
    fn open(&mut self, dir: &Path, file: &str) -> Result<Box<dyn KeyValue>, StoreError>;
}

/// An open key-value store. It must lie in the one file it was opened with.
pub trait KeyValue {
    /// Stores `value` under `key`, durably and all or nothing.
    ///
    /// # Errors
    /// The value is then stored or not, and the store is of no further use.
    fn set(&mut self, key: &str, value: &[u8]) -> Result<(), StoreError>;

    /// The value under `key`, if there is one.
    ///
    /// # Errors
    /// When the file cannot be read.
    fn get(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError>;
}

/// Stores in `bevy_pkv` files.
#[derive(Debug, Clone, Copy, Default)]
pub struct PkvBackend;

struct Pkv {
    store: PkvStore,
    path: std::path::PathBuf,
}

impl Backend for PkvBackend {
    fn open(&mut self, dir: &Path, file: &str) -> Result<Box<dyn KeyValue>, StoreError> {
        let path = dir.join(file);
        // bevy_pkv answers every failure with a panic, so the common ones are looked for first.
        fs::create_dir_all(dir).map_err(|error| StoreError::from_io(dir, &error))?;
        fs::OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|error| StoreError::from_io(&path, &error))?;
        let store = PkvStore::new_in_dir_with_filename(dir, file);
        Ok(Box::new(Pkv { store, path }))
    }
}

impl KeyValue for Pkv {
    fn set(&mut self, key: &str, value: &[u8]) -> Result<(), StoreError> {
        // As plain bytes: a vector would be stored number by number, nine times slower.
        self.store
            .set(key, &Bytes::new(value))
            .map_err(|error| StoreError::from_text(&self.path, &format!("{error:?}")))
    }

    fn get(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        match self.store.get::<ByteBuf>(key) {
            Ok(value) => Ok(Some(value.into_vec())),
            Err(GetError::NotFound) => Ok(None),
            Err(error) => Err(StoreError::from_text(&self.path, &format!("{error:?}"))),
        }
    }
}
