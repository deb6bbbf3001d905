//! Applying an effect.

use std::sync::Arc;

use bevy::prelude::*;
use wayfarer_core::{
    clock::{ClockMode, ticks},
    content::{Content, Def, Ref},
    id::{DefId, Uid},
    refusal::{Code, Refusal},
    txn::Txn,
};

use super::{
    active::{
        ActiveEffect, ActiveEffects, EffectOp, MAX_EFFECTS, MAX_NUMBER, MAX_NUMBERS, Until,
        effects_in, effects_of,
    },
    calendar,
    compiled::CompiledEffect,
    definition::{EffectDef, Lasts, StackedBy, WhenFull},
    facts::{EffectApplied, EndReason},
    formula::{EffectFormula, Scope},
    index::EffectIndex,
    modifiers, refresh, remove,
    rules::{stacking, suppression},
    spec::{Applied, EffectSpec, joins},
    steps,
};
use crate::{
    api,
    id::StatId,
    refusals::{
        EFFECT_BLOCKED, EFFECT_IMMUNE, EFFECT_REQUIRES, STACK_LIMIT, TOO_MANY_EFFECTS,
        UNKNOWN_EFFECT,
    },
    tags::{TagDef, TagIndex, TagMiss},
};

/// Applies an effect to a character.
///
/// Everything it does is part of the transaction: a cost that cannot be paid refuses all of it.
///
/// # Errors
/// `unknown_effect`, `not_found` (no such character, or one without stats), `effect_immune`,
/// `effect_requires`, `effect_blocked`, `effect_stack_limit`, `too_many_effects`,
/// `invalid_amount`, `no_calendar`, and whatever its steps refuse with.
pub fn apply_effect(
    txn: &mut Txn<'_>,
    target: Entity,
    spec: &EffectSpec,
) -> Result<Applied, Refusal> {
    let content = txn.content();
    let (def, compiled) = look_up(&content, spec.def)?;
    check(txn.world(), &content, target, spec)?;
    for tag in &def.removes {
        remove::remove_where(txn, target, EndReason::Removed, |index, other| {
            other
                .tags
                .iter()
                .any(|own| index.is_under(own.id(), tag.id()))
        })?;
    }
    let fresh = Fresh::of(txn, &content, def, compiled, target, spec)?;
    if def.lasts == Lasts::Instant {
        steps::run(txn, target, &fresh.effect, &compiled.on_apply)?;
        return Ok(Applied::Instant);
    }
    let known = effects_of(txn, target)?;
    let known = known
        .of(spec.def)
        .find(|old| joins(def, old, spec))
        .cloned();
    let (effect, applied) = match known {
        Some(old) => stacked(def, &old, fresh.effect, txn.tick())
            .ok_or_else(|| Refusal::new(STACK_LIMIT).with("effect", def.name.clone()))?,
        None => {
            make_room(txn, target, def)?;
            let uid = txn.mint();
            (
                ActiveEffect {
                    uid,
                    ..fresh.effect
                },
                Applied::New(uid),
            )
        }
    };
    txn.ensure::<ActiveEffects>(target)?;
    txn.op::<ActiveEffects>(target, EffectOp::Put(Box::new(effect.clone())))?;
    modifiers::write(txn, target, compiled, &effect)?;
    remove::reconsider(txn, target)?;
    let is_new = applied == Applied::New(effect.uid);
    if works(txn, target, effect.uid) == Some(true) {
        steps::run(txn, target, &effect, &compiled.on_apply)?;
    }
    let first = is_new && def.every.as_ref().is_some_and(|every| every.first);
    if first && works(txn, target, effect.uid) == Some(true) {
        steps::run(txn, target, &effect, &compiled.every)?;
    }
    for child in def.with.iter().filter(|_| is_new) {
        if works(txn, target, effect.uid).is_none() {
            break;
        }
        let child = EffectSpec {
            def: child.id(),
            parent: Some(effect.uid),
            until: Some(Until::Forever),
            ..spec.clone()
        };
        apply_if_possible(txn, target, &child)?;
    }
    if works(txn, target, effect.uid).is_none() {
        // What it did, or brought along, has ended it.
        remove::end_children(txn, target, effect.uid)?;
        return Ok(Applied::Instant);
    }
    txn.emit(EffectApplied {
        entity: target,
        effect: effect.uid,
        def: effect.def,
        source: effect.source,
        stacks: effect.stacks,
    });
    Ok(applied)
}

/// Whether an effect does something now; `None` if it is not there any more.
fn works(txn: &Txn<'_>, bearer: Entity, effect: Uid) -> Option<bool> {
    let effects = txn.get::<ActiveEffects>(bearer)?;
    effects.get(effect).map(|effect| !effect.suppressed)
}

