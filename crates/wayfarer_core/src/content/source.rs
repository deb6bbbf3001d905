//! Where packs come from.

mod embedded;
mod folder;
mod memory;

use std::path::PathBuf;

pub use embedded::EmbeddedSource;
pub use folder::FolderSource;
pub use memory::MemorySource;

use super::diagnostic::Diagnostic;

/// Largest content file that is read, in bytes (4 MiB).
pub const MAX_FILE_BYTES: usize = 4 * 1024 * 1024;

/// One file of a pack, as text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceFile {
    /// Name of the pack's folder.
    pub pack: String,
    /// Path inside the pack, `/`-separated: `pack.ron`, `items/swords.ron`.
    pub path: String,
    /// The content of the file.
    pub text: String,
}

impl SourceFile {
    /// A file with these parts.
    pub fn new(pack: impl Into<String>, path: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            pack: pack.into(),
            path: path.into(),
            text: text.into(),
        }
    }
}

/// A place that packs are read from: a folder, the program itself, memory, or something of a
/// game's own.
pub trait PackSource: Send + Sync {
    /// All files of all packs found there, `pack.ron` included, in any order.
    ///
    /// Called from a background task; may block.
    ///
    /// # Errors
    /// Every file that cannot be read, is not UTF-8 or is larger than [`MAX_FILE_BYTES`].
    fn read(&self) -> Result<Vec<SourceFile>, Vec<Diagnostic>>;

    /// The source in words, for logs: "folder assets/packs".
    fn describe(&self) -> String;

    /// Folders whose changes mean that the source should be read again. Empty if it cannot change
    /// or cannot be watched.
    fn watch_paths(&self) -> Vec<PathBuf> {
        Vec::new()
    }
}
