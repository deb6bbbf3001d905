//! Modifiers that come and go, each from a source of its own.

use std::{hint::black_box, time::Duration};

use bevy::prelude::*;
use wayfarer_benches::{
    Row,
    measure::{in_turn, nanos_each, time},
};
use wayfarer_core::prelude::*;
use wayfarer_stats::{prelude::*, rules::resource::Now, values::StatWriter};

use super::{
    gauge::Gauge,
    heroes::{Heroes, load, plain},
    pack::stats_pack,
};
use crate::{Failure, Rows};

const COUNT: usize = 1_000;
const ROUNDS: usize = 9;

/// Everybody gets `many` modifiers on one stat one after the other, and loses them again; values
/// are up to date after each.
fn come_and_go(heroes: &mut Heroes, many: u64) -> Result<Duration, Failure> {
    let stat = plain("r0");
    let sources: Vec<Uid> = (1..=many).filter_map(Uid::new).collect();
    let coming = sources.iter().map(|&source| StatOp::SetModifiers {
        source,
        modifiers: vec![Modifier::new(stat, ModifierKind::Flat, 1.0, source)],
    });
    let going = sources
        .iter()
        .map(|&source| StatOp::remove_modifiers(source));
    let ops: Vec<StatOp> = coming.chain(going).collect();
    let world = heroes.app.world_mut();
    let mut query = world.query::<(&mut StatInputs, &mut StatValues)>();
    let before: Vec<Option<f32>> = query.iter(world).map(|(_, v)| v.get(stat)).collect();
    let mut failures = 0;
    let took = time(|| {
        for (mut inputs, mut values) in query.iter_mut(world) {
            for op in &ops {
                let mut writer = StatWriter::new(&mut inputs, &mut values, Now::STORED);
                failures += usize::from(black_box(writer.apply(op)) != Ok(true));
            }
        }
    });
    let after = query.iter(world).map(|(_, v)| v.get(stat));
    if failures > 0 || !after.eq(before) {
        return Err(format!("{many} modifiers did not come and go").into());
    }
    Ok(took)
}

fn row(heroes: &mut Heroes, gauge: &mut Gauge, many: u64) -> Result<Row, Failure> {
    let mut failures = Vec::new();
    let mut peer_failures = Vec::new();
    let mut ours = || {
        come_and_go(heroes, many).unwrap_or_else(|failure| {
            failures.push(failure);
            Duration::ZERO
        })
    };
    let mut theirs = || {
        let mut done = Ok(());
        let took = time(|| done = gauge.come_and_go("r0", many));
        peer_failures.extend(done.err());
        took
    };
    let [ours, theirs] = in_turn(ROUNDS, [&mut ours, &mut theirs]);
    if let Some(failure) = failures.pop().or(peer_failures.pop()) {
        return Err(failure);
    }
    let each = |took| nanos_each(took, COUNT * many as usize);
    let what = format!("{many} modifiers of one stat come and go one by one, each: StatWriter");
    let row = Row::at_most(what, each(ours), "ns", f64::INFINITY);
    Ok(row.beside("bevy_gauge", each(theirs)).times_faster(1.0))
}

/// All rows.
pub fn rows() -> Rows {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, StatsPlugin))
        .add_pack_source(stats_pack());
    load(&mut app)?;
    let mut heroes = Heroes::spawn(app, "b:hero", COUNT);
    heroes.modify(plain, false)?;
    let mut gauge = Gauge::new();
    gauge.spawn(COUNT)?;
    [1, 10, 100]
        .into_iter()
        .map(|many| row(&mut heroes, &mut gauge, many))
        .collect()
}