/// Applies what another effect brings along. Whoever is immune to it, or lacks what it requires,
/// is spared it and still gets the other one.
///
/// # Errors
/// As [`apply_effect`], but for tags and immunity.
pub(super) fn apply_if_possible(
    txn: &mut Txn<'_>,
    target: Entity,
    spec: &EffectSpec,
) -> Result<(), Refusal> {
    let content = txn.content();
    match check(txn.world(), &content, target, spec) {
        Err(refusal)
            if [EFFECT_IMMUNE, EFFECT_REQUIRES, EFFECT_BLOCKED].contains(&refusal.code) =>
        {
            Ok(())
        }
        _ => apply_effect(txn, target, spec).map(drop),
    }
}

/// The definition and its compiled form.
pub(super) fn look_up(
    content: &Content,
    effect: DefId,
) -> Result<(&Def<EffectDef>, &CompiledEffect), Refusal> {
    let def = content.table::<EffectDef>().get(effect);
    let compiled = content
        .derived::<EffectIndex>()
        .and_then(|index| index.get(effect));
    def.zip(compiled)
        .ok_or_else(|| Refusal::new(UNKNOWN_EFFECT).with("effect", effect.to_string()))
}

/// Whether an effect could be applied now, as far as tags, immunity and room are concerned. Reads
/// only, so that previews and auras can ask.
pub(super) fn check(
    world: &World,
    content: &Content,
    target: Entity,
    spec: &EffectSpec,
) -> Result<(), Refusal> {
    let (def, _) = look_up(content, spec.def)?;
    let effects = effects_in(world, target)?;
    let numbers = spec.numbers.iter().map(|(_, number)| *number);
    if let Some(wrong) = numbers
        .chain([spec.level])
        .find(|number| !number.is_finite() || number.abs() > MAX_NUMBER)
    {
        return Err(api::invalid(wrong));
    }
    if spec.numbers.len() > MAX_NUMBERS {
        return Err(Refusal::new(Code::INVALID_AMOUNT).with("amount", spec.numbers.len() as u32));
    }
    let empty = TagIndex::default();
    let index = content.derived::<TagIndex>().unwrap_or(&empty);
    let definitions = refresh::definitions(content, effects);
    let nature = refresh::nature(world, content, target);
    let (hindered, tags) = suppression::hindered(&definitions, &nature, index);
    let name = |tag: DefId| {
        let def = content.table::<TagDef>().get(tag);
        def.map_or_else(|| tag.to_string(), |def| def.name.clone())
    };
    match def.requires.miss(&tags) {
        Some(TagMiss::Missing(tag)) => {
            let refusal = Refusal::new(EFFECT_REQUIRES).with("effect", def.name.clone());
            return Err(refusal.with("tag", name(tag)));
        }
        Some(TagMiss::Blocked(tag)) => {
            let refusal = Refusal::new(EFFECT_BLOCKED).with("effect", def.name.clone());
            return Err(refusal.with("tag", name(tag)));
        }
        None => {}
    }
    let own: Vec<DefId> = def.tags.iter().map(Ref::id).collect();
    let immune = || Refusal::new(EFFECT_IMMUNE).with("effect", def.name.clone());
    if index.any_under(&own, &nature.immune) {
        return Err(immune().with("by", "nature"));
    }
    let active = definitions
        .iter()
        .zip(&hindered)
        .filter(|(_, hindrance)| hindrance.is_none());
    for (other, _) in active {
        let Some(other) = other else { continue };
        let against: Vec<DefId> = other.immune.iter().map(Ref::id).collect();
        if index.any_under(&own, &against) {
            return Err(immune().with("by", other.name.clone()));
        }
    }
    let lasting = def.lasts != Lasts::Instant;
    let joins = effects.of(spec.def).any(|old| joins(def, old, spec));
    let each_is_full = def.stacking.by == StackedBy::Each
        && def.stacking.full == WhenFull::Refuse
        && effects.of(spec.def).count() >= usize::from(def.stacking.limit());
    if lasting && each_is_full {
        return Err(Refusal::new(STACK_LIMIT).with("effect", def.name.clone()));
    }
    if lasting && !joins && effects.len() >= MAX_EFFECTS {
        return Err(Refusal::new(TOO_MANY_EFFECTS).with("max", MAX_EFFECTS as u32));
    }
    Ok(())
}

/// Where every application is an effect of its own, the oldest makes room.
fn make_room(txn: &mut Txn<'_>, target: Entity, def: &Def<EffectDef>) -> Result<(), Refusal> {
    if def.stacking.by != StackedBy::Each {
        return Ok(());
    }
    let effects = effects_of(txn, target)?;
    let own: Vec<Uid> = effects.of(def.id()).map(|effect| effect.uid).collect();
    let limit = usize::from(def.stacking.limit());
    let over = (own.len() + 1).saturating_sub(limit);
    own.iter()
        .take(over)
        .try_for_each(|uid| remove::remove_effect_because(txn, target, *uid, EndReason::Replaced))
}

