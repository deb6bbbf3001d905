//! What other crates and games do with stats, inside a transaction and outside.

use std::sync::Arc;

use bevy::prelude::*;
use wayfarer_core::{
    content::{ActiveContent, Content},
    id::{DefId, Uid},
    refusal::{Arg, Code, Refusal},
    txn::Txn,
};

use crate::{
    content::{ActiveWorld, ModifierDef},
    id::StatId,
    index::StatIndex,
    inputs::{Current, StatInputs},
    layout::Layout,
    modifier::Modifier,
    ops::StatOp,
    refusals::{INSUFFICIENT, NOT_A_RESOURCE, NOT_CONFIGURED},
    rules::resource::Now,
    values::StatValues,
};

/// The value of a stat by name (`core:attributes.strength`, `attributes.strength` or `strength`);
/// `None` if the entity does not have it.
///
/// Inside a transaction it sees the changes that the transaction has made already.
pub fn value(world: &World, entity: Entity, name: &str) -> Option<f32> {
    let values = world.get::<StatValues>(entity)?;
    match values.find(name) {
        Some(stat) => value_of(world, entity, stat),
        // Not settled yet: only a full name can be understood.
        None => value_of(world, entity, StatId::of(name)),
    }
}

/// The value of a stat; `None` if the entity does not have it. For a resource what there is now.
pub fn value_of(world: &World, entity: Entity, stat: StatId) -> Option<f32> {
    let inputs = world.get::<StatInputs>(entity)?;
    let now = Now::of(world);
    with_values(world, entity, inputs, |values| {
        values.current(inputs, stat, now)
    })
}

/// Calls `read` with values that are up to date, settled or not.
fn with_values<R>(
    world: &World,
    entity: Entity,
    inputs: &StatInputs,
    read: impl FnOnce(&StatValues) -> Option<R>,
) -> Option<R> {
    let values = world.get::<StatValues>(entity)?;
    match values.layout() {
        Some(_) if !inputs.is_pending() => read(values),
        Some(layout) if !inputs.pending.all => {
            read(&StatValues::new(layout, inputs, Now::of(world)))
        }
        _ => {
            let content = &world.get_resource::<ActiveContent>()?.0;
            let active = world.get_resource::<ActiveWorld>().copied();
            let layout = Layout::compile(content, active.unwrap_or_default(), inputs);
            read(&StatValues::new(&layout, inputs, Now::of(world)))
        }
    }
}

/// Gives a character the modifiers of a definition.
///
/// `source` is what removes them again: an item, an effect. Modifiers that the source has already
/// stay; the new ones are counted on.
///
/// # Errors
/// `not_found` when the entity has no stats.
pub fn add_modifiers(
    txn: &mut Txn<'_>,
    entity: Entity,
    source: Uid,
    origin: DefId,
    defs: &[ModifierDef],
) -> Result<(), Refusal> {
    if defs.is_empty() {
        return Ok(());
    }
    let content = txn.content();
    let inputs = txn.need::<StatInputs>(entity, "stats")?;
    let mut modifiers: Vec<Modifier> = inputs.modifiers_of(source).cloned().collect();
    let first = modifiers.iter().map(|m| m.index + 1).max().unwrap_or(0);
    modifiers.extend(to_modifiers(&content, source, origin, defs, first));
    txn.op::<StatInputs>(entity, StatOp::SetModifiers { source, modifiers })
}

/// Modifiers of definitions, ready for [`set_modifiers`].
pub fn to_modifiers(
    content: &Arc<Content>,
    source: Uid,
    origin: DefId,
    defs: &[ModifierDef],
    first: u16,
) -> Vec<Modifier> {
    content
        .derived::<StatIndex>()
        .map(|index| ModifierDef::to_modifiers(defs, index, source, origin, first))
        .unwrap_or_default()
}

/// Replaces all modifiers of a source, for one that scales or seals them itself. Indices are given
/// anew. Nothing is written if nothing would change.
///
/// # Errors
/// `not_found` when the entity has no stats.
pub fn set_modifiers(
    txn: &mut Txn<'_>,
    entity: Entity,
    source: Uid,
    mut modifiers: Vec<Modifier>,
) -> Result<(), Refusal> {
    for (modifier, index) in modifiers.iter_mut().zip(0..) {
        modifier.source = source;
        modifier.index = index;
    }
    let inputs = txn.need::<StatInputs>(entity, "stats")?;
    let mut sorted = modifiers.clone();
    sorted.sort_unstable_by(Modifier::order);
    if inputs.modifiers_of(source).eq(&sorted) {
        return Ok(());
    }
    txn.op::<StatInputs>(entity, StatOp::SetModifiers { source, modifiers })
}

/// Removes everything a source does. Nothing happens if it does nothing.
///
/// # Errors
/// `not_found` when the entity has no stats.
pub fn remove_modifiers(txn: &mut Txn<'_>, entity: Entity, source: Uid) -> Result<(), Refusal> {
    let inputs = txn.need::<StatInputs>(entity, "stats")?;
    if inputs.modifiers_of(source).next().is_none() {
        return Ok(());
    }
    txn.op::<StatInputs>(entity, StatOp::remove_modifiers(source))
}

