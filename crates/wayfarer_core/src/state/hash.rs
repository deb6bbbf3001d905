//! State hashes: two worlds with the same hash hold the same state, whatever their entities are
//! called and in whatever order they came to be.

use bevy::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use super::{Audience, StateRegistry, persistent_entities};
use crate::{
    authority::{Owner, Role, Viewers},
    id::PlayerId,
};

/// The hash of everything that is saved.
pub fn state_hash(world: &World) -> u64 {
    let mut hasher = Xxh3::new();
    let Some(registry) = world.get_resource::<StateRegistry>() else {
        return hasher.digest();
    };
    for (name, entry) in registry.resources().filter(|(_, entry)| entry.hashed) {
        if let Some(Ok(bytes)) = (entry.encode)(world) {
            hasher.update(name.as_bytes());
            hasher.update(&bytes);
        }
    }
    for (uid, entity) in persistent_entities(world) {
        hasher.update(&uid.get().to_le_bytes());
        let entity = world.entity(entity);
        for entry in registry.components() {
            if let Some(Ok(bytes)) = (entry.encode)(entity) {
                hasher.update(entry.name.as_bytes());
                hasher.update(&bytes);
            }
        }
    }
    hasher.digest()
}

/// For whom [`audience_hash`] looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Viewpoint {
    /// On a host: what this player may know. Things the player's client was never shown (dormant
    /// ones far away) must be left out by comparing what both have.
    Player(PlayerId, Role),
    /// On a client: everything the host has sent.
    Everything,
}

/// The hash of what one audience knows, equal on the host and on that audience's client.
///
/// Components that are never replicated ([`Audience::HostOnly`]) do not count.
pub fn audience_hash(world: &World, viewpoint: Viewpoint) -> u64 {
    let mut hasher = Xxh3::new();
    let Some(registry) = world.get_resource::<StateRegistry>() else {
        return hasher.digest();
    };
    for (uid, entity) in persistent_entities(world) {
        let entity = world.entity(entity);
        let owner = entity.get::<Owner>().map(|owner| owner.0);
        let viewers = entity.get::<Viewers>();
        let (owns, looks) = match viewpoint {
            Viewpoint::Everything => (true, true),
            Viewpoint::Player(player, role) => (
                role >= Role::GameMaster || owner == Some(player),
                viewers.is_some_and(|viewers| viewers.0.contains(&player)),
            ),
        };
        hasher.update(&uid.get().to_le_bytes());
        for entry in registry.components() {
            let visible = match entry.audience {
                Audience::Public => true,
                Audience::Viewers => owns || looks,
                Audience::Owner => owns,
                Audience::HostOnly => false,
            };
            if visible && let Some(Ok(bytes)) = (entry.encode)(entity) {
                hasher.update(entry.name.as_bytes());
                hasher.update(&bytes);
            }
        }
    }
    hasher.digest()
}
