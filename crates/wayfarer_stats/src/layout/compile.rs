//! From definitions to a [`Shape`].

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use wayfarer_core::{content::Content, id::DefId};
use wayfarer_formula::{Expr, Program, Scope};

use super::{
    DerivedPart, DerivedStat,
    labels::SetLabels,
    shape::{LevelRule, MAX_SLOTS, SetLevels, Shape, Slot, SlotResource},
};
use crate::{
    content::{Formula, LabelsDef, LevelCondition, StatDef, StatSetDef},
    derivations::{Derived, Deriver, Part},
    id::StatId,
    index::{StatEntry, StatIndex, formulas},
    rules::{graph, level::Range},
    world_rules::WorldRules,
};

impl Shape {
    /// Compiles the stats of these sets, in a world that computes them in another way. Sets that
    /// the content does not have are left out.
    pub(crate) fn compile(content: &Arc<Content>, sets: &[DefId], world: Option<DefId>) -> Self {
        let empty = StatIndex::default();
        let index = content.derived::<StatIndex>().unwrap_or(&empty);
        let rules = WorldRules::of(content, index, world);
        let compiler = Compiler::new(content, index, sets, &rules);
        let slots = compiler.slots();
        let levels = compiler.levels();
        let labels = compiler.labels(sets);
        let derived = compiler.derived_stats();
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
            world,
            lookup: Self::fill_lookup(&slots),
            slots,
            constants: compiler.constants,
            levels,
            labels,
            derived,
            public: public.into(),
            exclusive: index.exclusive().into(),
            conditions: Mutex::default(),
        }
    }
}

struct Compiler<'c> {
    content: &'c Content,
    index: &'c StatIndex,
    rules: &'c WorldRules<'c>,
    derived: BTreeMap<StatId, Derived>,
    /// In slot order.
    stats: Vec<(&'c StatEntry, &'c StatDef)>,
    numbers: BTreeMap<StatId, u16>,
    constants: Box<[f32]>,
    closures: Vec<Vec<u16>>,
    level_sets: Vec<DefId>,
}

