//! From definitions to a [`Shape`].

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use wayfarer_core::{content::Content, id::DefId};
use wayfarer_formula::{Expr, Program, Scope};

use super::shape::{LevelRule, MAX_SLOTS, SetLevels, Shape, Slot, SlotResource};
use crate::{
    content::{Formula, StatDef, StatSetDef},
    id::StatId,
    index::{StatEntry, StatIndex, formulas},
    rules::graph,
};

impl Shape {
    /// Compiles the stats of these sets. Sets that the content does not have are left out.
    pub(crate) fn compile(content: &Arc<Content>, sets: &[DefId]) -> Self {
        let empty = StatIndex::default();
        let index = content.derived::<StatIndex>().unwrap_or(&empty);
        let compiler = Compiler::new(content, index, sets);
        let slots = compiler.slots();
        let levels = compiler.levels();
        let mut public: Vec<(StatId, u16)> = slots
            .iter()
            .zip(0..)
            .filter(|(slot, _)| slot.public)
            .map(|(slot, at)| (slot.id, at))
            .collect();
        public.sort_unstable();
        Self {
            content: Arc::clone(content),
            sets: sets.into(),
            lookup: Self::fill_lookup(&slots),
            slots,
            constants: compiler.constants,
            levels,
            public: public.into(),
            exclusive: index.exclusive().into(),
            conditions: Mutex::default(),
        }
    }
}

struct Compiler<'c> {
    content: &'c Content,
    index: &'c StatIndex,
    /// In slot order.
    stats: Vec<(&'c StatEntry, &'c StatDef)>,
    numbers: BTreeMap<StatId, u16>,
    constants: Box<[f32]>,
    closures: Vec<Vec<u16>>,
    level_sets: Vec<DefId>,
}

impl<'c> Compiler<'c> {
    fn new(content: &'c Content, index: &'c StatIndex, sets: &[DefId]) -> Self {
        let mut stats: Vec<(&StatEntry, &StatDef)> = sets
            .iter()
            .flat_map(|set| index.of_set(*set))
            .filter_map(|entry| Some((entry, entry.def(content)?)))
            .collect();
        if stats.len() > MAX_SLOTS {
            tracing::warn!("a character has more than {MAX_SLOTS} stats; the rest is left out");
            stats.truncate(MAX_SLOTS);
        }
        let dependencies = |stats: &[(&StatEntry, &StatDef)]| -> Vec<Vec<usize>> {
            let at = |id| stats.iter().position(|(entry, _)| entry.id == id);
            let of = |(entry, def): &(&StatEntry, &StatDef)| {
                names(index, entry, def).filter_map(at).collect()
            };
            stats.iter().map(of).collect()
        };
        // Content with cycles is refused when it is loaded.
        if let Ok(order) = graph::order(&dependencies(&stats)) {
            stats = order.into_iter().map(|at| stats[at]).collect();
        }
        let closures = graph::closures(&dependencies(&stats));
        let mut numbers: BTreeMap<StatId, u16> = stats
            .iter()
            .zip(0..)
            .map(|((entry, _), at)| (entry.id, at))
            .collect();
        let mut constants = Vec::new();
        let level_sets: Vec<DefId> = sets
            .iter()
            .copied()
            .filter(|set| {
                let set = content.table::<StatSetDef>().get(*set);
                set.is_some_and(|set| !set.levels.is_empty())
            })
            .collect();
        let named = stats
            .iter()
            .flat_map(|(entry, def)| names(index, entry, def));
        let in_levels = level_sets.iter().flat_map(|set| {
            let def = content.table::<StatSetDef>().get(*set);
            let levels = def.into_iter().flat_map(|def| &def.levels);
            levels
                .flat_map(|level| &level.when)
                .filter_map(|condition| index.resolve(Some(*set), &condition.stat).ok())
        });
        for id in named.chain(in_levels) {
            let known = numbers.len() as u16;
            numbers.entry(id).or_insert_with(|| {
                let def = index.get(id).and_then(|entry| entry.def(content));
                constants.push(def.map_or(0.0, StatDef::start));
                known
            });
        }
        Self {
            content,
            index,
            stats,
            numbers,
            constants: constants.into(),
            closures,
            level_sets,
        }
    }

