//! Periods, ends, turns, rests, dawns.

use wayfarer_core::state::{restore_world, snapshot_world, state_hash};
use wayfarer_stats::effects::{NextDawn, RestKind, end_turn, rest};

use super::*;

#[test]
fn periods_fall_as_often_as_they_should() {
    let (mut app, knight, _) = effect_game();
    give(&mut app, knight, &spec("burning")).unwrap();
    let mut hurt = Vec::new();
    let mut last = value(&app, knight, "health");
    for at in 1..=80 {
        tick(&mut app, 1);
        let now = value(&app, knight, "health");
        if now < last - 1.0 {
            hurt.push(at);
        }
        last = now;
    }
    assert_eq!(
        hurt,
        [20, 40, 60],
        "the third falls on the end and comes before it"
    );
    assert!(effects(&app, knight).is_empty());
}

#[test]
fn what_is_not_paid_for_ends() {
    let (mut app, knight, _) = effect_game();
    give(&mut app, knight, &spec("upkeep")).unwrap();
    tick(&mut app, 20);
    assert_eq!(names(&app, knight), ["upkeep"]);
    // 22 health: 8 are paid three times, with one healed a second; then there is not enough.
    tick(&mut app, 60);
    assert!(effects(&app, knight).is_empty());
    assert!(value(&app, knight, "health") >= 0.0);
}

#[test]
fn an_end_is_the_last_thing_that_happens() {
    let (mut app, knight, _) = effect_game();
    give(&mut app, knight, &spec("parting")).unwrap();
    tick(&mut app, 19);
    assert_eq!(value(&app, knight, "strength"), 14.0);
    tick(&mut app, 1);
    assert_eq!(value(&app, knight, "strength"), 15.0);
}

#[test]
fn turns_pass_when_they_are_ended() {
    let (mut app, knight, _) = effect_game();
    give(&mut app, knight, &spec("daze_turns")).unwrap();
    let turn = |app: &mut App| {
        app.world_mut()
            .transact("test", |txn| end_turn(txn, knight))
            .unwrap();
        (value(app, knight, "luck"), value(app, knight, "health"))
    };
    assert_eq!(turn(&mut app), (7.0, 22.0));
    assert_eq!(turn(&mut app), (7.0, 21.0), "every second turn hurts");
    assert_eq!(turn(&mut app), (0.0, 21.0), "the third is the last");
    assert!(effects(&app, knight).is_empty());
}

#[test]
fn rests() {
    for (kind, left) in [(RestKind::Short, vec!["weary"]), (RestKind::Long, vec![])] {
        let (mut app, knight, _) = effect_game();
        give(&mut app, knight, &spec("tired")).unwrap();
        give(&mut app, knight, &spec("weary")).unwrap();
        let ended = app
            .world_mut()
            .transact("test", |txn| rest(txn, knight, kind))
            .unwrap();
        assert_eq!(names(&app, knight), left);
        assert_eq!(ended as usize, 2 - left.len());
    }
}

#[test]
fn a_curse_ends_at_dawn() {
    // A day is 24 * 3600 / 36000 = 2.4 s = 48 ticks, dawn at tick 12 of it.
    let (mut app, knight, _) = effect_game();
    tick(&mut app, 19);
    let now = app.world().resource::<RulesClock>().tick;
    give(&mut app, knight, &spec("curse")).unwrap();
    let dawn = if now < 12 { 12 } else { 60 };
    tick(&mut app, (dawn - now - 1) as u32);
    assert_eq!(names(&app, knight), ["curse"]);
    tick(&mut app, 1);
    assert!(effects(&app, knight).is_empty());
}

#[test]
fn time_goes_on_after_loading() {
    let (mut app, knight, uid) = effect_game();
    give(&mut app, knight, &spec("burning")).unwrap();
    give(&mut app, knight, &spec("strong")).unwrap();
    give(&mut app, knight, &spec("stunned")).unwrap();
    tick(&mut app, 10);
    let record = snapshot_world(app.world_mut());
    let later = |app: &mut App, entity: Entity| -> Vec<(Vec<String>, f32, u64)> {
        (0..60)
            .map(|_| {
                tick(app, 1);
                (
                    names(app, entity),
                    value(app, entity, "health"),
                    state_hash(app.world()),
                )
            })
            .collect()
    };
    let expected = later(&mut app, knight);

    let (mut other, _, _) = effect_game();
    restore_world(other.world_mut(), &record);
    tick(&mut other, 0);
    let copy = other.world().resource::<UidIndex>().get(uid).unwrap();
    assert_eq!(later(&mut other, copy), expected);
}

#[test]
fn without_a_calendar_nothing_lasts_until_dawn() {
    let pack = effect_pack();
    pack.remove("t", "calendars/all.ron");
    let (mut app, knight, _) = game_with(pack);
    let before = state_hash(app.world());
    let refused = give(&mut app, knight, &spec("curse")).unwrap_err();
    assert_eq!(refused.code.as_str(), "no_calendar");
    assert_eq!(state_hash(app.world()), before);
    // A game that keeps its own time needs none.
    app.insert_resource(NextDawn(|_, now| now + 5));
    give(&mut app, knight, &spec("curse")).unwrap();
    tick(&mut app, 4);
    assert_eq!(names(&app, knight), ["curse"]);
    tick(&mut app, 1);
    assert!(effects(&app, knight).is_empty());
}
