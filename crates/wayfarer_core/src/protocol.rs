//! What is replicated, and to whom. Crates declare; the network plugin applies the list sorted by
//! name when the app is complete, so the order of plugins cannot change the protocol, and a game
//! without networking never touches replicon's plugins.

use std::collections::BTreeMap;

use bevy::{ecs::component::Mutable, prelude::*};
use bevy_replicon::{
    prelude::AppRuleExt,
    shared::replication::{
        diff::Diffable,
        registry::{ReplicationRegistry, receive_fns::MutWrite},
        visibility::{FilterScope, SingleComponent, VisibilityScope},
    },
};
use serde::{Serialize, de::DeserializeOwned};

use crate::state::Audience;

/// One replicated component.
#[derive(Clone, Copy)]
pub struct ProtocolEntry {
    /// Stable name; part of the hello.
    pub name: &'static str,
    /// The crate that declared it.
    pub plugin: &'static str,
    /// Version of its wire form.
    pub version: u32,
    /// Who receives it.
    pub audience: Audience,
    /// Registers it with replicon.
    pub apply: fn(&mut App),
    /// The visibility scope of just this component.
    pub scope: fn(&mut World, &mut ReplicationRegistry) -> VisibilityScope,
}

/// Everything that crates have declared, by name.
#[derive(Resource, Default)]
pub struct ProtocolRegistry {
    entries: BTreeMap<&'static str, ProtocolEntry>,
}

impl ProtocolRegistry {
    /// The declared components, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = &ProtocolEntry> {
        self.entries.values()
    }

    /// The sorted list as text, one line each; what the golden test pins.
    pub fn describe(&self) -> String {
        let mut text = String::new();
        for entry in self.iter() {
            text += &format!(
                "{} v{} {:?} ({})\n",
                entry.name, entry.version, entry.audience, entry.plugin
            );
        }
        text
    }
}

/// Declaration of replicated components.
pub trait ProtocolAppExt {
    /// Replicates a component as a whole when it changes.
    fn declare_replicated<C>(
        &mut self,
        plugin: &'static str,
        name: &'static str,
        version: u32,
        audience: Audience,
    ) -> &mut Self
    where
        C: Component<Mutability: MutWrite<C>> + Serialize + DeserializeOwned;

    /// Replicates an aggregate by its ops.
    fn declare_replicated_ops<A>(
        &mut self,
        plugin: &'static str,
        name: &'static str,
        version: u32,
        audience: Audience,
    ) -> &mut Self
    where
        A: Diffable + Component<Mutability = Mutable>;
}

fn declare(app: &mut App, entry: ProtocolEntry) {
    app.init_resource::<ProtocolRegistry>();
    let mut registry = app.world_mut().resource_mut::<ProtocolRegistry>();
    registry.entries.insert(entry.name, entry);
}

impl ProtocolAppExt for App {
    fn declare_replicated<C>(
        &mut self,
        plugin: &'static str,
        name: &'static str,
        version: u32,
        audience: Audience,
    ) -> &mut Self
    where
        C: Component<Mutability: MutWrite<C>> + Serialize + DeserializeOwned,
    {
        declare(
            self,
            ProtocolEntry {
                name,
                plugin,
                version,
                audience,
                apply: |app| {
                    app.replicate::<C>();
                },
                scope: SingleComponent::<C>::visibility_scope,
            },
        );
        self
    }

    fn declare_replicated_ops<A>(
        &mut self,
        plugin: &'static str,
        name: &'static str,
        version: u32,
        audience: Audience,
    ) -> &mut Self
    where
        A: Diffable + Component<Mutability = Mutable>,
    {
        declare(
            self,
            ProtocolEntry {
                name,
                plugin,
                version,
                audience,
                apply: |app| {
                    app.replicate_diff::<A>();
                },
                scope: SingleComponent::<A>::visibility_scope,
            },
        );
        self
    }
}
