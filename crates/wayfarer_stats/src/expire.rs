//! Modifiers that end.

use bevy::prelude::*;
use wayfarer_core::{action::HostWorldExt, authority::Authority, clock::RulesClock, id::Uid};

use crate::{api, dirty::DirtyStats, inputs::StatInputs};

/// Run condition: the first end has come.
pub(crate) fn something_ends(
    dirty: Res<DirtyStats>,
    clock: Res<RulesClock>,
    authority: Res<Authority>,
) -> bool {
    let first = dirty.expiries.first();
    *authority == Authority::Host && first.is_some_and(|(until, _)| *until <= clock.tick)
}

/// Removes the modifiers whose time is over.
pub(crate) fn expire(world: &mut World) {
    let tick = world.resource::<RulesClock>().tick;
    let mut dirty = world.resource_mut::<DirtyStats>();
    let mut due: Vec<Entity> = Vec::new();
    while let Some(&(until, entity)) = dirty.expiries.first()
        && until <= tick
    {
        dirty.expiries.pop_first();
        due.push(entity);
    }
    for entity in due {
        let Some(inputs) = world.get::<StatInputs>(entity) else {
            continue;
        };
        let over: Vec<Uid> = inputs
            .expiries
            .iter()
            .filter(|(_, until)| *until <= tick)
            .map(|(source, _)| *source)
            .collect();
        let ended = world.transact("stats.expire", |txn| {
            over.iter()
                .try_for_each(|source| api::remove_modifiers(txn, entity, *source))
        });
        if let Err(refusal) = ended {
            tracing::warn!("modifiers could not be ended: {refusal}");
        }
    }
}
