//! From definitions to a [`RelationKind`].

use std::sync::Arc;

use wayfarer_core::content::{Content, Def, Report, did_you_mean};
use wayfarer_formula::{Expr, Scope};

use super::{
    Decay, MAX_AXES, RelationDef,
    index::{Axis, RelationKind},
};
use crate::{
    content::{Formula, StatDef, StatSetDef},
    index::{StatEntry, StatIndex},
    rules::{graph, level::Range},
};

/// Compiles one kind; what is wrong is reported, and `None` then.
pub(super) fn compile(
    content: &Content,
    def: &Def<RelationDef>,
    report: &mut Report,
) -> Option<RelationKind> {
    let index = content.derived::<StatIndex>()?;
    let set = content.table::<StatSetDef>().get(def.set.id())?;
    let compiler = Compiler { index, set };
    if set.stats.len() > MAX_AXES {
        let message = format!("a relation has at most {MAX_AXES} axes");
        report.error(&def.set, "too-many-stats", message, None);
        return None;
    }
    compiler.check_decay(def, report);
    let stats: Vec<(&StatEntry, &StatDef)> = index
        .of_set(set.id())
        .filter_map(|entry| Some((entry, entry.def(content)?)))
        .collect();
    let mut dependencies = Vec::with_capacity(stats.len());
    let mut sound = true;
    for (entry, stat) in &stats {
        if stat.resource.is_some() {
            sound = false;
            let message = format!("`{}` is used up, which a bond cannot be", entry.key);
            let help = "let it be a plain stat; `decay` makes it wear off".to_owned();
            report.error(&def.set, "resource-in-relation", message, Some(help));
        }
        match stat.formula.as_ref() {
            Some(formula) => match compiler.reads(formula, report) {
                Some(reads) => dependencies.push(reads),
                None => sound = false,
            },
            None => dependencies.push(Vec::new()),
        }
    }
    let levels = compiler.levels(def, report)?;
    // Cycles have been reported by the index of stats.
    let order = graph::order(&dependencies).ok().filter(|_| sound)?;
    let axes = stats
        .iter()
        .map(|(entry, stat)| compiler.axis(def, entry, stat));
    Some(RelationKind {
        id: def.id(),
        set: set.id(),
        axes: axes.collect::<Option<_>>()?,
        order: order.into_iter().map(|at| at as u16).collect(),
        levels,
        log: def.log(),
    })
}

struct Compiler<'c> {
    index: &'c StatIndex,
    set: &'c Def<StatSetDef>,
}

impl Compiler<'_> {
    /// The position of a stat of the set; `Err` with the full name of one outside.
    fn own(&self, name: &str) -> Option<Result<usize, &StatEntry>> {
        let id = self.index.resolve(Some(self.set.id()), name).ok()?;
        let entry = self.index.get(id)?;
        Some(if entry.set == self.set.id() {
            Ok(entry.position)
        } else {
            Err(entry)
        })
    }

    /// The positions of the axes that a formula reads.
    fn reads(&self, formula: &Formula, report: &mut Report) -> Option<Vec<usize>> {
        let mut reads = Vec::new();
        let mut sound = true;
        for (name, span) in formula.expr()?.names() {
            match self.own(name)? {
                Ok(at) => reads.push(at),
                Err(entry) => {
                    sound = false;
                    let range = span.start as usize..span.end as usize;
                    let message = format!("a bond does not know `{}`", entry.name);
                    let help = format!("name stats of `{}` only", self.set.name());
                    report.error_in(
                        formula.text(),
                        range,
                        "foreign-stat-in-relation",
                        message,
                        Some(help),
                    );
                }
            }
        }
        sound.then_some(reads)
    }

    fn check_decay(&self, def: &Def<RelationDef>, report: &mut Report) {
        for (name, decay) in def.decay.iter() {
            let Some(stat) = self.set.stats.get(name) else {
                let near = did_you_mean(name, self.set.stats.iter().map(|(key, _)| key.as_str()));
                let help = near.map(|near| format!("did you mean `{near}`?"));
                let message = format!("`{}` has no stat `{name}`", self.set.name());
                report.error(name, "unknown-stat", message, help);
                continue;
            };
            if stat.formula.is_some() {
                let message = format!("`{name}` follows a formula and cannot wear off");
                report.error(name, "formula-and-decay", message, None);
            }
            let (low, high) = (stat.lowest(), stat.highest());
            if let Some(rest) = &decay.towards
                && !(low..=high).contains(&rest.value)
            {
                let message = format!("{} is not between {low} and {high}", rest.value);
                report.error(rest, "out-of-range", message, None);
            }
        }
    }

    fn axis(&self, def: &RelationDef, entry: &StatEntry, stat: &StatDef) -> Option<Axis> {
        let formula = match &stat.formula {
            None => None,
            Some(formula) => Some(self.program(formula)?),
        };
        Some(Axis {
            id: entry.id,
            key: Arc::clone(&entry.key),
            min: stat.lowest(),
            max: stat.highest(),
            start: stat.start(),
            formula,
            decay: def.decay.get(&entry.key).map(|decay| Decay {
                towards: decay
                    .towards
                    .as_ref()
                    .map_or_else(|| stat.start(), |rest| rest.value),
                per_second: f64::from(decay.per_hour.value) / 3600.0,
            }),
            tiers: stat.tiers.iter().map(|tier| tier.min.value).collect(),
        })
    }

    fn program(&self, formula: &Formula) -> Option<wayfarer_formula::Program> {
        let compiled = formula.expr().map(|expr: &Expr| expr.compile(self))?;
        compiled
            .inspect_err(|error| tracing::error!("`{}`: {}", formula.text(), error.message))
            .ok()
    }

    fn levels(
        &self,
        def: &Def<RelationDef>,
        report: &mut Report,
    ) -> Option<Box<[(u8, Box<[(u16, Range)]>)]>> {
        let mut order: Vec<_> = self.set.levels.iter().zip(0_u8..).collect();
        order.sort_by_key(|(level, _)| std::cmp::Reverse(level.priority));
        let mut all = Vec::with_capacity(order.len());
        let mut sound = true;
        for (level, at) in order {
            let mut when = Vec::with_capacity(level.when.len());
            for condition in &level.when {
                match self.own(&condition.stat)? {
                    Ok(axis) => when.push((axis as u16, condition.range())),
                    Err(entry) => {
                        sound = false;
                        let message = format!("a bond does not know `{}`", entry.name);
                        let help = format!(
                            "levels of `{}` name its own stats only, because `{}` uses it",
                            self.set.name(),
                            def.name()
                        );
                        report.error(
                            &condition.stat,
                            "foreign-stat-in-relation",
                            message,
                            Some(help),
                        );
                    }
                }
            }
            all.push((at, when.into()));
        }
        sound.then(|| all.into())
    }
}

impl Scope for Compiler<'_> {
    fn slot(&self, name: &str) -> Option<u16> {
        self.own(name)?.ok().map(|at| at as u16)
    }

    fn known<'a>(&'a self) -> Box<dyn Iterator<Item = &'a str> + 'a> {
        Box::new(self.set.stats.iter().map(|(key, _)| key.as_str()))
    }
}
