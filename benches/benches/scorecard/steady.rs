//! What characters cost who have effects, auras and bonds, and to whom nothing happens.

use bevy::prelude::*;
use wayfarer_benches::{
    Row,
    measure::{in_turn, micros, time},
};
use wayfarer_core::prelude::*;
use wayfarer_stats::{
    prelude::*,
    relations::{self, Reason},
};

use super::{
    heroes::Heroes,
    lives::{axis, game_of_lives},
};
use crate::{Failure, Rows};

const COUNT: usize = 1_000;
/// One of so many has an aura.
const AURAS: usize = 20;
const TICKS: u32 = 100;
const ROUNDS: usize = 9;

/// Everybody has a timed effect and a bond, and stands near a hearth.
fn heroes() -> Result<Heroes, Failure> {
    let mut heroes = Heroes::spawn(game_of_lives()?, "b:somebody", COUNT);
    let world = heroes.app.world_mut();
    let mut uids = Vec::new();
    for &entity in &heroes.entities {
        uids.push(world.get::<Identity>(entity).ok_or("no uid")?.0);
    }
    uids.rotate_left(1);
    for (n, (&entity, other)) in heroes.entities.iter().zip(uids).enumerate() {
        let at = Position::ground((n / AURAS) as f32 * 20.0, (n % AURAS) as f32 * 0.1);
        world.entity_mut(entity).insert(at);
        let done = world.transact("bench.steady", |txn| {
            apply_effect(txn, entity, &EffectSpec::named("b:long"))?;
            if n % AURAS == 0 {
                apply_effect(txn, entity, &EffectSpec::named("b:hearth"))?;
            }
            let bond = Bond::of(other, "life:bond");
            let reason = Reason::code("met");
            relations::set(txn, entity, bond, axis("affinity"), Some(40.0), &reason)
        });
        done.map_err(|refusal| refusal.to_string())?;
    }
    for _ in 0..100 {
        world.run_schedule(RulesTick);
    }
    heroes.rest();
    Ok(heroes)
}

/// All rows.
pub fn rows() -> Rows {
    let mut heroes = heroes()?;
    let world = heroes.app.world_mut();
    let mut query = world.query::<&ActiveEffects>();
    let warm = DefId::of("b:warm");
    let warmed = query
        .iter(world)
        .filter(|effects| effects.of(warm).next().is_some());
    let warmed = warmed.count();
    if warmed < COUNT - COUNT / AURAS {
        return Err(format!("only {warmed} are warm").into());
    }
    let [round] = in_turn(
        ROUNDS,
        [&mut || {
            time(|| {
                for _ in 0..TICKS {
                    world.run_schedule(RulesTick);
                }
            })
        }],
    );
    let counted = allocation_counter::measure(|| {
        for _ in 0..TICKS {
            world.run_schedule(RulesTick);
        }
    });
    let what = "1 000 characters with effects, 50 auras standing still, bonds";
    Ok(vec![
        Row::at_most(
            format!("{what}: RulesTick"),
            micros(round / TICKS),
            "us",
            20.0,
        ),
        Row::at_most(
            format!("{what}: allocations in 100 ticks"),
            counted.count_total as f64,
            "",
            0.0,
        ),
    ])
}
