//! The packs that a command was given: a folder of packs, or one pack with those it depends on.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::Args;
use serde::Deserialize;
use wayfarer_core::content::{
    self, Diagnostic, FolderSource, MAX_FILE_BYTES, PackSource, Place, SourceFile,
};

use crate::end::End;

/// Where packs are, for every command that needs content.
#[derive(Args, Debug, Clone)]
pub(crate) struct MorePacks {
    /// Another folder of packs, or another pack, that is not to be found beside the first; of two
    /// packs with one name the later counts. Can be given several times
    #[arg(long = "with", value_name = "DIR")]
    with: Vec<PathBuf>,
    /// A folder inside packs that only the game understands, such as `spells`; it is not read.
    /// Can be given several times
    #[arg(long = "ignore", value_name = "KIND")]
    pub(crate) ignore: Vec<String>,
}

/// The packs that a command was given.
#[derive(Clone, Debug)]
pub(crate) struct Packs {
    roots: Vec<Root>,
}

#[derive(Clone, Debug)]
enum Root {
    /// A folder that holds packs.
    Folder(PathBuf),
    /// One pack, and what it depends on from the folder that it is in.
    One {
        /// The pack's folder.
        path: PathBuf,
        /// The folder's name, which is the pack's.
        name: String,
    },
}

impl Packs {
    /// Looks at what was given.
    pub(crate) fn find(first: &Path, more: &MorePacks) -> Result<Self, End> {
        let all = std::iter::once(first).chain(more.with.iter().map(PathBuf::as_path));
        let roots = all.map(Root::find).collect::<Result<_, End>>()?;
        Ok(Self { roots })
    }

    /// The packs as sources for an app, the later stronger.
    pub(crate) fn sources(&self) -> Vec<Arc<dyn PackSource>> {
        let sources = self.roots.iter().cloned();
        sources
            .map(|root| Arc::new(root) as Arc<dyn PackSource>)
            .collect()
    }

    /// All files of all packs.
    pub(crate) fn read(&self) -> Result<Vec<SourceFile>, Vec<Diagnostic>> {
        content::read_sources(&self.sources())
    }

    /// The folders that the packs are in, for watching.
    pub(crate) fn folders(&self) -> Vec<PathBuf> {
        self.roots
            .iter()
            .flat_map(PackSource::watch_paths)
            .collect()
    }
}

impl Root {
    fn find(path: &Path) -> Result<Self, End> {
        let shown = path.display();
        if !path.exists() {
            return Err(End::usage(
                format!("there is no folder `{shown}`"),
                "name the folder that holds your packs, such as `assets`, or one pack: \
                 a folder with a `pack.ron`",
            ));
        }
        if !path.is_dir() {
            return Err(End::usage(
                format!("`{shown}` is a file"),
                "name the folder that holds your packs, or one pack: a folder with a `pack.ron`",
            ));
        }
        if path.join("pack.ron").is_file() {
            // The name of `.` is known only once it is resolved.
            let path = fs::canonicalize(path)
                .map_err(|error| End::Failed(format!("cannot read `{shown}`: {error}")))?;
            let name = path.file_name().and_then(|name| name.to_str());
            let Some(name) = name.map(str::to_owned) else {
                return Err(End::usage(
                    format!("the folder `{shown}` has no name that a pack could have"),
                    "rename it: letters, digits, `_` and `-`",
                ));
            };
            return Ok(Self::One { path, name });
        }
        let has_pack = fs::read_dir(path)
            .map_err(|error| End::Failed(format!("cannot read `{shown}`: {error}")))?
            .filter_map(Result::ok)
            .any(|entry| entry.path().join("pack.ron").is_file());
        if !has_pack {
            return Err(End::usage(
                format!("there is no pack in `{shown}`"),
                "a pack is a folder with a `pack.ron`, such as (name: \"demo\", version: \"0.1.0\")",
            ));
        }
        Ok(Self::Folder(path.to_owned()))
    }
}

impl PackSource for Root {
    fn read(&self) -> Result<Vec<SourceFile>, Vec<Diagnostic>> {
        match self {
            Self::Folder(path) => FolderSource::new(path).read(),
            Self::One { path, name } => read_with_depends(path, name),
        }
    }

    fn describe(&self) -> String {
        match self {
            Self::Folder(path) => format!("folder {}", path.display()),
            Self::One { name, .. } => format!("pack {name}"),
        }
    }

    fn watch_paths(&self) -> Vec<PathBuf> {
        match self {
            Self::Folder(path) | Self::One { path, .. } => vec![path.clone()],
        }
    }
}

/// A pack, and from the folder beside it the packs it depends on, directly or not. What is not
/// there is left out: compiling says so, with the place.
fn read_with_depends(path: &Path, name: &str) -> Result<Vec<SourceFile>, Vec<Diagnostic>> {
    let mut files = read_pack(path, name)?;
    let mut done = BTreeSet::from([name.to_owned()]);
    let mut wanted = depends(&files, name);
    let beside = path.parent().unwrap_or(Path::new("."));
    while let Some(next) = wanted.pop() {
        let folder = beside.join(&next);
        // A name with a path in it is no pack's name, and must not lead anywhere.
        let is_name = Path::new(&next).components().count() == 1 && !next.starts_with('.');
        if !is_name || !folder.join("pack.ron").is_file() || !done.insert(next.clone()) {
            continue;
        }
        let read = read_pack(&folder, &next)?;
        wanted.extend(depends(&read, &next));
        files.extend(read);
    }
    Ok(files)
}

