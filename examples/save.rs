//! Save, quit, continue: everything is as it was.
//!
//! No window: `cargo run --example save`.

use std::{path::Path, time::Duration};

use bevy::prelude::*;
use wayfarer::{core::content::FolderSource, core::state::state_hash, prelude::*};

fn game(profile: &Path) -> App {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, RulesPlugins, SavePlugin::in_dir(profile)))
        .add_pack_source(FolderSource::new("assets"));
    if let Err(errors) = app.load_content_now() {
        for error in errors {
            eprintln!("{error}\n");
        }
    }
    app
}

fn wait<M: Message + std::fmt::Debug>(app: &mut App) {
    for _ in 0..2_000 {
        app.update();
        if let Some(told) = app.world_mut().resource_mut::<Messages<M>>().drain().last() {
            println!("{told:?}");
            return;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    println!("no answer");
}

fn main() {
    let profile = std::env::temp_dir().join("wayfarer-example-save");
    let mut app = game(&profile);
    app.world_mut().spawn(Character::new("demo:knight"));
    app.world_mut().run_schedule(RulesTick);
    app.world_mut()
        .write_message(SaveGame::new("one", "A knight"));
    wait::<GameSaved>(&mut app);
    let before = state_hash(app.world());
    drop(app); // quit

    let mut app = game(&profile);
    app.world_mut().write_message(LoadGame {
        slot: "one".into(),
        which: Which::Newest,
    });
    wait::<GameLoaded>(&mut app);
    println!("the same state: {}", state_hash(app.world()) == before);
}
