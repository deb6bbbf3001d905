//! Packs on disk.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    super::{codes, diagnostic::Diagnostic, files, source_map::Place},
    MAX_FILE_BYTES, PackSource, SourceFile,
};

/// Folders deeper than this are not entered.
const MAX_DEPTH: usize = 16;

/// A folder that holds pack folders: `assets/packs/` with `core/`, `demo/` inside.
///
/// Only `*.ron` files are read. Files and folders whose names begin with a dot, and files directly
/// in the folder itself, are left alone. A folder without any `.ron` file is not a pack.
#[derive(Clone, Debug)]
pub struct FolderSource {
    folder: PathBuf,
}

impl FolderSource {
    /// The folder, absolute or relative to the working directory.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
        }
    }
}

impl PackSource for FolderSource {
    fn read(&self) -> Result<Vec<SourceFile>, Vec<Diagnostic>> {
        let mut walk = Walk::default();
        match entries(&self.folder) {
            Ok(found) => {
                for (name, path) in found {
                    if path.is_dir() {
                        walk.folder(&path, &name, "");
                    }
                }
            }
            Err(error) => walk.errors.push(
                Diagnostic::error(
                    codes::IO,
                    format!("cannot read {}: {error}", self.describe()),
                )
                .with_help("create the folder, or leave the source out".to_owned()),
            ),
        }
        if walk.errors.is_empty() {
            Ok(walk.files)
        } else {
            Err(walk.errors)
        }
    }

    fn describe(&self) -> String {
        format!("folder {}", self.folder.display())
    }

    fn watch_paths(&self) -> Vec<PathBuf> {
        vec![self.folder.clone()]
    }
}

#[derive(Default)]
struct Walk {
    files: Vec<SourceFile>,
    errors: Vec<Diagnostic>,
    /// The folders that are being read, links resolved: a link may lead back to one of them.
    open: Vec<PathBuf>,
}

impl Walk {
    fn folder(&mut self, folder: &Path, pack: &str, inside: &str) {
        let unreadable = |error: io::Error| format!("cannot read this folder: {error}");
        let opened = fs::canonicalize(folder)
            .map_err(unreadable)
            .and_then(|real| {
                if self.open.contains(&real) {
                    Err("this link leads back to a folder that it lies in".to_owned())
                } else if self.open.len() >= MAX_DEPTH {
                    Err(format!("folders are nested more than {MAX_DEPTH} deep"))
                } else {
                    Ok((real, entries(folder).map_err(unreadable)?))
                }
            });
        let found = match opened {
            Ok((real, found)) => {
                self.open.push(real);
                found
            }
            Err(message) => return self.error(codes::IO, message, pack, inside),
        };
        for (name, path) in found {
            let inside = if inside.is_empty() {
                name.clone()
            } else {
                format!("{inside}/{name}")
            };
            if path.is_dir() {
                self.folder(&path, pack, &inside);
            } else if path
                .extension()
                .is_some_and(|ext| ext.eq_ignore_ascii_case("ron"))
            {
                self.file(&path, pack, inside);
            }
        }
        self.open.pop();
    }

    fn file(&mut self, path: &Path, pack: &str, inside: String) {
        match read_text(path) {
            Ok(text) => self.files.push(SourceFile::new(pack, inside, text)),
            Err((code, message)) => self.error(code, message, pack, &inside),
        }
    }

    fn error(&mut self, code: &'static str, message: String, pack: &str, inside: &str) {
        self.errors
            .push(Diagnostic::error(code, message).with_place(Place {
                file: format!("{pack}/{inside}"),
                line: 1,
                column: 1,
            }));
    }
}

fn read_text(path: &Path) -> Result<String, (&'static str, String)> {
    let unreadable = |error: io::Error| (codes::IO, format!("cannot read this file: {error}"));
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        return Err((codes::IO, "this is not a file".to_owned()));
    }
    let size = metadata.len();
    if size > MAX_FILE_BYTES as u64 {
        return Err((codes::TOO_LARGE, files::too_large(size)));
    }
    let bytes = fs::read(path).map_err(unreadable)?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = 1 + error.as_bytes()[..at]
            .iter()
            .filter(|b| **b == b'\n')
            .count();
        let message = format!("this file is not UTF-8: wrong byte at offset {at}, line {line}");
        (codes::NOT_UTF8, message)
    })
}

/// Names and paths in a folder, sorted, without hidden ones and without names that are not UTF-8
/// (no content name could ever match them).
fn entries(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if let Some(name) = entry.file_name().to_str()
            && !name.starts_with('.')
        {
            found.push((name.to_owned(), entry.path()));
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn reads_packs_and_only_ron_files() {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &[u8]| {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("demo/pack.ron", b"()");
        write("demo/items/blades/a.ron", b"{}");
        write("demo/README.md", b"read me");
        write("demo/items/.#a.ron", b"an editor's lock file");
        write("stray.ron", b"{}");
        let files = FolderSource::new(folder.path()).read().unwrap();
        let names: Vec<String> = files
            .iter()
            .map(|f| format!("{}/{}", f.pack, f.path))
            .collect();
        assert_eq!(names, ["demo/items/blades/a.ron", "demo/pack.ron"]);

        write("demo/items/latin1.ron", b"{\n\"caf\xe9\": () }");
        write("demo/items/huge.ron", &vec![b' '; MAX_FILE_BYTES + 1]);
        fs::create_dir_all(folder.path().join("demo/items/dir.ron")).unwrap();
        let errors = FolderSource::new(folder.path()).read().unwrap_err();
        let found: Vec<(&str, String)> = errors
            .iter()
            .map(|e| (e.code, e.place.clone().unwrap().file))
            .collect();
        assert_eq!(
            found,
            [
                ("too-large", "demo/items/huge.ron".to_owned()),
                ("not-utf8", "demo/items/latin1.ron".to_owned()),
            ]
        );
        assert!(errors[1].message.ends_with("offset 6, line 2"));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_a_circle_ends() {
        let folder = tempfile::tempdir().unwrap();
        let items = folder.path().join("demo/items");
        fs::create_dir_all(&items).unwrap();
        std::os::unix::fs::symlink(folder.path().join("demo"), items.join("again")).unwrap();
        let errors = FolderSource::new(folder.path()).read().unwrap_err();
        assert_eq!(errors.len(), 1);
        assert_eq!(errors[0].place.clone().unwrap().file, "demo/items/again");
    }

    #[test]
    fn a_missing_folder_is_an_error() {
        let errors = FolderSource::new("/no/such/folder").read().unwrap_err();
        assert_eq!(errors[0].code, "io");
    }
}
