//! A container with very many items and a client that looks into it.

use std::time::{Duration, Instant};

use bevy::prelude::*;
use wayfarer_benches::Row;
use wayfarer_core::prelude::*;
use wayfarer_inventory::{ItemOp, prelude::*};

use super::table::{Table, online_game};
use crate::{Failure, Rows};

const COUNT: u32 = 27_400;
const ROUNDS: usize = 5;

fn chest(host: &mut App) -> Entity {
    let world = host.world_mut();
    let chest = (Character::new("b:chest"), Container::default());
    let chest = world.spawn((chest, Position::default())).id();
    world.run_schedule(RulesTick);
    chest
}

fn fill(host: &mut App, chest: Entity) -> Result<(), Failure> {
    let def = DefId::of("b:pebble");
    let filled = host.world_mut().transact("bench.fill", |txn| {
        for order in 0..COUNT {
            let item = Item::new(txn.mint(), def, 1).at(Place::In(0), order);
            txn.op::<Inventory>(chest, ItemOp::Insert(item))?;
        }
        Ok(())
    });
    filled.map_err(|refusal| refusal.to_string().into())
}

fn show(table: &mut Table, chest: Entity) -> Result<(), Failure> {
    let player = table.players.first().ok_or("nobody is there")?;
    let viewers = Viewers([PlayerId(player.keys.public().id())].into());
    table.host.world_mut().entity_mut(chest).insert(viewers);
    Ok(())
}

/// Whether the client holds the same items, in the same places and at the same revision.
fn agrees(table: &Table, chest: Entity) -> Option<bool> {
    let host = table.host.world();
    let ours = host.get::<Inventory>(chest)?;
    let client = table.players.first()?.app.world();
    let uid = host.get::<Identity>(chest)?.0;
    let theirs = client.resource::<UidIndex>().get(uid)?;
    let theirs = client.get::<Inventory>(theirs)?;
    Some(ours.len() == theirs.len() && ours == theirs)
}

fn settle(table: &mut Table, chest: Entity) -> Result<(), Failure> {
    table.until("both agree", None, |table, _| {
        agrees(table, chest).unwrap_or(false)
    })?;
    Ok(())
}

/// The container was full before the client looks.
fn opened(table: &mut Table) -> Result<Duration, Failure> {
    let chest = chest(&mut table.host);
    fill(&mut table.host, chest)?;
    let mut frames = 0;
    table.until("it has become quiet", None, |_, _| {
        frames += 1;
        frames > 200
    })?;
    if agrees(table, chest).is_some() {
        return Err("the client has seen into a closed container".into());
    }
    let began = Instant::now();
    show(table, chest)?;
    settle(table, chest)?;
    let took = began.elapsed();
    table.host.world_mut().despawn(chest);
    Ok(took)
}

/// The client looks on while the container is filled, item by item, in one tick.
fn watched(table: &mut Table) -> Result<Duration, Failure> {
    let chest = chest(&mut table.host);
    show(table, chest)?;
    settle(table, chest)?;
    let began = Instant::now();
    fill(&mut table.host, chest)?;
    settle(table, chest)?;
    let took = began.elapsed();
    table.host.world_mut().despawn(chest);
    Ok(took)
}

/// All rows.
pub fn rows() -> Rows {
    let mut table = Table::open(online_game()?)?;
    let address = table.address;
    table.seat(address, 1)?;
    let mut slowest = |run: fn(&mut Table) -> Result<Duration, Failure>| {
        let mut times = Vec::new();
        for _ in 0..ROUNDS {
            times.push(run(&mut table)?);
        }
        eprintln!("  {times:?}");
        let slowest = times.into_iter().max().unwrap_or(Duration::MAX);
        Ok::<f64, Failure>(slowest.as_secs_f64())
    };
    let row = |what, seconds| Row::at_most(what, seconds, "s", 1.0);
    Ok(vec![
        row(
            "a joined client agrees on 27 400 items over QUIC: container opened, slowest of 5",
            slowest(opened)?,
        ),
        row(
            "a joined client agrees on 27 400 items over QUIC: filled item by item before its eyes, slowest of 5",
            slowest(watched)?,
        ),
    ])
}
