//! Calls into the key-value store that may panic.
//!
//! `bevy_pkv` panics on files it cannot open, and redb under it on files that are damaged. Those
//! panics end here, as errors. They still go through the program's panic hook, which by default
//! prints them: a library has no business replacing the hook.
//!
//! With `panic = "abort"` nothing can be caught: keep `panic = "unwind"`, Cargo's default.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use super::backend::{Backend, KeyValue};
use super::error::StoreError;

/// An open store that cannot panic.
pub(crate) struct Guarded {
    store: Option<Box<dyn KeyValue>>,
    path: PathBuf,
}

impl Guarded {
    pub(crate) fn open(
        backend: &mut dyn Backend,
        dir: &Path,
        file: &str,
    ) -> Result<Self, StoreError> {
        let path = dir.join(file);
        let store = caught(&path, || backend.open(dir, file))??;
        Ok(Self {
            store: Some(store),
            path,
        })
    }

    pub(crate) fn set(&mut self, key: &str, value: &[u8]) -> Result<(), StoreError> {
        self.call(|store| store.set(key, value))
    }

    pub(crate) fn get(&mut self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.call(|store| store.get(key))
    }

    fn call<T>(
        &mut self,
        work: impl FnOnce(&mut dyn KeyValue) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let Some(store) = &mut self.store else {
            return Err(StoreError::Damaged {
                path: self.path.clone(),
                what: "closed after an earlier failure".into(),
            });
        };
        let result = caught(&self.path, || work(store.as_mut()));
        if result.is_err() {
            // Closing a store that panicked writes from a state nobody vouches for, and a second
            // panic while unwinding would end the process. Leaking it costs one file handle.
            std::mem::forget(self.store.take());
        }
        result?
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        if let Some(store) = self.store.take() {
            // Closing failed: the file is then as after a crash, which loading copes with.
            let _ = caught(&self.path, || drop(store));
        }
    }
}

fn caught<T>(path: &Path, work: impl FnOnce() -> T) -> Result<T, StoreError> {
    catch_unwind(AssertUnwindSafe(work))
        .map_err(|panic| StoreError::from_text(path, panic_text(panic.as_ref())))
}

fn panic_text(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("panicked")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::store::PkvBackend;

    #[test]
    fn a_second_open_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        let mut first = Guarded::open(&mut PkvBackend, dir.path(), "x.a").unwrap();
        let second = Guarded::open(&mut PkvBackend, dir.path(), "x.a");
        assert!(matches!(second.err(), Some(StoreError::InUse { .. })));
        first.set("k", b"v").unwrap();
        assert_eq!(first.get("k").unwrap().as_deref(), Some(&b"v"[..]));
        assert_eq!(first.get("other").unwrap(), None);
    }

    #[test]
    fn a_truncated_file_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        drop(Guarded::open(&mut PkvBackend, dir.path(), "x.a").unwrap());
        let path = dir.path().join("x.a");
        let bytes = std::fs::read(&path).unwrap();
        std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
        let opened = Guarded::open(&mut PkvBackend, dir.path(), "x.a");
        assert!(matches!(opened.err(), Some(StoreError::Damaged { .. })));
    }

    #[test]
    fn a_folder_in_place_of_the_file_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("x.a")).unwrap();
        assert!(Guarded::open(&mut PkvBackend, dir.path(), "x.a").is_err());
    }
}
