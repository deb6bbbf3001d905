//! What time does to effects: periods, ends, sources that change or go.

use bevy::prelude::*;
use smallvec::SmallVec;
use wayfarer_core::{
    action::HostWorldExt,
    authority::Authority,
    clock::{ClockMode, RulesClock, ticks},
    id::{Identity, Uid, UidIndex},
    refusal::Refusal,
    txn::Txn,
};

use super::{
    active::{ActiveEffect, ActiveEffects, EffectOp, Until, effects_of},
    apply::{capture, look_up, until},
    definition::Expiry,
    facts::EndReason,
    modifiers,
    queue::EffectQueue,
    refresh, remove,
    rules::{
        beat,
        stacking::{self, Stack},
    },
    steps,
};
use crate::values::StatValues;

/// Run condition: on the host, the first moment has come.
pub(crate) fn something_is_due(
    queue: Res<EffectQueue>,
    clock: Res<RulesClock>,
    authority: Res<Authority>,
) -> bool {
    let due = queue
        .due
        .first()
        .is_some_and(|(tick, _)| *tick <= clock.tick);
    *authority == Authority::Host && (due || !queue.orphaned.is_empty())
}

/// Periods and ends of this tick, in the order of uids.
pub(crate) fn tick(world: &mut World) {
    let now = world.resource::<RulesClock>().tick;
    let mut queue = world.resource_mut::<EffectQueue>();
    let orphaned = std::mem::take(&mut queue.orphaned);
    let mut due: Vec<Entity> = Vec::new();
    while let Some(entity) = queue.pop_due(now) {
        due.push(entity);
    }
    let uid = |entity: &Entity| world.get::<Identity>(*entity).map(|identity| identity.0);
    due.sort_by_cached_key(uid);
    let done = world.transact("effects.tick", |txn| {
        for parent in orphaned {
            // Nobody is excluded: the bearer of the parent is gone.
            quietly(txn, |txn| {
                remove::end_children(txn, Entity::PLACEHOLDER, parent)
            });
        }
        for &entity in &due {
            let Some(effects) = txn.get::<ActiveEffects>(entity) else {
                continue;
            };
            let periodic = txn
                .world()
                .get_resource::<EffectQueue>()
                .is_none_or(|queue| queue.is_periodic(entity));
            for uid in with_something_to_do(effects, periodic, now) {
                quietly(txn, |txn| pass(txn, entity, uid, now));
            }
        }
        Ok(())
    });
    if let Err(refusal) = done {
        tracing::warn!("effects could not go on: {refusal}");
    }
    // Those whose effects have not changed ask for their next moment themselves.
    let queue = world.resource::<EffectQueue>();
    due.retain(|entity| queue.is_unknown(*entity));
    for entity in due {
        refresh::note(world, entity);
    }
}

/// The effects for which this tick may be a period or the end.
fn with_something_to_do(effects: &ActiveEffects, periodic: bool, now: u64) -> SmallVec<[Uid; 8]> {
    let over = |effect: &ActiveEffect| matches!(effect.until, Until::Tick(tick) if tick <= now);
    effects
        .iter()
        .filter(|effect| periodic || over(effect))
        .map(|effect| effect.uid)
        .collect()
}

/// One effect that cannot go on keeps nobody else from going on.
fn quietly(txn: &mut Txn<'_>, part: impl FnOnce(&mut Txn<'_>) -> Result<(), Refusal>) {
    if let Err(refusal) = txn.attempt(part) {
        tracing::warn!("an effect could not go on: {refusal}");
    }
}

/// What becomes of an effect at this tick. A period that falls on the end comes before it.
fn pass(txn: &mut Txn<'_>, bearer: Entity, uid: Uid, now: u64) -> Result<(), Refusal> {
    let content = txn.content();
    let Some(effect) = find(txn, bearer, uid) else {
        return Ok(());
    };
    let over = matches!(effect.until, Until::Tick(tick) if tick <= now);
    let known = look_up(&content, effect.def);
    if let Ok((def, compiled)) = &known
        && let Some(seconds) = def.every.as_ref().and_then(|every| every.seconds.as_ref())
        && !effect.suppressed
    {
        let mode = txn
            .world()
            .get_resource::<ClockMode>()
            .copied()
            .unwrap_or_default();
        let period = ticks(seconds.value, mode.hz());
        let within = !matches!(effect.until, Until::Tick(tick) if now > tick);
        if within
            && beat::falls_on(effect.beat, period, now)
            && let Err(refusal) =
                txn.attempt(|txn| steps::run(txn, bearer, &effect, &compiled.every))
        {
            tracing::debug!("{} ends: {refusal}", def.name);
            return remove::remove_effect_because(txn, bearer, uid, EndReason::Unpaid);
        }
    }
    if !over {
        return Ok(());
    }
    // The period may have changed it.
    let Some(effect) = find(txn, bearer, uid) else {
        return Ok(());
    };
    expire(txn, bearer, &effect)
}

