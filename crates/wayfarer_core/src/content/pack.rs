//! `pack.ron`: what a pack says about itself, and the order of packs.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{
    codes,
    diagnostic::Diagnostic,
    fields::Raw,
    ron_error,
    source_map::{Place, SourceMap, Span},
    suggest,
    text::Text,
};

/// What a pack says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackInfo {
    /// Name of the folder and first half of the names of its entries.
    pub name: String,
    /// Version in the author's own numbering.
    pub version: String,
    /// Packs that must be there and come earlier.
    pub depends: Vec<String>,
    /// SPDX expression, such as `CC-BY-4.0`; may be empty.
    pub licence: String,
    /// Name for people; may be empty.
    pub title: String,
}

#[derive(Deserialize)]
struct Manifest {
    name: Text,
    version: String,
    #[serde(default)]
    depends: Vec<Text>,
    #[serde(default, alias = "license")]
    licence: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    renamed: BTreeMap<Text, Text>,
}

/// All packs, dependencies first, otherwise by name.
#[derive(Default)]
pub(crate) struct Packs {
    pub(crate) infos: Vec<PackInfo>,
    /// For each pack all it depends on, directly or not.
    reach: BTreeMap<String, BTreeSet<String>>,
    /// For each pack what `renamed` says: the old name, and the new one.
    pub(crate) renamed: Vec<(String, Text, Text)>,
}

impl Packs {
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.infos.iter().map(|info| info.name.as_str())
    }

    pub(crate) fn contains(&self, pack: &str) -> bool {
        self.reach.contains_key(pack)
    }

    /// Whether `pack` may speak of the entries of `other`.
    pub(crate) fn reaches(&self, pack: &str, other: &str) -> bool {
        pack == other
            || self
                .reach
                .get(pack)
                .is_some_and(|reach| reach.contains(other))
    }

    /// Reads the `pack.ron` files and puts the packs in order.
    pub(crate) fn read(sources: &SourceMap, found: &mut Vec<Diagnostic>) -> Self {
        let folders: BTreeSet<&str> = sources.files.iter().map(|f| f.pack.as_str()).collect();
        let mut infos = BTreeMap::new();
        let mut renamed = Vec::new();
        // Where each dependency is written, for reporting cycles.
        let mut written = BTreeMap::new();
        for folder in &folders {
            if !is_name(folder) {
                let message = format!("`{folder}` is no name for a pack");
                found.push(
                    Diagnostic::error(codes::BAD_NAME, message)
                        .with_place(first_place(folder))
                        .with_help("use letters, digits, `_` and `-`".to_owned()),
                );
            }
            let info = match manifest(sources, folder, found) {
                Some(mut manifest) => {
                    let pairs = std::mem::take(&mut manifest.renamed).into_iter();
                    renamed.extend(pairs.map(|(old, new)| ((*folder).to_owned(), old, new)));
                    info(sources, folder, &folders, manifest, &mut written, found)
                }
                None => PackInfo {
                    name: (*folder).to_owned(),
                    ..PackInfo::default()
                },
            };
            infos.insert(info.name.clone(), info);
        }
        let mut packs = Self::in_order(infos, |from, to, path| {
            let span = written.get(&(from.to_owned(), to.to_owned()));
            let message = format!("packs depend on each other: {}", path.join(" → "));
            found.push(
                Diagnostic::error(codes::PACK_CYCLE, message)
                    .at(sources, span.copied().unwrap_or_default())
                    .with_help("take one of them out of `depends`".to_owned()),
            );
        });
        packs.renamed = renamed;
        packs
    }

    fn in_order(
        mut infos: BTreeMap<String, PackInfo>,
        cycle: impl FnOnce(&str, &str, Vec<&str>),
    ) -> Self {
        let mut packs = Self::default();
        loop {
            let ready = infos
                .values()
                .find(|info| info.depends.iter().all(|d| packs.contains(d)))
                .map(|info| info.name.clone());
            let Some(info) = ready.and_then(|name| infos.remove(&name)) else {
                break;
            };
            packs.push(info);
        }
        if let Some(first) = infos.keys().next() {
            // Every pack left waits for another one that is left: going on must lead in a circle.
            let mut path: Vec<&str> = vec![first];
            loop {
                let last = path[path.len() - 1];
                let waits_for = |d: &&String| infos.contains_key(d.as_str());
                let Some(next) = infos[last].depends.iter().find(waits_for) else {
                    break;
                };
                let seen = path.iter().position(|pack| pack == next);
                path.push(next);
                if let Some(start) = seen {
                    cycle(last, next, path.split_off(start));
                    break;
                }
            }
        }
        for info in infos.into_values() {
            packs.push(info);
        }
        packs
    }

    fn push(&mut self, info: PackInfo) {
        let mut reach: BTreeSet<String> = info.depends.iter().cloned().collect();
        for depends in &info.depends {
            reach.extend(self.reach.get(depends).into_iter().flatten().cloned());
        }
        self.reach.insert(info.name.clone(), reach);
        self.infos.push(info);
    }
}

/// Whether `name` may be the name of a pack.
fn is_name(name: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    !name.is_empty() && name.chars().all(allowed)
}

fn first_place(folder: &str) -> Place {
    Place {
        file: format!("{folder}/pack.ron"),
        line: 1,
        column: 1,
    }
}

fn manifest(sources: &SourceMap, folder: &str, found: &mut Vec<Diagnostic>) -> Option<Manifest> {
    let file = sources
        .files
        .iter()
        .position(|file| file.pack == folder && file.path == "pack.ron");
    let Some(file) = file else {
        let message = format!("pack `{folder}` has no `pack.ron`");
        let help = format!("create it: `(name: \"{folder}\", version: \"0.1.0\")`");
        found.push(
            Diagnostic::error(codes::NO_PACK_FILE, message)
                .with_place(first_place(folder))
                .with_help(help),
        );
        return None;
    };
    let text = sources.files[file].text.as_str();
    let whole = Raw::new(text, Span::new(file as u32, 0..text.len()));
    whole
        .read::<Manifest>()
        .map_err(|error| found.push(ron_error::diagnostic(sources, error.span, &error.code)))
        .ok()
}

fn info(
    sources: &SourceMap,
    folder: &str,
    folders: &BTreeSet<&str>,
    manifest: Manifest,
    written: &mut BTreeMap<(String, String), Span>,
    found: &mut Vec<Diagnostic>,
) -> PackInfo {
    if manifest.name != folder {
        let message = format!("the pack calls itself `{}`", manifest.name);
        let help = format!("its folder is `{folder}`; the two must be the same");
        found.push(
            Diagnostic::error(codes::PACK_NAME, message)
                .at(sources, super::Located::span(&manifest.name))
                .with_help(help),
        );
    }
    let mut depends = Vec::new();
    for depend in manifest.depends {
        let span = super::Located::span(&depend);
        if folders.contains(depend.as_str()) {
            written.insert((folder.to_owned(), depend.to_string()), span);
            depends.push(depend.into_string());
        } else {
            let others = folders.iter().copied().filter(|other| *other != folder);
            let message = format!("pack `{depend}` is not there");
            found.push(
                Diagnostic::error(codes::UNKNOWN_PACK, message)
                    .at(sources, span)
                    .with_help(suggest::help(&depend, others)),
            );
        }
    }
    PackInfo {
        name: folder.to_owned(),
        version: manifest.version,
        depends,
        licence: manifest.licence,
        title: manifest.title,
    }
}
