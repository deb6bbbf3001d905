//! Packs in memory, for tests, tools and generated content.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use super::{super::diagnostic::Diagnostic, PackSource, SourceFile};

type Files = BTreeMap<(String, String), String>;

/// Packs that live in memory. Clones share the same files, so a test keeps one and edits it.
#[derive(Clone, Debug, Default)]
pub struct MemorySource {
    files: Arc<Mutex<Files>>,
}

impl MemorySource {
    /// No packs.
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes a file, whether it was there or not.
    pub fn set(&self, pack: impl Into<String>, path: impl Into<String>, text: impl Into<String>) {
        self.with(|files| files.insert((pack.into(), path.into()), text.into()));
    }

    /// Deletes a file; no effect if it is not there.
    pub fn remove(&self, pack: &str, path: &str) {
        self.with(|files| files.remove(&(pack.to_owned(), path.to_owned())));
    }

    fn with<R>(&self, edit: impl FnOnce(&mut Files) -> R) -> R {
        edit(&mut self.files.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl PackSource for MemorySource {
    fn read(&self) -> Result<Vec<SourceFile>, Vec<Diagnostic>> {
        Ok(self.with(|files| {
            files
                .iter()
                .map(|((pack, path), text)| SourceFile::new(pack, path, text))
                .collect()
        }))
    }

    fn describe(&self) -> String {
        "memory".to_owned()
    }
}
