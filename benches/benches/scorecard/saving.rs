//! Saving a world of 1 000 characters.

use std::{
    thread,
    time::{Duration, Instant},
};

use bevy::prelude::*;
use wayfarer_benches::{
    Row,
    measure::{millis, percentile},
};
use wayfarer_core::prelude::*;
use wayfarer_inventory::prelude::*;
use wayfarer_save::prelude::*;
use wayfarer_stats::prelude::*;

use super::{
    heroes::{Heroes, load, plain},
    pack::{VALUES, whole_pack},
};
use crate::{Failure, Rows};

const CHARACTERS: usize = 1_000;
const DIRTY: usize = 10;
const SAVES: usize = 100;
const FULL_SAVES: usize = 15;
const PATIENCE: Duration = Duration::from_secs(30);

/// What one save took.
struct Took {
    /// On the main thread.
    main: Duration,
    /// Until it was on disk.
    done: Duration,
    /// The writer wanted everything.
    full: bool,
}

/// Runs the frame that saves, then frames until the save is on disk.
fn save(heroes: &mut Heroes) -> Result<Took, Failure> {
    let app = &mut heroes.app;
    app.world_mut()
        .resource_mut::<Messages<GameSaved>>()
        .clear();
    let started = Instant::now();
    app.update();
    let main = app.world().resource::<SaveStatus>().last_snapshot;
    app.insert_resource(Autosave { every: None });
    loop {
        let mut saved = app.world_mut().resource_mut::<Messages<GameSaved>>();
        if let Some(saved) = saved.drain().last() {
            let done = started.elapsed();
            let full = saved.full;
            return Ok(Took { main, done, full });
        }
        if started.elapsed() > PATIENCE {
            let status = app.world().resource::<SaveStatus>();
            return Err(format!("nothing was saved: {:?}", status.trouble).into());
        }
        thread::sleep(Duration::from_micros(200));
        app.update();
    }
}

fn touch(heroes: &mut Heroes, round: usize) -> Result<(), Failure> {
    let stat = plain("a0");
    for n in 0..DIRTY {
        let entity = heroes.entities[(round * 7 + n) % CHARACTERS];
        let value = Some(VALUES[round % VALUES.len()]);
        let op = StatOp::SetBase { stat, value };
        heroes
            .app
            .world_mut()
            .transact("bench.touch", |txn| txn.op::<StatInputs>(entity, op))
            .map_err(|refusal| refusal.to_string())?;
    }
    heroes.app.world_mut().run_schedule(RulesTick);
    Ok(())
}

/// All rows.
pub fn rows() -> Rows {
    let folder = tempfile::tempdir()?;
    let mut app = App::new();
    app.add_plugins((
        MinimalPlugins,
        InventoryPlugin,
        SavePlugin::in_dir(folder.path().join("profile")),
    ))
    .add_pack_source(whole_pack())
    .insert_resource(Autosave { every: None });
    load(&mut app)?;
    let mut heroes = Heroes::spawn(app, "b:hero", CHARACTERS);
    heroes.modify(plain, false)?;

    let (mut full_main, mut main, mut done) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..FULL_SAVES {
        heroes
            .app
            .world_mut()
            .write_message(SaveGame::new("bench", "a"));
        full_main.push(save(&mut heroes)?.main);
    }
    for round in 0..SAVES {
        touch(&mut heroes, round)?;
        heroes.app.insert_resource(Autosave {
            every: Some(Duration::ZERO),
        });
        let took = save(&mut heroes)?;
        if took.full {
            full_main.push(took.main);
        } else {
            main.push(took.main);
            done.push(took.done);
        }
    }
    if main.len() < SAVES / 2 {
        return Err("most saves of changes were full ones".into());
    }
    let p95 = |times: &mut Vec<Duration>| millis(percentile(times, 95.0));
    let what = "save, 1 000 characters, 10 changed";
    Ok(vec![
        Row::at_most(
            format!("{what}: main thread, p95"),
            p95(&mut main),
            "ms",
            2.0,
        ),
        Row::at_most(format!("{what}: on disk, p95"), p95(&mut done), "ms", 50.0),
        Row::at_most(
            "full save, 1 000 characters: main thread, p95",
            p95(&mut full_main),
            "ms",
            5.0,
        ),
    ])
}
