//! How long a newcomer waits for the world.

use std::{net::SocketAddr, time::Duration};

use bevy::prelude::*;
use wayfarer_benches::Row;
use wayfarer_core::{
    prelude::*,
    state::{Viewpoint, audience_hash},
};
use wayfarer_net::prelude::*;

use super::{
    proxy::{Proxy, Weather},
    table::{Table, ask_to_join, online_game},
};
use crate::{Failure, Rows};

const CHARACTERS: usize = 1_000;
const JOINS: usize = 7;

/// Joins, waits until both sides agree on everything that the newcomer may know, leaves.
fn join(
    table: &mut Table,
    via: SocketAddr,
    keys: &PlayerKeys,
    role: Role,
) -> Result<Duration, Failure> {
    let player = PlayerId(keys.public().id());
    let ours = audience_hash(table.host.world(), Viewpoint::Player(player, role));
    let mut guest = online_game()?;
    ask_to_join(&mut guest, via, keys)?;
    let took = table.until("the world is there", Some(&mut guest), |_, guest| {
        guest.is_some_and(|guest| {
            let world = guest.world();
            // Hashing takes longer than a frame: only when it can be right.
            world.resource::<UidIndex>().len() == CHARACTERS
                && audience_hash(world, Viewpoint::Everything) == ours
        })
    })?;
    guest.world_mut().write_message(LeaveSession);
    let mut frames = 0;
    table.until("they have left", Some(&mut guest), |_, _| {
        frames += 1;
        frames > 100
    })?;
    Ok(took)
}

/// The slowest of some joins, in seconds.
fn slowest(role: Role, weather: Weather) -> Result<f64, Failure> {
    let mut host = online_game()?;
    host.insert_resource(RolePolicy { newcomer: role });
    let mut keys = Vec::new();
    let world = host.world_mut();
    for n in 0..CHARACTERS {
        let at = Position::ground((n % 40) as f32, (n / 40) as f32);
        let mut hero = world.spawn((Character::new("b:hero"), at));
        if n < JOINS {
            let key = PlayerKeys::generate()?;
            hero.insert(Owner(PlayerId(key.public().id())));
            keys.push(key);
        }
    }
    for _ in 0..3 {
        world.run_schedule(RulesTick);
    }
    let mut table = Table::open(host)?;
    let proxy = Proxy::start(table.address, weather);
    let mut times = Vec::new();
    for key in &keys {
        times.push(join(&mut table, proxy.address(), key, role)?);
    }
    if weather.loss_percent > 0 && proxy.dropped() == 0 {
        return Err("nothing was lost".into());
    }
    eprintln!("  {role:?}, {} ms delay: {times:?}", weather.delay_ms);
    Ok(times
        .iter()
        .max()
        .map_or(f64::INFINITY, Duration::as_secs_f64))
}

/// All rows.
pub fn rows() -> Rows {
    let loss = Weather {
        loss_percent: 10,
        ..Weather::default()
    };
    let storm = Weather {
        delay_ms: 40,
        ..loss
    };
    let what = "joiner sees a world of 1 000 characters at 10 % loss";
    let row = |what: String, seconds: f64| Row::at_most(what, seconds, "s", 2.0);
    Ok(vec![
        row(
            format!("{what}, slowest of 7"),
            slowest(Role::Player, loss)?,
        ),
        row(
            format!("{what}, each packet 0 to 40 ms late, slowest of 7"),
            slowest(Role::Player, storm)?,
        ),
        row(
            format!("{what}, each packet 0 to 40 ms late, who sees into everything, slowest of 7"),
            slowest(Role::GameMaster, storm)?,
        ),
    ])
}
