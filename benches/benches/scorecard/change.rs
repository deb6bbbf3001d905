//! Changing one ability of everybody.

use std::{hint::black_box, time::Duration};

use bevy::prelude::*;
use wayfarer_benches::{
    Row,
    measure::{in_turn, nanos_each, time},
};
use wayfarer_core::prelude::*;
use wayfarer_stats::{facts::StatMessages, prelude::*, rules::resource::Now, values::StatWriter};

use super::{
    gauge::Gauge,
    hand_written::HandWritten,
    heroes::{Heroes, full, load, plain},
    pack::{VALUES, stats_pack},
};
use crate::{Failure, Rows};

const COUNT: usize = 10_000;
const ROUNDS: usize = 15;

/// What character `n` gets in a round.
fn value(round: usize, n: usize) -> f32 {
    VALUES[(round + n) % VALUES.len()]
}

fn heroes(template: &'static str) -> Result<Heroes, Failure> {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, StatsPlugin))
        .add_pack_source(stats_pack());
    load(&mut app)?;
    Ok(Heroes::spawn(app, template, COUNT))
}

/// The times of one round through the game's own path.
#[derive(Default)]
struct Parts {
    settle: Vec<Duration>,
    round: usize,
    refused: usize,
}

/// A transaction per character, then the tick that settles.
fn by_transaction(heroes: &mut Heroes, stat: StatId, parts: &mut Parts) -> Duration {
    let round = parts.round;
    parts.round += 1;
    let world = heroes.app.world_mut();
    let written = time(|| {
        for (n, &entity) in heroes.entities.iter().enumerate() {
            let value = Some(value(round, n));
            let op = StatOp::SetBase { stat, value };
            let done = world.transact("bench.change", |txn| txn.op::<StatInputs>(entity, op));
            parts.refused += usize::from(done.is_err());
        }
    });
    let settled = time(|| world.run_schedule(RulesTick));
    heroes.rest();
    parts.settle.push(settled);
    written + settled
}

/// All contenders have made the same changes, so they must have come to the same numbers.
fn agree(
    who: &str,
    numbers: impl Iterator<Item = Option<f32>>,
    structs: &[HandWritten],
) -> Result<(), Failure> {
    let mut count = 0;
    for (number, one) in numbers.zip(structs) {
        if number != Some(one.r0()) {
            let expected = one.r0();
            return Err(format!("{who}: r0 is {number:?} and should be {expected}").into());
        }
        count += 1;
    }
    if count == COUNT {
        Ok(())
    } else {
        Err(format!("{who}: {count} characters").into())
    }
}

/// All rows.
pub fn rows() -> Rows {
    let mut direct = heroes("b:hero")?;
    direct.modify(plain, false)?;
    let mut normal = heroes("b:hero")?;
    normal.modify(plain, false)?;
    normal.app.insert_resource(StatMessages(false));
    let mut rich = heroes("b:rich")?;
    rich.modify(full, true)?;
    let mut gauge = Gauge::new();
    gauge.spawn(COUNT)?;
    let mut structs = vec![HandWritten::new(); COUNT];

    let a0 = plain("a0");
    let mut query = direct
        .app
        .world_mut()
        .query::<(&mut StatInputs, &mut StatValues)>();
    let (mut direct_round, mut failures) = (0, 0);
    let mut by_writer = || {
        let round = direct_round;
        direct_round += 1;
        let world = direct.app.world_mut();
        time(|| {
            for (n, (mut inputs, mut values)) in query.iter_mut(world).enumerate() {
                let mut writer = StatWriter::new(&mut inputs, &mut values, Now::STORED);
                let changed = writer.set_base(a0, Some(value(round, n)));
                failures += usize::from(black_box(changed).is_err());
            }
        })
    };
    let (mut gauge_round, mut gauge_failures) = (0, 0);
    let mut by_gauge = || {
        let round = gauge_round;
        gauge_round += 1;
        time(|| gauge_failures += usize::from(gauge.change(|n| value(round, n)).is_err()))
    };
    let mut hand_round = 0;
    let mut by_hand = || {
        let round = hand_round;
        hand_round += 1;
        time(|| {
            for (n, one) in structs.iter_mut().enumerate() {
                one.change(black_box(value(round, n)));
            }
            black_box(&mut structs);
        })
    };
    let (mut normal_parts, mut rich_parts) = (Parts::default(), Parts::default());
    let [writer, gauged, hand, whole, rich_whole] = in_turn(
        ROUNDS,
        [
            &mut by_writer,
            &mut by_gauge,
            &mut by_hand,
            &mut || by_transaction(&mut normal, a0, &mut normal_parts),
            &mut || by_transaction(&mut rich, full("a0"), &mut rich_parts),
        ],
    );
    if failures + gauge_failures + normal_parts.refused + rich_parts.refused > 0 {
        return Err("a change was refused".into());
    }
    let world = direct.app.world_mut();
    let by_writer = query.iter(world).map(|(_, values)| values.get(plain("r0")));
    agree("StatWriter", by_writer, &structs)?;
    agree("transactions", normal.all(plain("r0")), &structs)?;
    agree("bevy_gauge", gauge.r0(), &structs)?;

    let each = |time| nanos_each(time, COUNT);
    let middle = |parts: &mut Parts| {
        let times = parts.settle.get_mut(1..).unwrap_or_default();
        each(wayfarer_benches::measure::percentile(times, 50.0))
    };
    let (settle, rich_settle) = (middle(&mut normal_parts), middle(&mut rich_parts));
    let peer = |row: Row| row.beside("hand-written", each(hand));
    let what = "change 1 ability, 41 stats, 10 modifiers, 8 dependents";
    Ok(vec![
        peer(Row::at_most(
            format!("{what}: StatWriter"),
            each(writer),
            "ns",
            150.0,
        )),
        Row::at_most(format!("{what}: StatWriter"), each(writer), "ns", 150.0)
            .beside("bevy_gauge", each(gauged))
            .times_faster(20.0),
        peer(Row::at_most(
            format!("{what}: settle in RulesTick"),
            settle,
            "ns",
            150.0,
        )),
        peer(Row::at_most(
            format!("{what}: transaction each + RulesTick"),
            each(whole),
            "ns",
            150.0,
        )),
        Row::at_most(
            "the same with tiers, conditions, messages: settle in RulesTick",
            rich_settle,
            "ns",
            300.0,
        ),
        Row::at_most(
            "the same with tiers, conditions, messages: transaction each + RulesTick",
            each(rich_whole),
            "ns",
            300.0,
        ),
    ])
}
