//! Previews: what would change, by the engine's own rules.

use std::sync::Arc;

use bevy::prelude::*;
use wayfarer_core::aggregate::OpError;

use crate::{
    id::StatId,
    inputs::StatInputs,
    layout::Layout,
    ops::StatOp,
    rules::resource::Now,
    values::{StatValues, StatWriter},
};

/// What would become of one stat.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The stat.
    pub stat: StatId,
    /// Its value now.
    pub before: f32,
    /// Its value then.
    pub after: f32,
    /// Id of its tier now.
    pub tier_before: Option<String>,
    /// Id of its tier then.
    pub tier_after: Option<String>,
}

/// The stats that would change if these ops were applied, in slot order. Nothing is touched.
///
/// # Errors
/// The first op that does not fit.
pub fn what_if(
    inputs: &StatInputs,
    layout: &Arc<Layout>,
    ops: &[StatOp],
) -> Result<Vec<Change>, OpError> {
    what_if_at(inputs, layout, ops, Now::STORED)
}

/// [`what_if`] at a moment, for resources that come back.
///
/// # Errors
/// The first op that does not fit.
pub fn what_if_at(
    inputs: &StatInputs,
    layout: &Arc<Layout>,
    ops: &[StatOp],
    now: Now,
) -> Result<Vec<Change>, OpError> {
    let before = StatValues::new(layout, inputs, now);
    let (mut inputs, mut after) = (inputs.clone(), before.clone());
    for op in ops {
        StatWriter::new(&mut inputs, &mut after, now).apply(op)?;
    }
    let tier = |values: &StatValues, stat| values.tier(stat).map(|tier| tier.id.to_string());
    let changed = before.iter().zip(after.iter());
    Ok(changed
        .filter(|(was, is)| was.1.to_bits() != is.1.to_bits())
        .map(|((stat, was), (_, is))| Change {
            stat,
            before: was,
            after: is,
            tier_before: tier(&before, stat),
            tier_after: tier(&after, stat),
        })
        .collect())
}

/// [`what_if`] for an entity; `None` if it has no stats or they were never settled.
pub fn what_if_entity(
    world: &World,
    entity: Entity,
    ops: &[StatOp],
) -> Option<Result<Vec<Change>, OpError>> {
    let inputs = world.get::<StatInputs>(entity)?;
    let layout = world.get::<StatValues>(entity)?.layout()?;
    Some(what_if_at(inputs, layout, ops, Now::of(world)))
}
