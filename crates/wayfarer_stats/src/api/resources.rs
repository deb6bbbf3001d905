//! Using up resources and giving them back.

use bevy::prelude::*;
use wayfarer_core::{refusal::Refusal, txn::Txn};

use crate::{
    id::StatId,
    inputs::{Current, StatInputs},
    ops::StatOp,
    refusals::{INSUFFICIENT, NOT_A_RESOURCE},
    rules::resource::Now,
    values::StatValues,
};

/// Takes from a resource.
///
/// # Errors
/// `insufficient` (`what`, `need`, `have`) when there is less; `invalid_amount` unless the amount is
/// finite and not negative; `not_a_resource`; `stat_definition_not_configured`; `not_found`.
pub fn spend(txn: &mut Txn<'_>, entity: Entity, stat: StatId, amount: f32) -> Result<f32, Refusal> {
    let (have, max) = resource(txn, entity, stat, amount)?;
    let left = have.0 - amount;
    if left < have.1 {
        return Err(Refusal::new(INSUFFICIENT)
            .with("what", super::display_name(&txn.content(), stat))
            .with("need", amount)
            .with("have", have.0 - have.1));
    }
    store(txn, entity, stat, left, max)
}

/// Takes from a resource what there is of it, at most `amount`: damage. Returns what is left.
///
/// # Errors
/// As [`spend`], but never `insufficient`.
pub fn drain(txn: &mut Txn<'_>, entity: Entity, stat: StatId, amount: f32) -> Result<f32, Refusal> {
    let (have, max) = resource(txn, entity, stat, amount)?;
    store(txn, entity, stat, (have.0 - amount).max(have.1), max)
}

/// Gives back to a resource, at most up to its maximum. Returns what there is then.
///
/// # Errors
/// As [`spend`], but never `insufficient`.
pub fn gain(txn: &mut Txn<'_>, entity: Entity, stat: StatId, amount: f32) -> Result<f32, Refusal> {
    let (have, max) = resource(txn, entity, stat, amount)?;
    store(txn, entity, stat, (have.0 + amount).min(max), max)
}

/// Sets how much there is of a resource, kept between its limits. Returns what there is then.
///
/// # Errors
/// As [`spend`], but never `insufficient`.
pub fn set_resource(
    txn: &mut Txn<'_>,
    entity: Entity,
    stat: StatId,
    value: f32,
) -> Result<f32, Refusal> {
    let (have, max) = resource(txn, entity, stat, value.abs())?;
    store(txn, entity, stat, value.max(have.1).min(max), max)
}

/// What there is and its lowest value, and the most there can be.
fn resource(
    txn: &Txn<'_>,
    entity: Entity,
    stat: StatId,
    amount: f32,
) -> Result<((f32, f32), f32), Refusal> {
    super::check(txn, entity, stat, Some(amount))?;
    if amount < 0.0 {
        return Err(super::invalid(amount));
    }
    let inputs = txn.need::<StatInputs>(entity, "stats")?;
    let now = Now::of(txn.world());
    let limits = super::with_values(txn.world(), entity, inputs, |values| {
        let slot = values.layout()?.slot(stat)?;
        let min = values.layout()?.stat(slot)?.min();
        let have = values.current(inputs, stat, now)?;
        Some(((have, min), values.resource_max(stat)?))
    });
    limits.ok_or_else(|| {
        let name = super::display_name(&txn.content(), stat);
        Refusal::new(NOT_A_RESOURCE).with("stat", name)
    })
}

fn store(
    txn: &mut Txn<'_>,
    entity: Entity,
    stat: StatId,
    value: f32,
    max: f32,
) -> Result<f32, Refusal> {
    let since = txn.tick();
    // A full resource is an untouched one: nothing to remember, nothing to send again.
    let full = value >= max && full_when_untouched(txn, entity, stat);
    let current = (!full).then_some(Current { value, since });
    let known = txn.need::<StatInputs>(entity, "stats")?.current(stat);
    if known != current {
        txn.op::<StatInputs>(entity, StatOp::SetResource { stat, current })?;
    }
    Ok(value)
}

fn full_when_untouched(txn: &Txn<'_>, entity: Entity, stat: StatId) -> bool {
    let (Some(inputs), Some(values)) =
        (txn.get::<StatInputs>(entity), txn.get::<StatValues>(entity))
    else {
        return false;
    };
    let row = values.layout().and_then(|layout| {
        let slot = layout.slot(stat)?;
        layout.rows.get(usize::from(slot)).copied()
    });
    let falls = values.resource_rate(stat).is_some_and(|rate| rate < 0.0);
    row.is_some_and(f32::is_nan)
        && !falls
        && inputs.base(stat).is_none()
        && inputs.runtime(stat).is_none()
}
