//! The way from files to [`Content`].

use std::{
    any::Any,
    collections::{BTreeMap, BTreeSet},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use bevy::platform::collections::HashMap;

use super::{
    codes,
    definition::{Def, Definition, Table},
    diagnostic::{Diagnostic, tidy},
    fields::{FieldError, FieldsDeserializer},
    files,
    link::LinkCtx,
    lookup::Content,
    merge::{self, Resolved, Resolving},
    names::Names,
    pack::Packs,
    registry::{AnyTable, ContentRegistry},
    renamed::Renamed,
    report::Report,
    ron_error, scope,
    source::SourceFile,
    source_map::{Located, SourceMap},
    versions,
};
use crate::id::DefId;

/// An entry with more mistakes than this has the rest reported next time.
const MAX_ERRORS_PER_ENTRY: usize = 16;

/// Compiles content. Pure: the same files give the same content, in whatever order they come.
///
/// # Errors
/// Everything that is wrong, at once, in reading order, warnings included. Checks of the whole
/// content and derived values run only when the single entries are right.
pub fn compile(
    registry: &ContentRegistry,
    files: &[SourceFile],
) -> Result<Content, Vec<Diagnostic>> {
    let mut found = Vec::new();
    for (folder, first, second) in &registry.conflicts {
        let message = format!("folder `{folder}` is claimed by both `{first}` and `{second}`");
        found.push(Diagnostic::error(codes::KIND_CONFLICT, message));
    }
    let sources = Arc::new(files::source_map(files, &mut found));
    let guard = scope::enter(&sources);
    let packs = Packs::read(&sources, &mut found);
    let kinds: BTreeSet<&'static str> = registry.kinds.keys().copied().collect();
    let entries = versions::collect(&sources, &packs, &kinds, &registry.ignored, &mut found);
    let mut names = Names::new(&entries);
    names.renamed = Renamed::read(&packs, &names, &sources, &mut found);
    let mut content = Content::default();
    let mut tables = BTreeMap::new();
    let mut replaced = BTreeMap::new();
    for (folder, kind) in &registry.kinds {
        let Some(entries) = entries.get(folder) else {
            continue;
        };
        let Resolving {
            resolved,
            replaced: earlier,
        } = merge::resolve(folder, entries, &sources, &packs, &mut found);
        name_ids(&mut content.names, &resolved, &sources, &mut found);
        let mut build = Build {
            sources: &sources,
            found: &mut found,
        };
        tables.insert(*folder, (kind.build)(&mut build, &resolved));
        if !earlier.is_empty() {
            replaced.insert(*folder, (kind.build)(&mut build, &earlier));
        }
    }
    for reference in scope::take_refs() {
        found.extend(names.check(&reference, &sources, &packs));
    }
    for (folder, table) in &mut tables {
        let Some(kind) = registry.kinds.get(folder) else {
            continue;
        };
        let mut linking = Linking {
            sources: &sources,
            names: &names,
            packs: &packs,
            found: &mut found,
        };
        (kind.link)(table, &mut linking);
        (kind.rename)(table, &names.renamed);
    }
    for (folder, table) in &mut replaced {
        let Some(kind) = registry.kinds.get(folder) else {
            continue;
        };
        // Nobody plays with these: only what keeps their pack from loading alone is told.
        let mut wrong = Vec::new();
        let mut linking = Linking {
            sources: &sources,
            names: &names,
            packs: &packs,
            found: &mut wrong,
        };
        (kind.link)(table, &mut linking);
        found.extend(wrong.into_iter().filter(Diagnostic::is_error));
    }
    drop(guard);
    for (folder, table) in tables {
        if let Some(kind) = registry.kinds.get(folder) {
            content.tables.insert(kind.type_id, table);
        }
    }
    name_old_ids(
        &mut content.names,
        &names.renamed,
        &packs,
        &sources,
        &mut found,
    );
    content.renamed = names.renamed.ids();
    content.pack_hashes = files::pack_hashes(&sources, &packs);
    content.hash = files::hash(&content.pack_hashes);
    content.packs = packs.infos;
    drop(entries);
    content.sources = sources;
    if !found.iter().any(Diagnostic::is_error) {
        finish(registry, &mut content, &mut found);
    }
    tidy(&mut found);
    if found.iter().any(Diagnostic::is_error) {
        return Err(found);
    }
    content.warnings = found;
    Ok(content)
}

/// Derived values and checks, each in the order of names. A panic in one is an error of its own
/// and does not take the program down.
fn finish(registry: &ContentRegistry, content: &mut Content, found: &mut Vec<Diagnostic>) {
    for (name, derive) in &registry.derives {
        let mut report = Report::new(&content.sources);
        let run = AssertUnwindSafe(|| derive(content, &mut report));
        match catch_unwind(run) {
            Ok(Some((type_id, value))) => {
                content.derived.insert(type_id, value);
            }
            Ok(None) if report.has_errors() => {}
            Ok(None) => {
                let message = format!("`{name}` could not be computed and did not say why");
                found.push(Diagnostic::error(codes::INTERNAL, message));
            }
            Err(panic) => found.push(panicked(name, &panic)),
        }
        found.extend(report.into_found());
    }
    for (name, check) in &registry.checks {
        let mut report = Report::new(&content.sources);
        let run = AssertUnwindSafe(|| check(content, &mut report));
        if let Err(panic) = catch_unwind(run) {
            found.push(panicked(name, &panic));
        }
        found.extend(report.into_found());
    }
}

pub(crate) fn panicked(name: &str, panic: &Box<dyn Any + Send>) -> Diagnostic {
    let words = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    let message = format!("`{name}` panicked: {words}");
    Diagnostic::error(codes::INTERNAL, message).with_help(
        "this is a mistake in the program, not in the content; please report it".to_owned(),
    )
}

/// Enters ids in the list of all names; two names with one id are an error.
fn name_ids(
    names: &mut HashMap<DefId, Arc<str>>,
    resolved: &[Resolved<'_>],
    sources: &SourceMap,
    found: &mut Vec<Diagnostic>,
) {
    for entry in resolved {
        let name = names
            .entry(DefId::of(&entry.name))
            .or_insert_with(|| Arc::clone(&entry.name));
        if *name != entry.name {
            let message = format!("`{}` has the same id as `{name}`", entry.name);
            found.push(
                Diagnostic::error(codes::ID_COLLISION, message)
                    .at(sources, entry.span)
                    .with_help("rename one of the two".to_owned()),
            );
        }
    }
}

/// Ids of names that entries had are those entries' as well; an id that is another entry's is an
/// error.
fn name_old_ids(
    names: &mut HashMap<DefId, Arc<str>>,
    renamed: &Renamed,
    packs: &Packs,
    sources: &SourceMap,
    found: &mut Vec<Diagnostic>,
) {
    for (old, new) in renamed.iter() {
        let now = names.get(&DefId::of(new)).cloned();
        let Some(now) = now else {
            continue;
        };
        if let Some(other) = names.insert(DefId::of(old), now) {
            let mut written = packs.renamed.iter();
            let written = written.find(|(pack, name, _)| format!("{pack}:{name}") == old);
            let span = written.map(|(_, name, _)| name.span()).unwrap_or_default();
            let message = format!("`{old}`, as an entry was called, has the same id as `{other}`");
            found.push(
                Diagnostic::error(codes::ID_COLLISION, message)
                    .at(sources, span)
                    .with_help("give the other one another name".to_owned()),
            );
            names.insert(DefId::of(&other), other);
        }
    }
}

/// What [`build_table`] needs.
pub(crate) struct Build<'c> {
    sources: &'c SourceMap,
    found: &'c mut Vec<Diagnostic>,
}

/// Deserialises the entries of a kind.
pub(crate) fn build_table<D: Definition>(
    build: &mut Build<'_>,
    entries: &[Resolved<'_>],
) -> AnyTable {
    let mut defs = Vec::with_capacity(entries.len());
    for entry in entries {
        if let Some(value) = read_entry::<D>(build, entry)
            && !entry.is_abstract
        {
            let place = build.sources.place(entry.span).unwrap_or_default();
            defs.push(Def::new(value, &entry.name, place, entry.span));
        }
    }
    Box::new(Table::from_sorted(defs))
}

/// Deserialises one entry. After an error the field is left out and the entry read again, so that
/// the errors of other fields are found as well.
fn read_entry<D: Definition>(build: &mut Build<'_>, entry: &Resolved<'_>) -> Option<D> {
    let mut dropped = vec![false; entry.fields.len()];
    for attempt in 0..MAX_ERRORS_PER_ENTRY {
        let fields = FieldsDeserializer {
            fields: &entry.fields,
            dropped: &dropped,
        };
        let kept = scope::refs_len();
        match D::deserialize(fields) {
            Ok(value) => return (attempt == 0).then_some(value),
            Err(error) => {
                scope::truncate_refs(kept);
                report(build, entry, &error, attempt > 0);
                let field = error.field.and_then(|field| dropped.get_mut(field));
                match field {
                    Some(dropped) => *dropped = true,
                    None => return None,
                }
            }
        }
    }
    None
}

fn report(build: &mut Build<'_>, entry: &Resolved<'_>, error: &FieldError, again: bool) {
    let whole = error.span.is_none();
    let missing = matches!(error.code, ron::Error::MissingStructField { .. });
    if whole && missing && (again || entry.is_abstract) {
        // The field is missing because it was left out, or because a child will have it.
        return;
    }
    let span = if whole { entry.span } else { error.span };
    let mut report = ron_error::diagnostic(build.sources, span, &error.code);
    let elsewhere = build.sources.file(span.file).map(|file| &file.path)
        != build.sources.file(entry.span.file).map(|file| &file.path);
    if whole || elsewhere {
        report = report.with_note(format!("in `{}`", entry.name));
    }
    build.found.push(report);
}

/// What [`link_table`] needs.
pub(crate) struct Linking<'c> {
    sources: &'c SourceMap,
    names: &'c Names,
    packs: &'c Packs,
    found: &'c mut Vec<Diagnostic>,
}

/// Lets the entries of a kind be found by the names they had.
pub(crate) fn rename_table<D: Definition>(table: &mut AnyTable, renamed: &Renamed) {
    if let Some(table) = table.downcast_mut::<Table<D>>() {
        for (old, new) in renamed.iter() {
            table.also_called(DefId::of(old), DefId::of(new));
        }
    }
}

/// Links the entries of a kind.
pub(crate) fn link_table<D: Definition>(table: &mut AnyTable, linking: &mut Linking<'_>) {
    let Some(table) = table.downcast_mut::<Table<D>>() else {
        return;
    };
    for (entry, span, definition) in table.parts_mut() {
        let mut ctx = LinkCtx {
            sources: linking.sources,
            names: linking.names,
            packs: linking.packs,
            found: linking.found,
            entry,
            span,
        };
        definition.link(&mut ctx);
    }
}
