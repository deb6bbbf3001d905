//! What derivations make of a combination of sets: one formula for each stat they are for.

use std::collections::BTreeMap;

use wayfarer_core::{
    content::{Content, Def, Ref},
    id::DefId,
};
use wayfarer_formula::Expr;

use crate::{
    content::{Compose, DerivationDef, DerivedAxis},
    id::StatId,
    index::{StatEntry, StatIndex},
    world_rules::WorldRules,
};

mod check;
mod compose;
mod cycles;
mod force;
mod number;
#[cfg(test)]
mod tests;

pub(crate) use check::check;
use compose::Total;
pub(crate) use cycles::check_cycles;

/// What counts for a source of which there is no stat, if the target has no default either.
pub(crate) const MIDDLE: f32 = 50.0;

/// A stat that derivations give.
#[derive(Clone, Debug)]
pub(crate) struct Derived {
    /// What each derivation says, in order; at least one.
    pub(crate) parts: Vec<Part>,
}

/// What one derivation says about a stat.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) derivation: DefId,
    /// Position of the stat in the derivation's `values`.
    pub(crate) axis: usize,
    pub(crate) compose: Compose,
    /// Whether it has a share in the whole, or another counts instead.
    pub(crate) counts: bool,
    /// Its own number.
    pub(crate) own: Expr,
    /// The whole after it.
    pub(crate) total: Expr,
}

impl Derived {
    /// The whole.
    pub(crate) fn expr(&self) -> Option<&Expr> {
        self.parts.last().map(|part| &part.total)
    }
}

/// Which derivations there are and what they read.
pub(crate) struct Deriver<'c> {
    pub(crate) content: &'c Content,
    pub(crate) index: &'c StatIndex,
    pub(crate) rules: &'c WorldRules<'c>,
    /// Sets of the character.
    pub(crate) sets: &'c [DefId],
    /// Nothing is left out because another counts instead: the largest formulas there can be.
    pub(crate) largest: bool,
}

impl<'c> Deriver<'c> {
    /// All derived stats.
    pub(crate) fn derive(&self) -> BTreeMap<StatId, Derived> {
        let mut totals: BTreeMap<StatId, (Total, Derived)> = BTreeMap::new();
        for derivation in force::in_force(self.content, self.rules.world()) {
            if !self.applies(derivation) {
                continue;
            }
            for (at, (key, axis)) in derivation.values.iter().enumerate() {
                let Some(target) = target(self.index, self.content, derivation, key) else {
                    continue;
                };
                let (total, derived) = totals.entry(target.id).or_insert_with(|| {
                    let total = Total::new(self.default_of(target));
                    (total, Derived { parts: Vec::new() })
                });
                let Some(own) = self.number(target, axis) else {
                    continue;
                };
                let compose = match axis.compose {
                    Compose::Override | Compose::Keep if self.largest => Compose::Max,
                    compose => compose,
                };
                if compose == Compose::Override {
                    derived
                        .parts
                        .iter_mut()
                        .for_each(|part| part.counts = false);
                }
                let counts = total.push(compose, own.clone());
                derived.parts.push(Part {
                    derivation: derivation.id(),
                    axis: at,
                    compose,
                    counts,
                    own,
                    total: total.expr(),
                });
            }
        }
        let derived = totals
            .into_iter()
            .map(|(stat, (_, derived))| (stat, derived));
        derived
            .filter(|(_, derived)| !derived.parts.is_empty())
            .collect()
    }

    fn applies(&self, derivation: &DerivationDef) -> bool {
        let has = |semantic: &Ref<_>| self.stats_of(semantic.id()).next().is_some();
        self.sets.contains(&derivation.into.id()) && derivation.needs.iter().all(has)
    }

    /// The stats of a semantic type that the character has: sets by name, stats in order.
    fn stats_of(&self, semantic: DefId) -> impl Iterator<Item = &'c StatEntry> {
        let all = self.index.of_type(semantic);
        all.filter(|entry| self.sets.contains(&entry.set))
    }

    fn default_of(&self, target: &StatEntry) -> f32 {
        let def = target.def(self.content);
        def.and_then(|def| self.rules.written(target.id, def))
            .unwrap_or(MIDDLE)
    }
}

/// The stat that an axis of a derivation is for; `None` if it cannot be derived, which is reported
/// when the content is loaded.
fn target<'c>(
    index: &'c StatIndex,
    content: &Content,
    derivation: &Def<DerivationDef>,
    key: &str,
) -> Option<&'c StatEntry> {
    let entry = index
        .of_set(derivation.into.id())
        .find(|entry| *entry.key == *key)?;
    let def = entry.def(content)?;
    (def.formula.is_none() && def.resource.is_none()).then_some(entry)
}

/// The stats that an axis can read, whatever sets a character has.
fn reads<'c>(
    index: &'c StatIndex,
    from: DefId,
    axis: &'c DerivedAxis,
) -> impl Iterator<Item = StatId> + 'c {
    let typed = axis
        .from
        .iter()
        .flat_map(|source| index.of_type(source.semantic.id()));
    let formula = axis.formula.as_ref().and_then(|formula| formula.expr());
    let named = formula.into_iter().flat_map(Expr::names);
    let named = named.filter_map(move |(name, _)| index.resolve(Some(from), name).ok());
    typed.map(|entry| entry.id).chain(named)
}
