//! The list of characters whose stats have to be settled. Pushed to when something is touched, so
//! that nothing is ever scanned for changes.

use std::collections::BTreeSet;

use bevy::{
    ecs::{lifecycle::HookContext, world::DeferredWorld},
    prelude::*,
};

use crate::{
    inputs::{Pending, StatInputs},
    values::{Changes, StatValues},
};

/// Who waits for settling, and the buffers of the settling.
#[derive(Resource, Default, Debug)]
pub(crate) struct DirtyStats {
    pub(crate) list: Vec<Entity>,
    /// Characters with a resource that comes back by itself and that somebody watches.
    pub(crate) returning: Vec<Entity>,
    /// When modifiers end, and whose. May hold what is no longer so.
    pub(crate) expiries: BTreeSet<(u64, Entity)>,
    pub(crate) changes: Changes,
}

/// Puts a character on the list.
pub(crate) fn queue(world: &mut World, entity: Entity) {
    let Some(mut values) = world.get_mut::<StatValues>(entity) else {
        return;
    };
    if !std::mem::replace(&mut values.bypass_change_detection().queued, true)
        && let Some(mut dirty) = world.get_resource_mut::<DirtyStats>()
    {
        dirty.list.push(entity);
    }
}

/// The inputs of a character were inserted: spawned, loaded, or replaced by a snapshot.
pub(crate) fn queue_inserted(mut world: DeferredWorld, ctx: HookContext) {
    if let Some(mut inputs) = world.get_mut::<StatInputs>(ctx.entity) {
        inputs.bypass_change_detection().pending = Pending::default();
    }
    let queued = world
        .get_mut::<StatValues>(ctx.entity)
        .is_some_and(|mut values| {
            std::mem::replace(&mut values.bypass_change_detection().queued, true)
        });
    // `StatValues` may be inserted together with the inputs and only now; settling a character
    // twice is harmless, forgetting one is not.
    if !queued && let Some(mut dirty) = world.get_resource_mut::<DirtyStats>() {
        dirty.list.push(ctx.entity);
    }
}

/// Puts every character on the list and has it rebuilt.
pub(crate) fn queue_all(world: &mut World) {
    let mut query = world.query::<(Entity, &mut StatInputs)>();
    let mut all = Vec::new();
    for (entity, mut inputs) in query.iter_mut(world) {
        inputs.bypass_change_detection().pending = Pending::default();
        all.push(entity);
    }
    for entity in all {
        queue(world, entity);
    }
}
