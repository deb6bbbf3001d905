//! Stable names: [`Uid`] for things, [`DefId`] for definitions, [`PlayerId`] for people.
//!
//! The wire, the save, the ledger and the journal speak these and never [`Entity`] or a dense
//! index: those change between runs, between host and client, and with every content reload.

use std::{fmt, num::NonZeroU64};

use bevy::{
    ecs::{lifecycle::HookContext, world::DeferredWorld},
    platform::collections::HashMap,
    prelude::*,
};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

/// Name of one thing in one world: a character, a chest, an item.
///
/// Minted by [`UidMint`] on the host, never reused, and the same on the wire and in saves.
/// Something imported from another world gets a new one.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Reflect,
)]
#[reflect(opaque)]
pub struct Uid(NonZeroU64);

impl Uid {
    /// The lowest uid there is.
    pub const MIN: Self = Self(NonZeroU64::MIN);

    /// The uid with this number; `None` for 0, which no thing has.
    pub const fn new(raw: u64) -> Option<Self> {
        match NonZeroU64::new(raw) {
            Some(raw) => Some(Self(raw)),
            None => None,
        }
    }

    /// The number.
    pub const fn get(self) -> u64 {
        self.0.get()
    }
}

impl fmt::Display for Uid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

/// Counter from which the host takes new uids. Saved with the world.
#[derive(Resource, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UidMint {
    next: NonZeroU64,
}

impl Default for UidMint {
    fn default() -> Self {
        Self {
            next: NonZeroU64::MIN,
        }
    }
}

impl UidMint {
    /// Takes the next uid.
    ///
    /// Inside an action use [`Txn::mint`](crate::txn::Txn::mint), which gives the number back
    /// when the action is refused.
    pub fn mint(&mut self) -> Uid {
        let uid = Uid(self.next);
        // 2^64 uids outlast any world; saturating keeps the arithmetic total.
        self.next = self.next.saturating_add(1);
        uid
    }

    /// Makes sure that `uid` will not be minted again, for example after loading it.
    pub fn reserve(&mut self, uid: Uid) {
        self.next = self.next.max(uid.0.saturating_add(1));
    }
}

/// Stable id of a definition: a 32-bit hash of `pack:name`.
///
/// Two names with one hash are an error when the content is loaded, so within loaded content the
/// id is exact.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    Reflect,
)]
pub struct DefId(pub u32);

impl DefId {
    /// The id of `pack:name`.
    pub fn of(name: &str) -> Self {
        Self(xxh3_64(name.as_bytes()) as u32)
    }
}

impl fmt::Display for DefId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

/// A person at the table, the same in every session: on a networked game derived from the
/// player's public key.
#[derive(
    Component,
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    Reflect,
)]
pub struct PlayerId(pub u64);

impl PlayerId {
    /// The player who sits at the host's own machine, and the only one in a game played alone.
    pub const LOCAL: Self = Self(0);
}

impl fmt::Display for PlayerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::LOCAL {
            f.write_str("local")
        } else {
            write!(f, "{:08x}", self.0 >> 32)
        }
    }
}

/// Gives an entity its [`Uid`]. Immutable, so that [`UidIndex`] is always in step.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Reflect)]
#[component(immutable, on_insert = index_uid, on_discard = forget_uid)]
#[reflect(Component)]
pub struct Identity(pub Uid);

/// Which entity carries which [`Uid`].
#[derive(Resource, Default, Debug)]
pub struct UidIndex {
    entities: HashMap<Uid, Entity>,
}

impl UidIndex {
    /// The entity of a uid, if there is one in this world now.
    pub fn get(&self, uid: Uid) -> Option<Entity> {
        self.entities.get(&uid).copied()
    }

    /// Every uid that an entity carries, in ascending order.
    pub fn sorted(&self) -> Vec<(Uid, Entity)> {
        let mut all: Vec<_> = self.entities.iter().map(|(&u, &e)| (u, e)).collect();
        all.sort_unstable_by_key(|&(uid, _)| uid);
        all
    }

    /// How many entities carry a uid.
    pub fn len(&self) -> usize {
        self.entities.len()
    }

    /// Whether no entity carries a uid.
    pub fn is_empty(&self) -> bool {
        self.entities.is_empty()
    }
}

fn index_uid(mut world: DeferredWorld, ctx: HookContext) {
    let Some(&Identity(uid)) = world.get::<Identity>(ctx.entity) else {
        return;
    };
    if let Some(mut mint) = world.get_resource_mut::<UidMint>() {
        mint.reserve(uid);
    }
    let Some(mut index) = world.get_resource_mut::<UidIndex>() else {
        return;
    };
    if let Some(other) = index.entities.insert(uid, ctx.entity)
        && other != ctx.entity
    {
        tracing::error!("uid {uid} was on {other} and is now on {}", ctx.entity);
    }
}

fn forget_uid(mut world: DeferredWorld, ctx: HookContext) {
    let Some(&Identity(uid)) = world.get::<Identity>(ctx.entity) else {
        return;
    };
    if let Some(mut index) = world.get_resource_mut::<UidIndex>()
        && index.entities.get(&uid) == Some(&ctx.entity)
    {
        index.entities.remove(&uid);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn def_ids_are_fixed_for_ever() {
        // Saves and the wire depend on it: if this changes, every save breaks.
        assert_eq!(DefId::of("demo:iron_sword"), DefId::of("demo:iron_sword"));
        assert_ne!(DefId::of("demo:iron_sword"), DefId::of("demo:iron_swore"));
        assert_eq!(
            DefId::of("core:strength").0,
            xxh3_64(b"core:strength") as u32
        );
    }

    #[test]
    fn index_follows_insertion_and_despawn() {
        let mut world = World::new();
        world.init_resource::<UidIndex>();
        world.init_resource::<UidMint>();
        let uid = Uid::new(7).unwrap();
        let entity = world.spawn(Identity(uid)).id();
        assert_eq!(world.resource::<UidIndex>().get(uid), Some(entity));
        assert!(world.resource_mut::<UidMint>().mint() > uid);
        world.despawn(entity);
        assert_eq!(world.resource::<UidIndex>().get(uid), None);
    }
}
