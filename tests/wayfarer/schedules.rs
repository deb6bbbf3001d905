//! The order of our systems is never left to chance.

use bevy::{
    ecs::schedule::{InternedScheduleLabel, Schedules},
    input::InputPlugin,
    prelude::*,
    state::app::StatesPlugin,
};
use wayfarer::prelude::*;

/// Pairs of systems that touch the same data in an order that nobody has decided: ours among
/// themselves, and ours with replicon's; and how many systems of ours were looked at.
///
/// Bevy's own housekeeping (counting frames, ticking task pools) has no order with anybody's
/// exclusive systems, and needs none.
fn clashes(app: &mut App) -> (Vec<String>, usize) {
    app.finish();
    app.cleanup();
    let world = app.world_mut();
    let labels: Vec<InternedScheduleLabel> = world
        .resource::<Schedules>()
        .iter()
        .map(|(_, schedule)| schedule.label())
        .collect();
    let (mut found, mut ours) = (Vec::new(), 0);
    for label in labels {
        let mut schedule = world.resource_mut::<Schedules>().remove(label).unwrap();
        schedule
            .initialize(world)
            .unwrap_or_else(|error| panic!("{label:?}: {error:?}"));
        let name = |wanted| {
            let mut systems = schedule.systems().unwrap();
            let system = systems.find(|(key, _)| *key == wanted);
            system.map_or(String::new(), |(_, system)| system.name().to_string())
        };
        let is_ours = |name: &str| name.starts_with("wayfarer");
        // Replicon's own are partly closures and parameter lists, without a path of their own.
        let counts = |name: &str| is_ours(name) || name.contains("bevy_replicon");
        ours += schedule
            .systems()
            .unwrap()
            .filter(|(_, system)| is_ours(&system.name().to_string()))
            .count();
        for (a, b, over) in schedule.graph().conflicting_systems().iter() {
            let (a, b) = (name(*a), name(*b));
            if (is_ours(&a) && counts(&b)) || (is_ours(&b) && counts(&a)) {
                let over: Vec<String> = over
                    .iter()
                    .filter_map(|id| world.components().get_name(*id))
                    .map(|name| name.to_string())
                    .collect();
                found.push(format!("{label:?}: {a} and {b} over {over:?}"));
            }
        }
        world.resource_mut::<Schedules>().insert(schedule);
    }
    (found, ours)
}

#[test]
fn no_two_systems_of_ours_race() {
    type Case = (&'static str, usize, fn(&mut App));
    let cases: [Case; 8] = [
        ("core", 5, |app| {
            app.add_plugins(CorePlugin);
        }),
        ("stats", 8, |app| {
            app.add_plugins(StatsPlugin);
        }),
        ("inventory", 10, |app| {
            app.add_plugins(InventoryPlugin);
        }),
        ("equipment", 11, |app| {
            app.add_plugins(EquipmentPlugin);
        }),
        ("save", 10, |app| {
            let dir = tempfile::tempdir().unwrap();
            app.add_plugins(SavePlugin::in_dir(dir.path()));
        }),
        ("net", 30, |app| {
            app.add_plugins(NetPlugin);
        }),
        ("ui", 15, |app| {
            app.add_plugins((InputPlugin, wayfarer::ui::plugin::UiLogicPlugin));
        }),
        ("all", 45, |app| {
            let dir = tempfile::tempdir().unwrap();
            app.add_plugins((
                InputPlugin,
                RulesPlugins,
                NetPlugin,
                SavePlugin::in_dir(dir.path()),
                wayfarer::ui::plugin::UiLogicPlugin,
            ));
        }),
    ];
    let mut trouble = Vec::new();
    for (name, least, add) in cases {
        let mut app = App::new();
        app.add_plugins((MinimalPlugins, StatesPlugin));
        add(&mut app);
        let (found, ours) = clashes(&mut app);
        assert!(ours >= least, "{name}: only {ours} systems of ours found");
        trouble.extend(found.into_iter().map(|clash| format!("{name}: {clash}")));
    }
    assert!(
        trouble.is_empty(),
        "{}:\n{}",
        trouble.len(),
        trouble.join("\n")
    );
}