/// Sets the permanent value of a stat; `None` falls back to the sheet.
///
/// # Errors
/// `invalid_amount`, `stat_definition_not_configured`, `not_found`.
pub fn set_base(
    txn: &mut Txn<'_>,
    entity: Entity,
    stat: StatId,
    value: Option<f32>,
) -> Result<(), Refusal> {
    check(txn, entity, stat, value)?;
    txn.op::<StatInputs>(entity, StatOp::SetBase { stat, value })
}

/// Adds to the permanent value of a stat, whatever layer it comes from now, within its bounds.
///
/// # Errors
/// `invalid_amount`, `stat_definition_not_configured`, `not_found`.
pub fn add_base(
    txn: &mut Txn<'_>,
    entity: Entity,
    stat: StatId,
    amount: f32,
) -> Result<(), Refusal> {
    check(txn, entity, stat, Some(amount))?;
    let value = Some(added(txn, entity, stat, amount, Layer::Base)?);
    txn.op::<StatInputs>(entity, StatOp::SetBase { stat, value })
}

/// Sets the runtime override of a stat; `None` removes it.
///
/// # Errors
/// `invalid_amount`, `stat_definition_not_configured`, `not_found`.
pub fn set_runtime(
    txn: &mut Txn<'_>,
    entity: Entity,
    stat: StatId,
    value: Option<f32>,
) -> Result<(), Refusal> {
    check(txn, entity, stat, value)?;
    txn.op::<StatInputs>(entity, StatOp::SetRuntime { stat, value })
}

/// Adds to the runtime override of a stat; without one to the value below it.
///
/// # Errors
/// `invalid_amount`, `stat_definition_not_configured`, `not_found`.
pub fn add_runtime(
    txn: &mut Txn<'_>,
    entity: Entity,
    stat: StatId,
    amount: f32,
) -> Result<(), Refusal> {
    check(txn, entity, stat, Some(amount))?;
    let value = Some(added(txn, entity, stat, amount, Layer::Runtime)?);
    txn.op::<StatInputs>(entity, StatOp::SetRuntime { stat, value })
}

#[derive(Clone, Copy, PartialEq)]
enum Layer {
    Base,
    Runtime,
}

/// The value of a layer plus an amount, kept within the bounds of the stat.
fn added(
    txn: &Txn<'_>,
    entity: Entity,
    stat: StatId,
    amount: f32,
    layer: Layer,
) -> Result<f32, Refusal> {
    let mut inputs = txn.need::<StatInputs>(entity, "stats")?.clone();
    // What the layer says, or the one below it, without runtime overrides and modifiers above.
    if layer == Layer::Base {
        inputs.runtime.clear();
    }
    inputs.modifiers.clear();
    let (before, bounds) = with_values(txn.world(), entity, &inputs_touched(inputs), |v| {
        let slot = v.layout()?.slot(stat)?;
        let slot = v.layout()?.stat(slot)?;
        Some((v.get(stat)?, (slot.min(), slot.max())))
    })
    .ok_or_else(|| not_configured(txn, stat))?;
    Ok(crate::rules::sum::clamped(
        before + amount,
        bounds.0,
        bounds.1,
    ))
}

/// Inputs that differ from the entity's and must not be answered from its values.
fn inputs_touched(mut inputs: StatInputs) -> StatInputs {
    inputs.pending.modifiers = true;
    inputs
}

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
            .with("what", display_name(&txn.content(), stat))
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
    check(txn, entity, stat, Some(amount))?;
    if amount < 0.0 {
        return Err(invalid(amount));
    }
    let inputs = txn.need::<StatInputs>(entity, "stats")?;
    let now = Now::of(txn.world());
    let limits = with_values(txn.world(), entity, inputs, |values| {
        let slot = values.layout()?.slot(stat)?;
        let min = values.layout()?.stat(slot)?.min();
        let have = values.current(inputs, stat, now)?;
        Some(((have, min), values.resource_max(stat)?))
    });
    limits.ok_or_else(|| {
        let name = display_name(&txn.content(), stat);
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

/// Refuses amounts that are no numbers and stats that the character does not have.
fn check(txn: &Txn<'_>, entity: Entity, stat: StatId, amount: Option<f32>) -> Result<(), Refusal> {
    if let Some(amount) = amount
        && !amount.is_finite()
    {
        return Err(invalid(amount));
    }
    let inputs = txn.need::<StatInputs>(entity, "stats")?;
    let content = txn.content();
    let known = content
        .derived::<StatIndex>()
        .and_then(|index| index.get(stat))
        .is_some_and(|entry| inputs.sets().contains(&entry.set));
    if known {
        Ok(())
    } else {
        Err(not_configured(txn, stat))
    }
}

fn not_configured(txn: &Txn<'_>, stat: StatId) -> Refusal {
    Refusal::new(NOT_CONFIGURED).with("stat", display_name(&txn.content(), stat))
}

pub(crate) fn invalid(amount: f32) -> Refusal {
    // NaN does not survive comparison in tests and logs, so it is told as text.
    let amount = if amount.is_finite() {
        Arg::Number(amount)
    } else {
        Arg::Text(amount.to_string())
    };
    let mut refusal = Refusal::new(Code::INVALID_AMOUNT);
    refusal.args.push(("amount".into(), amount));
    refusal
}

/// The name of a stat as players see it.
pub fn display_name(content: &Content, stat: StatId) -> String {
    let entry = content
        .derived::<StatIndex>()
        .and_then(|index| index.get(stat));
    entry
        .and_then(|entry| entry.def(content))
        .map_or_else(|| stat.to_string(), |def| def.name.clone())
}
