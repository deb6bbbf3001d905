//! Derivations and formulas that depend on each other.

use std::collections::HashMap;

use wayfarer_core::content::{Content, Def, Report, Text};

use super::{force, reads, target};
use crate::{
    content::{DerivationDef, WorldDef},
    id::StatId,
    index::StatIndex,
    rules::graph,
};

/// One stat that follows from another by a derivation.
struct Edge<'c> {
    from: usize,
    to: usize,
    key: &'c Text,
    derivation: &'c Def<DerivationDef>,
}

/// Reports cycles for a character that would have every set, without a world and in each of them.
/// `own` are the formulas of the sets, by position in the index, which have no cycles themselves.
///
/// Every stat that a derivation could read counts, also where another derivation takes its place:
/// for other sets it may not.
pub(crate) fn check_cycles(
    index: &StatIndex,
    content: &Content,
    own: &[Vec<usize>],
    report: &mut Report,
) {
    let numbers: HashMap<StatId, usize> = index.iter().zip(0..).map(|(e, at)| (e.id, at)).collect();
    let worlds = content.table::<WorldDef>().iter();
    let others = worlds.filter(|w| !(w.exclude.is_empty() && w.replacements.is_empty()));
    for world in std::iter::once(None).chain(others.map(Some)) {
        let edges = edges(index, content, world, &numbers);
        let mut dependencies = own.to_vec();
        for edge in &edges {
            if let Some(of) = dependencies.get_mut(edge.to) {
                of.push(edge.from);
            }
        }
        let cycles = graph::order(&dependencies).err().unwrap_or_default();
        for cycle in &cycles {
            tell(index, cycle, &edges, world, report);
        }
        if !cycles.is_empty() {
            return;
        }
    }
}

fn edges<'c>(
    index: &StatIndex,
    content: &'c Content,
    world: Option<&Def<WorldDef>>,
    numbers: &HashMap<StatId, usize>,
) -> Vec<Edge<'c>> {
    let mut edges = Vec::new();
    for derivation in force::in_force(content, world) {
        for (key, axis) in derivation.values.iter() {
            let to = target(index, content, derivation, key);
            let Some(&to) = to.and_then(|to| numbers.get(&to.id)) else {
                continue;
            };
            let from = reads(index, derivation.into.id(), axis);
            edges.extend(
                from.filter_map(|stat| numbers.get(&stat))
                    .map(|&from| Edge {
                        from,
                        to,
                        key,
                        derivation,
                    }),
            );
        }
    }
    edges
}

fn tell(
    index: &StatIndex,
    cycle: &[usize],
    edges: &[Edge<'_>],
    world: Option<&Def<WorldDef>>,
    report: &mut Report,
) {
    let entries: Vec<_> = index.iter().collect();
    let ring = cycle.iter().chain(cycle.first());
    let path: Vec<&str> = ring
        .clone()
        .filter_map(|&at| entries.get(at).map(|entry| &*entry.name))
        .collect();
    let mut message = format!("these stats depend on each other: {}", path.join(" → "));
    if let Some(world) = world {
        message = format!("{message} (in the world `{}`)", world.name());
    }
    let pairs = || ring.clone().zip(ring.clone().skip(1));
    let blamed = edges
        .iter()
        .find(|edge| pairs().any(|(&to, &from)| (edge.to, edge.from) == (to, from)));
    let Some(edge) = blamed else {
        return;
    };
    let help = format!(
        "let `{}` read other stats, or give one of these another semantic type",
        edge.derivation.name()
    );
    report.error(edge.key, "stat-cycle", message, Some(help));
}
