//! Records: the state of one thing, or of the world, as bytes with names and versions.

use std::collections::BTreeMap;

use bevy::{ecs::change_detection::Tick, prelude::*};
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use super::{ResourceEntry, StateError, StateRegistry, persistent_entities};
use crate::{
    id::{Identity, Uid, UidIndex},
    ledger::Ledger,
};

/// One component of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The version of the bytes.
    pub version: u32,
    /// The component in postcard.
    pub bytes: ByteBuf,
}

/// Everything that is kept of one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntityRecord {
    /// The thing.
    pub uid: Uid,
    /// Its components, by registered name.
    pub parts: BTreeMap<String, Part>,
}

/// Everything that is kept of a world.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorldRecord {
    /// Resources, by registered name.
    pub resources: BTreeMap<String, Part>,
    /// Things, by uid.
    pub entities: Vec<EntityRecord>,
}

/// Parts of a loaded record that this game does not know: a plugin that is not installed now.
/// They are kept and written back, so that nothing is lost.
#[derive(Component, Clone, Debug, Default, PartialEq, Eq)]
pub struct UnknownParts(pub BTreeMap<String, Part>);

/// What went wrong while restoring. The rest was restored.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RestoreReport {
    /// What could not be used, and of which thing.
    pub problems: Vec<(Option<Uid>, StateError)>,
    /// Parts kept for plugins that are not here, by name.
    pub unknown: BTreeMap<String, usize>,
    /// How many things were restored.
    pub restored: usize,
    /// What was mended afterwards, as sentences.
    pub mended: Vec<String>,
}

/// What is called after a world was restored, by name.
#[derive(Resource, Default, Clone)]
pub struct RestoreHooks(pub(super) BTreeMap<&'static str, super::RestoreHook>);

/// The record of one thing, or `None` when it has no uid.
pub fn snapshot_entity(world: &World, entity: Entity) -> Option<EntityRecord> {
    let registry = world.get_resource::<StateRegistry>()?;
    let entity = world.get_entity(entity).ok()?;
    let &Identity(uid) = entity.get::<Identity>()?;
    let mut parts = entity
        .get::<UnknownParts>()
        .map(|unknown| unknown.0.clone())
        .unwrap_or_default();
    for entry in registry.components() {
        match (entry.encode)(entity) {
            Some(Ok(bytes)) => {
                let part = Part {
                    version: entry.version,
                    bytes: ByteBuf::from(bytes),
                };
                parts.insert(entry.name.to_owned(), part);
            }
            Some(Err(error)) => {
                tracing::error!("`{}` of {uid} could not be written: {error}", entry.name);
            }
            None => {}
        }
    }
    Some(EntityRecord { uid, parts })
}

/// The registered resources.
pub fn snapshot_resources(world: &World) -> BTreeMap<String, Part> {
    resources(world, |_| true)
}

/// The registered resources that have changed after `since`: for saves of what is new.
pub fn snapshot_changed_resources(world: &World, since: Tick) -> BTreeMap<String, Part> {
    let now = world.read_change_tick();
    resources(world, |entry| (entry.changed)(world, since, now))
}

fn resources(world: &World, wanted: impl Fn(&ResourceEntry) -> bool) -> BTreeMap<String, Part> {
    let Some(registry) = world.get_resource::<StateRegistry>() else {
        return BTreeMap::new();
    };
    registry
        .resources()
        .filter(|(_, entry)| wanted(entry))
        .filter_map(|(name, entry)| match (entry.encode)(world)? {
            Ok(bytes) => {
                let part = Part {
                    version: entry.version,
                    bytes: ByteBuf::from(bytes),
                };
                Some((name.to_owned(), part))
            }
            Err(error) => {
                tracing::error!("`{name}` could not be written: {error}");
                None
            }
        })
        .collect()
}

/// The record of the whole world.
pub fn snapshot_world(world: &World) -> WorldRecord {
    WorldRecord {
        resources: snapshot_resources(world),
        entities: persistent_entities(world)
            .into_iter()
            .filter_map(|(_, entity)| snapshot_entity(world, entity))
            .collect(),
    }
}

/// Restores one thing: updates it when its uid is here, spawns it otherwise.
///
/// Damaged parts are reported and left out; the rest is restored.
pub fn restore_entity(
    world: &mut World,
    record: &EntityRecord,
    report: &mut RestoreReport,
) -> Entity {
    let entity = world
        .get_resource::<UidIndex>()
        .and_then(|index| index.get(record.uid))
        .unwrap_or_else(|| world.spawn(Identity(record.uid)).id());
    world.resource_scope(|world, registry: Mut<StateRegistry>| {
        let mut unknown = BTreeMap::new();
        for (name, part) in &record.parts {
            let Some(entry) = registry.component(name) else {
                *report.unknown.entry(name.clone()).or_default() += 1;
                unknown.insert(name.clone(), part.clone());
                continue;
            };
            let result = entry.migrate(part.version, &part.bytes).and_then(|bytes| {
                let mut entity = world.entity_mut(entity);
                (entry.decode)(&mut entity, &bytes).map_err(|detail| StateError::Damaged {
                    name: name.clone(),
                    version: part.version,
                    detail,
                })
            });
            if let Err(error) = result {
                // The bytes stay with the thing: a newer game may still be able to read them.
                unknown.insert(name.clone(), part.clone());
                report.problems.push((Some(record.uid), error));
            }
        }
        let mut entity = world.entity_mut(entity);
        if unknown.is_empty() {
            entity.remove::<UnknownParts>();
        } else {
            entity.insert(UnknownParts(unknown));
        }
    });
    report.restored += 1;
    entity
}

/// Replaces the world's persistent state by a record.
pub fn restore_world(world: &mut World, record: &WorldRecord) -> RestoreReport {
    let mut report = RestoreReport::default();
    for (_, entity) in persistent_entities(world) {
        world.despawn(entity);
    }
    world.resource_scope(|world, registry: Mut<StateRegistry>| {
        for (name, entry) in registry.resources() {
            let Some(part) = record.resources.get(name) else {
                continue;
            };
            if part.version != entry.version {
                report.problems.push((
                    None,
                    StateError::NoMigration {
                        name: name.into(),
                        found: part.version,
                    },
                ));
                continue;
            }
            if let Err(detail) = (entry.decode)(world, &part.bytes) {
                report.problems.push((
                    None,
                    StateError::Damaged {
                        name: name.into(),
                        version: part.version,
                        detail,
                    },
                ));
            }
        }
    });
    for entity in &record.entities {
        restore_entity(world, entity, &mut report);
    }
    // What was written about the world before says nothing about this one.
    if let Some(mut ledger) = world.get_resource_mut::<Ledger>() {
        ledger.forget();
    }
    let hooks = world.get_resource::<RestoreHooks>().cloned();
    for hook in hooks.unwrap_or_default().0.values() {
        hook(world, &mut report);
    }
    report
}
