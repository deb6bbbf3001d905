//! What an effect would do, or what would become of its end. Nothing is touched.

use bevy::prelude::*;
use wayfarer_core::{
    clock::RulesClock,
    content::ActiveContent,
    id::{Uid, UidIndex},
    refusal::Refusal,
};

use super::{
    active::{ActiveEffect, ActiveEffects, Until},
    apply::{check, draft, look_up, until, with_scope},
    compiled::CompiledStep,
    definition::Lasts,
    modifiers,
    rules::stacking::{Stack, again},
    spec::{EffectSpec, joins},
};
use crate::{
    ops::StatOp,
    refusals::{NO_SUCH_EFFECT, STACK_LIMIT, UNKNOWN_EFFECT},
    what_if::{Change, what_if_entity},
};

/// What an effect would do.
#[derive(Clone, Debug, PartialEq)]
pub struct EffectPreview {
    /// When it would end.
    pub until: Until,
    /// How many stacks there would be.
    pub stacks: u16,
    /// The stats that its modifiers would change.
    pub changes: Vec<Change>,
    /// What its first steps would do beyond stats and effects, in their order: those that other
    /// plugins add.
    pub steps: Vec<StepPreview>,
    /// The changes of stats as ops, to be previewed together with others by
    /// [`what_if`](crate::what_if::what_if).
    pub ops: Vec<StatOp>,
}

/// What a step of another plugin would do; the text `step.<name>` says it in words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepPreview {
    /// The name of the step.
    pub name: &'static str,
    /// How much, on average.
    pub amount: f32,
}

/// What applying an effect would do to stats, by the engine's own rules, on the host and on the
/// client of the target's owner.
///
/// What its steps would do once to stats and effects (a cost, a cure) is not part of it; what they
/// would do beyond is in [`EffectPreview::steps`].
///
/// # Errors
/// What the application would be refused with.
pub fn preview_effect(
    world: &World,
    target: Entity,
    spec: &EffectSpec,
) -> Result<EffectPreview, Refusal> {
    let content = content(world, spec)?;
    check(world, &content, target, spec)?;
    let (def, compiled) = look_up(&content, spec.def)?;
    let entity = |uid| world.get_resource::<UidIndex>()?.get(uid);
    let now = world
        .get_resource::<RulesClock>()
        .map_or(0, |clock| clock.tick);
    let mut effect = draft(world, compiled, spec.source.and_then(entity), spec, now);
    effect.until = match spec.until {
        Some(until) => until,
        None => until(world, &content, def, compiled, target, &effect)?,
    };
    let steps = foreign(world, target, &effect, &compiled.on_apply);
    if def.lasts == Lasts::Instant {
        return Ok(EffectPreview {
            until: Until::Tick(now),
            stacks: 0,
            steps,
            changes: Vec::new(),
            ops: Vec::new(),
        });
    }
    let effects = world.get::<ActiveEffects>(target);
    let old = effects.and_then(|effects| effects.of(spec.def).find(|old| joins(def, old, spec)));
    if let Some(old) = old {
        let stack = Stack {
            stacks: old.stacks,
            until: old.until,
            beat: old.beat,
            turns: old.turns,
        };
        let stack = again(&def.stacking, stack, effect.until, now)
            .ok_or_else(|| Refusal::new(STACK_LIMIT).with("effect", def.name.clone()))?;
        effect.uid = old.uid;
        effect.suppressed = old.suppressed;
        effect.stacks = stack.stacks;
        effect.until = stack.until;
    } else {
        // No uid that is on anybody: the last one there is.
        effect.uid = Uid::new(u64::MAX).unwrap_or(effect.uid);
    }
    let ops = vec![StatOp::SetModifiers {
        source: effect.uid,
        modifiers: modifiers::of(world, target, compiled, &effect),
    }];
    Ok(EffectPreview {
        until: effect.until,
        stacks: effect.stacks,
        steps,
        changes: changes(world, target, &ops),
        ops,
    })
}

/// What would become of stats if an effect ended.
///
/// # Errors
/// `no_such_effect`.
pub fn preview_removal(
    world: &World,
    bearer: Entity,
    effect: Uid,
) -> Result<EffectPreview, Refusal> {
    let effects = world.get::<ActiveEffects>(bearer);
    if effects.and_then(|effects| effects.get(effect)).is_none() {
        return Err(Refusal::new(NO_SUCH_EFFECT).with("effect", effect.to_string()));
    }
    let now = world
        .get_resource::<RulesClock>()
        .map_or(0, |clock| clock.tick);
    let children = effects.into_iter().flat_map(|effects| effects.iter());
    let ends = children.filter(|child| child.uid == effect || child.parent == Some(effect));
    let ops: Vec<StatOp> = ends
        .map(|child| StatOp::remove_modifiers(child.uid))
        .collect();
    Ok(EffectPreview {
        until: Until::Tick(now),
        stacks: 0,
        steps: Vec::new(),
        changes: changes(world, bearer, &ops),
        ops,
    })
}

/// What steps of other plugins would do, those that are here.
fn foreign(
    world: &World,
    target: Entity,
    effect: &ActiveEffect,
    steps: &[CompiledStep],
) -> Vec<StepPreview> {
    let foreign = steps.iter().filter_map(|step| match step {
        CompiledStep::Do(step, amount) if step.run.is_some() => Some((step.name, amount)),
        _ => None,
    });
    let told = foreign.map(|(name, formula)| StepPreview {
        name,
        amount: with_scope(world, target, effect, |scope| formula.expected(scope)),
    });
    told.collect()
}

fn changes(world: &World, entity: Entity, ops: &[StatOp]) -> Vec<Change> {
    what_if_entity(world, entity, ops)
        .and_then(Result::ok)
        .unwrap_or_default()
}

fn content(
    world: &World,
    spec: &EffectSpec,
) -> Result<std::sync::Arc<wayfarer_core::content::Content>, Refusal> {
    let content = world.get_resource::<ActiveContent>();
    content
        .map(|content| content.0.clone())
        .ok_or_else(|| Refusal::new(UNKNOWN_EFFECT).with("effect", spec.def.to_string()))
}