/// The files of one pack folder. `FolderSource` takes its folders for packs, so that their names
/// are put in front of the paths afterwards.
fn read_pack(path: &Path, name: &str) -> Result<Vec<SourceFile>, Vec<Diagnostic>> {
    let mut errors = Vec::new();
    let mut files = Vec::new();
    match FolderSource::new(path).read() {
        Ok(inside) => files.extend(inside.into_iter().map(|file| {
            let path = format!("{}/{}", file.pack, file.path);
            SourceFile::new(name, path, file.text)
        })),
        Err(found) => errors.extend(found.into_iter().map(|mut error| {
            if let Some(place) = &mut error.place {
                place.file = format!("{name}/{}", place.file);
            }
            error
        })),
    }
    for path in files_directly_in(path) {
        let Some(file) = path.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        match read_text(&path) {
            Ok(text) => files.push(SourceFile::new(name, file, text)),
            Err(why) => {
                let place = Place {
                    file: format!("{name}/{file}"),
                    line: 1,
                    column: 1,
                };
                errors.push(Diagnostic::error("io", why).with_place(place));
            }
        }
    }
    if errors.is_empty() {
        Ok(files)
    } else {
        Err(errors)
    }
}

fn files_directly_in(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            let hidden = path
                .file_name()
                .is_none_or(|name| name.to_str().is_none_or(|name| name.starts_with('.')));
            let ron = path
                .extension()
                .is_some_and(|ext| ext.eq_ignore_ascii_case("ron"));
            ron && !hidden && path.is_file()
        })
        .collect();
    found.sort();
    found
}

fn read_text(path: &Path) -> Result<String, String> {
    let unreadable = |error| format!("cannot read this file: {error}");
    let size = fs::metadata(path).map_err(unreadable)?.len();
    if size > MAX_FILE_BYTES as u64 {
        return Err(format!(
            "this file has {size} bytes; the limit is {MAX_FILE_BYTES}"
        ));
    }
    fs::read_to_string(path).map_err(unreadable)
}

/// What a pack depends on; empty if its `pack.ron` cannot be read, which compiling reports.
fn depends(files: &[SourceFile], pack: &str) -> Vec<String> {
    #[derive(Deserialize)]
    struct Manifest {
        #[serde(default)]
        depends: Vec<String>,
    }
    let manifest = files
        .iter()
        .find(|file| file.pack == pack && file.path == "pack.ron")
        .and_then(|file| content::options().from_str::<Manifest>(&file.text).ok());
    manifest
        .map(|manifest| manifest.depends)
        .unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    const NO_MORE: MorePacks = MorePacks {
        with: Vec::new(),
        ignore: Vec::new(),
    };

    fn write(root: &Path, path: &str, text: &str) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn names(packs: &Packs) -> Vec<String> {
        let mut names: Vec<String> = packs
            .read()
            .unwrap()
            .into_iter()
            .map(|file| format!("{}/{}", file.pack, file.path))
            .collect();
        names.sort();
        names
    }

    #[test]
    fn one_pack_brings_what_it_depends_on_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        write(root, "core/pack.ron", "(name: \"core\", version: \"1\")");
        write(root, "core/stats/a.ron", "{}");
        write(
            root,
            "base/pack.ron",
            "(name: \"base\", version: \"1\", depends: [\"core\"])",
        );
        write(
            root,
            "demo/pack.ron",
            "(name: \"demo\", version: \"1\", depends: [\"base\", \"../x\"])",
        );
        write(root, "demo/items/deep/b.ron", "{}");
        write(root, "other/pack.ron", "(");
        let one = Packs::find(&root.join("demo"), &NO_MORE).unwrap();
        assert_eq!(
            names(&one),
            [
                "base/pack.ron",
                "core/pack.ron",
                "core/stats/a.ron",
                "demo/items/deep/b.ron",
                "demo/pack.ron"
            ]
        );
        let all = Packs::find(root, &NO_MORE).unwrap();
        assert_eq!(names(&all).len(), 6);
    }

    #[test]
    fn a_folder_beside_stands_in_for_a_pack() {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        write(
            one.path(),
            "demo/pack.ron",
            "(name: \"demo\", version: \"1\")",
        );
        write(
            two.path(),
            "demo/pack.ron",
            "(name: \"demo\", version: \"2\")",
        );
        let more = MorePacks {
            with: vec![two.path().join("demo")],
            ignore: Vec::new(),
        };
        let packs = Packs::find(one.path(), &more).unwrap();
        let files = packs.read().unwrap();
        assert_eq!(files.len(), 1);
        assert!(files[0].text.contains('2'));
    }

    #[test]
    fn what_is_no_pack_is_said_with_a_remedy() {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), "file", "");
        for path in ["nowhere", "file", ""] {
            let found = Packs::find(&dir.path().join(path), &NO_MORE);
            assert!(matches!(found, Err(End::Usage(..))), "{path}: {found:?}");
        }
    }
}
