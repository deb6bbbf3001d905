//! The one place where this crate speaks to the stat engine.

use bevy::prelude::*;
use wayfarer_core::{
    id::{DefId, Uid},
    refusal::Refusal,
    txn::Txn,
};
use wayfarer_stats::{Modifier, ModifierKind, StatId};

/// A stat of somebody; 0 for who does not have it (a chest).
pub(crate) fn value(world: &World, entity: Entity, stat: DefId) -> f32 {
    wayfarer_stats::value(world, entity, StatId(stat)).unwrap_or(0.0)
}

/// Lays `factor` on a stat, in the place of what the same source laid on it before.
pub(crate) fn set_factor(
    txn: &mut Txn<'_>,
    entity: Entity,
    source: Uid,
    origin: DefId,
    stat: DefId,
    factor: f32,
) -> Result<(), Refusal> {
    wayfarer_stats::remove_modifiers(txn, entity, source)?;
    if factor == 1.0 {
        return Ok(());
    }
    let modifier = Modifier {
        origin,
        ..Modifier::new(StatId(stat), ModifierKind::More, factor, source)
    };
    wayfarer_stats::add_modifier(txn, entity, modifier)
}
