use std::sync::Arc;

use bevy::prelude::*;
use wayfarer_core::{
    content::{ActiveContent, Content, Ref},
    id::{DefId, Identity, Uid, UidIndex},
    refusal::Refusal,
    text::Texts,
};
use wayfarer_stats::{
    api::display_name,
    content::SheetDef,
    effects::{
        ActiveEffect, ActiveEffects, EffectDef, EffectPreview, EffectSpec, StepPreview, Until,
        preview_effect, preview_removal,
    },
    inputs::StatInputs,
    modifier::{Modifier, ModifierKind},
    tags::{TagDef, TagIndex, TagMiss, Tags},
    what_if::Change,
};

use super::sheet::name_of;
use crate::{
    model::effects::{
        ChangeRow, EffectChoice, EffectEnd, EffectOutlook, EffectRow, EffectsModel, ModifierRow,
    },
    panels::number,
    texts::labels,
};

/// The effects on an entity; none when it has none, or no stats (yet). Whom it is about and what a
/// game master can apply is for the caller to fill in.
pub fn effects_model(world: &World, entity: Entity) -> EffectsModel {
    let mut model = EffectsModel::default();
    model.viewed.uid = world.get::<Identity>(entity).map(|uid| uid.0);
    model.viewed.name = name_of(world, entity);
    let content = world.get_resource::<ActiveContent>();
    let effects = world.get::<ActiveEffects>(entity);
    if let Some((content, effects)) = content.zip(effects) {
        model.effects = effects
            .iter()
            .map(|effect| row(world, content, entity, effects, effect))
            .collect();
    }
    model
}

/// Every effect of the content, by name.
pub(super) fn choices(world: &World) -> Arc<[EffectChoice]> {
    let Some(content) = world.get_resource::<ActiveContent>() else {
        return Arc::default();
    };
    let all = content.table::<EffectDef>().iter();
    let mut choices: Vec<EffectChoice> = all
        .map(|def| EffectChoice {
            id: def.id(),
            name: def.name.clone(),
            key: def.name().to_owned(),
            description: def.description.clone(),
        })
        .collect();
    choices.sort_by(|a, b| (&a.name, &a.key).cmp(&(&b.name, &b.key)));
    choices.into()
}

fn row(
    world: &World,
    content: &Content,
    entity: Entity,
    effects: &ActiveEffects,
    effect: &ActiveEffect,
) -> EffectRow {
    let def = content.table::<EffectDef>().get(effect.def);
    let inputs = world.get::<StatInputs>(entity);
    let modifiers = inputs.into_iter().flat_map(|i| i.modifiers_of(effect.uid));
    let index = world.get_resource::<UidIndex>();
    let source = effect.source.map(|uid| {
        let known = index.and_then(|index| index.get(uid));
        known.map_or_else(|| uid.to_string(), |entity| name_of(world, entity))
    });
    let tags = def.into_iter().flat_map(|def| &def.grants);
    EffectRow {
        uid: effect.uid,
        name: def.map_or_else(|| effect.def.to_string(), |def| def.name.clone()),
        description: def.map_or_else(String::new, |def| def.description.clone()),
        stacks: effect.stacks,
        level: effect.level,
        since: effect.since,
        until: end(effect.until),
        source,
        suppressed: effect.suppressed.then(|| {
            let def = def.map(|def| &**def);
            why_not(world, content, entity, effects, effect.uid, def)
        }),
        tags: tags.map(|tag| tag_name(content, tag.id())).collect(),
        modifiers: modifiers.map(|m| modifier_row(content, m)).collect(),
        dismissable: def.is_some_and(|def| def.dismissable),
    }
}

pub(super) fn end(until: Until) -> EffectEnd {
    match until {
        Until::Tick(tick) => EffectEnd::Tick(tick),
        Until::Turns(turns) => EffectEnd::Turns(turns),
        Until::ShortRest => EffectEnd::ShortRest,
        Until::LongRest => EffectEnd::LongRest,
        Until::Forever => EffectEnd::Forever,
    }
}

/// What a tag is called.
fn tag_name(content: &Content, tag: DefId) -> String {
    let def = content.table::<TagDef>().get(tag);
    def.map_or_else(|| tag.to_string(), |def| def.name.clone())
}

fn modifier_row(content: &Content, modifier: &Modifier) -> ModifierRow {
    ModifierRow {
        stat: display_name(content, modifier.stat),
        amount: amount_words(modifier.kind, modifier.amount),
        when: modifier.when.clone(),
    }
}

/// What a modifier does to a stat, as players read it.
pub(super) fn amount_words(kind: ModifierKind, amount: f32) -> String {
    let signed = |text: String| {
        if amount > 0.0 {
            format!("+{text}")
        } else {
            text
        }
    };
    match kind {
        ModifierKind::Override => format!("= {}", number(amount)),
        ModifierKind::Flat => signed(number(amount)),
        ModifierKind::Increased => signed(format!("{} %", number(amount * 100.0))),
        ModifierKind::More => format!("×{}", number(amount)),
        ModifierKind::Floor => format!("≥ {}", number(amount)),
        ModifierKind::Cap => format!("≤ {}", number(amount)),
    }
}

