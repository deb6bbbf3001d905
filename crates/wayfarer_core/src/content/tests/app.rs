//! Loading, swapping and failing in an app.

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use bevy::{ecs::message::Messages, prelude::*};

use super::*;

const MANIFEST: &str = "(name: \"demo\", version: \"1\")";

fn source(items: &str) -> MemorySource {
    let source = MemorySource::new();
    source.set("demo", "pack.ron", MANIFEST);
    source.set("demo", "items/a.ron", items);
    source
}

/// No task pool plugin: where another test has made the global pool, loads run in it.
fn app(source: &MemorySource) -> App {
    let mut app = App::new();
    app.add_plugins(ContentPlugin::default().with(source.clone()))
        .register_definition::<ItemDef>()
        .register_definition::<SpellDef>();
    app
}

/// Updates until nothing is loading.
fn settle(app: &mut App, done: impl Fn(&World) -> bool) {
    for _ in 0..2000 {
        app.update();
        if done(app.world()) {
            return;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    panic!("content did not load");
}

fn state(world: &World) -> ContentState {
    *world.resource::<ContentState>()
}

fn name_of_a(app: &App) -> String {
    let content = app.world().resource::<ActiveContent>();
    let item = content.table::<ItemDef>().get_by_name("demo:a");
    item.map(|item| item.name.clone()).unwrap_or_default()
}

#[test]
fn loads_reloads_and_keeps_the_old_content_when_the_new_is_bad() {
    let source = source("{ \"a\": (name: \"One\") }");
    let mut app = app(&source);
    assert_eq!(state(app.world()), ContentState::Loading);
    assert!(app.world().resource::<ActiveContent>().packs().is_empty());
    settle(&mut app, |world| state(world) == ContentState::Ready);
    assert_eq!(name_of_a(&app), "One");
    assert_eq!(app.world().resource::<ContentReport>().revision, 1);

    source.set("demo", "items/a.ron", "{ \"a\": (nmae: \"Two\") }");
    app.world_mut().write_message(ReloadContent);
    let failed = |world: &World| !world.resource::<ContentReport>().diagnostics.is_empty();
    settle(&mut app, failed);
    assert_eq!(state(app.world()), ContentState::Ready);
    assert_eq!(name_of_a(&app), "One");
    let report = app.world().resource::<ContentReport>();
    assert_eq!(report.revision, 1);
    assert!(
        report.diagnostics[0]
            .to_string()
            .contains("did you mean `name`?")
    );

    source.set("demo", "items/a.ron", "{ \"a\": (name: \"Two\") }");
    app.world_mut().write_message(ReloadContent);
    settle(&mut app, |world| {
        world.resource::<ContentReport>().revision == 2
    });
    assert_eq!(name_of_a(&app), "Two");
    assert!(
        app.world()
            .resource::<ContentReport>()
            .diagnostics
            .is_empty()
    );
}

#[test]
fn a_game_never_starts_half_loaded() {
    let source = source("{ \"a\": (name: \"One\"), \"b\": (nmae: \"x\") }");
    let mut app = app(&source);
    settle(&mut app, |world| state(world) == ContentState::Failed);
    assert!(
        app.world()
            .resource::<ActiveContent>()
            .table::<ItemDef>()
            .is_empty()
    );
    let failed = app.world().resource::<Messages<ContentFailed>>();
    let failed: Vec<ContentFailed> = failed.iter_current_update_messages().copied().collect();
    assert_eq!(
        failed,
        [ContentFailed {
            errors: 1,
            content_active: false
        }]
    );

    source.set("demo", "items/a.ron", "{ \"a\": (name: \"One\") }");
    app.load_content_now().unwrap();
    assert_eq!(state(app.world()), ContentState::Ready);
}

#[test]
fn instances_are_carried_over_between_old_and_new() {
    static CALLS: AtomicU32 = AtomicU32::new(0);
    fn swap(world: &mut World, old: &Content, new: &Content) {
        let count = |content: &Content| content.table::<ItemDef>().len();
        // The new content is in force already.
        assert_eq!(count(&world.resource::<ActiveContent>().0), count(new));
        CALLS.fetch_add(
            100 * count(old) as u32 + count(new) as u32,
            Ordering::Relaxed,
        );
    }
    let source = source("{ \"a\": (name: \"One\") }");
    let mut app = app(&source);
    app.on_content_swap(swap).on_content_swap(swap);
    app.load_content_now().unwrap();
    assert_eq!(CALLS.swap(0, Ordering::Relaxed), 1);
    source.set(
        "demo",
        "items/a.ron",
        "{ \"a\": (name: \"One\"), \"b\": (name: \"Two\") }",
    );
    app.load_content_now().unwrap();
    assert_eq!(CALLS.swap(0, Ordering::Relaxed), 102);
    source.remove("demo", "items/a.ron");
    assert_eq!(app.load_content_now().unwrap().table::<ItemDef>().len(), 0);
}

#[test]
fn added_twice_the_plugin_does_no_harm() {
    let first = source("{ \"a\": (name: \"One\") }");
    let second = source("{ \"a\": (name: \"Other\") }");
    let mut app = App::new();
    // Registering comes before the plugin here, on purpose.
    app.register_definition::<ItemDef>()
        .add_pack_source(first.clone())
        .add_plugins(ContentPlugin::default())
        .add_plugins(ContentPlugin::default().with(second));
    app.load_content_now().unwrap();
    // The same pack from a later source wins as a whole.
    assert_eq!(name_of_a(&app), "Other");
    settle(&mut app, |_| true);
    assert_eq!(app.world().resource::<ContentReport>().revision, 1);
}

#[test]
fn a_source_that_cannot_be_read_is_a_failed_load() {
    let mut app = app(&source("{}"));
    app.add_pack_source(FolderSource::new("/no/such/folder"));
    assert_eq!(app.load_content_now().unwrap_err()[0].code, "io");
    assert_eq!(state(app.world()), ContentState::Failed);
}

#[cfg(feature = "watch")]
#[test]
fn a_change_on_disk_is_a_reload() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("demo/items/a.ron");
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(folder.path().join("demo/pack.ron"), MANIFEST).unwrap();
    std::fs::write(&file, "{ \"a\": (name: \"One\") }").unwrap();
    let mut app = App::new();
    app.add_plugins(ContentPlugin::default().with(FolderSource::new(folder.path())))
        .register_definition::<ItemDef>();
    settle(&mut app, |world| state(world) == ContentState::Ready);
    std::fs::write(&file, "{ \"a\": (name: \"Two\") }").unwrap();
    settle(&mut app, |world| {
        world.resource::<ContentReport>().revision == 2
    });
    assert_eq!(name_of_a(&app), "Two");
    // Reading the files must not count as a change of them.
    for _ in 0..40 {
        app.update();
        std::thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(app.world().resource::<ContentReport>().revision, 2);
}
