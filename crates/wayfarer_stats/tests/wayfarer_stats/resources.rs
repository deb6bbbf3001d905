//! What is used up and comes back.

use bevy::prelude::*;
use wayfarer_core::{prelude::*, state::state_hash};
use wayfarer_stats::{api, prelude::*};

use crate::common::*;

fn spend_health(app: &mut App, entity: Entity, amount: f32) -> Result<f32, Refusal> {
    app.world_mut().transact("test", |txn| {
        api::spend(txn, entity, stat("health"), amount)
    })
}

#[test]
fn spending_more_than_there_is_is_refused_with_figures() {
    let (mut app, knight, _) = game();
    assert_eq!(spend_health(&mut app, knight, 20.0), Ok(2.0));
    let before = state_hash(app.world());
    let refusal = spend_health(&mut app, knight, 5.0).unwrap_err();
    assert_eq!(refusal.code.as_str(), "insufficient");
    assert_eq!(refusal.arg("need"), Some(&Arg::Number(5.0)));
    assert_eq!(refusal.arg("have"), Some(&Arg::Number(2.0)));
    for (amount, code) in [(-1.0, "invalid_amount"), (f32::NAN, "invalid_amount")] {
        let refusal = spend_health(&mut app, knight, amount).unwrap_err();
        assert_eq!(refusal.code.as_str(), code);
    }
    let refusal = app
        .world_mut()
        .transact("test", |txn| api::spend(txn, knight, stat("strength"), 1.0))
        .unwrap_err();
    assert_eq!(refusal.code.as_str(), "not_a_resource");
    assert_eq!(state_hash(app.world()), before);
    assert_eq!(
        spend_health(&mut app, knight, 2.0),
        Ok(0.0),
        "to the last drop"
    );
}

#[test]
fn health_comes_back_with_time_and_tiers_follow() {
    let (mut app, knight, _) = game();
    spend_health(&mut app, knight, 12.0).unwrap();
    tick(&mut app, 1);
    let tier = |app: &App| {
        let values = app.world().get::<StatValues>(knight).unwrap();
        values.tier(stat("health")).unwrap().id.to_string()
    };
    assert_eq!(tier(&app), "hurt");
    let since = app.world().resource::<RulesClock>().tick;
    tick(&mut app, 40);
    let now = app.world().resource::<RulesClock>().tick;
    let passed = (now - since + 1) as f32 / 20.0;
    assert!((value(&app, knight, "health") - (10.0 + passed)).abs() < 1e-4);
    tick(&mut app, 100);
    assert_eq!(tier(&app), "well", "without anybody touching it");
    tick(&mut app, 1000);
    assert_eq!(value(&app, knight, "health"), 22.0);
    let revision = app.world().get::<StatInputs>(knight).unwrap().revision();
    tick(&mut app, 1000);
    assert_eq!(
        app.world().get::<StatInputs>(knight).unwrap().revision(),
        revision
    );
}

#[test]
fn a_faster_rate_counts_from_now_on() {
    let (mut app, knight, uid) = game();
    spend_health(&mut app, knight, 21.0).unwrap();
    tick(&mut app, 100);
    let before = value(&app, knight, "health");
    let faster = patch(uid, "regen", PatchLayer::Base, PatchChange::Set(100.0));
    app.world_mut().act(GM, None, &faster).unwrap();
    tick(&mut app, 1);
    let after = value(&app, knight, "health");
    // One tick of the new rate at most, and not six seconds of it.
    assert!(after - before < 5.1, "{before} to {after}");
    tick(&mut app, 20);
    assert_eq!(value(&app, knight, "health"), 22.0);
}

#[test]
fn what_is_given_back_stops_at_the_maximum() {
    let (mut app, knight, _) = game();
    spend_health(&mut app, knight, 10.0).unwrap();
    let gained = app
        .world_mut()
        .transact("test", |txn| api::gain(txn, knight, stat("health"), 500.0));
    assert_eq!(gained, Ok(22.0));
    let drained = app
        .world_mut()
        .transact("test", |txn| api::drain(txn, knight, stat("health"), 500.0));
    assert_eq!(drained, Ok(0.0));
}
