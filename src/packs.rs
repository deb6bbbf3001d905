//! The packs that come inside the library.

use include_dir::{Dir, include_dir};
use wayfarer_core::content::MemorySource;

static CORE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/assets/core");

/// The pack `core`: the rules of thumb every game needs (abilities, slots, compartments, load),
/// built into the program.
///
/// A game that has its own copy of the pack on disk adds its folder after this source: of two
/// sources with one pack the later counts.
pub fn core_pack() -> MemorySource {
    let source = MemorySource::new();
    let mut folders = vec![&CORE];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            // Paths in packs use `/` on every system.
            let path = file.path().to_string_lossy().replace('\\', "/");
            if let Some(text) = file.contents_utf8() {
                source.set("core", path, text);
            }
        }
    }
    source
}
