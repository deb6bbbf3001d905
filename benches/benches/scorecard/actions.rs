//! A hundred players, each of whom does something in every tick.

use std::time::Duration;

use bevy::prelude::*;
use wayfarer_benches::{
    Row,
    measure::{mean, micros, percentile, time},
};
use wayfarer_core::{
    door::{Answers, Arrived, DoorMetrics, Inbox, Origin, Request, RequestId},
    prelude::*,
};
use wayfarer_inventory::prelude::*;

use super::{
    heroes::{Heroes, load},
    pack::whole_pack,
};
use crate::{Failure, Rows};

const PLAYERS: usize = 100;
const CHARACTERS: usize = 300;
const WARM: u32 = 200;
const TICKS: u32 = 2_000;

/// One of the players: who, as whom, with what.
struct Seat {
    player: PlayerId,
    client: Entity,
    actor: Uid,
    item: Uid,
}

fn seats(heroes: &mut Heroes) -> Result<Vec<Seat>, Failure> {
    let world = heroes.app.world_mut();
    let mut seats = Vec::new();
    for (n, &entity) in heroes.entities.iter().take(PLAYERS).enumerate() {
        let player = PlayerId(n as u64 + 1);
        world
            .resource_mut::<Players>()
            .arrive(player, &format!("Player {n}"), Role::Player);
        world.entity_mut(entity).insert(Owner(player));
        let actor = world.get::<Identity>(entity).ok_or("no uid")?.0;
        let inventory = world.get::<Inventory>(entity).ok_or("no inventory")?;
        let item = inventory.iter().next().ok_or("nothing to move")?.uid;
        let client = world.spawn_empty().id();
        seats.push(Seat {
            player,
            client,
            actor,
            item,
        });
    }
    Ok(seats)
}

/// Everybody moves their sword to the other compartment.
fn ask(world: &mut World, seats: &[Seat], tick: u32) -> Result<(), Failure> {
    for seat in seats {
        let action = MoveItem {
            item: seat.item,
            to: u8::from(tick.is_multiple_of(2)).into(),
            before: None,
        };
        let request = Request {
            id: RequestId {
                nonce: 1,
                sequence: tick + 1,
            },
            actor: Some(seat.actor),
            expect: Default::default(),
            action: DefId::of(MoveItem::NAME),
            payload: postcard::to_stdvec(&action)?.into(),
        };
        let arrived = Arrived {
            origin: Origin::Remote(seat.client),
            player: seat.player,
            bytes: postcard::to_stdvec(&request)?,
        };
        world.resource_mut::<Inbox>().push(arrived, usize::MAX);
    }
    Ok(())
}

/// The players at their table.
pub struct Scene {
    heroes: Heroes,
    seats: Vec<Seat>,
}

impl Scene {
    /// Everybody has a character and a thing to move.
    pub fn new() -> Result<Self, Failure> {
        let mut app = App::new();
        app.add_plugins((MinimalPlugins, InventoryPlugin))
            .add_pack_source(whole_pack());
        load(&mut app)?;
        let mut heroes = Heroes::spawn(app, "b:hero", CHARACTERS);
        let seats = seats(&mut heroes)?;
        Ok(Self { heroes, seats })
    }

    /// A tick in which everybody acts; returns what the rules took.
    pub fn tick(&mut self, tick: u32) -> Result<Duration, Failure> {
        let world = self.heroes.app.world_mut();
        ask(world, &self.seats, tick)?;
        let took = time(|| world.run_schedule(RulesTick));
        // A network would have sent them.
        world.resource_mut::<Answers>().remote.clear();
        self.heroes.app.update();
        Ok(took)
    }
}

/// All rows.
pub fn rows() -> Rows {
    let mut scene = Scene::new()?;
    let mut times: Vec<Duration> = Vec::new();
    for tick in 0..WARM + TICKS {
        let took = scene.tick(tick)?;
        if tick >= WARM {
            times.push(took);
        }
    }
    let metrics = scene.heroes.app.world().resource::<DoorMetrics>();
    let asked = u64::from(WARM + TICKS) * PLAYERS as u64;
    if metrics.applied != asked {
        return Err(format!("{asked} asked for, {metrics:?}").into());
    }
    let what = "100 players, 300 characters, an action per player and tick: rules";
    Ok(vec![
        Row::at_most(format!("{what}, mean"), micros(mean(&times)), "us", 1_000.0),
        Row::at_most(
            format!("{what}, p99"),
            micros(percentile(&mut times, 99.0)),
            "us",
            5_000.0,
        ),
    ])
}
