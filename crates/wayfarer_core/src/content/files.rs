//! From the given files to the texts that are compiled.

use super::{
    codes,
    diagnostic::Diagnostic,
    lookup::PackHash,
    pack::Packs,
    source::{MAX_FILE_BYTES, SourceFile},
    source_map::{Place, SourceMap, SourceText},
};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// Sorted, so that nothing depends on the order of reading.
pub(crate) fn source_map(files: &[SourceFile], found: &mut Vec<Diagnostic>) -> SourceMap {
    let mut sorted: Vec<&SourceFile> = files.iter().collect();
    sorted.sort_by(|a, b| (&a.pack, &a.path).cmp(&(&b.pack, &b.path)));
    let mut sources = SourceMap::default();
    let mut error = |file: &SourceFile, code, message: String| {
        found.push(Diagnostic::error(code, message).with_place(Place {
            file: format!("{}/{}", file.pack, file.path),
            line: 1,
            column: 1,
        }));
    };
    for file in sorted {
        if sources
            .files
            .last()
            .is_some_and(|last: &SourceText| last.pack == file.pack && last.path == file.path)
        {
            let message = "this file was given twice".to_owned();
            error(file, codes::DUPLICATE_FILE, message);
        } else if file.text.len() > MAX_FILE_BYTES {
            error(file, codes::TOO_LARGE, too_large(file.text.len() as u64));
        } else {
            sources
                .files
                .push(SourceText::new(&file.pack, &file.path, &file.text));
        }
    }
    sources
}

pub(crate) fn too_large(size: u64) -> String {
    format!("this file has {size} bytes; the limit is {MAX_FILE_BYTES}")
}

/// The hash of each pack, in the order of packs.
pub(crate) fn pack_hashes(sources: &SourceMap, packs: &Packs) -> Vec<PackHash> {
    let of_pack = |info: &super::PackInfo| {
        let files: Vec<(String, u64)> = sources
            .files
            .iter()
            .filter(|file| file.pack == info.name)
            .map(|file| (file.path.clone(), xxh3_64(file.text.as_bytes())))
            .collect();
        let mut hash = Xxh3::new();
        for (path, file) in &files {
            hash.update(&xxh3_64(path.as_bytes()).to_le_bytes());
            hash.update(&file.to_le_bytes());
        }
        (
            info.name.clone(),
            info.version.clone(),
            hash.digest(),
            files,
        )
    };
    packs.infos.iter().map(of_pack).collect()
}

/// One hash for everything.
pub(crate) fn hash(packs: &[PackHash]) -> u64 {
    let mut hash = Xxh3::new();
    let mut sorted: Vec<(&str, u64)> = packs.iter().map(|p| (p.0.as_str(), p.2)).collect();
    sorted.sort_unstable();
    for (name, pack) in sorted {
        hash.update(&xxh3_64(name.as_bytes()).to_le_bytes());
        hash.update(&pack.to_le_bytes());
    }
    hash.digest()
}