fn find(txn: &Txn<'_>, bearer: Entity, uid: Uid) -> Option<ActiveEffect> {
    txn.get::<ActiveEffects>(bearer)?.get(uid).cloned()
}

/// The time of an effect is over: it ends, or one of its stacks does.
pub(super) fn expire(
    txn: &mut Txn<'_>,
    bearer: Entity,
    effect: &ActiveEffect,
) -> Result<(), Refusal> {
    let content = txn.content();
    if let Ok((def, compiled)) = look_up(&content, effect.def)
        && effect.stacks > 1
        && def.stacking.expiry == Expiry::One
    {
        let fresh = until(txn.world(), &content, def, compiled, bearer, effect)?;
        let stack = Stack {
            stacks: effect.stacks,
            until: effect.until,
            beat: effect.beat,
            turns: effect.turns,
        };
        if let Some(stack) = stacking::over(&def.stacking, stack, fresh) {
            let less = ActiveEffect {
                stacks: stack.stacks,
                until: stack.until,
                ..effect.clone()
            };
            txn.op::<ActiveEffects>(bearer, EffectOp::Put(Box::new(less.clone())))?;
            return modifiers::write(txn, bearer, compiled, &less);
        }
    }
    remove::remove_effect_because(txn, bearer, effect.uid, EndReason::Expired)
}

/// Run condition: on the host, somebody's effects follow a source.
pub(crate) fn somebody_follows(queue: Res<EffectQueue>, authority: Res<Authority>) -> bool {
    *authority == Authority::Host && !queue.followed.is_empty()
}

/// Effects that follow their source: what they read of it is read again when it has changed, and
/// those that end with it end.
pub(crate) fn follow_sources(world: &mut World) {
    let this_run = world.change_tick();
    let queue = world.resource::<EffectQueue>();
    let last_run = queue.looked;
    let mut work: Vec<(Uid, Option<Entity>, Vec<Entity>)> = Vec::new();
    let mut gone: Vec<Uid> = Vec::new();
    let mut back: Vec<Uid> = Vec::new();
    for (&source, bearers) in &queue.followed {
        let entity = world
            .get_resource::<UidIndex>()
            .and_then(|index| index.get(source));
        let was_gone = queue.gone.contains(&source);
        let changed = match entity {
            // Once is enough: what was last seen of it still holds.
            None => {
                gone.push(source);
                !was_gone
            }
            Some(entity) => {
                let values = world.get_entity(entity).ok();
                let ticks = values.and_then(|entity| entity.get_change_ticks::<StatValues>());
                let is_new = |last| ticks.is_some_and(|ticks| ticks.is_changed(last, this_run));
                if was_gone {
                    back.push(source);
                }
                was_gone || last_run.map_or(ticks.is_some(), is_new)
            }
        };
        if changed {
            work.push((source, entity, bearers.iter().copied().collect()));
        }
    }
    let mut queue = world.resource_mut::<EffectQueue>();
    queue.looked = Some(this_run);
    for source in back {
        queue.gone.remove(&source);
    }
    queue.gone.extend(gone);
    if work.is_empty() {
        return;
    }
    let done = world.transact("effects.follow", |txn| {
        for (source, entity, bearers) in &work {
            for &bearer in bearers {
                quietly(txn, |txn| follow(txn, bearer, *source, *entity));
            }
        }
        Ok(())
    });
    if let Err(refusal) = done {
        tracing::warn!("effects could not follow their source: {refusal}");
    }
}

fn follow(
    txn: &mut Txn<'_>,
    bearer: Entity,
    source: Uid,
    entity: Option<Entity>,
) -> Result<(), Refusal> {
    let content = txn.content();
    let effects = effects_of(txn, bearer)?;
    let own: Vec<ActiveEffect> = effects
        .iter()
        .filter(|effect| effect.source == Some(source))
        .cloned()
        .collect();
    for effect in own {
        let Ok((def, compiled)) = look_up(&content, effect.def) else {
            continue;
        };
        let Some(entity) = entity else {
            // What was last seen of a source that is gone still holds.
            if def.ends_with_source {
                remove::remove_effect_because(txn, bearer, effect.uid, EndReason::Source)?;
            }
            continue;
        };
        let live = capture(txn.world(), Some(entity), &compiled.live);
        if live == effect.live {
            continue;
        }
        let effect = ActiveEffect { live, ..effect };
        txn.op::<ActiveEffects>(bearer, EffectOp::Put(Box::new(effect.clone())))?;
        modifiers::write(txn, bearer, compiled, &effect)?;
    }
    Ok(())
}
