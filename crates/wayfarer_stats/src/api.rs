//! What other crates and games do with stats, inside a transaction and outside.

use bevy::prelude::*;
use wayfarer_core::{
    content::{ActiveContent, Content},
    refusal::{Arg, Code, Refusal},
    txn::Txn,
};

use crate::{
    id::StatId, index::StatIndex, inputs::StatInputs, layout::Layout, ops::StatOp,
    refusals::NOT_CONFIGURED, rules::resource::Now, values::StatValues,
};

mod modifiers;
mod resources;

pub use crate::damage::{deal_damage, give_temporary, heal};
pub use modifiers::{
    add_modifiers, add_timed_modifiers, remove_modifiers, set_expiry, set_modifiers,
    set_modifiers_of, to_modifiers,
};
pub use resources::{drain, gain, set_resource, spend};

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
pub(crate) fn with_values<R>(
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
            let layout = Layout::compile(content, inputs);
            read(&StatValues::new(&layout, inputs, Now::of(world)))
        }
    }
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
