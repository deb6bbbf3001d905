//! What is kept of bonds: saves, content that comes and goes, changes that are taken back.

use bevy::prelude::*;
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use wayfarer_core::{
    prelude::*,
    state::{restore_world, snapshot_world, state_hash},
};
use wayfarer_stats::{
    prelude::*,
    relations::{self, Reason, RelationChanged, UnknownRelations},
};

use crate::{
    common::{GM, game_with, tick},
    relations::{RELATIONS, STATS, axis, bond, pack, patch, start, told, value},
};
use PatchChange::{Add, Set};

#[test]
fn a_bond_outlives_the_other() {
    let (mut app, knight, uid, other) = start();
    let action = patch(uid, other, "trust", Set(40.0));
    app.world_mut().act(GM, None, &action).unwrap();
    let stone = app.world().resource::<UidIndex>().get(other).unwrap();
    app.world_mut().despawn(stone);
    tick(&mut app, 2);
    assert_eq!(value(&app, knight, other, "trust"), 40.0);
    let more = patch(uid, other, "trust", Add(2.0));
    assert_eq!(app.world_mut().act(GM, None, &more), Ok(42.0));
}

#[test]
fn a_saved_world_remembers_and_time_goes_on() {
    let (mut app, _, uid, other) = start();
    for (name, change) in [("affinity", Set(80.0)), ("trust", Set(60.0))] {
        let action = patch(uid, other, name, change);
        app.world_mut().act(GM, None, &action).unwrap();
    }
    tick(&mut app, 20);
    let (hash, record) = (state_hash(app.world()), snapshot_world(app.world()));
    let now = app.world().resource::<RulesClock>().tick;

    let (mut again, ..) = game_with(pack());
    let report = restore_world(again.world_mut(), &record);
    assert_eq!(report.problems, []);
    again.world_mut().resource_mut::<RulesClock>().tick = now;
    assert_eq!(state_hash(again.world()), hash);
    let knight = again.world().resource::<UidIndex>().get(uid).unwrap();
    assert_eq!(value(&again, knight, other, "affinity"), 79.0);
    tick(&mut again, 20);
    assert_eq!(value(&again, knight, other, "affinity"), 78.0);
    let log = again.world().get::<Relations>(knight).unwrap();
    assert_eq!(log.get(bond(other)).unwrap().log().len(), 2);
    assert_eq!(
        told::<RelationChanged>(&mut again),
        [],
        "loading changes nothing"
    );
}

#[test]
fn saves_from_before_relations_can_have_some() {
    let (app, _, uid, other) = start();
    let mut record = snapshot_world(app.world());
    for entity in &mut record.entities {
        entity.parts.remove("stats.relations");
    }
    let (mut again, ..) = game_with(pack());
    restore_world(again.world_mut(), &record);
    let action = patch(uid, other, "trust", Set(40.0));
    assert_eq!(again.world_mut().act(GM, None, &action), Ok(40.0));
}

#[test]
fn content_that_comes_and_goes_loses_nothing() {
    let pack = pack();
    pack.remove("t", "relations/all.ron");
    let (mut app, knight, uid) = game_with(pack.clone());
    assert!(
        app.world().get::<Relations>(knight).is_none(),
        "nothing to remember"
    );
    pack.set("t", "relations/all.ron", RELATIONS);
    app.load_content_now().unwrap();
    let stone = app.world_mut().spawn(Character::new("t:stone")).id();
    tick(&mut app, 1);
    let other = app.world().get::<Identity>(stone).unwrap().0;
    let action = patch(uid, other, "trust", Set(40.0));
    app.world_mut().act(GM, None, &action).unwrap();
    tick(&mut app, 1);
    let before = app.world().get::<Relations>(knight).cloned();

    pack.set("t", "stats/all.ron", STATS.replace("trust", "faith"));
    app.load_content_now().unwrap();
    let lost = |app: &App| app.world().resource::<UnknownRelations>().0.clone();
    let kind = bond(other).kind;
    assert_eq!(
        lost(&app).into_iter().collect::<Vec<_>>(),
        [(kind, Some(axis("trust")))]
    );
    pack.remove("t", "relations/all.ron");
    app.load_content_now().unwrap();
    assert_eq!(lost(&app).into_iter().collect::<Vec<_>>(), [(kind, None)]);
    let refusal = app.world_mut().act(GM, None, &action).unwrap_err();
    assert_eq!(refusal.code.as_str(), "relation_not_configured");
    tick(&mut app, 1);
    assert_eq!(app.world().get::<Relations>(knight).cloned(), before);

    pack.set("t", "stats/all.ron", STATS);
    pack.set("t", "relations/all.ron", RELATIONS);
    app.load_content_now().unwrap();
    assert!(lost(&app).is_empty());
    assert_eq!(
        value(&app, knight, other, "trust"),
        40.0,
        "and it is there again"
    );
}

#[test]
fn old_sessions_are_taken_over_once() {
    let (mut app, knight, _, other) = start();
    let text = format!(
        r#"{{ "npc:{}": {{ "affinity": 75, "trust": 60, "tierId": "friend" }} }}"#,
        other.get()
    );
    let old: relations::legacy::LegacyRelations = ron::from_str(&text).unwrap();
    let mut import = |kind: &str| {
        app.world_mut().transact("game.legacy", |txn| {
            let who = |id: &str| Uid::new(id.parse().ok()?);
            relations::legacy::import(txn, knight, DefId::of(kind), &old, who)
        })
    };
    let refusal = import("t:kinship").unwrap_err();
    assert_eq!(refusal.code.as_str(), "relation_not_configured");
    assert_eq!(import("t:bond"), Ok(vec![]));
    assert_eq!(
        import("t:bond"),
        Ok(vec![relations::legacy::LegacyNote::NotEmpty])
    );
    assert_eq!(value(&app, knight, other, "trust"), 60.0);
}

#[test]
fn any_changes_that_are_taken_back_leave_no_trace() {
    let (mut app, knight, _, other) = start();
    let change = (
        0_u64..3,
        0_usize..4,
        any::<bool>(),
        -150.0_f32..150.0,
        0_u32..3,
    );
    let changes = prop::collection::vec(change, 1..10);
    let mut runner = TestRunner::new(Config::with_cases(64));
    // Each case goes on from what the one before has left.
    let app = std::cell::RefCell::new(&mut app);
    let result = runner.run(&(changes.clone(), changes), |(stay, go)| {
        let mut app = app.borrow_mut();
        let names = ["affinity", "trust", "warmth", "love"];
        let run = |app: &mut App, changes: &[(u64, usize, bool, f32, u32)], keep: bool| {
            let _ = app.world_mut().transact("test", |txn| {
                for &(who, name, adds, amount, _) in changes {
                    let bond = bond(Uid::new(other.get() + who).unwrap());
                    let stat = axis(names[name]);
                    let reason = Reason::note("test");
                    // Refused ones change nothing and stop nothing.
                    let _ = if adds {
                        relations::add(txn, knight, bond, stat, amount, &reason)
                    } else {
                        relations::set(txn, knight, bond, stat, Some(amount), &reason)
                    };
                    if amount > 140.0 {
                        relations::forget(txn, knight, bond.other, None)?;
                    }
                }
                if keep {
                    Ok(())
                } else {
                    Err(Refusal::new(Code::NOT_FOUND))
                }
            });
        };
        run(&mut app, &stay, true);
        let before = state_hash(app.world());
        run(&mut app, &go, false);
        prop_assert_eq!(state_hash(app.world()), before);
        tick(&mut app, stay[0].4);
        Ok(())
    });
    result.unwrap();
}
