//! How long a newcomer waits for the world.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use bevy::prelude::*;
use wayfarer_benches::Row;
use wayfarer_core::{
    prelude::*,
    state::{Viewpoint, audience_hash},
};
use wayfarer_net::prelude::*;

use super::{
    proxy::{Proxy, Weather},
    table::{Table, ask_to_join, is_in, online_game},
};
use crate::{Failure, Rows};

const CHARACTERS: usize = 1_000;
const JOINS: usize = 7;

/// What a join took.
struct Took {
    /// Until the host had let them in: two handshakes, hardly any bytes.
    inside: Duration,
    /// Until both sides agreed on everything that the newcomer may know.
    whole: Duration,
}

/// Joins, looks around, leaves.
fn join(
    table: &mut Table,
    via: SocketAddr,
    keys: &PlayerKeys,
    role: Role,
) -> Result<Took, Failure> {
    let player = PlayerId(keys.public().id());
    let ours = audience_hash(table.host.world(), Viewpoint::Player(player, role));
    let mut guest = online_game()?;
    ask_to_join(&mut guest, via, keys)?;
    let (began, mut inside) = (Instant::now(), None);
    let whole = table.until("the world is there", Some(&mut guest), |_, guest| {
        guest.is_some_and(|guest| {
            if inside.is_none() && is_in(guest, keys) {
                inside = Some(began.elapsed());
            }
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
    Ok(Took {
        inside: inside.unwrap_or(whole),
        whole,
    })
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
    for took in &times {
        eprintln!(
            "  {role:?}, up to {} ms late: inside after {:?}, all there after {:?}",
            weather.delay_ms, took.inside, took.whole
        );
    }
    let slowest = times.iter().map(|took| took.whole).max();
    Ok(slowest.map_or(f64::INFINITY, |took| took.as_secs_f64()))
}

/// All rows.
pub fn rows() -> Rows {
    let loss = Weather {
        loss_percent: 10,
        ..Weather::default()
    };
    let late = Weather {
        delay_ms: 40,
        ..loss
    };
    let row = |who: &str, role| {
        let what = format!(
            "{who} sees a world of 1 000 characters at 10 % loss: from the wish to join to the same state hash, slowest of 7"
        );
        let row = Row::at_most(what, slowest(role, loss)?, "s", 2.0);
        Ok::<Row, Failure>(row.beside("each packet 0 to 40 ms late too", slowest(role, late)?))
    };
    Ok(vec![
        row("joiner", Role::Player)?,
        row("joiner who sees into everything", Role::GameMaster)?,
    ])
}
