//! Derivations against the stats there are.

use std::collections::BTreeMap;

use wayfarer_core::{
    content::{Content, Def, Report, did_you_mean},
    id::DefId,
};
use wayfarer_formula::Scope;

use super::{Deriver, reads, target};
use crate::{
    content::{DerivationDef, StatSetDef, WorldDef},
    id::StatId,
    index::StatIndex,
    world_rules::WorldRules,
};

/// Most stats that all derivations of one stat can read, a stat of each derivation counted anew.
const MAX_SOURCES: usize = 256;

/// Most derivations of one stat.
const MAX_PARTS: usize = 64;

/// Reports stats that cannot be derived, types that nothing has, and formulas that become too
/// large.
pub(crate) fn check(index: &StatIndex, content: &Content, report: &mut Report) {
    for derivation in content.table::<DerivationDef>() {
        check_targets(index, content, derivation, report);
        let sources = derivation.values.iter().flat_map(|(_, axis)| &axis.from);
        let types = derivation
            .needs
            .iter()
            .chain(sources.map(|source| &source.semantic));
        let mut told: Vec<DefId> = Vec::new();
        for semantic in types {
            if index.of_type(semantic.id()).next().is_none() && !told.contains(&semantic.id()) {
                told.push(semantic.id());
                let message = format!("no stat has the semantic type `{semantic}`");
                let help = Some(format!("give one `semantic: \"{semantic}\"`"));
                report.warn(semantic, "unused-type", message, help);
            }
        }
    }
    if !report.has_errors() && check_numbers(index, content, report) {
        check_sizes(index, content, report);
    }
}

fn check_targets(
    index: &StatIndex,
    content: &Content,
    derivation: &Def<DerivationDef>,
    report: &mut Report,
) {
    let set = derivation.into.id();
    for (key, axis) in derivation.values.iter() {
        if let Some(formula) = &axis.formula {
            index.check_names(Some(set), formula, report);
        }
        let Some(entry) = index.of_set(set).find(|entry| *entry.key == **key) else {
            let keys = index.of_set(set).map(|entry| &*entry.key);
            let help = did_you_mean(key, keys).map(|near| format!("did you mean `{near}`?"));
            let message = format!("`{}` has no stat `{key}`", derivation.into);
            report.error(key, "unknown-stat", message, help);
            continue;
        };
        let Some(def) = entry.def(content) else {
            continue;
        };
        if def.formula.is_some() {
            let message = format!("`{}` follows its own formula already", entry.name);
            let help = "take the formula out of the set, or derive another stat".to_owned();
            report.error(key, "derived-formula", message, Some(help));
        } else if def.resource.is_some() {
            let message = format!("`{}` is a resource and cannot be derived", entry.name);
            let help = "derive a stat and name that in its `max` or `regen`".to_owned();
            report.error(key, "derived-resource", message, Some(help));
        }
    }
}

/// Counts before anything is built.
fn check_numbers(index: &StatIndex, content: &Content, report: &mut Report) -> bool {
    let mut found: BTreeMap<StatId, (usize, usize)> = BTreeMap::new();
    for derivation in content.table::<DerivationDef>() {
        for (key, axis) in derivation.values.iter() {
            let Some(entry) = target(index, content, derivation, key) else {
                continue;
            };
            let (parts, sources) = found.entry(entry.id).or_default();
            *parts += 1;
            *sources += reads(index, derivation.into.id(), axis).count();
            if *parts > MAX_PARTS || *sources > MAX_SOURCES {
                let message = format!(
                    "`{}` has more than {MAX_PARTS} derivations or more than {MAX_SOURCES} sources",
                    entry.name
                );
                let help = "derive a part of it into a stat of its own".to_owned();
                report.error(key, "derivation-too-large", message, Some(help));
                return false;
            }
        }
    }
    true
}

/// Compiles the largest formula that there can be of each stat: for every set, and in every world.
fn check_sizes(index: &StatIndex, content: &Content, report: &mut Report) {
    let mut sets: Vec<DefId> = content.table::<StatSetDef>().iter().map(Def::id).collect();
    sets.sort_unstable();
    let worlds = content.table::<WorldDef>().iter();
    let worlds = worlds.filter(|world| world.changes_rules()).map(Def::id);
    for world in std::iter::once(None).chain(worlds.map(Some)) {
        let rules = WorldRules::of(content, index, world);
        let largest = Deriver {
            content,
            index,
            rules: &rules,
            sets: &sets,
            largest: true,
        };
        for (stat, derived) in largest.derive() {
            let Some(set) = index.get(stat).map(|entry| entry.set) else {
                continue;
            };
            let scope = AnyStat { index, set };
            let Some(Err(error)) = derived.expr().map(|expr| expr.compile(&scope)) else {
                continue;
            };
            let message = format!("the formula of `{}`: {}", index.name(stat), error.message);
            let help = "derive a part of it into a stat of its own".to_owned();
            let last = derived.parts.last().map(|part| part.derivation);
            let last = last.and_then(|id| content.table::<DerivationDef>().get(id));
            let key = last.zip(derived.parts.last());
            let key = key.and_then(|(def, part)| Some(def.values.at(part.axis)?.0));
            if let Some(key) = key {
                report.error(key, "derivation-too-large", message, Some(help));
            }
        }
    }
}

/// Any number stands for a stat: only the size matters.
struct AnyStat<'a> {
    index: &'a StatIndex,
    set: DefId,
}

impl Scope for AnyStat<'_> {
    fn slot(&self, name: &str) -> Option<u16> {
        let stat = self.index.resolve(Some(self.set), name).ok()?;
        Some(stat.0.0 as u16)
    }

    fn known<'a>(&'a self) -> Box<dyn Iterator<Item = &'a str> + 'a> {
        Box::new(std::iter::empty())
    }
}
