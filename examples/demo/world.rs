//! The clearing as it is when a new game begins: two chests, places that do something, and things
//! somebody left behind.

use bevy::prelude::*;
use wayfarer::{
    core::{clock::RulesSystems, door::Inbox, state::persistent_entities},
    inventory::world_item::lay_new,
    prelude::*,
};

use crate::{
    places::{FOLK, PLACES},
    scene::layout::{CHEST_POSITIONS, SPAWN_POSITION},
    walk::Walking,
};

/// What lies on the ground, and where.
const LEFT_BEHIND: [(&str, u32, f32, f32); 7] = [
    ("demo:rock", 1, -1.6, 0.4),
    ("demo:rock", 1, 2.4, -1.2),
    ("demo:apple", 3, 1.4, 2.2),
    ("demo:healing_potion", 2, -2.6, 2.4),
    ("demo:travel_cloak", 1, 4.2, 1.0),
    ("demo:iron_ore", 4, -5.2, -0.8),
    ("demo:anvil", 1, 6.4, -0.6),
];

/// Which character a newcomer gets, in turn.
const TEMPLATES: [&str; 2] = ["demo:knight", "demo:ranger"];

/// On the host: play has begun, so people who are here need a character.
#[derive(Resource, Default, PartialEq, Eq, Clone, Copy)]
pub struct InPlay(pub bool);

/// The slot of the one game that is saved in a profile.
pub const SLOT: &str = "clearing";

/// Writes the game into its slot; it is kept up to date there from then on.
pub fn save(world: &mut World) {
    world.write_message(SaveGame::new(SLOT, "The clearing"));
}

/// Reads the saved game again; [`GameLoaded`] or [`SaveFailed`] tells how it went.
pub fn load(world: &mut World) {
    clear(world);
    world.write_message(LoadGame {
        slot: SLOT.into(),
        which: Which::Newest,
    });
}

/// Whether there is a saved game in this list.
pub fn saved_in(list: &SavesListed) -> Option<&SlotInfo> {
    let mut slots = list.0.iter();
    slots.find(|slot| slot.name.as_str() == SLOT && slot.generation > 0)
}

pub fn plugin(app: &mut App) {
    app.init_resource::<InPlay>().add_systems(
        RulesTick,
        (people_need_characters, newcomers_can_walk)
            .chain()
            .in_set(RulesSystems::Inbox)
            .run_if(resource_equals(Authority::Host))
            .run_if(resource_equals(InPlay(true)))
            .run_if(resource_equals(ContentState::Ready)),
    );
}

/// Clears the table: no world, nobody walking about, nothing asked for.
pub fn clear(world: &mut World) {
    for (_, entity) in persistent_entities(world) {
        world.despawn(entity);
    }
    world.insert_resource(Inbox::default());
    world.insert_resource(InPlay(false));
}

/// Sets the clearing up for a new game and begins to play.
pub fn new_game(world: &mut World) {
    clear(world);
    *world.resource_mut::<Authority>() = Authority::Host;
    for (spot, template) in CHEST_POSITIONS
        .into_iter()
        .zip(["demo:oak_chest", "demo:iron_chest"])
    {
        world.spawn((
            Character::new(template),
            Container::default(),
            Position::ground(spot.x, spot.z),
        ));
    }
    let folk = FOLK.map(|(template, spot, _)| (template, spot));
    for (template, spot) in PLACES.into_iter().chain(folk) {
        world.spawn((Character::new(template), Position::ground(spot.x, spot.z)));
    }
    for (name, count, x, z) in LEFT_BEHIND {
        let laid = world.transact("demo.set_scene", |txn| {
            let def = DefId::of(name);
            if txn.content().name_of(def).is_none() {
                return Err(Refusal::new(Code::TEMPLATE_UNAVAILABLE).with("what", name));
            }
            lay_new(
                txn,
                MovementKind::Spawned,
                def,
                count,
                Position::ground(x, z),
            )
        });
        if let Err(refusal) = laid {
            warn!("{name} is not on the ground: {refusal}");
        }
    }
    world.insert_resource(InPlay(true));
}

/// Whoever is here and has no character gets one.
fn people_need_characters(
    players: Res<Players>,
    owners: Query<&Owner, With<Character>>,
    mut commands: Commands,
) {
    for (player, record) in players.iter() {
        if !record.online || record.role == Role::Spectator {
            continue;
        }
        if owners.iter().any(|owner| owner.0 == player) {
            continue;
        }
        let count = owners.iter().count();
        let template = TEMPLATES[count % TEMPLATES.len()];
        let aside = count as f32 * 1.3;
        let mut character = commands.spawn((
            Character::new(template),
            Owner(player),
            Position::ground(SPAWN_POSITION.x + aside, SPAWN_POSITION.z),
        ));
        if record.name != "Host" && !record.name.is_empty() {
            character.insert(DisplayName(record.name.clone()));
        }
    }
}

/// Walking is not saved; loaded characters stand still.
fn newcomers_can_walk(
    new: Query<Entity, (With<Character>, With<Owner>, Without<Walking>)>,
    mut commands: Commands,
) {
    for entity in &new {
        commands.entity(entity).insert(Walking::default());
    }
}
