//! A game without a window, on the packs of `assets/`.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use bevy::{prelude::*, state::app::StatesPlugin};
use wayfarer::{
    core::content::{ContentSources, FolderSource, load_now},
    prelude::*,
};

/// The packs that are shipped.
pub fn assets() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets")
}

/// A game with its content loaded.
pub fn game(clock: ClockMode) -> App {
    game_with(clock, |_| {})
}

/// A game with more plugins.
pub fn game_with(clock: ClockMode, add: impl FnOnce(&mut App)) -> App {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, StatesPlugin, RulesPlugins, NetPlugin));
    add(&mut app);
    app.insert_resource(clock);
    app.world_mut()
        .resource_mut::<ContentSources>()
        .push(Arc::new(FolderSource::new(assets())));
    app.finish();
    app.cleanup();
    load_now(app.world_mut()).expect("the shipped packs load");
    app
}

/// Steps by hand.
pub const BY_HAND: ClockMode = ClockMode::Manual { hz: 20.0 };

/// Lets the rules' time pass.
pub fn ticks(app: &mut App, count: u32) {
    for _ in 0..count {
        app.world_mut().run_schedule(RulesTick);
        app.update();
    }
}

/// Somebody comes to the table with a character.
pub fn seat(app: &mut App, player: PlayerId, template: &'static str) -> Uid {
    let world = app.world_mut();
    world
        .resource_mut::<Players>()
        .arrive(player, "somebody", Role::Player);
    let entity = world.spawn((Character::new(template), Owner(player))).id();
    ticks(app, 2);
    app.world().get::<Identity>(entity).unwrap().0
}

/// The things in somebody's inventory.
pub fn items(app: &App, holder: Uid) -> Vec<Item> {
    let entity = app.world().resource::<UidIndex>().get(holder).unwrap();
    let inventory = app.world().get::<Inventory>(entity).unwrap();
    inventory.iter().cloned().collect()
}

/// Runs frames until something holds; `false` after the time is up.
pub fn until(app: &mut App, seconds: u64, mut done: impl FnMut(&mut App) -> bool) -> bool {
    let end = Instant::now() + Duration::from_secs(seconds);
    while Instant::now() < end {
        app.update();
        if done(app) {
            return true;
        }
        std::thread::sleep(Duration::from_millis(4));
    }
    false
}