/// The effect that an old one becomes when it is applied again.
fn stacked(
    def: &EffectDef,
    old: &ActiveEffect,
    fresh: ActiveEffect,
    now: u64,
) -> Option<(ActiveEffect, Applied)> {
    let stack = stacking::Stack {
        stacks: old.stacks,
        until: old.until,
        beat: old.beat,
        turns: old.turns,
    };
    let stack = stacking::again(&def.stacking, stack, fresh.until, now)?;
    let effect = ActiveEffect {
        uid: old.uid,
        since: old.since,
        parent: old.parent,
        suppressed: old.suppressed,
        stacks: stack.stacks,
        until: stack.until,
        beat: stack.beat,
        turns: stack.turns,
        level: old.level.max(fresh.level),
        ..fresh
    };
    let applied = Applied::Stacked {
        effect: effect.uid,
        stacks: effect.stacks,
    };
    Some((effect, applied))
}

/// An effect as it would be if nothing were there.
pub(super) struct Fresh {
    pub(super) effect: ActiveEffect,
}

impl Fresh {
    pub(super) fn of(
        txn: &Txn<'_>,
        content: &Arc<Content>,
        def: &EffectDef,
        compiled: &CompiledEffect,
        target: Entity,
        spec: &EffectSpec,
    ) -> Result<Self, Refusal> {
        let source = spec.source.and_then(|uid| txn.entity(uid).ok());
        let mut effect = draft(txn.world(), compiled, source, spec, txn.tick());
        effect.until = match spec.until {
            Some(until) => until,
            None => until(txn.world(), content, def, compiled, target, &effect)?,
        };
        Ok(Self { effect })
    }
}

/// Any uid: a draft is not on anybody yet.
const NOBODY: Uid = Uid::MIN;

/// An effect that knows its source, but not yet how long it lasts.
pub(super) fn draft(
    world: &World,
    compiled: &CompiledEffect,
    source: Option<Entity>,
    spec: &EffectSpec,
    now: u64,
) -> ActiveEffect {
    ActiveEffect {
        uid: NOBODY,
        def: spec.def,
        source: spec.source,
        parent: spec.parent,
        level: spec.level,
        stacks: 1,
        since: now,
        until: Until::Forever,
        beat: now,
        turns: 0,
        snapshot: capture(world, source, &compiled.snapshot),
        live: capture(world, source, &compiled.live),
        numbers: spec.numbers.clone(),
        suppressed: false,
    }
}

/// The stats of a source. Those that it does not have are left out and count as their default.
pub(super) fn capture(
    world: &World,
    source: Option<Entity>,
    stats: &[StatId],
) -> Vec<(StatId, f32)> {
    let Some(source) = source else {
        return Vec::new();
    };
    let value = |stat: &StatId| Some((*stat, api::value_of(world, source, *stat)?));
    stats.iter().filter_map(value).collect()
}

/// When an effect ends that begins now.
pub(super) fn until(
    world: &World,
    content: &Content,
    def: &EffectDef,
    compiled: &CompiledEffect,
    target: Entity,
    effect: &ActiveEffect,
) -> Result<Until, Refusal> {
    let now = calendar::now(world);
    let number = || {
        let formula = compiled.lasts.as_ref();
        formula.map_or(0.0, |formula| eval(world, target, effect, formula))
    };
    Ok(match &def.lasts {
        Lasts::Instant | Lasts::Forever => Until::Forever,
        Lasts::Seconds(_) => {
            let mode = world
                .get_resource::<ClockMode>()
                .copied()
                .unwrap_or_default();
            // Nothing lasts for no time at all: it would be over before it began.
            Until::Tick(now.saturating_add(ticks(number(), mode.hz()).max(1)))
        }
        Lasts::Turns(_) => Until::Turns(number().round().clamp(1.0, 65_535.0) as u16),
        Lasts::ShortRest => Until::ShortRest,
        Lasts::LongRest => Until::LongRest,
        Lasts::Dawn => Until::Tick(calendar::next_dawn(world, content, now)?),
    })
}

/// A formula of an effect on somebody, dice at their mean.
pub(super) fn eval(
    world: &World,
    bearer: Entity,
    effect: &ActiveEffect,
    formula: &EffectFormula,
) -> f32 {
    with_scope(world, bearer, effect, |scope| formula.eval(scope))
}

/// Calls `read` with what the formulas of an effect are evaluated over.
pub(super) fn with_scope<R>(
    world: &World,
    bearer: Entity,
    effect: &ActiveEffect,
    read: impl FnOnce(&Scope<'_>) -> R,
) -> R {
    read(&Scope {
        bearer: &|stat| api::value_of(world, bearer, stat),
        snapshot: &effect.snapshot,
        live: &effect.live,
        level: effect.level,
        stacks: effect.stacks,
        numbers: &effect.numbers,
    })
}
