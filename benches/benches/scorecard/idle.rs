//! What 10 000 characters cost to whom nothing happens.

use bevy::{ecs::schedule::SingleThreadedExecutor, prelude::*};
use wayfarer_benches::{
    Row,
    measure::{in_turn, micros, time},
};
use wayfarer_core::prelude::*;
use wayfarer_equipment::EquipmentPlugin;

use super::{
    heroes::{Heroes, load},
    pack::whole_pack,
};
use crate::Rows;

const COUNT: usize = 10_000;
const TICKS: u32 = 200;
const ROUNDS: usize = 9;

/// All rows.
pub fn rows() -> Rows {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, EquipmentPlugin))
        .add_pack_source(whole_pack())
        .edit_schedule(RulesTick, |schedule| {
            schedule.set_executor(SingleThreadedExecutor::new());
        });
    load(&mut app)?;
    let mut heroes = Heroes::spawn(app, "b:hero", COUNT);
    let world = heroes.app.world_mut();
    for _ in 0..100 {
        world.run_schedule(RulesTick);
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
    Ok(vec![
        Row::at_most(
            "10 000 characters idle: RulesTick of stats, inventory, equipment",
            micros(round / TICKS),
            "us",
            20.0,
        ),
        Row::at_most(
            "10 000 characters idle: allocations in 200 ticks",
            counted.count_total as f64,
            "",
            0.0,
        ),
    ])
}
