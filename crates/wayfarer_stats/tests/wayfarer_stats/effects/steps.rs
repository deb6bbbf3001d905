//! What is done at once, and what it costs.

use wayfarer_core::{prelude::*, state::state_hash};
use wayfarer_stats::effects::{Applied, actions};

use super::*;

#[test]
fn instant_effects_change_what_there_is_for_good() {
    let (mut app, knight, _) = effect_game();
    give(&mut app, knight, &spec("training")).unwrap();
    tick(&mut app, 1);
    assert_eq!(settled(&app, knight, "strength"), 16.0);
    assert!(effects(&app, knight).is_empty());

    give(&mut app, knight, &spec("wake")).unwrap();
    assert_eq!(value(&app, knight, "health"), 3.0);
    assert_eq!(
        give(&mut app, knight, &spec("cure").level(4.0)),
        Ok(Applied::Instant)
    );
    assert_eq!(value(&app, knight, "health"), 12.0);
}

#[test]
fn a_lasting_effect_changes_only_the_value() {
    let (mut app, knight, _) = effect_game();
    let before = app
        .world()
        .get::<wayfarer_stats::inputs::StatInputs>(knight)
        .unwrap()
        .clone();
    give(&mut app, knight, &spec("strong")).unwrap();
    tick(&mut app, 1);
    assert_eq!(settled(&app, knight, "strength"), 18.0);
    assert_eq!(settled(&app, knight, "strength_mod"), 4.0);
    tick(&mut app, 39);
    assert_eq!(settled(&app, knight, "strength"), 14.0);
    let after = app
        .world()
        .get::<wayfarer_stats::inputs::StatInputs>(knight)
        .unwrap();
    assert_eq!(after.base_rows(), before.base_rows());
    assert!(after.modifiers().is_empty());
}

#[test]
fn a_cost_that_cannot_be_paid_refuses_everything() {
    let (mut app, knight, _) = effect_game();
    let before = state_hash(app.world());
    let refused = give(&mut app, knight, &spec("cost").number("price", 500.0)).unwrap_err();
    assert_eq!(refused.code.as_str(), "insufficient");
    assert_eq!(
        state_hash(app.world()),
        before,
        "the step before it is taken back"
    );
    give(&mut app, knight, &spec("cost").number("price", 5.0)).unwrap();
    assert_eq!(value(&app, knight, "luck"), 1.0);
    assert_eq!(value(&app, knight, "health"), 17.0);
}

#[test]
fn a_cooldown_is_an_effect() {
    let (mut app, knight, _) = effect_game();
    give(&mut app, knight, &spec("smite")).unwrap();
    let refused = give(&mut app, knight, &spec("smite")).unwrap_err();
    assert_eq!(refused.code.as_str(), "effect_blocked");
    assert!(refused.to_string().contains("cooling down"), "{refused}");
    tick(&mut app, 60);
    give(&mut app, knight, &spec("smite")).unwrap();
}

#[test]
fn dice_are_kept_in_the_ledger_and_fall_the_same_again() {
    let fall = || {
        let (mut app, knight, uid) = effect_game();
        app.world_mut().act(GM, None, &ask(uid, "drunk")).unwrap();
        let ledger = app.world().resource::<Ledger>();
        let rolls: Vec<u32> = ledger
            .iter()
            .flat_map(|e| &e.rolls)
            .map(|r| r.value)
            .collect();
        (rolls, value(&app, knight, "health"))
    };
    let (rolls, health) = fall();
    assert_eq!(rolls.len(), 1);
    assert_eq!(health, 22.0 - rolls[0] as f32);
    assert_eq!(fall(), (rolls, health));
}

#[test]
fn players_are_refused_and_game_masters_are_not() {
    let (mut app, knight, uid) = effect_game();
    let before = state_hash(app.world());
    let refused = app
        .world_mut()
        .act(PLAYER, Some(uid), &ask(uid, "strong"))
        .unwrap_err();
    assert_eq!(refused.code.as_str(), "not_authorised");
    assert_eq!(state_hash(app.world()), before);
    let Applied::New(effect) = app.world_mut().act(GM, None, &ask(uid, "strong")).unwrap() else {
        panic!("it lasts");
    };
    let dismiss = actions::DismissEffect { effect };
    let refused = app
        .world_mut()
        .act(PLAYER, Some(uid), &dismiss)
        .unwrap_err();
    assert_eq!(refused.code.as_str(), "effect_not_dismissable");
    let which = actions::WhichEffects::Tagged(DefId::of("t:magic"));
    let remove = actions::RemoveEffect { target: uid, which };
    assert_eq!(app.world_mut().act(GM, None, &remove), Ok(1));
    assert!(effects(&app, knight).is_empty());

    let Applied::New(effect) = app.world_mut().act(GM, None, &ask(uid, "oath")).unwrap() else {
        panic!("it lasts");
    };
    app.world_mut()
        .act(PLAYER, Some(uid), &actions::DismissEffect { effect })
        .unwrap();
    assert!(effects(&app, knight).is_empty());
    let refused = app
        .world_mut()
        .act(PLAYER, Some(uid), &actions::DismissEffect { effect });
    assert_eq!(refused.unwrap_err().code.as_str(), "no_such_effect");
}

