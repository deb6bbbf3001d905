//! What a look into a chest costs.

use std::{collections::BTreeSet, hint::black_box};

use bevy::prelude::*;
use wayfarer_benches::{
    Row,
    measure::{in_turn, nanos_each, time},
};
use wayfarer_core::{
    dice::{DiceStream, WorldSeed},
    prelude::*,
};
use wayfarer_inventory::{
    InventoryPlugin,
    loot::{Drop, LootContext, odds, roll},
};
use wayfarer_stats::prelude::*;

use super::{
    heroes::{Heroes, load},
    wares::wares_pack,
};
use crate::{Failure, Rows};

const TABLE: &str = "b:hoard";
const ROLLS: u64 = 20_000;
const ROUNDS: usize = 9;

/// Every kind that can come has come, and nothing else.
fn check(content: &Content, ctx: &LootContext<'_>, found: &[Drop]) -> Result<(), Failure> {
    let odds = odds(content, DefId::of(TABLE), ctx);
    let possible: BTreeSet<DefId> = odds.into_keys().collect();
    let found: BTreeSet<DefId> = found.iter().map(|drop| drop.def).collect();
    if found.len() < 5 || found != possible {
        return Err(format!("{found:?} was found, {possible:?} is possible").into());
    }
    Ok(())
}

/// All rows.
pub fn rows() -> Rows {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, InventoryPlugin))
        .add_pack_source(wares_pack());
    load(&mut app)?;
    let heroes = Heroes::spawn(app, "b:knight", 1);
    let finder = *heroes.entities.first().ok_or("no finder")?;
    let world = heroes.app.world();
    let content = world.resource::<ActiveContent>().0.clone();
    let stats = world.get::<StatValues>(finder).ok_or("no stats")?;
    let stat = |stat| stats.get(StatId(stat)).unwrap_or_default();
    let themes = ["dungeon".to_owned(), "cold".to_owned()];
    let ctx = LootContext {
        level: 5.0,
        themes: &themes,
        stat: &stat,
    };
    let table = DefId::of(TABLE);
    let one = |n: u64| {
        let mut dice = DiceStream::new(WorldSeed(1), &n.to_le_bytes(), "loot");
        roll(&content, table, &ctx, &mut dice)
    };
    let found: Vec<Drop> = (0..ROLLS).flat_map(one).collect();
    check(&content, &ctx, &found)?;
    let [took] = in_turn(
        ROUNDS,
        [&mut || {
            time(|| {
                for n in 0..ROLLS {
                    black_box(one(n));
                }
            })
        }],
    );
    Ok(vec![Row::at_most(
        "a roll of a loot table, tables in tables three deep, conditions and dice, mean of 20 000",
        nanos_each(took, ROLLS as usize) / 1e3,
        "us",
        5.0,
    )])
}
