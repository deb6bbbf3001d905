//! Worn things follow their definitions: after a reload, and after loading a save that was written
//! under other content, their modifiers are what the packs say now. And when the feature is
//! switched.

use std::sync::Arc;

use bevy::prelude::*;
use wayfarer_core::{
    action::HostWorldExt,
    content::{ActiveContent, Content},
    feature::Features,
    id::{Identity, Uid},
    refusal::Refusal,
};
use wayfarer_inventory::Inventory;
use wayfarer_stats::{inputs::StatInputs, modifier::Modifier};

use crate::{
    FEATURE,
    equipment::Equipment,
    settle,
    total::{Wearer, modifiers_of},
    wear::{finish, set_modifiers_of},
};

/// When worn things catch up with what has changed, before loads and stats.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct FollowSystems;

/// Whose worn things have to be compared with their definitions.
#[derive(Resource, Default)]
pub(crate) struct WornDirty(pub(crate) Vec<Entity>);

pub(crate) fn content_swapped(world: &mut World, _: &Content, _: &Content) {
    let mut all = world.query_filtered::<Entity, With<Equipment>>();
    let all: Vec<Entity> = all.iter(world).collect();
    world.get_resource_or_init::<WornDirty>().0.extend(all);
}

/// Switched off, worn things give nothing; switched on, what they gave before.
pub(crate) fn feature_switched(mut dirty: ResMut<WornDirty>, all: Query<Entity, With<Equipment>>) {
    dirty.0.extend(&all);
}

/// While the feature is off, nothing may come back behind its back: a game master's undo does.
pub(crate) fn inventory_committed(world: &mut World, entity: Entity) {
    if Features::check(world, FEATURE).is_err() && world.get::<Equipment>(entity).is_some() {
        world.get_resource_or_init::<WornDirty>().0.push(entity);
    }
}

pub(crate) fn follow(world: &mut World) {
    let mut dirty = std::mem::take(&mut world.resource_mut::<WornDirty>().0);
    dirty.sort_unstable_by_key(|&entity| (world.get::<Identity>(entity).map(|id| id.0), entity));
    dirty.dedup();
    let content = world.resource::<ActiveContent>().0.clone();
    for entity in dirty {
        if let Err(refusal) = follow_one(world, &content, entity) {
            tracing::warn!("what somebody wears could not be brought up to date: {refusal}");
        }
    }
}

fn follow_one(world: &mut World, content: &Arc<Content>, entity: Entity) -> Result<(), Refusal> {
    let (Some(inventory), Some(inputs)) = (
        world.get::<Inventory>(entity),
        world.get::<StatInputs>(entity),
    ) else {
        return Ok(());
    };
    let wearer = Wearer { world, entity };
    let (mut stale, mut modifiers): (Vec<Uid>, Vec<Modifier>) = Default::default();
    for item in inventory.worn() {
        let wanted = modifiers_of(content, item, &wearer);
        let own: Vec<&Modifier> = inputs.modifiers_of(item.uid).collect();
        // The one is in canonical order, the other in that of the definition.
        let same = own.len() == wanted.len() && wanted.iter().all(|m| own.contains(&m));
        if !same {
            stale.push(item.uid);
            modifiers.extend(wanted);
        }
    }
    world.transact("equipment.follow", |txn| {
        if stale.is_empty() {
            return settle::worn(txn, entity);
        }
        set_modifiers_of(txn, entity, stale, modifiers)?;
        finish(txn, entity)
    })
}
