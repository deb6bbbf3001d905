//! The state registry: each persistent component once, with a name, a version and migrations.
//!
//! From this one list come saving, the state hash that proves a reconnect or a replay equal, the
//! character sheet document and history.

use std::{any::TypeId, collections::BTreeMap, fmt::Debug};

use bevy::{
    ecs::{change_detection::Tick, component::Mutable, world::EntityRef},
    prelude::*,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::id::Uid;

mod dirty;
mod hash;
mod record;

pub use dirty::{DirtyRecords, mark_scanned};
pub use hash::{Viewpoint, audience_hash, state_hash};
pub use record::{
    EntityRecord, Part, RestoreHooks, RestoreReport, UnknownParts, WorldRecord, restore_entity,
    restore_world, snapshot_changed_resources, snapshot_entity, snapshot_resources, snapshot_world,
};

/// Who may know a component.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Reflect,
)]
pub enum Audience {
    /// Everybody near.
    Public,
    /// The owner, game masters, and whoever looks into it for now (an open chest, a shop that is
    /// dealt with): what [`Viewers`](crate::authority::Viewers) came to see.
    Viewers,
    /// The owner and game masters.
    Owner,
    /// Nobody but the host.
    HostOnly,
}

/// Why bytes of a component could not be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StateError {
    /// The bytes do not decode.
    #[error("`{name}` version {version} is damaged: {detail}")]
    Damaged {
        /// The component.
        name: String,
        /// The version the bytes claim.
        version: u32,
        /// What the decoder said.
        detail: String,
    },
    /// Written by a newer game.
    #[error(
        "`{name}` has version {found}, this game knows versions up to {known}; update the game"
    )]
    FromTheFuture {
        /// The component.
        name: String,
        /// The version found.
        found: u32,
        /// The newest version known.
        known: u32,
    },
    /// An old version without a way to today's.
    #[error("`{name}` has version {found} and there is no migration from it")]
    NoMigration {
        /// The component.
        name: String,
        /// The version found.
        found: u32,
    },
}

type Decode = fn(&mut EntityWorldMut, &[u8]) -> Result<(), String>;
type Migrate = fn(&[u8]) -> Result<Vec<u8>, String>;

/// One registered component.
pub struct StateEntry {
    /// Stable name.
    pub name: &'static str,
    /// Today's version of its bytes, from 1.
    pub version: u32,
    /// Who may know it.
    pub audience: Audience,
    pub(crate) encode: fn(EntityRef) -> Option<Result<Vec<u8>, String>>,
    pub(crate) decode: Decode,
    pub(crate) changed: fn(EntityRef, Tick, Tick) -> bool,
    pub(crate) scanned: bool,
    migrations: BTreeMap<u32, Migrate>,
}

impl StateEntry {
    /// Brings old bytes to today's version.
    pub(crate) fn migrate(&self, mut version: u32, bytes: &[u8]) -> Result<Vec<u8>, StateError> {
        if version > self.version {
            return Err(StateError::FromTheFuture {
                name: self.name.into(),
                found: version,
                known: self.version,
            });
        }
        let mut bytes = bytes.to_vec();
        while version < self.version {
            let step = self
                .migrations
                .get(&version)
                .ok_or_else(|| StateError::NoMigration {
                    name: self.name.into(),
                    found: version,
                })?;
            bytes = step(&bytes).map_err(|detail| StateError::Damaged {
                name: self.name.into(),
                version,
                detail,
            })?;
            version += 1;
        }
        Ok(bytes)
    }
}

type EncodeResource = fn(&World) -> Option<Result<Vec<u8>, String>>;
type DecodeResource = fn(&mut World, &[u8]) -> Result<(), String>;

pub(crate) struct ResourceEntry {
    pub(crate) version: u32,
    pub(crate) hashed: bool,
    pub(crate) encode: EncodeResource,
    pub(crate) changed: fn(&World, Tick, Tick) -> bool,
    pub(crate) decode: DecodeResource,
}

/// All registered state, by name.
#[derive(Resource, Default)]
pub struct StateRegistry {
    components: BTreeMap<&'static str, StateEntry>,
    types: BTreeMap<TypeId, &'static str>,
    resources: BTreeMap<&'static str, ResourceEntry>,
}

impl StateRegistry {
    /// Every registered component, by name.
    pub fn components(&self) -> impl Iterator<Item = &StateEntry> {
        self.components.values()
    }

    /// The component with this name.
    pub fn component(&self, name: &str) -> Option<&StateEntry> {
        self.components.get(name)
    }

    /// The name under which a type is registered.
    pub fn name_of<C: Component>(&self) -> Option<&'static str> {
        self.types.get(&TypeId::of::<C>()).copied()
    }

    pub(crate) fn resources(&self) -> impl Iterator<Item = (&'static str, &ResourceEntry)> {
        self.resources.iter().map(|(&name, entry)| (name, entry))
    }
}

/// Adds migrations to a component that was just registered.
pub struct StateRegistration<'a> {
    entry: &'a mut StateEntry,
}

