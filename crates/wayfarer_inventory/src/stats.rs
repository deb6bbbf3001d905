//! The one place where this crate speaks to the stat engine.

use bevy::prelude::*;
use wayfarer_core::{
    id::{DefId, Uid},
    refusal::Refusal,
    txn::Txn,
};
use crate::wstub::{Modifier, ModifierKind, StatId, StatInputs, StatOp};

/// A stat of somebody; 0 for who does not have it (a chest).
pub(crate) fn value(world: &World, entity: Entity, stat: DefId) -> f32 {
    crate::wstub::value(world, entity, StatId(stat)).unwrap_or(0.0)
}

/// Whether somebody has stats at all.
pub(crate) fn has_stats(world: &World, entity: Entity) -> bool {
    world.get::<StatInputs>(entity).is_some()
}

/// The factor that `source` lays on a stat now; 1 when it lays none.
pub(crate) fn factor_of(world: &World, entity: Entity, source: Uid, stat: DefId) -> Option<f32> {
    let inputs = world.get::<StatInputs>(entity)?;
    let mut own = inputs.modifiers().iter().filter(|m| m.source == source);
    match (own.next(), own.next()) {
        (None, _) => Some(1.0),
        (Some(only), None) if only.stat == StatId(stat) => Some(only.amount),
        _ => None,
    }
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
    let mut modifiers = Vec::new();
    if factor != 1.0 {
        modifiers.push(Modifier {
            origin,
            ..Modifier::new(StatId(stat), ModifierKind::More, factor, source)
        });
    }
    txn.op::<StatInputs>(entity, StatOp::SetModifiers { source, modifiers })
}
