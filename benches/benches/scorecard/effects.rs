//! Effects that wait for their end, and effects that end.

use std::time::Duration;

use bevy::prelude::*;
use wayfarer_benches::{
    Row,
    measure::{micros, millis, percentile, time},
};
use wayfarer_core::prelude::*;
use wayfarer_stats::{effects::Until, prelude::*};

use super::{
    heroes::{Heroes, load, plain},
    pack::{EFFECTS, effects_pack},
};
use crate::{Failure, Rows};

const COUNT: usize = 10_000;
/// Effects that end in one tick: 1 % of all.
const ENDING: usize = COUNT * EFFECTS / 100;
const ROUNDS: usize = 15;
/// Ticks from one end to the next.
const APART: u64 = 10;

/// Everybody has eight timed effects. Every so many ticks 1 % of all effects end, each on somebody
/// else.
fn heroes() -> Result<Heroes, Failure> {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, StatsPlugin))
        .add_pack_source(effects_pack());
    load(&mut app)?;
    let mut heroes = Heroes::spawn(app, "b:hero", COUNT);
    let world = heroes.app.world_mut();
    let now = world.resource::<RulesClock>().tick;
    for (n, &entity) in heroes.entities.iter().enumerate() {
        let done = world.transact("bench.effects", |txn| {
            for effect in 0..EFFECTS {
                let round = (effect * COUNT + n) / ENDING + 1;
                let until = Until::Tick(now + 1 + APART * round as u64);
                let spec = EffectSpec::named(&format!("b:e{effect}")).until(until);
                apply_effect(txn, entity, &spec)?;
            }
            Ok(())
        });
        done.map_err(|refusal| refusal.to_string())?;
    }
    world.run_schedule(RulesTick);
    heroes.rest();
    Ok(heroes)
}

fn count(heroes: &mut Heroes) -> usize {
    let world = heroes.app.world_mut();
    let mut query = world.query::<&ActiveEffects>();
    query.iter(world).map(ActiveEffects::len).sum()
}

/// All rows.
pub fn rows() -> Rows {
    let mut heroes = heroes()?;
    let (mut waiting, mut ending): (Vec<Duration>, Vec<Duration>) = Default::default();
    let began = heroes.app.world().resource::<RulesClock>().tick;
    let r0 = heroes
        .app
        .world()
        .get::<StatValues>(heroes.entities[0])
        .and_then(|v| v.get(plain("r0")));
    for round in 0..=ROUNDS {
        for tick in 1..=APART {
            let took = time(|| heroes.app.world_mut().run_schedule(RulesTick));
            heroes.rest();
            match (round, tick) {
                // To warm up.
                (0, _) | (_, 1) => {}
                (_, APART) => ending.push(took),
                _ => waiting.push(took),
            }
        }
        let left = COUNT * EFFECTS - ENDING * (round + 1);
        if count(&mut heroes) != left {
            return Err(format!("{} effects are left, not {left}", count(&mut heroes)).into());
        }
    }
    let world = heroes.app.world();
    let now = world
        .get::<StatValues>(heroes.entities[0])
        .and_then(|v| v.get(plain("r0")));
    if world.resource::<RulesClock>().tick != began + APART * (ROUNDS as u64 + 1) || now == r0 {
        return Err("the effects did not end as planned".into());
    }
    Ok(vec![
        Row::at_most(
            "10 000 characters with 8 timed effects each: RulesTick, none ends",
            micros(percentile(&mut waiting, 50.0)),
            "us",
            100.0,
        ),
        Row::at_most(
            "10 000 characters with 8 timed effects each: RulesTick, 800 effects end",
            millis(percentile(&mut ending, 50.0)),
            "ms",
            1.0,
        ),
    ])
}