    fn slots(&self) -> Box<[Slot]> {
        self.stats
            .iter()
            .zip(&self.closures)
            .map(|((entry, def), closure)| self.slot(entry, def, closure))
            .collect()
    }

    fn slot(&self, entry: &StatEntry, def: &StatDef, closure: &[u16]) -> Slot {
        let program = |formula: &Formula| self.program(entry.set, formula);
        let starts_elsewhere =
            def.formula.is_some() || (def.resource.is_some() && def.default.is_none());
        Slot {
            id: entry.id,
            set: entry.set,
            name: Arc::clone(&entry.name),
            min: def.lowest(),
            max: def.highest(),
            start: if starts_elsewhere {
                f32::NAN
            } else {
                def.start()
            },
            formula: def.formula.as_ref().and_then(program),
            resource: def.resource.as_ref().and_then(|resource| {
                Some(Box::new(SlotResource {
                    max: program(&resource.max)?,
                    regen: resource.regen.as_ref().and_then(program),
                }))
            }),
            tiers: def.tiers.iter().map(|tier| tier.min.value).collect(),
            levels: self.watching(entry.id),
            closure: closure.into(),
            public: def.public,
        }
    }

    /// A bit for each set whose levels look at the stat; the last bit stands for all further ones.
    fn watching(&self, stat: StatId) -> u64 {
        let mut mask = 0;
        for (bit, set) in self.level_sets.iter().enumerate() {
            let def = self.content.table::<StatSetDef>().get(*set);
            let mut conditions = def
                .into_iter()
                .flat_map(|def| &def.levels)
                .flat_map(|level| &level.when);
            if conditions.any(|c| self.index.resolve(Some(*set), &c.stat) == Ok(stat)) {
                mask |= 1 << bit.min(63);
            }
        }
        mask
    }

    fn levels(&self) -> Box<[SetLevels]> {
        let compile = |set: &DefId| {
            let def = self.content.table::<StatSetDef>().get(*set)?;
            let mut order: Vec<_> = def.levels.iter().zip(0_u8..).collect();
            order.sort_by_key(|(level, _)| std::cmp::Reverse(level.priority));
            let rules = order.into_iter().filter_map(|(level, index)| {
                let when = level
                    .when
                    .iter()
                    .map(|condition| {
                        let stat = self.index.resolve(Some(*set), &condition.stat).ok()?;
                        Some((*self.numbers.get(&stat)?, condition.range()))
                    })
                    .collect::<Option<_>>()?;
                Some(LevelRule { index, when })
            });
            Some(SetLevels {
                set: *set,
                rules: rules.collect(),
            })
        };
        self.level_sets.iter().filter_map(compile).collect()
    }

    fn program(&self, set: DefId, formula: &Formula) -> Option<Program> {
        let scope = SetScope {
            compiler: self,
            set,
        };
        let compiled = formula.expr()?.compile(&scope);
        compiled
            .inspect_err(|error| tracing::error!("`{}`: {}", formula.text(), error.message))
            .ok()
    }
}

/// The stats that the formulas of a stat name.
fn names<'a>(
    index: &'a StatIndex,
    entry: &'a StatEntry,
    def: &'a StatDef,
) -> impl Iterator<Item = StatId> + 'a {
    formulas(def)
        .into_iter()
        .filter_map(Formula::expr)
        .flat_map(Expr::names)
        .filter_map(|(name, _)| index.resolve(Some(entry.set), name).ok())
}

/// Names as a formula of one set means them.
struct SetScope<'a, 'c> {
    compiler: &'a Compiler<'c>,
    set: DefId,
}

impl Scope for SetScope<'_, '_> {
    fn slot(&self, name: &str) -> Option<u16> {
        let stat = self.compiler.index.resolve(Some(self.set), name).ok()?;
        self.compiler.numbers.get(&stat).copied()
    }

    fn known<'a>(&'a self) -> Box<dyn Iterator<Item = &'a str> + 'a> {
        Box::new(self.compiler.stats.iter().map(|(entry, _)| &*entry.key))
    }
}
