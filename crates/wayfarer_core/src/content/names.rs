//! The names of all entries, for checking references.

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    codes, diagnostic::Diagnostic, pack::Packs, renamed::Renamed, scope::RefUse,
    source_map::SourceMap, suggest, versions::Entries,
};

/// Suggestions compare with every name; this many are worth that.
const MAX_SUGGESTIONS: u32 = 200;

/// Names of one kind; the value says whether the entry only exists to be extended.
#[derive(Default)]
struct KindNames {
    names: BTreeMap<Arc<str>, bool>,
    incomplete: BTreeSet<String>,
}

/// The names of all kinds, whether or not their definitions could be read.
pub(crate) struct Names {
    kinds: BTreeMap<&'static str, KindNames>,
    suggestions: Cell<u32>,
    /// What entries were called before.
    pub(crate) renamed: Renamed,
}

impl Names {
    pub(crate) fn new(entries: &BTreeMap<&'static str, Entries<'_>>) -> Self {
        let names = |entries: &Entries<'_>| KindNames {
            names: entries
                .versions
                .iter()
                .map(|(name, versions)| {
                    let body = versions.last().and_then(|version| version.body.as_ref());
                    (Arc::clone(name), body.is_some_and(|body| body.is_abstract))
                })
                .collect(),
            incomplete: entries.incomplete.clone(),
        };
        Self {
            kinds: entries
                .iter()
                .map(|(kind, of)| (*kind, names(of)))
                .collect(),
            suggestions: Cell::new(0),
            renamed: Renamed::default(),
        }
    }

    /// Names of the entries of a kind that can be referred to, sorted.
    pub(crate) fn of(&self, kind: &str) -> impl Iterator<Item = &str> + Clone {
        let names = self.kinds.get(kind).map(|kind| &kind.names);
        names
            .into_iter()
            .flatten()
            .filter(|(_, is_abstract)| !**is_abstract)
            .map(|(name, _)| name.as_ref())
    }

    /// Whether an entry exists and can be referred to.
    pub(crate) fn contains(&self, kind: &str, name: &str) -> bool {
        let kind = self.kinds.get(kind);
        kind.is_some_and(|kind| kind.names.get(name) == Some(&false))
    }

    /// Whether any kind has an entry of this name.
    pub(crate) fn anywhere(&self, name: &str) -> bool {
        let mut kinds = self.kinds.values();
        kinds.any(|kind| kind.names.get(name) == Some(&false))
    }

    /// Whether `name` may be missing only because a file could not be read.
    pub(crate) fn may_be_hidden(&self, name: &str) -> bool {
        let pack = name.split(':').next().unwrap_or_default();
        self.kinds
            .values()
            .any(|kind| kind.incomplete.contains(pack))
    }

    /// Names of all kinds.
    pub(crate) fn all(&self) -> impl Iterator<Item = &str> + Clone {
        let kinds = self.kinds.values();
        kinds.flat_map(|kind| kind.names.keys().map(AsRef::as_ref))
    }

    /// What is wrong with a reference, if anything.
    pub(crate) fn check(
        &self,
        reference: &RefUse,
        sources: &SourceMap,
        packs: &Packs,
    ) -> Option<Diagnostic> {
        let RefUse { kind, name, span } = reference;
        let one = suggest::singular(kind);
        let error = |code, message: String, help: Option<String>| {
            Some(
                Diagnostic::error(code, message)
                    .at(sources, *span)
                    .with_help(help),
            )
        };
        let Some(names) = self.kinds.get(kind) else {
            let message = format!("nothing here knows the kind `{kind}`, so not `{name}` either");
            let help = "add the plugin that registers it".to_owned();
            return error(codes::UNREGISTERED_KIND, message, Some(help));
        };
        match names.names.get(name) {
            Some(false) => self.check_pack(reference, sources, packs),
            Some(true) => {
                let message = format!("{one} `{name}` is abstract: it exists to be extended");
                error(codes::ABSTRACT_REFERENCE, message, None)
            }
            None => {
                let pack = name.split(':').next().unwrap_or_default();
                if names.incomplete.contains(pack) {
                    return None;
                }
                let help = if let Some(new) = self.renamed.get(name) {
                    Some(format!("it is called `{new}` now"))
                } else if self.suggestions.get() < MAX_SUGGESTIONS {
                    self.suggestions.set(self.suggestions.get() + 1);
                    suggest::did_you_mean(name, self.of(kind))
                        .map(|near| format!("did you mean `{near}`?"))
                } else {
                    None
                };
                error(
                    codes::UNKNOWN_REFERENCE,
                    format!("unknown {one} `{name}`"),
                    help,
                )
            }
        }
    }

    fn check_pack(
        &self,
        reference: &RefUse,
        sources: &SourceMap,
        packs: &Packs,
    ) -> Option<Diagnostic> {
        let pack = sources.pack(reference.span);
        let home = reference.name.split(':').next().unwrap_or_default();
        if pack.is_empty() || packs.reaches(pack, home) {
            return None;
        }
        let message = format!(
            "pack `{pack}` uses `{}` but does not depend on `{home}`",
            reference.name
        );
        let help = format!("add `\"{home}\"` to `depends` in {pack}/pack.ron");
        Some(
            Diagnostic::warning(codes::UNDECLARED_PACK, message)
                .at(sources, reference.span)
                .with_help(help),
        )
    }
}
