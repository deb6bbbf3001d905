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

/// Whether somebody's stats are here: on a client, those of strangers are not.
pub(crate) fn are_known(world: &World, entity: Entity) -> bool {
    world.get::<StatInputs>(entity).is_some()
}

/// One change that a source lays on a stat.
pub(crate) type Change = (StatId, ModifierKind, f32);

/// Whether `source` does exactly these things. Somebody without stats has nothing to lay them on.
pub(crate) fn does(world: &World, entity: Entity, source: Uid, changes: &[Change]) -> bool {
    let Some(inputs) = world.get::<StatInputs>(entity) else {
        return true;
    };
    let mut own = 0;
    let known = inputs.modifiers_of(source).all(|known| {
        own += 1;
        changes.contains(&(known.stat, known.kind, known.amount))
    });
    known && own == changes.len()
}

/// Lays changes on stats, in the place of what the same source laid on them before.
pub(crate) fn lay_on(
    txn: &mut Txn<'_>,
    entity: Entity,
    source: Uid,
    origin: DefId,
    changes: &[Change],
) -> Result<(), Refusal> {
    let modifiers = changes.iter().map(|&(stat, kind, amount)| Modifier {
        origin,
        ..Modifier::new(stat, kind, amount, source)
    });
    api::set_modifiers(txn, entity, source, modifiers.collect())
}
