//! What is told, and what is not.

use bevy::prelude::*;
use wayfarer_core::prelude::*;
use wayfarer_stats::prelude::*;

use crate::common::*;

#[derive(Resource, Default)]
struct Heard(Vec<(String, f32)>);

fn drain<M: Message>(app: &mut App) -> Vec<M> {
    app.world_mut()
        .resource_mut::<Messages<M>>()
        .drain()
        .collect()
}

fn strengthen(app: &mut App, uid: Uid, value: f32) {
    let action = patch(uid, "strength", PatchLayer::Base, PatchChange::Set(value));
    app.world_mut().act(GM, None, &action).unwrap();
    tick(app, 1);
}

#[test]
fn changes_are_told_once_after_they_are_settled() {
    let (mut app, knight, uid) = game();
    drain::<StatChanged>(&mut app);
    drain::<TierChanged>(&mut app);
    drain::<LevelChanged>(&mut app);
    strengthen(&mut app, uid, 18.0);
    let changed = drain::<StatChanged>(&mut app);
    let names: Vec<StatId> = changed.iter().map(|fact| fact.stat).collect();
    let expected = ["strength", "strength_mod", "max_health", "health"].map(stat);
    assert_eq!(names.len(), expected.len(), "{changed:?}");
    assert!(expected.iter().all(|stat| names.contains(stat)));
    assert_eq!(
        changed[0],
        StatChanged {
            entity: knight,
            stat: stat("strength"),
            before: 14.0,
            after: 18.0
        }
    );
    let tiers = drain::<TierChanged>(&mut app);
    assert_eq!(tiers.len(), 1);
    assert_eq!(
        (tiers[0].before.as_deref(), tiers[0].after.as_deref()),
        (Some("weak"), Some("strong"))
    );
    assert_eq!(drain::<LevelChanged>(&mut app), []);
    strengthen(&mut app, uid, 11.0);
    let levels = drain::<LevelChanged>(&mut app);
    assert_eq!(
        (levels[0].before.as_deref(), levels[0].after.as_deref()),
        (Some("ready"), None)
    );
    // The same value again is no change.
    drain::<StatChanged>(&mut app);
    strengthen(&mut app, uid, 11.0);
    assert_eq!(drain::<StatChanged>(&mut app), []);
}

#[test]
fn observers_hear_it_on_the_entity() {
    let (mut app, knight, uid) = game();
    app.init_resource::<Heard>();
    app.world_mut().entity_mut(knight).observe(
        |fact: On<StatChanged>, mut heard: ResMut<Heard>| {
            heard.0.push((format!("{:?}", fact.stat), fact.after));
        },
    );
    strengthen(&mut app, uid, 18.0);
    assert_eq!(app.world().resource::<Heard>().0.len(), 4);
}

#[test]
fn messages_can_be_switched_off() {
    let (mut app, knight, uid) = game();
    drain::<StatChanged>(&mut app);
    app.insert_resource(StatMessages(false));
    strengthen(&mut app, uid, 18.0);
    assert_eq!(drain::<StatChanged>(&mut app), []);
    assert_eq!(settled(&app, knight, "strength"), 18.0);
}

#[test]
fn strangers_see_what_is_public_and_only_that() {
    let (mut app, knight, uid) = game();
    let public = |app: &App| {
        app.world()
            .get::<PublicStats>(knight)
            .unwrap()
            .iter()
            .collect::<Vec<_>>()
    };
    assert_eq!(public(&app), [(stat("strength"), 14.0)]);
    strengthen(&mut app, uid, 18.0);
    assert_eq!(public(&app), [(stat("strength"), 18.0)]);
}

#[test]
fn nothing_is_marked_as_changed_that_has_not_changed() {
    let (mut app, knight, uid) = game();
    let seen = |app: &App| {
        let entity = app.world().entity(knight);
        let values = entity.get_ref::<StatValues>().unwrap().last_changed();
        (
            values,
            entity.get_ref::<PublicStats>().unwrap().last_changed(),
        )
    };
    let before = seen(&app);
    tick(&mut app, 50);
    assert_eq!(seen(&app), before, "idle");
    strengthen(&mut app, uid, 14.0);
    assert_eq!(seen(&app), before, "an op that changes no value");
    let action = patch(uid, "luck", PatchLayer::Base, PatchChange::Set(5.0));
    app.world_mut().act(GM, None, &action).unwrap();
    tick(&mut app, 1);
    let after = seen(&app);
    assert_ne!(after.0, before.0);
    assert_eq!(after.1, before.1, "luck is nobody's business");
}
