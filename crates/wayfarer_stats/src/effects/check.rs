//! What is wrong with several effects together.

use wayfarer_core::{
    content::{Content, Ref, Report},
    id::DefId,
};

use super::definition::{EffectDef, Lasts};
use crate::rules::graph;

/// What is over at once would be given again and again to whoever stays around.
pub(super) fn auras(content: &Content, report: &mut Report) {
    let table = content.table::<EffectDef>();
    for aura in table.iter().filter_map(|effect| effect.aura.as_ref()) {
        let Some(given) = table.get(aura.effect.id()) else {
            continue;
        };
        let is_under = |tag: DefId, above: DefId| {
            let names = content.name_of(tag).zip(content.name_of(above));
            names.is_some_and(|(tag, above)| {
                let rest = tag.strip_prefix(above);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
        };
        let mut granted = given.grants.iter().map(Ref::id);
        // It would come and go without end.
        let against = |tag: DefId| aura.to.none.iter().find(|none| is_under(tag, none.id()));
        if let Some(none) = granted.find_map(against) {
            let message = format!("the aura gives `{none}` and keeps away from who has it");
            let help = Some("remove one of the two".to_owned());
            report.error(none, "contradiction", message, help);
        }
        if given.lasts == Lasts::Instant {
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
