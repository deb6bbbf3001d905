//! Doing what an effect does.

use bevy::prelude::*;
use wayfarer_core::{refusal::Refusal, txn::Txn};

use super::{
    active::ActiveEffect,
    apply::{apply_if_possible, with_scope},
    compiled::CompiledStep,
    definition::EffectDef,
    foreign::StepCall,
    remove,
    spec::EffectSpec,
};
use crate::{api, damage, id::StatId, index::StatIndex};

/// Does the steps in their order. Suppressed effects do nothing.
///
/// # Errors
/// What the first step that is refused is refused with.
pub(super) fn run(
    txn: &mut Txn<'_>,
    bearer: Entity,
    effect: &ActiveEffect,
    steps: &[CompiledStep],
) -> Result<(), Refusal> {
    if steps.is_empty() {
        return Ok(());
    }
    let mut dice = txn.dice("effect");
    for step in steps {
        let mut throw = |txn: &Txn<'_>, formula: &super::formula::EffectFormula| {
            with_scope(txn.world(), bearer, effect, |scope| {
                formula.throw(scope, &mut dice)
            })
        };
        match step {
            CompiledStep::Add(stat, amount) => {
                let amount = throw(txn, amount);
                add(txn, bearer, *stat, amount)?;
            }
            CompiledStep::Set(stat, to) => {
                let to = throw(txn, to);
                if is_resource(txn, *stat) {
                    api::set_resource(txn, bearer, *stat, to)?;
                } else {
                    api::set_base(txn, bearer, *stat, Some(to))?;
                }
            }
            CompiledStep::Spend(stat, amount) => {
                let amount = throw(txn, amount).max(0.0);
                api::spend(txn, bearer, *stat, amount)?;
            }
            CompiledStep::Damage(kind, amount) => {
                let amount = throw(txn, amount).max(0.0);
                let name = name(txn, effect);
                damage::deal_damage(txn, bearer, effect.source, &[(*kind, amount)], &name)?;
            }
            CompiledStep::Heal(amount) => {
                let amount = throw(txn, amount).max(0.0);
                let name = name(txn, effect);
                damage::heal(txn, bearer, effect.source, amount, &name)?;
            }
            CompiledStep::Temporary(amount) => {
                let amount = throw(txn, amount).max(0.0);
                let name = name(txn, effect);
                damage::give_temporary(txn, bearer, effect.source, amount, &name)?;
            }
            CompiledStep::Apply(def) => {
                let spec = EffectSpec {
                    def: *def,
                    source: effect.source,
                    parent: None,
                    level: effect.level,
                    until: None,
                    numbers: effect.numbers.clone(),
                };
                apply_if_possible(txn, bearer, &spec)?;
            }
            CompiledStep::Reduce(def) => {
                remove::reduce_effect(txn, bearer, *def)?;
            }
            CompiledStep::Remove(tag) => {
                remove::remove_tagged(txn, bearer, *tag)?;
            }
            CompiledStep::Do(step, amount) => {
                let amount = throw(txn, amount);
                if let Some(run) = step.run {
                    let call = StepCall {
                        target: bearer,
                        source: effect.source,
                        effect: effect.def,
                        level: effect.level,
                        amount,
                    };
                    run(txn, &call)?;
                }
            }
        }
    }
    txn.keep_rolls(&dice);
    Ok(())
}

/// What facts call the cause.
fn name(txn: &Txn<'_>, effect: &ActiveEffect) -> String {
    let content = txn.content();
    let def = content.table::<EffectDef>().get(effect.def);
    def.map_or_else(|| effect.def.to_string(), |def| def.name.clone())
}

fn add(txn: &mut Txn<'_>, bearer: Entity, stat: StatId, amount: f32) -> Result<(), Refusal> {
    if !is_resource(txn, stat) {
        return api::add_base(txn, bearer, stat, amount);
    }
    if amount < 0.0 {
        api::drain(txn, bearer, stat, -amount)?;
    } else {
        api::gain(txn, bearer, stat, amount)?;
    }
    Ok(())
}

fn is_resource(txn: &Txn<'_>, stat: StatId) -> bool {
    txn.content()
        .derived::<StatIndex>()
        .and_then(|index| index.get(stat))
        .is_some_and(|entry| entry.is_resource)
}
