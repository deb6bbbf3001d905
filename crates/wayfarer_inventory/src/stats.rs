//! The one place where this crate speaks to the stat engine.

use bevy::prelude::*;
use wayfarer_core::{
    id::{DefId, Uid},
    refusal::Refusal,
    txn::Txn,
};
use wayfarer_stats::{
    StatId, api,
    inputs::StatInputs,
    modifier::{Modifier, ModifierKind},
};

/// A stat of somebody, as it would be settled now; 0 for who does not have it (a chest).
pub(crate) fn value(world: &World, entity: Entity, stat: DefId) -> f32 {
    api::value_of(world, entity, StatId(stat)).unwrap_or(0.0)
}

/// Whether the only thing that `source` does is to lay `factor` on a stat; or nothing, for 1.
/// Somebody without stats has nothing to lay it on.
pub(crate) fn has_factor(
    world: &World,
    entity: Entity,
    source: Uid,
    stat: DefId,
    factor: f32,
) -> bool {
    let Some(inputs) = world.get::<StatInputs>(entity) else {
        return true;
    };
    let mut own = inputs.modifiers_of(source);
    match (own.next(), own.next()) {
        (None, _) => factor == 1.0,
        (Some(only), None) => {
            only.stat == StatId(stat)
                && only.kind == ModifierKind::More
                && only.amount == factor
                && factor != 1.0
        }
        _ => false,
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
    api::set_modifiers(txn, entity, source, modifiers)
}
