//! What replication costs while nothing happens and most of the world sleeps.

use std::time::Duration;

use bevy::prelude::*;
use bevy_replicon::prelude::Replicated;
use wayfarer_benches::{
    Row,
    measure::{mean, millis},
};
use wayfarer_core::prelude::*;

use super::party::Party;
use crate::Rows;

const COUNT: usize = 10_000;
const AWAKE: usize = 300;
const CLIENTS: usize = 4;
const WARM: u32 = 100;
const TICKS: u32 = 600;

/// All rows.
pub fn rows() -> Rows {
    let mut party = Party::new()?;
    let world = party.host.world_mut();
    for n in 0..COUNT {
        let hero = Character::new("b:hero");
        // A crowd around the players, and everybody else kilometres away.
        if n < CLIENTS {
            let owner = Owner(PlayerId(n as u64 + 1));
            world.spawn((hero, Position::ground(n as f32, 0.0), owner));
        } else if n < AWAKE {
            world.spawn((hero, Position::ground((n % 20) as f32, (n / 20) as f32)));
        } else {
            let (x, z) = ((n % 100) as f32 * 10.0, (n / 100) as f32 * 10.0);
            world.spawn((hero, Position::ground(5_000.0 + x, z)));
        }
    }
    party.open();
    for n in 0..CLIENTS {
        party.join(PlayerId(n as u64 + 1))?;
    }
    for _ in 0..WARM {
        party.tick();
    }
    let world = party.host.world_mut();
    let awake = world.query::<&Replicated>().iter(world).count();
    let seen = party.seen_by(CLIENTS - 1);
    if (awake, seen) != (AWAKE, AWAKE) {
        return Err(format!("{awake} are awake and {seen} are seen, not {AWAKE}").into());
    }
    let times: Vec<Duration> = (0..TICKS).map(|_| party.tick()).collect();
    Ok(vec![Row::at_most(
        "with replication, 300 awake of 10 000, 4 clients: idle RulesTick and frame of the host, mean",
        millis(mean(&times)),
        "ms",
        0.3,
    )])
}
