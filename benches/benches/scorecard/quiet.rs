//! What a host says while nothing happens.

use std::collections::BTreeSet;

use bevy::prelude::*;
use wayfarer_benches::Row;
use wayfarer_core::prelude::*;

use super::party::Party;
use crate::{Failure, Rows};

const CLIENTS: usize = 4;
const CHARACTERS: usize = 300;
const WARM: u32 = 150;
const TICKS: u32 = 400;

/// The clock's channel: the only one that speaks when somebody has looked at the pause button,
/// which has the clock told at once.
fn clock(party: &mut Party) -> Result<usize, Failure> {
    let mut both = Vec::new();
    for _ in 0..2 {
        party.tick();
        party
            .host
            .world_mut()
            .resource_mut::<Paused>()
            .set_changed();
        party.tick();
        let channels: BTreeSet<usize> = party.sent.iter().map(|&(channel, _)| channel).collect();
        both.push(channels);
    }
    match both.as_slice() {
        [first, second] if first == second && first.len() == 1 => {
            Ok(first.first().copied().unwrap_or_default())
        }
        other => Err(format!("the clock has more than one channel: {other:?}").into()),
    }
}

/// All rows.
pub fn rows() -> Rows {
    let mut party = Party::new()?;
    for n in 0..CHARACTERS {
        let at = Position::ground((n % 20) as f32, (n / 20) as f32);
        let mut hero = party.host.world_mut().spawn((Character::new("b:hero"), at));
        if n < CLIENTS {
            hero.insert(Owner(PlayerId(n as u64 + 1)));
        }
    }
    party.open();
    for n in 0..CLIENTS {
        party.join(PlayerId(n as u64 + 1))?;
    }
    for _ in 0..WARM {
        party.tick();
    }
    let clock = clock(&mut party)?;
    let (mut told, mut other) = (0, 0);
    for _ in 0..TICKS {
        party.tick();
        for &(channel, bytes) in &party.sent {
            if channel == clock {
                told += 1;
            } else {
                other += bytes;
            }
        }
    }
    if told == 0 {
        return Err("the clock was never told".into());
    }
    Ok(vec![Row::at_most(
        "400 idle ticks, 300 awake, 4 clients: bytes of all messages of the host, on every channel but the clock's",
        other as f64,
        "B",
        0.0,
    )])
}
