//! Entries that were called otherwise once: `renamed` in `pack.ron`.

use std::collections::BTreeMap;

use bevy::platform::collections::HashMap;

use super::{
    codes,
    diagnostic::Diagnostic,
    names::Names,
    pack::Packs,
    source_map::{Located, SourceMap},
    suggest,
};
use crate::id::DefId;

/// Old names and the names that entries have now, both in full.
#[derive(Default)]
pub(crate) struct Renamed {
    to: BTreeMap<String, String>,
}

impl Renamed {
    /// Reads what the packs say, follows chains to their ends, and reports what leads nowhere.
    pub(crate) fn read(
        packs: &Packs,
        names: &Names,
        sources: &SourceMap,
        found: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut said = BTreeMap::new();
        for (pack, old, new) in &packs.renamed {
            if old.contains(':') {
                let message = format!("`{old}` is no entry of pack `{pack}`");
                let help = "a pack renames entries of its own: leave the pack's name out";
                found.push(
                    Diagnostic::error(codes::BAD_RENAME, message)
                        .at(sources, old.span())
                        .with_help(help.to_owned()),
                );
                continue;
            }
            let full = if new.contains(':') {
                new.to_string()
            } else {
                format!("{pack}:{new}")
            };
            said.insert(format!("{pack}:{old}"), (full, old, new));
        }
        let mut to = BTreeMap::new();
        for (name, (_, old, new)) in &said {
            let error = |at, message: String, help: Option<String>| {
                Diagnostic::error(codes::BAD_RENAME, message)
                    .at(sources, at)
                    .with_help(help)
            };
            if names.anywhere(name) {
                let message = format!("`{name}` is still there, so it cannot be renamed");
                let help = "remove the entry, or this line".to_owned();
                found.push(error(old.span(), message, Some(help)));
                continue;
            }
            // A chain is at most as long as there are links.
            let links = 0..said.len();
            let end = links.fold(name, |end, _| said.get(end).map_or(end, |(next, ..)| next));
            if names.anywhere(end) {
                to.insert(name.clone(), end.clone());
            } else if !names.may_be_hidden(end) {
                let message = format!("`{name}` was renamed to `{end}`, which is not there");
                let near = suggest::did_you_mean(end, names.all());
                let help = near.map(|near| format!("did you mean `{near}`?"));
                found.push(error(new.span(), message, help));
            }
        }
        Self { to }
    }

    /// What an entry is called now that had this full name; `None` if it was never renamed.
    pub(crate) fn get(&self, old: &str) -> Option<&str> {
        self.to.get(old).map(String::as_str)
    }

    /// Old and new full names.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.to.iter();
        pairs.map(|(old, new)| (old.as_str(), new.as_str()))
    }

    /// The same by id.
    pub(crate) fn ids(&self) -> HashMap<DefId, DefId> {
        let pairs = self.iter();
        pairs
            .map(|(old, new)| (DefId::of(old), DefId::of(new)))
            .collect()
    }
}
