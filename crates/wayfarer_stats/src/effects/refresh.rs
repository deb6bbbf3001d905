//! What follows from a character's effects: its tags, what others see of it, and when to look again.

use std::sync::Arc;

use bevy::{ecs::component::Mutable, prelude::*};
use smallvec::SmallVec;
use wayfarer_core::{
    action::HostWorldExt,
    authority::Authority,
    clock::{ClockMode, RulesClock, ticks},
    content::{ActiveContent, Content, Def, Ref},
    id::{DefId, Uid},
    state::RestoreReport,
    txn::Txn,
};

use super::{
    active::{ActiveEffect, ActiveEffects, Until, effects_in},
    apply::look_up,
    definition::EffectDef,
    facts::EndReason,
    index::EffectIndex,
    modifiers,
    public::PublicEffects,
    queue::{EffectQueue, Noted},
    remove,
    rules::{
        beat,
        suppression::{Nature, hindered},
    },
};
use crate::{
    content::SheetDef,
    inputs::StatInputs,
    tags::{TagIndex, Tags},
};

/// What a character is by nature: what its sheet says.
pub(super) fn nature(world: &World, content: &Content, entity: Entity) -> Nature {
    let inputs = world.get::<StatInputs>(entity);
    let template = inputs.and_then(StatInputs::template);
    let sheet = template.and_then(|sheet| content.table::<SheetDef>().get(sheet));
    sheet.map_or_else(Nature::default, |sheet| Nature {
        tags: sheet.tags.iter().map(Ref::id).collect(),
        immune: sheet.immune.iter().map(Ref::id).collect(),
    })
}

/// The definitions of a character's effects; `None` for one that the content does not know.
pub(super) fn definitions<'c>(
    content: &'c Content,
    effects: &ActiveEffects,
) -> SmallVec<[Option<&'c EffectDef>; 8]> {
    let table = content.table::<EffectDef>();
    effects
        .iter()
        .map(|effect| table.get(effect.def).map(|def| &**def))
        .collect()
}

/// The tags that a character has this moment, also in the middle of a transaction.
pub fn tags_now(world: &World, entity: Entity) -> Tags {
    let Some(content) = world.get_resource::<ActiveContent>() else {
        return Tags::default();
    };
    let nature = nature(world, &content.0, entity);
    let Ok(effects) = effects_in(world, entity) else {
        return Tags::default();
    };
    let index = content.0.derived::<TagIndex>();
    let definitions = definitions(&content.0, effects);
    index.map_or_else(Tags::default, |index| {
        hindered(&definitions, &nature, index).1
    })
}

/// The commit hook of [`ActiveEffects`].
pub(crate) fn committed(world: &mut World, entity: Entity) {
    let Some(content) = content(world) else {
        return;
    };
    let Ok(effects) = effects_in(world, entity) else {
        return;
    };
    let definitions = definitions(&content, effects);
    let active = effects
        .iter()
        .zip(&definitions)
        .filter(|(effect, _)| !effect.suppressed)
        .filter_map(|(effect, def)| Some((effect, (*def)?)));
    let granted: SmallVec<[DefId; 8]> = active
        .clone()
        .flat_map(|(_, def)| def.grants.iter().map(Ref::id))
        .collect();
    let mut rows: Vec<(DefId, u16)> = active
        .filter(|(_, def)| def.public)
        .map(|(effect, _)| (effect.def, effect.stacks))
        .collect();
    rows.sort_unstable();
    let nature = nature(world, &content, entity);
    let index = content.derived::<TagIndex>();
    let tags = index.map_or_else(Tags::default, |index| {
        Tags::of(index, nature.tags.into_iter().chain(granted))
    });
    let hosts = world.get_resource::<Authority>() == Some(&Authority::Host);
    let known = world.get::<ActiveEffects>(entity).filter(|_| hosts);
    let noted = known.map(|effects| noted(world, &content, effects, &definitions));
    let others = write(world, entity, tags, Tags::is_empty);
    if !hosts {
        return;
    }
    let public = PublicEffects { rows };
    write(world, entity, public, |public| public.rows.is_empty());
    if let Some(mut queue) = world.get_resource_mut::<EffectQueue>() {
        // Auras may ask for tags.
        queue.auras_moved |= others || noted.as_ref().is_some_and(|noted| noted.aura);
        if let Some(noted) = noted {
            queue.note(entity, noted);
        }
    }
}

