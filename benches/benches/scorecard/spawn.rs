//! Spawning a character's sheet.

use std::hint::black_box;

use bevy::prelude::*;
use wayfarer_benches::{
    Row,
    measure::{in_turn, nanos_each, time},
};
use wayfarer_core::prelude::*;
use wayfarer_stats::{prelude::*, rules::resource::Now};

use super::{
    gauge::Gauge,
    heroes::{Heroes, load, plain},
    pack::stats_pack,
};
use crate::Rows;

const COUNT: usize = 10_000;
const GAUGE_COUNT: usize = 500;
const ROUNDS: usize = 9;

/// All rows.
pub fn rows() -> Rows {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, StatsPlugin))
        .add_pack_source(stats_pack());
    load(&mut app)?;
    let mut one = Heroes::spawn(app, "b:hero", 1);
    one.modify(plain, false)?;
    let entity = *one.entities.first().ok_or("nobody")?;
    let world = one.app.world();
    let inputs = world.get::<StatInputs>(entity).ok_or("no stats")?.clone();
    let values = world.get::<StatValues>(entity).ok_or("no values")?;
    let layout = values.layout().ok_or("not settled")?.clone();

    let mut gauge = Gauge::new();
    let mut failures = 0;
    let [ours, theirs] = in_turn(
        ROUNDS,
        [
            &mut || {
                let mut world = World::new();
                time(|| {
                    for _ in 0..COUNT {
                        let inputs = inputs.clone();
                        let values = StatValues::new(&layout, &inputs, Now::STORED);
                        black_box(world.spawn((inputs, values)).id());
                    }
                })
            },
            &mut || {
                let took = time(|| failures += usize::from(gauge.spawn(GAUGE_COUNT).is_err()));
                gauge.clear();
                took
            },
        ],
    );
    if failures > 0 {
        return Err("bevy_gauge could not spawn".into());
    }
    let ours = nanos_each(ours, COUNT) / 1e3;
    let theirs = nanos_each(theirs, GAUGE_COUNT) / 1e3;
    let what = "spawn that sheet: inputs, 10 modifiers, values";
    Ok(vec![
        Row::at_most(what, ours, "us", 1.5).beside("bevy_gauge", theirs),
    ])
}
