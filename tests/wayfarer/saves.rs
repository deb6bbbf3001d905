//! Save, quit, continue: the same state; and what the disk does to a save.

use bevy::prelude::*;
use wayfarer::{core::state::state_hash, inventory::history::ItemLog, prelude::*};

use super::rig::{self, BY_HAND, seat, ticks, until};

const ANN: PlayerId = PlayerId(5 << 32);

fn game(dir: &std::path::Path) -> App {
    rig::game_with(BY_HAND, |app| {
        app.add_plugins(SavePlugin::in_dir(dir));
    })
}

fn saved(app: &mut App) -> GameSaved {
    let mut saved = None;
    assert!(until(app, 20, |app| {
        let mut messages = app.world_mut().resource_mut::<Messages<GameSaved>>();
        saved = messages.drain().last();
        saved.is_some()
    }));
    saved.unwrap()
}

fn load(app: &mut App) -> GameLoaded {
    app.world_mut().write_message(LoadGame {
        slot: "one".into(),
        which: Which::Newest,
    });
    let mut loaded = None;
    assert!(until(app, 20, |app| {
        let mut messages = app.world_mut().resource_mut::<Messages<GameLoaded>>();
        loaded = messages.drain().last();
        loaded.is_some()
    }));
    loaded.unwrap()
}

#[test]
fn what_was_saved_comes_back_to_the_bit() {
    let dir = tempfile::tempdir().unwrap();
    let mut app = game(dir.path());
    let ann = seat(&mut app, ANN, "demo:knight");
    app.world_mut().write_message(SaveGame::new("one", "first"));
    assert!(saved(&mut app).full);
    // A resource alone is no reason to save; it is written with the next thing that is.
    let every = |app: &mut App, every| app.world_mut().resource_mut::<Autosave>().every = every;
    app.world_mut().resource_mut::<ItemLog>().limit = 77_777;
    every(&mut app, Some(std::time::Duration::ZERO));
    app.update();
    app.update();
    every(&mut app, None);
    // What changes afterwards goes into a small save of its own.
    let world = app.world_mut();
    let slot = DefId::of("core:main_hand");
    world
        .act(
            ANN,
            Some(ann),
            &UnequipItem {
                slot,
                compartment: None,
            },
        )
        .unwrap();
    ticks(&mut app, 2);
    every(&mut app, Some(std::time::Duration::ZERO));
    let small = saved(&mut app);
    assert!(!small.full, "only what has changed is written");
    every(&mut app, None);
    let hash = state_hash(app.world());
    let log = app.world().resource::<ItemLog>().clone();
    drop(app);

    let mut again = game(dir.path());
    let loaded = load(&mut again);
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    assert_eq!(state_hash(again.world()), hash);
    assert_eq!(again.world().resource::<ItemLog>(), &log);
    assert_eq!(log.limit, 77_777);
    // Values are derived: they come back from the inputs.
    ticks(&mut again, 2);
    let entity = again.world().resource::<UidIndex>().get(ann).unwrap();
    let strength = wayfarer::stats::api::value(again.world(), entity, "core:attributes.strength");
    assert!(strength.is_some_and(|s| s > 10.0), "{strength:?}");
}

#[test]
fn a_profile_that_cannot_be_used_does_not_keep_anybody_from_playing() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("not_a_folder");
    std::fs::write(&file, "x").unwrap();
    let mut app = game(&file);
    let trouble = app.world().resource::<SaveStatus>().trouble.clone();
    assert!(trouble.is_some_and(|t| t.contains("not_a_folder")));
    let ann = seat(&mut app, ANN, "demo:knight");
    assert!(app.world().resource::<UidIndex>().get(ann).is_some());
    app.world_mut().write_message(SaveGame::new("one", "x"));
    app.update();
    app.update();
    let failed = app.world().resource::<Messages<SaveFailed>>();
    assert!(!failed.is_empty(), "and is told that it was not saved");
}

#[test]
fn a_client_never_saves_its_hosts_world() {
    let dir = tempfile::tempdir().unwrap();
    let mut app = game(dir.path());
    *app.world_mut().resource_mut::<Authority>() = Authority::Client;
    app.world_mut().write_message(SaveGame::new("one", "x"));
    app.update();
    let failed: Vec<SaveFailed> = app
        .world_mut()
        .resource_mut::<Messages<SaveFailed>>()
        .drain()
        .collect();
    assert!(failed[0].text.contains("host"), "{}", failed[0].text);
    assert_eq!(app.world().resource::<SaveStatus>().slot, None);
}
