//! What is wrong with several effects together.

use wayfarer_core::content::{Content, Ref, Report};

use super::definition::{EffectDef, Lasts};
use crate::rules::graph;

/// What is over at once would be given again and again to whoever stays around.
pub(super) fn auras(content: &Content, report: &mut Report) {
    let table = content.table::<EffectDef>();
    for aura in table.iter().filter_map(|effect| effect.aura.as_ref()) {
        let given = table.get(aura.effect.id());
        if given.is_some_and(|given| given.lasts == Lasts::Instant) {
            let message = format!("`{}` is over at once and no aura can give it", aura.effect);
            let help = "give a lasting effect, with what it does under `every`".to_owned();
            report.error(&aura.effect, "instant-aura", message, Some(help));
        }
    }
}

/// Effects that lead to each other would never come to an end.
pub(super) fn cycles(content: &Content, report: &mut Report) {
    let table = content.table::<EffectDef>();
    let effects: Vec<_> = table.iter().collect();
    let position = |effect: &Ref<EffectDef>| effects.iter().position(|e| e.id() == effect.id());
    let edges: Vec<Vec<usize>> = effects
        .iter()
        .map(|effect| effect.leads_to().filter_map(position).collect())
        .collect();
    for cycle in graph::order(&edges).err().into_iter().flatten() {
        let Some(first) = cycle.first().and_then(|&at| effects.get(at)) else {
            continue;
        };
        let next = cycle.get(1).or(cycle.first()).copied();
        let path: Vec<&str> = cycle
            .iter()
            .chain(cycle.first())
            .filter_map(|&at| effects.get(at).map(|effect| effect.name()))
            .collect();
        let message = format!("these effects lead to each other: {}", path.join(" → "));
        let help = Some("let one of them end without applying the next".to_owned());
        if let Some(at) = first.leads_to().find(|effect| position(effect) == next) {
            report.error(at, "effect-cycle", message, help);
        }
    }
}