#[test]
fn whatever_is_refused_changes_nothing() {
    let (mut app, knight, uid) = effect_game();
    give(&mut app, knight, &spec("few")).unwrap();
    give(&mut app, knight, &spec("few")).unwrap();
    give(&mut app, knight, &spec("ward")).unwrap();
    tick(&mut app, 1);
    let before = state_hash(app.world());
    let mut nan = ask(uid, "strong");
    nan.level = f32::NAN;
    let mut huge = ask(uid, "strong");
    huge.level = 3e38;
    let mut many = ask(uid, "strong");
    many.numbers = (0..20).map(|i| (i.to_string(), 0.0)).collect();
    let mut nobody = ask(uid, "strong");
    nobody.source = Uid::new(99_999);
    let cases = [
        (ask(uid, "no_such"), "unknown_effect"),
        (ask(uid, "few"), "effect_stack_limit"),
        (ask(uid, "venom"), "effect_immune"),
        (ask(Uid::new(99_999).unwrap(), "strong"), "not_found"),
        (nan, "invalid_amount"),
        (huge, "invalid_amount"),
        (many, "invalid_amount"),
        (nobody, "not_found"),
    ];
    for (action, code) in cases {
        let refused = app.world_mut().act(GM, None, &action).unwrap_err();
        assert_eq!(refused.code.as_str(), code, "{action:?}");
        assert_eq!(state_hash(app.world()), before, "{action:?}");
    }
}

#[test]
fn there_is_an_end_to_effects() {
    let (mut app, knight, _) = effect_game();
    for _ in 0..wayfarer_stats::effects::MAX_EFFECTS {
        let spec = spec("token").by(app
            .world_mut()
            .resource_mut::<wayfarer_core::id::UidMint>()
            .mint());
        give(&mut app, knight, &spec).unwrap();
    }
    let refused = give(&mut app, knight, &spec("strong")).unwrap_err();
    assert_eq!(refused.code.as_str(), "too_many_effects");
}

#[test]
fn there_is_an_end_to_modifiers() {
    let (mut app, knight, _) = effect_game();
    let most = wayfarer_stats::inputs::MAX_MODIFIERS_PER_STAT;
    let mut refused = None;
    for _ in 0..=most {
        let spec = spec("grudge").by(app
            .world_mut()
            .resource_mut::<wayfarer_core::id::UidMint>()
            .mint());
        refused = give(&mut app, knight, &spec).err();
    }
    assert_eq!(refused.unwrap().code.as_str(), "too_many_modifiers");
    assert_eq!(effects(&app, knight).len(), most);
}

#[test]
fn what_is_offered_is_for_those_who_are_near() {
    let (mut app, knight, uid) = effect_game();
    let fire = spawn(&mut app, "t:fire", Position::default());
    let from = uid_of(&app, fire);
    let accept = |name: &str| actions::AcceptEffect {
        from,
        effect: DefId::of(&format!("t:{name}")),
    };
    app.world_mut()
        .entity_mut(knight)
        .insert(Position::ground(50.0, 0.0));
    let before = state_hash(app.world());
    for (name, code) in [("strong", "out_of_reach"), ("training", "out_of_reach")] {
        let refused = app.world_mut().act(PLAYER, Some(uid), &accept(name));
        assert_eq!(refused.unwrap_err().code.as_str(), code);
    }
    assert_eq!(state_hash(app.world()), before);
    app.world_mut()
        .entity_mut(knight)
        .insert(Position::default());
    let refused = app.world_mut().act(PLAYER, Some(uid), &accept("training"));
    assert_eq!(refused.unwrap_err().code.as_str(), "effect_not_offered");
    app.world_mut()
        .act(PLAYER, Some(uid), &accept("strong"))
        .unwrap();
    assert_eq!(effects(&app, knight)[0].source, Some(from));
}