/// Writes what is derived, if it differs. Nobody gets a component for nothing: each costs
/// replication, and space. `true` if something was written.
fn write<C>(world: &mut World, entity: Entity, value: C, is_empty: fn(&C) -> bool) -> bool
where
    C: Component<Mutability = Mutable> + PartialEq,
{
    if let Some(mut own) = world.get_mut::<C>(entity) {
        return own.set_if_neq(value);
    }
    if is_empty(&value) {
        return false;
    }
    world.entity_mut(entity).insert(value);
    true
}

/// Notes when to look at a character's effects again.
pub(super) fn note(world: &mut World, entity: Entity) {
    let Some(content) = content(world) else {
        return;
    };
    let Some(effects) = world.get::<ActiveEffects>(entity) else {
        return;
    };
    let noted = noted(world, &content, effects, &definitions(&content, effects));
    if let Some(mut queue) = world.get_resource_mut::<EffectQueue>() {
        queue.auras_moved |= noted.aura;
        queue.note(entity, noted);
    }
}

/// The loaded content.
pub(super) fn content(world: &World) -> Option<Arc<Content>> {
    world
        .get_resource::<ActiveContent>()
        .map(|active| active.0.clone())
}

fn noted(
    world: &World,
    content: &Content,
    effects: &ActiveEffects,
    definitions: &[Option<&EffectDef>],
) -> Noted {
    let next_beat = |effect: &ActiveEffect, seconds: f32| {
        let clock = world.get_resource::<RulesClock>();
        let mode = world.get_resource::<ClockMode>().copied();
        let period = ticks(seconds, mode.unwrap_or_default().hz());
        beat::next(effect.beat, period, clock.map_or(0, |clock| clock.tick))
    };
    let compiled = content.derived::<EffectIndex>();
    let mut noted = Noted::default();
    for (effect, def) in effects.iter().zip(definitions) {
        noted.own.push(effect.uid);
        if let Some(parent) = effect.parent {
            noted.parents.push((parent, effect.uid));
        }
        if let Until::Tick(tick) = effect.until {
            noted.due = Some(noted.due.map_or(tick, |due| due.min(tick)));
        }
        let Some(def) = def else {
            continue;
        };
        if let Some(seconds) = def.every.as_ref().and_then(|every| every.seconds.as_ref()) {
            noted.periodic = true;
            if !effect.suppressed {
                let next = next_beat(effect, seconds.value);
                noted.due = Some(noted.due.map_or(next, |due| due.min(next)));
            }
        }
        let live = || {
            let compiled = compiled.and_then(|compiled| compiled.get(effect.def));
            compiled.is_some_and(|compiled| !compiled.live.is_empty())
        };
        if let Some(source) = effect.source
            && (def.ends_with_source || live())
            && !noted.sources.contains(&source)
        {
            noted.sources.push(source);
        }
        noted.aura |= def.aura.is_some();
    }
    noted
}

/// Looks at those whose effects came from anywhere but an op: spawned, loaded, received.
pub(crate) fn refresh_stale(world: &mut World) {
    let Some(mut queue) = world.get_resource_mut::<EffectQueue>() else {
        return;
    };
    let stale = std::mem::take(&mut queue.stale);
    let swapped = std::mem::take(&mut queue.swapped);
    let other_auras = std::mem::take(&mut queue.other_auras);
    if swapped && world.get_resource::<Authority>() == Some(&Authority::Host) {
        follow_definitions(world, &stale, &other_auras);
    }
    for entity in stale {
        committed(world, entity);
    }
}

