//! Characters with the shipped package of relationships, and bonds between them.

use std::{hint::black_box, time::Duration};

use bevy::{ecs::schedule::SingleThreadedExecutor, prelude::*};
use wayfarer_benches::{
    Row,
    measure::{in_turn, millis, time},
};
use wayfarer_core::{
    content::{FolderSource, MemorySource},
    prelude::*,
};
use wayfarer_equipment::EquipmentPlugin;
use wayfarer_stats::{
    prelude::*,
    relations::{self, Reason},
    rules::resource::Now,
    values::StatWriter,
};

use super::heroes::{Heroes, load};
use crate::{Failure, Rows};

const COUNT: usize = 10_000;
const ROUNDS: usize = 9;
const AXES: [&str; 4] = ["affinity", "trust", "chemistry", "tension"];
/// What an axis is changed to in turn; tiers and levels change with most of it.
const VALUES: [f32; 4] = [25.0, 62.0, 95.0, 45.0];

/// An axis of the shipped package.
pub fn axis(name: &str) -> StatId {
    StatId::of(&format!("life:relationships.{name}"))
}

/// A game with the shipped packs, and with characters of this pack whose stats are theirs.
pub fn game_of_lives() -> Result<App, Failure> {
    let pack = MemorySource::new();
    let about = r#"(name: "b", version: "1", depends: ["core", "life"])"#;
    pack.set("b", "pack.ron", about);
    let characters = r#"{ "friend": (name: "Friend"), "somebody": (name: "Somebody") }"#;
    pack.set("b", "characters/all.ron", characters);
    let sheets = r#"{
        "friend": (sets: ["life:relationships"]),
        "somebody": (sets: ["life:relationships", "life:mood"]),
    }"#;
    pack.set("b", "sheets/all.ron", sheets);
    let modifiers: String = (0..10)
        .map(|n| {
            format!(
                r#""mood{n}": (name: "Mood {n}", lasts: Forever, modifiers: [
            (stat: "life:mood.valence", flat: "1 + effect.level"),
        ]),"#
            )
        })
        .collect();
    let effects = format!(
        r#"{{ {modifiers}
        "warm": (name: "Warm", lasts: Forever, modifiers: [(stat: "life:mood.valence", flat: 2)]),
        "hearth": (name: "Hearth", lasts: Forever, aura: (effect: "warm", radius: "4")),
        "long": (name: "Long", lasts: Seconds(100000), modifiers: [
            (stat: "life:mood.arousal", flat: 2),
        ]),
    }}"#
    );
    pack.set("b", "effects/all.ron", effects);
    let assets = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets");
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, EquipmentPlugin))
        .add_pack_source(FolderSource::new(assets))
        .add_pack_source(pack)
        .edit_schedule(RulesTick, |schedule| {
            schedule.set_executor(SingleThreadedExecutor::new());
        });
    load(&mut app)?;
    Ok(app)
}

/// Changes every axis of everybody and lets `RulesTick` settle them; only the latter is timed.
fn in_tick(heroes: &mut Heroes, round: usize, refused: &mut usize) -> Duration {
    let world = heroes.app.world_mut();
    for (n, &entity) in heroes.entities.iter().enumerate() {
        let done = world.transact("bench.lives", |txn| {
            AXES.iter().enumerate().try_for_each(|(nth, name)| {
                let (stat, value) = (axis(name), Some(value(round, n + nth)));
                txn.op::<StatInputs>(entity, StatOp::SetBase { stat, value })
            })
        });
        *refused += usize::from(done.is_err());
    }
    let took = time(|| world.run_schedule(RulesTick));
    heroes.rest();
    took
}

fn value(round: usize, n: usize) -> f32 {
    VALUES[(round + n) % VALUES.len()]
}

/// Everybody holds one bond, to the next.
fn befriend(heroes: &mut Heroes) -> Result<Vec<Bond>, Failure> {
    let world = heroes.app.world_mut();
    let mut uids = Vec::new();
    for &entity in &heroes.entities {
        uids.push(world.get::<Identity>(entity).ok_or("no uid")?.0);
    }
    uids.rotate_left(1);
    let bonds: Vec<Bond> = uids.iter().map(|uid| Bond::of(*uid, "life:bond")).collect();
    for (&entity, &bond) in heroes.entities.iter().zip(&bonds) {
        let done = world.transact("bench.bonds", |txn| {
            AXES.iter().zip(VALUES).try_for_each(|(name, value)| {
                let reason = Reason::code("met");
                relations::set(txn, entity, bond, axis(name), Some(value), &reason).map(drop)
            })
        });
        done.map_err(|refusal| refusal.to_string())?;
    }
    world.run_schedule(RulesTick);
    heroes.rest();
    Ok(bonds)
}

/// All rows.
pub fn rows() -> Rows {
    let mut direct = Heroes::spawn(game_of_lives()?, "b:friend", COUNT);
    let mut ticked = Heroes::spawn(game_of_lives()?, "b:friend", COUNT);
    let mut query = direct
        .app
        .world_mut()
        .query::<(&mut StatInputs, &mut StatValues)>();
    let axes = AXES.map(axis);
    let (mut round, mut failures) = (0, 0);
    let mut by_writer = || {
        round += 1;
        time(|| {
            for (n, (mut inputs, mut values)) in query.iter_mut(direct.app.world_mut()).enumerate()
            {
                let mut writer = StatWriter::new(&mut inputs, &mut values, Now::STORED);
                for (nth, stat) in axes.into_iter().enumerate() {
                    let changed = writer.set_base(stat, Some(value(round, n + nth)));
                    failures += usize::from(black_box(changed) != Ok(true));
                }
            }
        })
    };
    let (mut tick_round, mut refused) = (0, 0);
    let mut by_tick = || {
        tick_round += 1;
        in_tick(&mut ticked, tick_round, &mut refused)
    };
    let [writer, tick] = in_turn(ROUNDS, [&mut by_writer, &mut by_tick]);
    let bonds = befriend(&mut direct)?;
    let world = direct.app.world();
    let (content, now) = (world.resource::<ActiveContent>().0.clone(), Now::of(world));
    let mut sum = 0.0;
    let mut read = || {
        sum = 0.0;
        time(|| {
            for (&entity, &bond) in direct.entities.iter().zip(&bonds) {
                let relations = world.get::<Relations>(entity);
                let values =
                    relations.and_then(|known| relations::read(known, &content, bond, now));
                sum += values.map_or(0.0, |values| values.iter().map(|row| row.1).sum::<f32>());
            }
        })
    };
    let [read] = in_turn(ROUNDS, [&mut read]);
    let expected = VALUES.iter().sum::<f32>() * COUNT as f32;
    if failures + refused > 0 || (sum - expected).abs() > expected * 0.01 {
        return Err(format!("{failures} {refused} changes failed; {sum}, not {expected}").into());
    }
    let what = "10 000 characters, all 4 axes of life:relationships changed";
    Ok(vec![
        Row::at_most(format!("{what}: StatWriter"), millis(writer), "ms", 5.0),
        Row::at_most(
            format!("{what}: settle in RulesTick"),
            millis(tick),
            "ms",
            5.0,
        ),
        Row::at_most("10 000 bonds read, all axes", millis(read), "ms", 5.0),
    ])
}