impl StateRegistration<'_> {
    /// How bytes of version `from` become bytes of version `from + 1`.
    ///
    /// `Old` is the type as it was then; keep it, with its fields, for ever.
    pub fn migrate_bytes(
        &mut self,
        from: u32,
        step: fn(&[u8]) -> Result<Vec<u8>, String>,
    ) -> &mut Self {
        self.entry.migrations.insert(from, step);
        self
    }

    /// Changes of this component outside of transactions (a position that moves) are looked for
    /// when an autosave is due, instead of being reported.
    pub fn scanned(&mut self) -> &mut Self {
        self.entry.scanned = true;
        self
    }
}

/// Decodes bytes of an older type for a migration.
///
/// # Errors
/// What the decoder says.
pub fn decode_old<Old: DeserializeOwned>(bytes: &[u8]) -> Result<Old, String> {
    postcard::from_bytes(bytes).map_err(|error| error.to_string())
}

/// Encodes the newer value of a migration.
///
/// # Errors
/// What the encoder says.
pub fn encode_new<New: Serialize>(value: &New) -> Result<Vec<u8>, String> {
    postcard::to_stdvec(value).map_err(|error| error.to_string())
}

/// Registration of persistent state.
pub trait StateAppExt {
    /// Registers a component: saved, hashed, part of documents and history.
    ///
    /// `version` starts at 1 and is raised with every change of the type's serialised form,
    /// together with a [`StateRegistration::migrate_bytes`].
    fn register_state<C>(
        &mut self,
        name: &'static str,
        version: u32,
        audience: Audience,
    ) -> StateRegistration<'_>
    where
        C: Component + Serialize + DeserializeOwned + Clone + Debug;

    /// Registers a resource that is saved with the world. `hashed` resources are part of
    /// [`state_hash`].
    fn register_state_resource<R>(
        &mut self,
        name: &'static str,
        version: u32,
        hashed: bool,
    ) -> &mut Self
    where
        R: Resource<Mutability = Mutable> + Serialize + DeserializeOwned;

    /// Calls `hook` after a world was restored, to rebuild what is derived and to mend what a
    /// damaged save has torn apart. Lines added to [`RestoreReport::mended`] are told to the
    /// player.
    fn on_restored(&mut self, name: &'static str, hook: RestoreHook) -> &mut Self;
}

/// What [`StateAppExt::on_restored`] calls.
pub type RestoreHook = fn(&mut World, &mut RestoreReport);

impl StateAppExt for App {
    fn register_state<C>(
        &mut self,
        name: &'static str,
        version: u32,
        audience: Audience,
    ) -> StateRegistration<'_>
    where
        C: Component + Serialize + DeserializeOwned + Clone + Debug,
    {
        self.init_resource::<StateRegistry>();
        let registry = self
            .world_mut()
            .resource_mut::<StateRegistry>()
            .into_inner();
        registry.types.insert(TypeId::of::<C>(), name);
        let entry = registry
            .components
            .entry(name)
            .or_insert_with(|| StateEntry {
                name,
                version,
                audience,
                encode: |entity| {
                    let value = entity.get::<C>()?;
                    Some(postcard::to_stdvec(value).map_err(|e| e.to_string()))
                },
                decode: |entity, bytes| {
                    let value: C = postcard::from_bytes(bytes).map_err(|e| e.to_string())?;
                    entity.insert(value);
                    Ok(())
                },
                changed: |entity, since, now| {
                    entity
                        .get_ref::<C>()
                        .is_some_and(|value| value.last_changed().is_newer_than(since, now))
                },
                scanned: false,
                migrations: BTreeMap::new(),
            });
        StateRegistration { entry }
    }

    fn register_state_resource<R>(
        &mut self,
        name: &'static str,
        version: u32,
        hashed: bool,
    ) -> &mut Self
    where
        R: Resource<Mutability = Mutable> + Serialize + DeserializeOwned,
    {
        self.init_resource::<StateRegistry>();
        let mut registry = self.world_mut().resource_mut::<StateRegistry>();
        registry.resources.insert(
            name,
            ResourceEntry {
                version,
                hashed,
                encode: |world| {
                    let value = world.get_resource::<R>()?;
                    Some(postcard::to_stdvec(value).map_err(|e| e.to_string()))
                },
                changed: |world, since, now| {
                    world
                        .get_resource_ref::<R>()
                        .is_some_and(|value| value.last_changed().is_newer_than(since, now))
                },
                decode: |world, bytes| {
                    let value: R = postcard::from_bytes(bytes).map_err(|e| e.to_string())?;
                    world.insert_resource(value);
                    Ok(())
                },
            },
        );
        self
    }

    fn on_restored(&mut self, name: &'static str, hook: RestoreHook) -> &mut Self {
        self.init_resource::<RestoreHooks>();
        self.world_mut()
            .resource_mut::<RestoreHooks>()
            .0
            .insert(name, hook);
        self
    }
}

/// Not part of saves, hashes or documents although it has an [`Identity`](crate::id::Identity).
#[derive(Component, Clone, Copy, Debug, Default, Reflect)]
#[reflect(Component)]
pub struct Transient;

/// The uids of every entity that is saved, in ascending order.
pub fn persistent_entities(world: &World) -> Vec<(Uid, Entity)> {
    let mut all = world
        .get_resource::<crate::id::UidIndex>()
        .map(crate::id::UidIndex::sorted)
        .unwrap_or_default();
    all.retain(|&(_, entity)| world.get::<Transient>(entity).is_none());
    all
}