/// The world before is gone with all its effects, and those of this one may have the same ids.
pub(crate) fn restored(world: &mut World, _: &mut RestoreReport) {
    if let Some(mut queue) = world.get_resource_mut::<EffectQueue>() {
        queue.orphaned.clear();
    }
}

/// Effects follow their definitions: what they do to stats is written anew.
fn follow_definitions(world: &mut World, bearers: &[Entity], other_auras: &[(DefId, DefId)]) {
    let done = world.transact("effects.swap", |txn| {
        let content = txn.content();
        for &bearer in bearers {
            let Some(effects) = txn.get::<ActiveEffects>(bearer) else {
                continue;
            };
            for effect in effects.clone().iter() {
                let written = txn.attempt(|txn| match look_up(&content, effect.def) {
                    Ok((_, compiled)) => modifiers::write(txn, bearer, compiled, effect),
                    // What the content no longer knows does nothing until it does again.
                    Err(_) => modifiers::clear(txn, bearer, effect),
                });
                if let Err(refusal) = written {
                    tracing::warn!("an effect could not follow its definition: {refusal}");
                }
                let other = other_auras.iter().find(|(def, _)| *def == effect.def);
                if let Some((_, before)) = other {
                    end_given(txn, effect.uid, *before);
                }
            }
            txn.attempt(|txn| remove::reconsider(txn, bearer))
                .unwrap_or_default();
        }
        Ok(())
    });
    if let Err(refusal) = done {
        tracing::warn!("effects could not follow their definitions: {refusal}");
    }
}

/// Ends what an aura gave that now gives something else, or nothing.
fn end_given(txn: &mut Txn<'_>, aura: Uid, given: DefId) {
    let queue = txn.world().get_resource::<EffectQueue>();
    let children = queue.and_then(|queue| queue.children.get(&aura)).cloned();
    for (entity, uid) in children.unwrap_or_default() {
        let effects = txn.get::<ActiveEffects>(entity);
        let is_given = effects
            .and_then(|effects| effects.get(uid))
            .is_some_and(|effect| effect.def == given);
        let why = EndReason::LeftAura;
        if is_given
            && let Err(refusal) =
                txn.attempt(|txn| remove::remove_effect_because(txn, entity, uid, why))
        {
            tracing::warn!("what an aura gave could not be ended: {refusal}");
        }
    }
}

/// On a client: what the network has changed.
pub(crate) fn scan_received(
    changed: Query<Entity, Or<(Changed<ActiveEffects>, Changed<StatInputs>)>>,
    mut queue: ResMut<EffectQueue>,
) {
    queue.stale.extend(&changed);
}

/// Run condition: somebody's effects came from anywhere but an op.
pub(crate) fn somebody_is_stale(
    queue: Res<EffectQueue>,
    content: Option<Res<ActiveContent>>,
    authority: Res<Authority>,
) -> bool {
    // Until it is known who decides, nobody can tell what has to be noted.
    *authority != Authority::None && content.is_some() && !queue.stale.is_empty()
}

/// New content: tags, periods and what strangers see may be others.
pub(crate) fn swap_content(world: &mut World, old: &Content, new: &Content) {
    let given = |content: &Content, def: DefId| {
        let def = content.table::<EffectDef>().get(def)?;
        def.aura.as_ref().map(|aura| aura.effect.id())
    };
    let auras = old.table::<EffectDef>().iter().map(Def::id);
    let others = auras.filter_map(|def| {
        let before = given(old, def)?;
        (given(new, def) != Some(before)).then_some((def, before))
    });
    let others: Vec<(DefId, DefId)> = others.collect();
    let mut query = world.query_filtered::<Entity, With<StatInputs>>();
    let all: Vec<Entity> = query.iter(world).collect();
    if let Some(mut queue) = world.get_resource_mut::<EffectQueue>() {
        queue.stale.extend(all);
        queue.swapped = true;
        queue.other_auras.extend(others);
    }
}
