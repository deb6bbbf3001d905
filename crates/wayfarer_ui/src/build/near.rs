use bevy::prelude::*;
use wayfarer_core::{
    authority::{Authority, Owner, Policies, Viewers},
    character::{Character, DisplayName},
    content::ActiveContent,
    id::{Identity, PlayerId, Uid},
};
use wayfarer_inventory::{Container, Inventory, WorldItem, share::LootRights, shop::definition};

use super::key::KeyMaker;

/// More than this on the ground is not listed: a heap is a heap.
const LISTED: usize = 200;
/// More people than this are not offered a share; the rules allow as many.
const PEOPLE: usize = 32;

/// What is within reach of a character.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Near {
    /// The container that the player has open.
    pub open: Option<(Uid, Entity)>,
    /// Containers that could be opened, by uid.
    pub containers: Vec<(Uid, Entity)>,
    /// Items on the ground, by uid.
    pub items: Vec<Entity>,
    /// Characters of players, the one that looks around first, then by uid.
    pub people: Vec<(Uid, Entity)>,
}

/// The questions to the world; kept between frames.
#[derive(Resource)]
pub(super) struct NearQueries {
    items: QueryState<(Entity, &'static Identity), With<WorldItem>>,
    containers: QueryState<(Entity, &'static Identity), With<Container>>,
    people: QueryState<(Entity, &'static Identity), (With<Owner>, With<Character>)>,
}

impl FromWorld for NearQueries {
    fn from_world(world: &mut World) -> Self {
        Self {
            items: world.query_filtered(),
            containers: world.query_filtered(),
            people: world.query_filtered(),
        }
    }
}

impl Near {
    /// Looks around. `wanted` is the container that the player asked to open.
    pub(super) fn of(
        world: &World,
        queries: &mut NearQueries,
        entity: Entity,
        wanted: Option<Uid>,
    ) -> Self {
        let policies = world
            .get_resource::<Policies>()
            .copied()
            .unwrap_or_default();
        let reach = |other: Entity| other != entity && (policies.in_reach)(world, entity, other);
        let mut items: Vec<(Uid, Entity)> = queries
            .items
            .query(world)
            .iter()
            .filter(|&(other, _)| reach(other))
            .map(|(other, uid)| (uid.0, other))
            .collect();
        items.sort_unstable();
        items.truncate(LISTED);
        let mut containers: Vec<(Uid, Entity)> = queries
            .containers
            .query(world)
            .iter()
            .filter(|&(other, _)| reach(other) && !is_shop(world, other))
            .map(|(other, uid)| (uid.0, other))
            .collect();
        containers.sort_unstable();
        let open = containers
            .iter()
            .copied()
            .find(|&(uid, container)| Some(uid) == wanted && is_open(world, container));
        let people = queries.people.query(world);
        let people = people.iter().map(|(other, uid)| (uid.0, other));
        let near = |&(_, other): &(Uid, Entity)| {
            other == entity || is_somebody(world, other) && reach(other)
        };
        let mut people: Vec<(Uid, Entity)> = people.filter(near).collect();
        people.sort_unstable_by_key(|&(uid, other)| (other != entity, uid));
        people.truncate(PEOPLE);
        Self {
            open,
            containers,
            people,
            items: items.into_iter().map(|(_, entity)| entity).collect(),
        }
    }

    pub(super) fn hash(&self, key: &mut KeyMaker<'_>) {
        key.also(self.open);
        if let Some((_, container)) = self.open {
            key.changed::<Inventory>(container);
            // Who else looks in is known to the host only.
            key.changed::<Viewers>(container).also(&self.people);
            for (_, somebody) in &self.people {
                key.changed::<DisplayName>(*somebody);
            }
        }
        for &(uid, container) in &self.containers {
            key.also((uid, container))
                .changed::<LootRights>(container)
                .changed::<Owner>(container);
        }
        for &item in &self.items {
            key.also(item).changed::<WorldItem>(item);
        }
    }
}

/// Merchants are dealt with in a panel of their own.
fn is_shop(world: &World, container: Entity) -> bool {
    let content = world.get_resource::<ActiveContent>();
    content.is_some_and(|content| definition(world, &content.0, container).is_some())
}

/// Whether the local player may look into it: the host knows its viewers, a client has been sent
/// what is in it.
pub(crate) fn is_open(world: &World, container: Entity) -> bool {
    let host = world.get_resource::<Authority>() == Some(&Authority::Host);
    if host {
        let viewers = world.get::<Viewers>(container);
        return viewers.is_some_and(|viewers| viewers.0.contains(&PlayerId::LOCAL));
    }
    world.get::<Container>(container).is_some_and(|c| c.open)
        && world.get::<Inventory>(container).is_some()
}

/// Whether something looks like somebody, and not like a chest: what a client can tell of people
/// whose things it does not see.
pub(crate) fn is_somebody(world: &World, entity: Entity) -> bool {
    world.get::<Character>(entity).is_some()
        && world.get::<Owner>(entity).is_some()
        && world.get::<Container>(entity).is_none()
}
