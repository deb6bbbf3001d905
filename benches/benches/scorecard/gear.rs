//! Everybody's worn things get worse: what they give is computed again and settled.

use std::time::Duration;

use bevy::prelude::*;
use wayfarer_benches::{
    Row,
    measure::{in_turn, micros, millis, time},
};
use wayfarer_core::prelude::*;
use wayfarer_equipment::{
    EquipmentPlugin,
    ext::{Durability, FULL, set_ext},
    total::refresh_all,
};
use wayfarer_inventory::prelude::*;

use super::{
    heroes::{Heroes, load, plain},
    wares::{SLOTS, wares_pack},
};
use crate::{Failure, Rows};

const COUNT: usize = 1_000;
const ROUNDS: usize = 15;
/// What is left in turn, each in another band than the one before.
const LEFT: [u32; 4] = [FULL, 60_000, 40_000, 20_000];

/// What everybody wears.
fn worn(heroes: &Heroes) -> Result<Vec<(Entity, Vec<Uid>)>, Failure> {
    let world = heroes.app.world();
    let all = heroes.entities.iter().map(|&entity| {
        let inventory = world.get::<Inventory>(entity).ok_or("no inventory")?;
        let worn: Vec<Uid> = inventory.worn().map(|item| item.uid).collect();
        if worn.len() == SLOTS.len() {
            Ok((entity, worn))
        } else {
            Err(format!("{} things are worn", worn.len()).into())
        }
    });
    all.collect()
}

/// One transaction for each character, in which all its worn things change, and the tick that
/// settles them.
fn wear_out(app: &mut App, worn: &[(Entity, Vec<Uid>)], left: u32) -> Result<Duration, Failure> {
    let carried = Durability { left, max: FULL }.carried();
    let mut done = Ok(());
    let world = app.world_mut();
    let took = time(|| {
        for (entity, items) in worn {
            let changed = world.transact("bench.gear", |txn| {
                for &item in items {
                    set_ext(txn, *entity, item, carried.as_ref())?;
                }
                refresh_all(txn, *entity, items)
            });
            if let Err(refusal) = changed {
                done = Err(refusal.to_string());
            }
        }
        world.run_schedule(RulesTick);
    });
    done?;
    // The end of the frame, which forgets messages, is no part of it.
    app.update();
    Ok(took)
}

/// All rows.
pub fn rows() -> Rows {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, EquipmentPlugin))
        .add_pack_source(wares_pack());
    load(&mut app)?;
    let mut heroes = Heroes::spawn(app, "b:knight", COUNT);
    let worn = worn(&heroes)?;
    let sum = |heroes: &Heroes| heroes.all(plain("s4")).flatten().sum::<f32>();
    let mut seen = Vec::new();
    for left in LEFT {
        wear_out(&mut heroes.app, &worn, left)?;
        seen.push(sum(&heroes));
    }
    if !seen.is_sorted_by(|a, b| a > b) {
        return Err(format!("what is worn out gives as much as before: {seen:?}").into());
    }
    let mut turn = 0;
    let mut failed = None;
    let [took] = in_turn(
        ROUNDS,
        [&mut || {
            turn += 1;
            let left = LEFT[turn % LEFT.len()];
            let took = wear_out(&mut heroes.app, &worn, left);
            took.unwrap_or_else(|error| {
                failed = Some(error);
                Duration::ZERO
            })
        }],
    );
    if let Some(error) = failed {
        return Err(error);
    }
    let what = "1 000 characters, each of 8 worn things (2 modifiers each) crosses a band: changed, recomputed, settled";
    Ok(vec![
        Row::at_most(format!("{what}, all"), millis(took), "ms", 10.0),
        Row::at_most(
            format!("{what}, each character"),
            micros(took) / COUNT as f64,
            "us",
            10.0,
        ),
    ])
}
