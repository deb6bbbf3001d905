//! The modifiers that an effect gives.

use bevy::prelude::*;
use wayfarer_core::{id::Uid, refusal::Refusal, txn::Txn};

use super::{
    active::ActiveEffect,
    apply,
    compiled::CompiledEffect,
    formula::{EffectFormula, Scope},
};
use crate::{
    api,
    inputs::{MAX_MODIFIERS, MAX_MODIFIERS_PER_STAT, StatInputs},
    modifier::{Marks, Modifier, ModifierKind},
    ops::StatOp,
    refusals::TOO_MANY_MODIFIERS,
    rules::resource::Now,
};

/// The modifiers of an effect on somebody, in the order of the definition.
pub(super) fn of(
    world: &World,
    bearer: Entity,
    compiled: &CompiledEffect,
    effect: &ActiveEffect,
) -> Vec<Modifier> {
    let marks = Marks {
        sealed: false,
        suppressed: effect.suppressed,
    };
    let without = without_own(world, bearer, compiled, effect);
    let of = |modifier: &super::compiled::CompiledModifier| {
        let amount = match &without {
            Some(inputs) => amount_over(world, bearer, inputs, effect, &modifier.amount),
            None => apply::eval(world, bearer, effect, &modifier.amount),
        };
        Modifier {
            stat: modifier.stat,
            kind: modifier.kind,
            amount: match modifier.kind {
                ModifierKind::More => amount.max(0.0),
                _ => amount,
            },
            bonus: modifier.bonus,
            priority: modifier.priority,
            source: effect.uid,
            origin: effect.def,
            index: modifier.index,
            when: modifier.when.clone(),
            marks,
        }
    };
    compiled.modifiers.iter().map(of).collect()
}

/// The bearer without what the effect does already, if amounts read the bearer: written anew, an
/// amount would otherwise count itself. `None` if that makes no difference.
fn without_own(
    world: &World,
    bearer: Entity,
    compiled: &CompiledEffect,
    effect: &ActiveEffect,
) -> Option<StatInputs> {
    let mut all = compiled.modifiers.iter();
    let inputs = world.get::<StatInputs>(bearer)?;
    inputs.modifiers_of(effect.uid).next()?;
    all.any(|modifier| modifier.amount.reads_bearer()).then(|| {
        let mut inputs = inputs.clone();
        inputs.modifiers.retain(|m| m.source != effect.uid);
        inputs.pending.modifiers = true;
        inputs
    })
}

/// An amount over other inputs than the bearer's.
fn amount_over(
    world: &World,
    bearer: Entity,
    inputs: &StatInputs,
    effect: &ActiveEffect,
    formula: &EffectFormula,
) -> f32 {
    let now = Now::of(world);
    let amount = api::with_values(world, bearer, inputs, |values| {
        Some(formula.eval(&Scope {
            bearer: &|stat| values.current(inputs, stat, now),
            snapshot: &effect.snapshot,
            live: &effect.live,
            level: effect.level,
            stacks: effect.stacks,
            numbers: &effect.numbers,
        }))
    });
    amount.unwrap_or_else(|| apply::eval(world, bearer, effect, formula))
}

/// Writes the modifiers of an effect, if they differ from those that are there.
pub(super) fn write(
    txn: &mut Txn<'_>,
    bearer: Entity,
    compiled: &CompiledEffect,
    effect: &ActiveEffect,
) -> Result<(), Refusal> {
    if txn.get::<StatInputs>(bearer).is_none() {
        return Ok(());
    }
    let modifiers = of(txn.world(), bearer, compiled, effect);
    replace(txn, bearer, effect, modifiers)
}

/// Takes the modifiers of an effect away.
pub(super) fn clear(
    txn: &mut Txn<'_>,
    bearer: Entity,
    effect: &ActiveEffect,
) -> Result<(), Refusal> {
    let has = txn
        .get::<StatInputs>(bearer)
        .is_some_and(|inputs| inputs.modifiers_of(effect.uid).next().is_some());
    if has {
        txn.op::<StatInputs>(bearer, StatOp::remove_modifiers(effect.uid))?;
    }
    Ok(())
}

fn replace(
    txn: &mut Txn<'_>,
    bearer: Entity,
    effect: &ActiveEffect,
    modifiers: Vec<Modifier>,
) -> Result<(), Refusal> {
    let source = effect.uid;
    let inputs = txn.need::<StatInputs>(bearer, "stats")?;
    let mut sorted = modifiers.clone();
    sorted.sort_unstable_by(Modifier::order);
    if inputs.modifiers_of(source).eq(&sorted) {
        return Ok(());
    }
    if !has_room(inputs, source, &sorted) {
        return Err(Refusal::new(TOO_MANY_MODIFIERS).with("max", MAX_MODIFIERS_PER_STAT as u32));
    }
    txn.op::<StatInputs>(bearer, StatOp::SetModifiers { source, modifiers })
}

/// Whether so many modifiers fit beside those of other sources.
fn has_room(inputs: &StatInputs, source: Uid, new: &[Modifier]) -> bool {
    let others = || inputs.modifiers().iter().filter(|m| m.source != source);
    others().count() + new.len() <= MAX_MODIFIERS
        && new.chunk_by(|a, b| a.stat == b.stat).all(|run| {
            let there = others().filter(|m| m.stat == run[0].stat).count();
            there + run.len() <= MAX_MODIFIERS_PER_STAT
        })
}
