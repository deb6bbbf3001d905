//! Content that changes under living characters.

use bevy::prelude::*;
use wayfarer_core::prelude::*;
use wayfarer_stats::{UnknownStats, prelude::*};

use crate::common::*;

#[test]
fn values_follow_new_content_at_once() {
    let pack = pack();
    let (mut app, knight, uid) = game_with(pack.clone());
    let keep = patch(uid, "luck", PatchLayer::Base, PatchChange::Set(33.0));
    app.world_mut().act(GM, None, &keep).unwrap();
    tick(&mut app, 1);
    let more = STATS.replace("20 + strength_mod", "50 + strength_mod");
    pack.set(
        "t",
        "stats/all.ron",
        more.replace(
            "\"luck\": (name",
            "\"grit\": (name: \"Grit\", default: 4), \"luck\": (name",
        ),
    );
    pack.set("t", "sheets/all.ron", SHEETS.replace("14", "15"));
    app.load_content_now().unwrap();
    // No tick in between: no rule may see old values beside new definitions.
    assert_eq!(settled(&app, knight, "max_health"), 52.0);
    assert_eq!(settled(&app, knight, "strength"), 15.0);
    assert_eq!(settled(&app, knight, "grit"), 4.0);
    assert_eq!(settled(&app, knight, "luck"), 33.0);
}

#[test]
fn stats_that_are_gone_keep_their_inputs() {
    let pack = pack();
    let (mut app, knight, uid) = game_with(pack.clone());
    let lucky = patch(uid, "luck", PatchLayer::Base, PatchChange::Set(33.0));
    app.world_mut().act(GM, None, &lucky).unwrap();
    tick(&mut app, 1);
    let before = app.world().get::<StatInputs>(knight).unwrap().clone();
    pack.set(
        "t",
        "stats/all.ron",
        STATS.replace("\"luck\"", "\"fortune\""),
    );
    app.load_content_now().unwrap();
    assert_eq!(
        app.world()
            .get::<StatValues>(knight)
            .unwrap()
            .get(stat("luck")),
        None
    );
    assert_eq!(
        app.world().get::<StatInputs>(knight),
        Some(&before),
        "nothing is lost"
    );
    let unknown = &app.world().resource::<UnknownStats>().0;
    assert_eq!(unknown.iter().copied().collect::<Vec<_>>(), [stat("luck")]);
    pack.set("t", "stats/all.ron", STATS);
    app.load_content_now().unwrap();
    assert_eq!(settled(&app, knight, "luck"), 33.0, "and it is there again");
    assert!(app.world().resource::<UnknownStats>().0.is_empty());
}

#[test]
fn broken_content_changes_nothing() {
    let pack = pack();
    let (mut app, knight, uid) = game_with(pack.clone());
    pack.set(
        "t",
        "stats/all.ron",
        STATS.replace("strength - 10", "strenght - 10"),
    );
    let errors = app.load_content_now().unwrap_err();
    assert_eq!(errors[0].help.as_deref(), Some("did you mean `strength`?"));
    assert_eq!(settled(&app, knight, "max_health"), 22.0);
    let action = patch(uid, "strength", PatchLayer::Base, PatchChange::Set(18.0));
    assert_eq!(
        app.world_mut().act(GM, None, &action),
        Ok(18.0),
        "the game goes on"
    );
}

#[test]
fn another_world_is_another_knight() {
    let (mut app, knight, _) = game();
    app.insert_resource(ActiveWorld(Some(DefId::of("t:moon"))));
    tick(&mut app, 2);
    assert_eq!(settled(&app, knight, "strength"), 20.0);
    let inputs = app.world().get::<StatInputs>(knight).unwrap();
    assert_eq!(
        inputs.world(),
        Some(DefId::of("t:moon")),
        "so that its client knows it too"
    );
    app.insert_resource(ActiveWorld(None));
    tick(&mut app, 2);
    assert_eq!(settled(&app, knight, "strength"), 14.0);
}

#[test]
fn a_character_without_a_sheet_has_no_stats() {
    let (mut app, _, _) = game();
    let stone = app.world_mut().spawn(Character::new("t:stone")).id();
    tick(&mut app, 1);
    assert!(app.world().get::<StatInputs>(stone).is_none());
    assert_eq!(
        wayfarer_stats::api::value(app.world(), stone, "strength"),
        None
    );
}
