//! What a thing asks of its wearer: skills, level, who they are, what they have done.

use wayfarer_core::{id::DefId, refusal::Refusal};
use wayfarer_inventory::view::View;
use wayfarer_stats::{
    effects::tags_now,
    tags::{TagDef, TagMiss},
};

use crate::{
    content::{EquipRulesDef, GearDef, Requirement},
    refusals::{CLASS_GATE, LEVEL_GATE, QUEST_GATE, SKILL_GATE},
};

/// Refuses a wearer who is not what the thing asks for: the first of its requirements that is not
/// met.
///
/// # Errors
/// `skill_gate`, `level_gate`, `class_gate`, `quest_gate`.
pub(crate) fn check(view: &View<'_>, gear: &GearDef) -> Result<(), Refusal> {
    for requirement in &gear.requires {
        check_stat(view, requirement)?;
    }
    if gear.min_level > 0.0 {
        let have = EquipRulesDef::level_of(view.content, view.world, view.entity);
        if have < gear.min_level {
            return Err(Refusal::new(LEVEL_GATE)
                .with("need", gear.min_level)
                .with("have", have));
        }
    }
    if gear.wearer.is_empty() && gear.quest.is_none() {
        return Ok(());
    }
    let tags = tags_now(view.world, view.entity);
    let name = |tag: DefId| {
        let def = view.content.table::<TagDef>().get(tag);
        def.map_or_else(|| tag.to_string(), |def| def.name.clone())
    };
    if let Some(TagMiss::Missing(tag) | TagMiss::Blocked(tag)) = gear.wearer.miss(&tags) {
        return Err(Refusal::new(CLASS_GATE).with("tag", name(tag)));
    }
    match &gear.quest {
        Some(quest) if !tags.has(quest.id()) => {
            Err(Refusal::new(QUEST_GATE).with("tag", name(quest.id())))
        }
        _ => Ok(()),
    }
}

fn check_stat(view: &View<'_>, requirement: &Requirement) -> Result<(), Refusal> {
    let stat = requirement.stat_id(view.content);
    let have = stat.and_then(|stat| wayfarer_stats::api::value_of(view.world, view.entity, stat));
    // A missing skill fails, whatever is asked for.
    if have.is_some_and(|have| have >= requirement.min) {
        return Ok(());
    }
    Err(Refusal::new(SKILL_GATE)
        .with("stat", requirement.shown())
        .with("need", requirement.min)
        .with("have", have.unwrap_or(0.0)))
}
