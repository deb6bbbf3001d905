//! Why a number is what it is.

use std::hint::black_box;

use bevy::prelude::*;
use wayfarer_benches::{
    Row,
    measure::{in_turn, micros, time},
};
use wayfarer_core::prelude::*;
use wayfarer_stats::prelude::*;

use super::{heroes::Heroes, lives::game_of_lives};
use crate::Rows;

const TIMES: u32 = 1_000;
const ROUNDS: usize = 9;

/// All rows.
pub fn rows() -> Rows {
    let mut heroes = Heroes::spawn(game_of_lives()?, "b:somebody", 1);
    let world = heroes.app.world_mut();
    let somebody = heroes.entities[0];
    let done = world.transact("bench.moods", |txn| {
        (0..10).try_for_each(|n| {
            let spec = EffectSpec::named(&format!("b:mood{n}"));
            apply_effect(txn, somebody, &spec).map(drop)
        })
    });
    done.map_err(|refusal| refusal.to_string())?;
    world.run_schedule(RulesTick);
    let valence = StatId::of("life:mood.valence");
    let why = explain_entity(world, somebody, valence).ok_or("no such stat")?;
    let value = world
        .get::<StatValues>(somebody)
        .and_then(|v| v.get(valence));
    // What it follows from, and ten moods.
    if why.lines.len() < 11 || why.lines.last().map(|line| line.running) != value {
        return Err(format!("that explains {value:?} badly:\n{why}").into());
    }
    let world = &*world;
    let [round] = in_turn(
        ROUNDS,
        [&mut || {
            time(|| {
                for _ in 0..TIMES {
                    black_box(explain_entity(world, somebody, black_box(valence)));
                }
            })
        }],
    );
    Ok(vec![Row::at_most(
        "explain a derived stat with 10 modifiers of effects",
        micros(round / TIMES),
        "us",
        20.0,
    )])
}
