//! [`StatIndex`]: all stats of the loaded content, by id and by name.

use std::{collections::BTreeSet, sync::Arc};

use bevy::platform::collections::HashMap;
use wayfarer_core::{
    content::{Content, Def, Report, did_you_mean},
    id::DefId,
};

use wayfarer_formula::Expr;

use crate::{
    content::{BonusTypeDef, Formula, StatDef, StatSetDef},
    id::StatId,
};

mod build;
mod conditions;

#[cfg(test)]
mod tests;

pub(crate) use build::formulas;

/// One stat of the content.
#[derive(Clone, Debug)]
pub struct StatEntry {
    /// Its id.
    pub id: StatId,
    /// Its full name, `core:attributes.strength`.
    pub name: Arc<str>,
    /// The set it belongs to.
    pub set: DefId,
    /// Its name inside the set, `strength`.
    pub key: Arc<str>,
    /// Its position in the set.
    pub position: usize,
    /// Whether it is used up and comes back.
    pub is_resource: bool,
}

impl StatEntry {
    /// The full name of the set, `core:attributes`.
    pub fn set_name(&self) -> &str {
        self.name.rsplit_once('.').map_or("", |(set, _)| set)
    }

    fn pack(&self) -> &str {
        self.name.split(':').next().unwrap_or_default()
    }

    /// The definition.
    pub fn def<'c>(&self, content: &'c Content) -> Option<&'c StatDef> {
        let set = content.table::<StatSetDef>().get(self.set)?;
        set.stats.at(self.position).map(|(_, def)| def)
    }
}

/// Why a name stands for no stat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameError {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// All stats of the content. Computed when content is loaded; read it with
/// `content.derived::<StatIndex>()`.
#[derive(Default, Debug)]
pub struct StatIndex {
    entries: Vec<StatEntry>,
    by_id: HashMap<StatId, usize>,
    by_key: HashMap<Arc<str>, Vec<usize>>,
    /// For each pack all it depends on, directly or not.
    reach: HashMap<String, BTreeSet<String>>,
    /// Stats of each semantic type, in the order of the entries.
    by_type: HashMap<DefId, Vec<usize>>,
    /// Bonus types of which only the best counts, sorted.
    exclusive: Vec<DefId>,
}

impl StatIndex {
    /// The stat with this id.
    pub fn get(&self, id: StatId) -> Option<&StatEntry> {
        self.entries.get(*self.by_id.get(&id)?)
    }

