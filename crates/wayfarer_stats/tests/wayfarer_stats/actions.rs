//! What game masters may do, and players may not.

use wayfarer_core::{prelude::*, state::state_hash};
use wayfarer_stats::prelude::*;

use crate::common::*;
use PatchChange::{Add, Clear, Set};
use PatchLayer::{Base, Runtime};

#[test]
fn a_game_master_patches_and_is_told_the_value() {
    let (mut app, knight, uid) = game();
    for (layer, change, expected) in [
        (Base, Set(16.0), 16.0),
        (Base, Add(3.0), 19.0),
        (Base, Add(100.0), 30.0),
        (Runtime, Set(9.0), 9.0),
        (Runtime, Add(-4.0), 5.0),
        (Base, Add(-2.0), 5.0),
        (Runtime, Clear, 28.0),
        (Base, Clear, 14.0),
        (Runtime, Add(1.0), 15.0),
    ] {
        let action = patch(uid, "strength", layer, change);
        let answer = app.world_mut().act(GM, None, &action);
        assert_eq!(answer, Ok(expected), "{layer:?} {change:?}");
        tick(&mut app, 1);
        assert_eq!(settled(&app, knight, "strength"), expected);
    }
    assert_eq!(
        settled(&app, knight, "max_health"),
        22.0,
        "what depends has followed"
    );
}

#[test]
fn a_refusal_leaves_everything_as_it_is() {
    let (mut app, _, uid) = game();
    let good = patch(uid, "strength", Base, Set(16.0));
    let gone = patch(Uid::new(999).unwrap(), "strength", Base, Set(16.0));
    let before = state_hash(app.world());
    for (player, action, code) in [
        (PLAYER, good.clone(), "not_authorised"),
        (PlayerId(1234), good, "not_authorised"),
        (GM, gone, "not_found"),
        (
            GM,
            patch(uid, "strength", Base, Set(f32::NAN)),
            "invalid_amount",
        ),
        (
            GM,
            patch(uid, "strength", Base, Add(f32::INFINITY)),
            "invalid_amount",
        ),
        (
            GM,
            patch(uid, "strength", Runtime, Set(f32::NEG_INFINITY)),
            "invalid_amount",
        ),
        (
            GM,
            patch(uid, "health", Base, Set(f32::NAN)),
            "invalid_amount",
        ),
        (
            GM,
            patch(uid, "wit", Base, Set(1.0)),
            "stat_definition_not_configured",
        ),
    ] {
        let refusal = app.world_mut().act(player, None, &action).unwrap_err();
        assert_eq!(refusal.code.as_str(), code, "{action:?}");
        assert_eq!(state_hash(app.world()), before, "{action:?}");
    }
    let reset = ResetRuntime {
        target: uid,
        set: None,
    };
    let refusal = app.world_mut().act(PLAYER, None, &reset).unwrap_err();
    assert_eq!(refusal.code.as_str(), "not_authorised");
}

#[test]
fn every_refusal_has_a_sentence() {
    let (app, _, _) = game();
    let texts = app.world().resource::<Texts>();
    for code in [
        "insufficient",
        "stat_definition_not_configured",
        "not_a_resource",
    ] {
        let key = format!("refusal.{code}");
        assert_ne!(texts.get(&key), key);
    }
}

#[test]
fn runtime_overrides_are_reset_by_set_or_all() {
    let (mut app, knight, uid) = game();
    for name in ["strength", "luck"] {
        let action = patch(uid, name, Runtime, Set(3.0));
        app.world_mut().act(GM, None, &action).unwrap();
    }
    let reset = |set: Option<&str>| ResetRuntime {
        target: uid,
        set: set.map(DefId::of),
    };
    let mut ask = |set| app.world_mut().act(GM, None, &reset(set));
    assert_eq!(ask(Some("t:other")), Ok(0));
    assert_eq!(ask(Some("t:body")), Ok(2));
    assert_eq!(ask(None), Ok(0));
    tick(&mut app, 1);
    assert_eq!(settled(&app, knight, "strength"), 14.0);
}

#[test]
fn a_patch_of_a_resource_changes_what_is_left() {
    let (mut app, knight, uid) = game();
    let mut ask = |change| {
        app.world_mut()
            .act(GM, None, &patch(uid, "health", Runtime, change))
    };
    assert_eq!(ask(Add(-5.0)), Ok(17.0));
    assert_eq!(ask(Set(500.0)), Ok(22.0));
    assert_eq!(ask(Add(-500.0)), Ok(0.0));
    assert_eq!(ask(Set(-3.0)), Ok(0.0));
    assert_eq!(ask(Clear), Ok(22.0));
    assert_eq!(
        app.world()
            .get::<StatInputs>(knight)
            .unwrap()
            .current_rows(),
        []
    );
}

#[test]
fn a_game_masters_patch_can_be_undone() {
    let (mut app, knight, uid) = game();
    let before = postcard::to_stdvec(app.world().get::<StatInputs>(knight).unwrap()).unwrap();
    app.world_mut()
        .act(GM, None, &patch(uid, "strength", Base, Set(16.0)))
        .unwrap();
    let sequence = app
        .world()
        .resource::<Ledger>()
        .iter()
        .last()
        .unwrap()
        .sequence;
    let undo = wayfarer_core::ledger::UndoAction { sequence };
    app.world_mut().act(GM, None, &undo).unwrap();
    let after = postcard::to_stdvec(app.world().get::<StatInputs>(knight).unwrap()).unwrap();
    // The revision counts on; all else is as before.
    assert_eq!(after[..after.len() - 1], before[..before.len() - 1]);
    tick(&mut app, 1);
    assert_eq!(settled(&app, knight, "strength"), 14.0);
}
