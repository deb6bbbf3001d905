//! All entries of a kind, with the versions that different packs give of one entry.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    body::{self, Body, Entry},
    codes,
    diagnostic::Diagnostic,
    pack::Packs,
    source_map::{SourceMap, Span},
    suggest,
};

/// What one pack says about an entry.
pub(crate) struct Version<'a> {
    pub(crate) key_span: Span,
    /// `None` if it could not be read, which has been reported.
    pub(crate) body: Option<Body<'a>>,
}

/// The entries of one kind.
#[derive(Default)]
pub(crate) struct Entries<'a> {
    /// By full name; versions in the order of packs, the last one counts.
    pub(crate) versions: BTreeMap<Arc<str>, Vec<Version<'a>>>,
    /// Packs of which a file of this kind could not be read: nothing can be said about names
    /// that are missing there.
    pub(crate) incomplete: BTreeSet<String>,
}

impl Entries<'_> {
    /// Names as strings, for suggestions.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.versions.keys().map(AsRef::as_ref)
    }

    /// Whether `name` may be missing only because a file could not be read.
    pub(crate) fn may_be_hidden(&self, name: &str) -> bool {
        let pack = name.split(':').next().unwrap_or_default();
        self.incomplete.contains(pack)
    }
}

/// Reads all definition files. `kinds` are the registered ones, `ignored` further folders that are
/// passed over.
pub(crate) fn collect<'a>(
    sources: &'a SourceMap,
    packs: &Packs,
    kinds: &BTreeSet<&'static str>,
    ignored: &BTreeSet<&'static str>,
    found: &mut Vec<Diagnostic>,
) -> BTreeMap<&'static str, Entries<'a>> {
    let mut all: BTreeMap<&'static str, Entries<'a>> = kinds
        .iter()
        .map(|kind| (*kind, Entries::default()))
        .collect();
    let mut unknown = BTreeSet::new();
    for pack in packs.names() {
        let files = sources.files.iter().enumerate();
        for (index, file) in files.filter(|(_, file)| file.pack == pack) {
            if file.path == "pack.ron" {
                continue;
            }
            let at = Span::new(index as u32, 0..0);
            let Some((folder, _)) = file.path.split_once('/') else {
                let message = format!("`{}` lies outside the folders of kinds", file.path);
                let help = format!("move it to one of: {}", list(kinds));
                found.push(
                    Diagnostic::error(codes::MISPLACED_FILE, message)
                        .at(sources, at)
                        .with_help(help),
                );
                continue;
            };
            if let Some(entries) = all.get_mut(folder) {
                let mut collector = Collector {
                    sources,
                    packs,
                    entries,
                    found,
                };
                collector.file(index as u32, pack, folder);
            } else if !ignored.contains(folder) && unknown.insert((pack, folder)) {
                let message = format!("unknown folder `{folder}`");
                found.push(
                    Diagnostic::error(codes::UNKNOWN_FOLDER, message)
                        .at(sources, at)
                        .with_help(suggest::help(folder, kinds.iter().copied())),
                );
            }
        }
    }
    all
}

fn list(kinds: &BTreeSet<&'static str>) -> String {
    suggest::quoted(&kinds.iter().copied().collect::<Vec<_>>())
}

struct Collector<'c, 'a> {
    sources: &'a SourceMap,
    packs: &'c Packs,
    entries: &'c mut Entries<'a>,
    found: &'c mut Vec<Diagnostic>,
}

impl<'a> Collector<'_, 'a> {
    fn file(&mut self, file: u32, pack: &str, kind: &str) {
        match body::parse(self.sources, file, self.found) {
            Some(entries) => {
                for entry in entries {
                    self.entry(entry, pack, kind);
                }
            }
            None => {
                self.entries.incomplete.insert(pack.to_owned());
            }
        }
    }

    fn entry(&mut self, entry: Entry<'a>, pack: &str, kind: &str) {
        let (home, short) = entry.key.split_once(':').unwrap_or((pack, entry.key));
        let allowed = |c: char| c.is_ascii_alphanumeric() || "_-./".contains(c);
        if short.is_empty() || !short.chars().all(allowed) {
            let message = format!("`{}` is no name for an entry", entry.key);
            let help = "use letters, digits, `_`, `-`, `.` and `/`, as in `iron_sword`";
            self.error(
                codes::BAD_NAME,
                message,
                entry.key_span,
                Some(help.to_owned()),
            );
            return;
        }
        let name: Arc<str> = Arc::from(format!("{home}:{short}"));
        if self.may_stand(&entry, &name, home, pack, kind) {
            self.entries
                .versions
                .entry(name)
                .or_default()
                .push(Version {
                    key_span: entry.key_span,
                    body: entry.body,
                });
        }
    }

    /// Whether this pack may say something about this entry, here.
    fn may_stand(
        &mut self,
        entry: &Entry<'_>,
        name: &str,
        home: &str,
        pack: &str,
        kind: &str,
    ) -> bool {
        let replace = entry.body.as_ref().and_then(|body| body.replace);
        let last = self.entries.versions.get(name).and_then(|v| v.last());
        let last = last.map(|version| version.key_span);
        let same_pack = last.filter(|last| self.sources.pack(*last) == pack);
        if let Some(first) = same_pack.and_then(|first| self.sources.place(first)) {
            let message = format!("`{name}` is defined twice");
            let help = format!("the first one is at {first}; give one of them another name");
            self.error(codes::DUPLICATE_ENTRY, message, entry.key_span, Some(help));
            return false;
        }
        if home == pack {
            if let Some(span) = replace {
                let message = format!("there is no earlier `{name}` to replace");
                let help = format!(
                    "leave `replace` out; it is for entries of other packs, \
                     such as `\"core:{}\"`",
                    entry.key
                );
                self.error(codes::NOTHING_TO_REPLACE, message, span, Some(help));
            }
            return true;
        }
        if !self.packs.contains(home) {
            let help = suggest::help(home, self.packs.names());
            let message = format!("pack `{home}` is not there");
            self.error(codes::UNKNOWN_PACK, message, entry.key_span, help);
            return false;
        }
        if !self.packs.reaches(pack, home) {
            let message = format!("pack `{pack}` does not depend on `{home}`");
            let help = format!("add `\"{home}\"` to `depends` in {pack}/pack.ron");
            self.error(codes::UNDECLARED_PACK, message, entry.key_span, Some(help));
            return false;
        }
        let Some(last) = last else {
            if !self.entries.may_be_hidden(name) {
                let one = suggest::singular(kind);
                let near = suggest::did_you_mean(name, self.entries.names());
                let help = near.map(|near| format!("did you mean `{near}`?"));
                let message = format!("pack `{home}` has no {one} `{name}` to replace or extend");
                self.error(codes::NOTHING_TO_REPLACE, message, entry.key_span, help);
            }
            return false;
        };
        let patch = entry
            .body
            .as_ref()
            .is_none_or(|body| body.extends.as_ref().is_some_and(|parent| parent == name));
        if replace.is_none() && !patch {
            let place = self.sources.place(last).unwrap_or_default();
            let message = format!("`{name}` is already defined in {place}");
            let help = format!(
                "write `replace: true` to replace it, or `extends: \"{name}\"` to change parts of it"
            );
            self.error(codes::NOT_REPLACED, message, entry.key_span, Some(help));
            return false;
        }
        true
    }

    fn error(&mut self, code: &'static str, message: String, at: Span, help: Option<String>) {
        self.found.push(
            Diagnostic::error(code, message)
                .at(self.sources, at)
                .with_help(help),
        );
    }
}