    /// All stats: sets by name, stats in the order of their set.
    pub fn iter(&self) -> std::slice::Iter<'_, StatEntry> {
        self.entries.iter()
    }

    /// The stats of one set in order.
    pub fn of_set(&self, set: DefId) -> impl Iterator<Item = &StatEntry> {
        self.entries.iter().filter(move |entry| entry.set == set)
    }

    /// The stats of a semantic type: sets by name, stats in the order of their set.
    pub fn of_type(&self, semantic: DefId) -> impl Iterator<Item = &StatEntry> {
        let found = self.by_type.get(&semantic).into_iter().flatten();
        found.filter_map(|at| self.entries.get(*at))
    }

    /// Full name of a stat; its id as text if it is unknown.
    pub fn name(&self, id: StatId) -> String {
        self.get(id)
            .map_or_else(|| id.to_string(), |entry| entry.name.to_string())
    }

    /// Whether several bonuses of a type count. Unknown types do.
    pub fn stacks(&self, bonus: DefId) -> bool {
        self.exclusive.binary_search(&bonus).is_err()
    }

    /// Bonus types of which only the best counts, sorted.
    pub(crate) fn exclusive(&self) -> &[DefId] {
        &self.exclusive
    }

    /// The stat a name means, as seen from the set `from`: one of the same set, else of the same
    /// pack, else of the packs that it depends on, else any.
    ///
    /// # Errors
    /// Unknown names, with a suggestion, and names that could mean several stats.
    pub fn resolve(&self, from: Option<DefId>, name: &str) -> Result<StatId, NameError> {
        if let Some(entry) = self.in_full(name) {
            return Ok(entry.id);
        }
        self.choose(name, |found| {
            let own = found.iter().find(|entry| Some(entry.set) == from);
            if let Some(own) = own {
                return vec![*own];
            }
            let pack = from.and_then(|set| self.of_set(set).next().map(StatEntry::pack));
            let within = |near: &dyn Fn(&str) -> bool| -> Vec<&StatEntry> {
                let near = found.iter().filter(|entry| near(entry.pack()));
                near.copied().collect()
            };
            let own = within(&|other| Some(other) == pack);
            if !own.is_empty() {
                return own;
            }
            let below = pack.and_then(|pack| self.reach.get(pack));
            let below = within(&|other| below.is_some_and(|below| below.contains(other)));
            if below.is_empty() { found } else { below }
        })
    }

    /// The stat a name means for a character with these sets.
    ///
    /// # Errors
    /// As [`resolve`](Self::resolve); also names of stats outside of the sets.
    pub fn resolve_in(&self, sets: &[DefId], name: &str) -> Result<StatId, NameError> {
        let id = self.resolve_near(sets, name)?;
        match self.get(id) {
            Some(entry) if !sets.contains(&entry.set) => Err(NameError {
                message: format!("`{name}` belongs to a set that is not listed"),
                help: Some(format!("add \"{}\" to `sets`", entry.set_name())),
            }),
            _ => Ok(id),
        }
    }

    /// The stat a name means; those of the sets come first, but others are found as well.
    pub(crate) fn resolve_near(&self, sets: &[DefId], name: &str) -> Result<StatId, NameError> {
        self.choose(name, |found| {
            let inside = found.iter().filter(|entry| sets.contains(&entry.set));
            let inside: Vec<&StatEntry> = inside.copied().collect();
            if inside.is_empty() { found } else { inside }
        })
    }

    /// The stat of which this is the full name: what packs mostly write, found without a search.
    fn in_full(&self, name: &str) -> Option<&StatEntry> {
        let entry = self.get(StatId::of(name))?;
        (*entry.name == *name).then_some(entry)
    }

    fn choose<'s>(
        &'s self,
        name: &str,
        narrow: impl FnOnce(Vec<&'s StatEntry>) -> Vec<&'s StatEntry>,
    ) -> Result<StatId, NameError> {
        let found = narrow(self.candidates(name));
        match found.as_slice() {
            [one] => Ok(one.id),
            [] => Err(self.unknown(name)),
            [first, second, ..] => Err(NameError {
                message: format!("`{name}` could mean `{}` or `{}`", first.name, second.name),
                help: Some("write the full name".to_owned()),
            }),
        }
    }

    fn candidates(&self, name: &str) -> Vec<&StatEntry> {
        let key = name.rsplit_once('.').map_or(name, |(_, key)| key);
        let same_key = self.by_key.get(key).into_iter().flatten();
        same_key
            .filter_map(|at| self.entries.get(*at))
            .filter(|entry| match name.rsplit_once('.') {
                None => !name.contains(':'),
                Some((set, _)) if set.contains(':') => entry.set_name() == set,
                Some((set, _)) => {
                    let own = entry.set_name();
                    own.split_once(':').map_or(own, |(_, rest)| rest) == set
                }
            })
            .collect()
    }

    fn unknown(&self, name: &str) -> NameError {
        let full = self.entries.iter().map(|entry| &*entry.name);
        let near = if name.contains(':') {
            did_you_mean(name, full)
        } else if name.contains('.') {
            did_you_mean(name, full.filter_map(|name| Some(name.split_once(':')?.1)))
        } else {
            did_you_mean(name, self.entries.iter().map(|entry| &*entry.key))
        };
        NameError {
            message: format!("there is no stat `{name}`"),
            help: near.map(|near| format!("did you mean `{near}`?")),
        }
    }

    /// Reports the names in a formula that stand for no stat; returns those that do.
    pub(crate) fn check_names(
        &self,
        from: Option<DefId>,
        formula: &Formula,
        report: &mut Report,
    ) -> Vec<StatId> {
        let mut found = Vec::new();
        for (name, span) in formula.expr().into_iter().flat_map(Expr::names) {
            match self.resolve(from, name) {
                Ok(id) => found.push(id),
                Err(error) => {
                    let range = span.start as usize..span.end as usize;
                    report.error_in(
                        formula.text(),
                        range,
                        "unknown-stat",
                        error.message,
                        error.help,
                    );
                }
            }
        }
        found
    }

    fn read_packs(&mut self, content: &Content) {
        // A pack comes after those it depends on.
        for pack in content.packs() {
            let mut reach: BTreeSet<String> = pack.depends.iter().cloned().collect();
            let further = pack.depends.iter().filter_map(|on| self.reach.get(on));
            reach.extend(further.flatten().cloned());
            self.reach.insert(pack.name.clone(), reach);
        }
    }

    fn read_bonus_types(&mut self, content: &Content) {
        let types = content.table::<BonusTypeDef>().iter();
        self.exclusive = types.filter(|t| !t.stacks).map(Def::id).collect();
        self.exclusive.sort_unstable();
    }
}