/// Why a suppressed effect does nothing, as far as it can be told from here.
fn why_not(
    world: &World,
    content: &Content,
    entity: Entity,
    effects: &ActiveEffects,
    uid: Uid,
    def: Option<&EffectDef>,
) -> String {
    let default = Texts::default();
    let texts = world.get_resource::<Texts>().unwrap_or(&default);
    let plain = || labels::SUPPRESSED.of(texts).to_owned();
    let Some((def, index)) = def.zip(content.derived::<TagIndex>()) else {
        return plain();
    };
    let named = |tag| tag_name(content, tag);
    let miss = world
        .get::<Tags>(entity)
        .and_then(|tags| def.during.miss(tags));
    match miss {
        Some(TagMiss::Missing(tag)) => {
            return labels::SUPPRESSED_NEEDS
                .of(texts)
                .replace("{tag}", &named(tag));
        }
        Some(TagMiss::Blocked(tag)) => {
            return labels::SUPPRESSED_WHILE
                .of(texts)
                .replace("{tag}", &named(tag));
        }
        None => {}
    }
    let own: Vec<DefId> = def.tags.iter().map(Ref::id).collect();
    let against = |tags: &[Ref<TagDef>]| {
        let tags: Vec<DefId> = tags.iter().map(Ref::id).collect();
        index.any_under(&own, &tags)
    };
    let sheet = world
        .get::<StatInputs>(entity)
        .and_then(StatInputs::template)
        .and_then(|sheet| content.table::<SheetDef>().get(sheet));
    if sheet.is_some_and(|sheet| against(&sheet.immune)) {
        return labels::SUPPRESSED_IMMUNE.of(texts).to_owned();
    }
    let others = effects.iter().filter(|e| e.uid != uid && !e.suppressed);
    let by = others
        .filter_map(|other| content.table::<EffectDef>().get(other.def))
        .find(|other| against(&other.immune) || against(&other.suppresses));
    by.map_or_else(plain, |by| {
        labels::SUPPRESSED_BY.of(texts).replace("{name}", &by.name)
    })
}

/// What would become of an entity's stats if an effect ended; `None` if it has no such effect.
pub fn preview_end(world: &World, entity: Entity, effect: Uid) -> Option<EffectOutlook> {
    world.get::<ActiveEffects>(entity)?.get(effect)?;
    Some(outlook(
        world,
        preview_removal(world, entity, effect),
        false,
    ))
}

/// What an effect of this level, caused by nobody, would do to an entity.
pub fn preview_apply(world: &World, entity: Entity, effect: DefId, level: f32) -> EffectOutlook {
    let spec = EffectSpec::new(effect).level(level);
    let instant = world
        .get_resource::<ActiveContent>()
        .and_then(|content| content.table::<EffectDef>().get(effect))
        .is_some_and(|def| def.lasts == wayfarer_stats::effects::Lasts::Instant);
    outlook(world, preview_effect(world, entity, &spec), instant)
}

fn outlook(world: &World, preview: Result<EffectPreview, Refusal>, instant: bool) -> EffectOutlook {
    match preview {
        Ok(preview) => EffectOutlook::Would {
            until: if instant {
                EffectEnd::AtOnce
            } else {
                end(preview.until)
            },
            stacks: preview.stacks,
            does: preview
                .steps
                .iter()
                .map(|step| step_words(world, step))
                .collect(),
            changes: changes(world, &preview.changes),
        },
        Err(refusal) => EffectOutlook::Refused(refused(world, &refusal)),
    }
}

/// What a step of another plugin would do, in words.
fn step_words(world: &World, step: &StepPreview) -> String {
    let key = format!("step.{}", step.name);
    let text = world.get_resource::<Texts>().map(|texts| texts.get(&key));
    let amount = number((step.amount * 100.0).round() / 100.0);
    text.unwrap_or(&key).replace("{amount}", &amount)
}

/// A refusal in words.
pub(crate) fn refused(world: &World, refusal: &Refusal) -> String {
    let content = world.get_resource::<ActiveContent>();
    match world.get_resource::<Texts>().zip(content) {
        Some((texts, content)) => texts.refusal(refusal, &content.0),
        None => refusal.to_string(),
    }
}

/// Changes of stats in words.
pub(super) fn changes(world: &World, changes: &[Change]) -> Vec<ChangeRow> {
    let Some(content) = world.get_resource::<ActiveContent>() else {
        return Vec::new();
    };
    let row = |change: &Change| ChangeRow {
        stat: display_name(content, change.stat),
        before: change.before,
        after: change.after,
        tiers: tiers(content, change),
    };
    changes.iter().map(row).collect()
}

fn tiers(content: &Content, change: &Change) -> Option<(String, String)> {
    if change.tier_before == change.tier_after {
        return None;
    }
    let index = content.derived::<wayfarer_stats::index::StatIndex>();
    let def = index.and_then(|index| index.get(change.stat)?.def(content));
    let name = |id: &Option<String>| {
        let id = id.as_deref().unwrap_or("–");
        let tiers = def.into_iter().flat_map(|def| &def.tiers);
        tiers
            .into_iter()
            .find(|tier| tier.id == id)
            .map_or_else(|| id.to_owned(), |tier| tier.name.clone())
    };
    Some((name(&change.tier_before), name(&change.tier_after)))
}
