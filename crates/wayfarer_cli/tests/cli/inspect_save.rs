use std::{fs, path::Path, time::Duration};

use bevy::prelude::*;
use wayfarer_core::prelude::*;
use wayfarer_save::{
    prelude::*,
    store::{Profile, Record, RecordKey, SaveBatch, SaveMeta, SlotName, Writer},
};

use super::support::{text, wayfarer};

/// Saves a small world twice, through the plugin that games use.
fn save_world(dir: &Path) {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, CorePlugin, SavePlugin::in_dir(dir)));
    app.finish();
    app.cleanup();
    let name = DisplayName("Sir Tom".into());
    let uid = Uid::new(7).unwrap();
    app.world_mut()
        .spawn((Identity(uid), name, Character::new("demo:knight")));
    for label in ["Ashford, level 1", "Ashford, level 2"] {
        app.world_mut().write_message(SaveGame::new("auto", label));
        let mut waited = 0;
        while app.world().resource::<Messages<GameSaved>>().is_empty() {
            app.update();
            std::thread::sleep(Duration::from_millis(5));
            waited += 1;
            assert!(waited < 4000, "not saved");
        }
        app.world_mut()
            .resource_mut::<Messages<GameSaved>>()
            .clear();
    }
}

#[test]
fn an_empty_profile_is_no_mistake() {
    let dir = tempfile::tempdir().unwrap();
    let path = text(dir.path());
    wayfarer(&["inspect-save", path]).expect(0, &["holds no saves"]);
    wayfarer(&["inspect-save", path, "auto"]).expect(1, &["no save named \"auto\""]);
    assert_eq!(
        fs::read_dir(path).unwrap().count(),
        0,
        "nothing is left behind"
    );
    let missing = dir.path().join("nowhere");
    wayfarer(&["inspect-save", text(&missing)]).expect(2, &["there is no folder", "help:"]);
    wayfarer(&["inspect-save", path, "../x"]).expect(2, &["cannot name a save slot"]);
}

#[test]
fn slots_and_what_they_hold_are_shown() {
    let dir = tempfile::tempdir().unwrap();
    save_world(dir.path());
    let path = text(dir.path());
    let said = wayfarer(&["inspect-save", path]);
    said.expect(
        0,
        &[
            "auto",
            "\"Ashford, level 2\"",
            "generation 2",
            " UTC",
            "previous generation there",
        ],
    );
    wayfarer(&["inspect-save", path, "auto"]).expect(
        0,
        &[
            "#7",
            "Sir Tom",
            "demo:knight",
            "core.name",
            "v1",
            "core.uid_mint",
            "1 entity",
        ],
    );
    wayfarer(&["inspect-save", path, "auto", "--previous"]).expect(0, &["level 1", "generation 1"]);
    wayfarer(&["inspect-save", path, "quick"]).expect(1, &["no save named", "there is: auto"]);
}

#[test]
fn damage_is_told_and_the_rest_is_shown() {
    let dir = tempfile::tempdir().unwrap();
    save_world(dir.path());
    fs::write(dir.path().join("auto.b"), b"this is no save").unwrap();
    fs::write(dir.path().join("lost.a"), b"").unwrap();
    let path = text(dir.path());
    wayfarer(&["inspect-save", path]).expect(
        1,
        &[
            "Ashford, level 1",
            "1 problem",
            "auto.b",
            "lost",
            "nothing can be read",
        ],
    );
    wayfarer(&["inspect-save", path, "auto"]).expect(1, &["auto.b", "Sir Tom"]);
    wayfarer(&["inspect-save", path, "lost"]).expect(1, &["lost.a"]);
}

#[test]
fn a_running_game_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    save_world(dir.path());
    let _game = Profile::open(dir.path()).unwrap();
    wayfarer(&["inspect-save", text(dir.path())]).expect(1, &["is in use", "Close the game"]);
}

#[test]
fn records_that_are_not_the_worlds_are_shown_as_they_are() {
    let dir = tempfile::tempdir().unwrap();
    let writer = Writer::new(Profile::open(dir.path()).unwrap()).unwrap();
    let batch = SaveBatch::Full {
        meta: SaveMeta::labelled("settings\x1b[2J"),
        records: vec![Record::new(RecordKey::world("keys"), b"{}".to_vec())],
    };
    writer.save(&SlotName::new("settings").unwrap(), batch);
    writer.flush(Duration::from_secs(60)).unwrap();
    drop(writer);
    wayfarer(&["inspect-save", text(dir.path()), "settings"])
        .expect(0, &["1 other record", "keys", "2 B"]);
}
