//! A hundred clients, each of whom does something in every tick.

use std::time::Duration;

use bevy::prelude::*;
use wayfarer_benches::{
    Row,
    measure::{mean, millis},
};
use wayfarer_core::{
    door::DoorMetrics,
    prelude::*,
    state::{Viewpoint, audience_hash},
};

use super::{game::Actor, party::Party};
use crate::Rows;

const CLIENTS: usize = 100;
const CHARACTERS: usize = 300;
const WARM: u32 = 40;
const TICKS: u32 = 400;

/// All rows.
pub fn rows() -> Rows {
    let mut party = Party::new()?;
    let world = party.host.world_mut();
    let mut heroes = Vec::new();
    for n in 0..CHARACTERS {
        let at = Position::ground((n % 20) as f32, (n / 20) as f32);
        let mut hero = world.spawn((Character::new("b:hero"), at));
        if n < CLIENTS {
            hero.insert(Owner(PlayerId(n as u64 + 1)));
            heroes.push(hero.id());
        }
    }
    party.open();
    let world = party.host.world();
    let actors = heroes
        .into_iter()
        .map(|hero| Actor::of(world, hero))
        .collect::<Result<Vec<_>, _>>()?;
    for n in 0..CLIENTS {
        party.join(PlayerId(n as u64 + 1))?;
    }
    for _ in 0..WARM {
        party.tick();
    }
    let mut times: Vec<Duration> = Vec::new();
    for turn in 0..WARM + TICKS {
        for (client, actor) in party.clients.iter_mut().zip(&actors) {
            actor.ask(client, turn);
        }
        let took = party.tick();
        if turn >= WARM {
            times.push(took);
        }
    }
    for _ in 0..5 {
        party.tick();
    }
    let metrics = party.host.world().resource::<DoorMetrics>();
    let asked = u64::from(WARM + TICKS) * CLIENTS as u64;
    if metrics.applied != asked {
        return Err(format!("{asked} asked for, {metrics:?}").into());
    }
    for (n, client) in party.clients.iter().enumerate() {
        let player = Viewpoint::Player(PlayerId(n as u64 + 1), Role::Player);
        let ours = audience_hash(party.host.world(), player);
        if audience_hash(client.world(), Viewpoint::Everything) != ours {
            return Err(format!("client {n} differs from the host").into());
        }
    }
    Ok(vec![Row::at_most(
        "100 clients, 300 awake, an action per player and tick, with replication: RulesTick and frame of the host, mean",
        millis(mean(&times)),
        "ms",
        6.0,
    )])
}
