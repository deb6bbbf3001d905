//! Building the index, and the checks that need all stats at once.

use std::sync::Arc;

use wayfarer_core::content::{Content, Report};

use wayfarer_formula::Expr;

use super::{StatEntry, StatIndex, conditions};
use crate::{
    content::{Formula, StatDef, StatSetDef},
    derivations,
    id::StatId,
    rules::graph,
};

impl StatIndex {
    /// Lists the stats and checks names, cycles and levels.
    pub(crate) fn build(content: &Content, report: &mut Report) -> Option<Self> {
        let index = Self::list(content, report);
        derivations::check(&index, content, report);
        index.check_cycles(content, report);
        for set in content.table::<StatSetDef>() {
            conditions::check(&index, content, set, report);
        }
        (!report.has_errors()).then_some(index)
    }

    fn list(content: &Content, report: &mut Report) -> Self {
        let mut index = Self::default();
        for set in content.table::<StatSetDef>() {
            for (position, (key, def)) in set.stats.iter().enumerate() {
                let name: Arc<str> = format!("{}.{key}", set.name()).into();
                let entry = StatEntry {
                    id: StatId::of(&name),
                    name,
                    set: set.id(),
                    key: Arc::from(key.as_str()),
                    position,
                    is_resource: def.resource.is_some(),
                };
                let at = index.entries.len();
                if let Some(other) = index.by_id.insert(entry.id, at)
                    && let Some(other) = index.entries.get(other)
                {
                    let message = format!("`{}` has the same id as `{}`", entry.name, other.name);
                    let help = Some("rename one of the two".to_owned());
                    report.error(key, "id-collision", message, help);
                }
                if let Some(semantic) = &def.semantic {
                    index.by_type.entry(semantic.id()).or_default().push(at);
                }
                index.by_key.entry(entry.key.clone()).or_default().push(at);
                index.entries.push(entry);
            }
        }
        index.read_packs(content);
        index.read_bonus_types(content);
        index
    }

    fn check_cycles(&self, content: &Content, report: &mut Report) {
        let dependencies: Vec<Vec<usize>> = self
            .entries
            .iter()
            .map(|entry| {
                let formulas = entry.def(content).map(formulas).unwrap_or_default();
                formulas
                    .into_iter()
                    .flat_map(|formula| self.check_names(Some(entry.set), formula, report))
                    .filter_map(|id| self.by_id.get(&id).copied())
                    .collect()
            })
            .collect();
        match graph::order(&dependencies) {
            Ok(_) => derivations::check_cycles(self, content, &dependencies, report),
            Err(cycles) => {
                for cycle in cycles {
                    self.report_cycle(&cycle, content, report);
                }
            }
        }
    }

    fn report_cycle(&self, cycle: &[usize], content: &Content, report: &mut Report) {
        let Some(first) = cycle.first().and_then(|&at| self.entries.get(at)) else {
            return;
        };
        let next = cycle
            .get(1)
            .or(cycle.first())
            .and_then(|&at| self.entries.get(at));
        let steps = cycle.iter().chain(cycle.first());
        let steps = steps.filter_map(|&at| self.entries.get(at));
        let one_set = steps.clone().all(|entry| entry.set == first.set);
        let path: Vec<&str> = steps
            .map(|entry| if one_set { &*entry.key } else { &*entry.name })
            .collect();
        let message = format!("these stats depend on each other: {}", path.join(" → "));
        let help = Some("let one of them be a plain number".to_owned());
        let formulas = first.def(content).map(formulas).unwrap_or_default();
        for formula in formulas {
            for (name, span) in formula.expr().into_iter().flat_map(Expr::names) {
                if self.resolve(Some(first.set), name).ok() == next.map(|entry| entry.id) {
                    let range = span.start as usize..span.end as usize;
                    report.error_in(formula.text(), range, "stat-cycle", message, help);
                    return;
                }
            }
        }
    }
}

/// Everything in a stat that names other stats.
pub(crate) fn formulas(def: &StatDef) -> Vec<&Formula> {
    let resource = def.resource.as_ref();
    let own = def.formula.as_ref();
    own.into_iter()
        .chain(resource.map(|resource| &resource.max))
        .chain(resource.and_then(|resource| resource.regen.as_ref()))
        .collect()
}