impl<'c> Compiler<'c> {
    fn new(
        content: &'c Content,
        index: &'c StatIndex,
        sets: &[DefId],
        rules: &'c WorldRules<'c>,
    ) -> Self {
        let deriver = Deriver {
            content,
            index,
            rules,
            sets,
            largest: false,
        };
        let derived = deriver.derive();
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
                let names = names(index, entry, def, derived.get(&entry.id));
                names.into_iter().filter_map(at).collect()
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
            .flat_map(|(entry, def)| all_names(index, entry, def, derived.get(&entry.id)));
        let in_levels = level_sets.iter().flat_map(|set| {
            let def = content.table::<StatSetDef>().get(*set);
            let levels = def.into_iter().flat_map(|def| &def.levels);
            levels
                .flat_map(|level| &level.when)
                .filter_map(|condition| index.resolve(Some(*set), &condition.stat).ok())
        });
        let in_labels = sets.iter().flat_map(|set| {
            let def = content.table::<StatSetDef>().get(*set);
            let labels = def.into_iter().flat_map(|def| def.labels.iter());
            labels
                .flat_map(|(_, label)| &label.rules)
                .flat_map(|rule| &rule.when)
                .filter_map(|condition| index.resolve(Some(*set), &condition.stat).ok())
        });
        for id in named.chain(in_levels).chain(in_labels) {
            let known = numbers.len() as u16;
            numbers.entry(id).or_insert_with(|| {
                let def = index.get(id).and_then(|entry| entry.def(content));
                constants.push(def.map_or(0.0, |def| rules.start(id, def)));
                known
            });
        }
        Self {
            content,
            index,
            rules,
            derived,
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
        let derived = self.derived.get(&entry.id).and_then(Derived::expr);
        let default = self.rules.written(entry.id, def);
        let starts_elsewhere = def.formula.is_some()
            || derived.is_some()
            || (def.resource.is_some() && default.is_none());
        Slot {
            id: entry.id,
            set: entry.set,
            name: Arc::clone(&entry.name),
            min: self.rules.lowest(entry.id, def),
            max: self.rules.highest(entry.id, def),
            start: if starts_elsewhere {
                f32::NAN
            } else {
                self.rules.start(entry.id, def)
            },
            formula: match derived {
                Some(expr) => self.compile(entry.set, expr),
                None => def.formula.as_ref().and_then(program),
            },
            resource: def.resource.as_ref().and_then(|resource| {
                Some(Box::new(SlotResource {
                    max: program(&resource.max)?,
                    regen: resource.regen.as_ref().and_then(program),
                }))
            }),
            tiers: def.tiers.iter().map(|tier| tier.min.value).collect(),
            tier_ids: def.tiers.iter().map(|tier| Arc::from(&*tier.id)).collect(),
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
                let when = self.conditions(*set, &level.when)?;
                Some(LevelRule { index, when })
            });
            Some(SetLevels {
                set: *set,
                rules: rules.collect(),
                ids: def
                    .levels
                    .iter()
                    .map(|level| Arc::from(&*level.id))
                    .collect(),
            })
        };
        self.level_sets.iter().filter_map(compile).collect()
    }

    fn conditions(&self, set: DefId, when: &[LevelCondition]) -> Option<Box<[(u16, Range)]>> {
        let condition = |condition: &LevelCondition| {
            let stat = self.index.resolve(Some(set), &condition.stat).ok()?;
            Some((*self.numbers.get(&stat)?, condition.range()))
        };
        when.iter().map(condition).collect()
    }

    fn labels(&self, sets: &[DefId]) -> Box<[SetLabels]> {
        let all = sets.iter().flat_map(|&set| {
            let def = self.content.table::<StatSetDef>().get(set);
            let labels = def
                .into_iter()
                .flat_map(|def| def.labels.iter().enumerate());
            labels.map(move |(index, (_, label))| (set, index, label))
        });
        let compile = |(set, index, label): (DefId, usize, &LabelsDef)| {
            let rules = label
                .rules
                .iter()
                .map(|rule| self.conditions(set, &rule.when));
            let rules = rules.collect::<Option<_>>()?;
            Some(SetLabels { set, index, rules })
        };
        all.filter_map(compile).collect()
    }

    /// What explanations tell of derived stats.
    fn derived_stats(&self) -> Box<[(StatId, DerivedStat)]> {
        let compile = |(&stat, derived): (&StatId, &Derived)| {
            let set = self.index.get(stat)?.set;
            let part = |part: &Part| {
                Some(DerivedPart {
                    derivation: part.derivation,
                    axis: part.axis,
                    compose: part.compose,
                    counts: part.counts,
                    text: part.own.to_string(),
                    own: self.compile(set, &part.own)?,
                    total: self.compile(set, &part.total)?,
                })
            };
            let names = derived.parts.iter().flat_map(|part| part.own.names());
            let mut reads = Vec::new();
            for stat in names.filter_map(|(name, _)| self.index.resolve(Some(set), name).ok()) {
                if !reads.contains(&stat) {
                    reads.push(stat);
                }
            }
            let stats = DerivedStat {
                parts: derived.parts.iter().map(part).collect::<Option<_>>()?,
                reads: reads.into(),
            };
            Some((stat, stats))
        };
        self.derived.iter().filter_map(compile).collect()
    }

    fn program(&self, set: DefId, formula: &Formula) -> Option<Program> {
        self.compile(set, formula.expr()?)
    }

    fn compile(&self, set: DefId, expr: &Expr) -> Option<Program> {
        let scope = SetScope {
            compiler: self,
            set,
        };
        let compiled = expr.compile(&scope);
        compiled
            .inspect_err(|error| tracing::error!("`{expr}`: {}", error.message))
            .ok()
    }
}

/// The stats that the formulas of a stat name.
fn names(
    index: &StatIndex,
    entry: &StatEntry,
    def: &StatDef,
    derived: Option<&Derived>,
) -> Vec<StatId> {
    let own = formulas(def).into_iter().filter_map(Formula::expr);
    own.chain(derived.and_then(Derived::expr))
        .flat_map(Expr::names)
        .filter_map(|(name, _)| index.resolve(Some(entry.set), name).ok())
        .collect()
}

/// The same, with those that a derivation names for which another counts: explanations show it.
fn all_names(
    index: &StatIndex,
    entry: &StatEntry,
    def: &StatDef,
    derived: Option<&Derived>,
) -> Vec<StatId> {
    let parts = derived.into_iter().flat_map(|derived| &derived.parts);
    let parts = parts.flat_map(|part| part.own.names());
    let parts = parts.filter_map(|(name, _)| index.resolve(Some(entry.set), name).ok());
    names(index, entry, def, derived)
        .into_iter()
        .chain(parts)
        .collect()
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
