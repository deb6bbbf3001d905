//! Work takes its time, and nothing before its end.

use std::sync::atomic::{AtomicUsize, Ordering};

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use wayfarer_core::{
    ledger::{Ledger, MovementKind},
    prelude::*,
    refusal::Refusal,
    state::{restore_world, snapshot_world},
    txn::Txn,
};
use wayfarer_inventory::{
    actions::remove,
    craft::{CraftOrder, Crafting},
    facts::{WorkEnded, WorkStarted},
    making::Source,
    prelude::*,
    work::{Job, WorkKind, end_work, start_work},
};

use crate::{
    making::{craft, job, last, note, smith, station, ticks},
    rig::{ANN, Rig, def},
};

/// Eating all rocks, one after the other; nobody can eat none.
#[derive(Serialize, Deserialize, Debug)]
struct Eating;

impl WorkKind for Eating {
    const NAME: &'static str = "test.eating";

    fn check(&self, txn: &mut Txn<'_>, worker: Entity) -> Result<(), Refusal> {
        let bag = txn.need::<Inventory>(worker, "inventory")?;
        let rocks = bag.count_of(def("rock"));
        (rocks > 0)
            .then_some(())
            .ok_or_else(|| Refusal::new(Code::new("test_hungry")))
    }

    fn finish(&self, txn: &mut Txn<'_>, worker: Entity) -> Result<(), Refusal> {
        let bag = txn.need::<Inventory>(worker, "inventory")?;
        let rocks: Vec<Uid> = bag
            .iter()
            .filter(|i| i.def == def("rock"))
            .map(|i| i.uid)
            .collect();
        for rock in rocks {
            remove(txn, worker, MovementKind::Consumed, rock, 1)?;
        }
        self.check(txn, worker)
    }
}

fn eat(rig: &mut Rig, who: Entity, seconds: f32) -> Result<Option<u64>, Refusal> {
    let world = rig.app.world_mut();
    world.transact("test.eat", |txn| {
        start_work(txn, who, &Eating, seconds, None)
    })
}

fn rig() -> Rig {
    crate::making::with(|app| {
        app.register_work::<Eating>();
    })
}

#[test]
fn work_ends_in_its_tick_and_takes_only_then() {
    let mut rig = rig();
    let (hero, me) = rig.hero(ANN);
    assert_eq!(
        eat(&mut rig, hero, 1.0).unwrap_err().code.as_str(),
        "test_hungry"
    );
    assert_eq!(
        rig.app.world().get::<Work>(hero),
        None,
        "a refusal leaves nothing"
    );
    rig.give(hero, "rock", 3, 0);
    let now = rig.app.world().resource::<RulesClock>().tick;
    assert_eq!(eat(&mut rig, hero, 1.0).unwrap(), Some(now + 20));
    assert_eq!(eat(&mut rig, hero, 1.0).unwrap_err().code.as_str(), "busy");
    assert!(job(&rig, hero).unwrap().decode::<Eating>().is_some());
    let half = job(&rig, hero).unwrap();
    assert_eq!(
        [half.share(now), half.share(now + 5), half.share(now + 99)],
        [0.0, 0.25, 1.0]
    );
    ticks(&mut rig, 19);
    assert_eq!(rig.count(hero, "rock"), 3, "not before its time");
    rig.tick();
    assert_eq!((rig.count(hero, "rock"), job(&rig, hero)), (2, None));
    let ended = last(&rig, hero).unwrap();
    assert!(ended.done && ended.note.is_none() && ended.tick == now + 20);
    assert_eq!(rig.refused(ANN, me, &StopWork).code.as_str(), "not_working");
    for nonsense in [f32::NAN, f32::INFINITY] {
        let refused = eat(&mut rig, hero, nonsense).unwrap_err();
        assert_eq!(refused.code, Code::INVALID_AMOUNT);
    }
    // Without seconds it is done at once, or not at all.
    assert_eq!(eat(&mut rig, hero, 0.0).unwrap(), None);
    assert_eq!(rig.count(hero, "rock"), 1);
    assert_eq!(
        eat(&mut rig, hero, 0.0).unwrap_err().code.as_str(),
        "test_hungry"
    );
    assert_eq!(
        rig.count(hero, "rock"),
        1,
        "the last was not eaten by halves"
    );
    rig.check_conserved();
}

#[test]
fn whoever_stops_has_lost_nothing() {
    let mut rig = rig();
    let (hero, me) = rig.hero(ANN);
    rig.give(hero, "rock", 3, 0);
    eat(&mut rig, hero, 1.0).unwrap();
    ticks(&mut rig, 10);
    rig.act(ANN, me, &StopWork).unwrap();
    ticks(&mut rig, 20);
    assert_eq!((rig.count(hero, "rock"), job(&rig, hero)), (3, None));
    let ended = last(&rig, hero).unwrap();
    assert!(!ended.done && ended.note.is_none());
    let again = rig
        .app
        .world_mut()
        .transact("test", |txn| end_work(txn, hero, None));
    assert!(again.is_ok(), "ending what is ended is harmless");
    let nobody = rig.app.world_mut().spawn_empty().id();
    let refused = rig
        .app
        .world_mut()
        .transact("test", |txn| end_work(txn, nobody, None));
    assert_eq!(refused.unwrap_err().code, Code::NOT_FOUND);
    assert!(eat(&mut rig, hero, 1.0).is_ok(), "and one can begin again");
}

#[test]
fn what_can_not_be_finished_is_told_and_takes_nothing() {
    let mut rig = rig();
    let (hero, me) = rig.hero(ANN);
    let rocks = rig.give(hero, "rock", 1, 0);
    eat(&mut rig, hero, 1.0).unwrap();
    ticks(&mut rig, 20);
    // The last rock: eaten, and then refused, so it is back.
    assert_eq!(note(&rig, hero), "test_hungry");
    assert_eq!(rig.count(hero, "rock"), 1);
    // It was dropped meanwhile.
    eat(&mut rig, hero, 1.0).unwrap();
    rig.act(
        ANN,
        me,
        &DropItem {
            item: rocks,
            count: None,
        },
    )
    .unwrap();
    ticks(&mut rig, 20);
    assert_eq!(note(&rig, hero), "test_hungry");
    rig.check_conserved();
}

#[test]
fn walking_away_from_the_place_ends_it() {
    let mut rig = rig();
    let (hero, me) = smith(&mut rig);
    for leave in [0, 1] {
        let (forge, uid) = station(&mut rig, "smithy", 1.0);
        let before = rig.bag(hero).clone();
        rig.act(ANN, me, &craft("blade", Some(uid))).unwrap();
        ticks(&mut rig, 5);
        let world = rig.app.world_mut();
        if leave == 0 {
            world.entity_mut(hero).insert(Position::ground(30.0, 0.0));
        } else {
            world.despawn(forge);
        }
        rig.tick();
        assert_eq!(job(&rig, hero), None);
        let code = ["out_of_reach", "not_found"][leave];
        assert_eq!(note(&rig, hero), code);
        assert_eq!(*rig.bag(hero), before, "nothing was taken");
        rig.app
            .world_mut()
            .entity_mut(hero)
            .insert(Position::default());
    }
    // And whoever leaves the world takes their things along and no job.
    let (_, uid) = station(&mut rig, "smithy", 1.0);
    rig.act(ANN, me, &craft("blade", Some(uid))).unwrap();
    rig.app.world_mut().despawn(hero);
    ticks(&mut rig, 60);
    rig.check_conserved();
}

#[test]
fn a_job_survives_saving_and_loading() {
    for at in [0, 1, 10, 19] {
        let mut rig = rig();
        let (hero, me) = smith(&mut rig);
        let (_, uid) = station(&mut rig, "smithy", 1.0);
        rig.act(ANN, me, &craft("blade", Some(uid))).unwrap();
        ticks(&mut rig, at);
        let saved = snapshot_world(rig.app.world());
        let mut later = crate::making::rig();
        let report = restore_world(later.app.world_mut(), &saved);
        assert!(report.problems.is_empty(), "{report:?}");
        assert_eq!(later.hash(), rig.hash());
        let again = later.app.world().resource::<UidIndex>().get(me).unwrap();
        assert_eq!(job(&later, again), job(&rig, hero));
        assert_eq!(
            *later.bag(again),
            *rig.bag(hero),
            "nothing is taken at {at}"
        );
        ticks(&mut later, 20 - at);
        assert_eq!(job(&later, again), None);
        assert!(["craft_done", "craft_failed"].contains(&note(&later, again).as_str()));
        assert!(later.count(again, "iron") < 12);
    }
}

#[test]
fn time_stands_still_for_workers_too() {
    let mut rig = rig();
    let (hero, _) = rig.hero(ANN);
    rig.give(hero, "rock", 2, 0);
    eat(&mut rig, hero, 0.5).unwrap();
    rig.app.insert_resource(Paused(true));
    ticks(&mut rig, 30);
    assert_eq!(rig.count(hero, "rock"), 2);
    rig.app.insert_resource(Paused(false));
    ticks(&mut rig, 10);
    assert_eq!(rig.count(hero, "rock"), 1);
}

#[derive(Resource, Default)]
struct Heard(Vec<&'static str>);

#[test]
fn facts_come_in_order() {
    let mut rig = crate::making::with(|app| {
        app.init_resource::<Heard>()
            .add_observer(|_: On<WorkStarted>, mut heard: ResMut<Heard>| heard.0.push("started"))
            .add_observer(|ended: On<WorkEnded>, mut heard: ResMut<Heard>| {
                heard.0.push(if ended.done { "done" } else { "ended" });
            });
    });
    let (hero, me) = rig.hero(ANN);
    rig.give(hero, "oak", 2, 0);
    let order = CraftItem {
        times: 3,
        ..craft("slow_board", None)
    };
    rig.act(ANN, me, &order).unwrap();
    ticks(&mut rig, 70);
    let heard = &rig.app.world().resource::<Heard>().0;
    assert_eq!(*heard, ["started", "done", "started", "done"]);
    assert_eq!(
        note(&rig, hero),
        "materials_missing",
        "why it did not go on"
    );
    assert_eq!(rig.count(hero, "board"), 2);
}

/// The dice of work that ends after loading are those that would have fallen without.
#[test]
fn loading_does_not_change_the_dice() {
    let mut rig = rig();
    let (_, me) = smith(&mut rig);
    let (_, uid) = station(&mut rig, "smithy", 1.0);
    rig.act(ANN, me, &craft("blade", Some(uid))).unwrap();
    ticks(&mut rig, 10);
    let saved = snapshot_world(rig.app.world());
    let mut later = crate::making::rig();
    restore_world(later.app.world_mut(), &saved);
    let thrown = |rig: &mut Rig| {
        ticks(rig, 10);
        let ledger = rig.app.world().resource::<Ledger>();
        let work = ledger.iter().find(|e| e.cause.action == "inventory.work");
        work.expect("it is done").rolls.clone()
    };
    let unsaved = thrown(&mut rig);
    assert!(!unsaved.is_empty());
    assert_eq!(thrown(&mut later), unsaved);
    assert_eq!(later.hash(), rig.hash());
}

static HIGHEST: AtomicUsize = AtomicUsize::new(0);
static LOWEST: AtomicUsize = AtomicUsize::new(usize::MAX);

/// Many pieces that take no time are made one after the other, not one within the other.
#[test]
fn a_long_order_is_a_loop() {
    let mut rig = crate::making::with(|app| {
        app.register_item_maker("test.depth", |making, _, _| {
            if making.source == Source::Craft {
                let here = std::ptr::from_ref(&making).addr();
                HIGHEST.fetch_max(here, Ordering::Relaxed);
                LOWEST.fetch_min(here, Ordering::Relaxed);
            }
        });
    });
    let (hero, me) = rig.hero(ANN);
    rig.give(hero, "oak", 300, 0);
    let order = |times| CraftItem {
        times,
        ..craft("board", None)
    };
    assert_eq!(rig.act(ANN, me, &order(100)).unwrap(), None);
    assert_eq!(rig.count(hero, "board"), 200);
    let deep = HIGHEST.load(Ordering::Relaxed) - LOWEST.load(Ordering::Relaxed);
    assert!(
        deep < 32 * 1024,
        "{deep} bytes of stack for a hundred pieces"
    );

    let refused = rig.refused(ANN, me, &order(10_000));
    assert_eq!(refused.code, Code::INVALID_AMOUNT);
    // Nor by a game's own rule, nor by a save that says so.
    let crafting = Crafting {
        order: CraftOrder {
            recipe: def("board"),
            station: None,
            pick: Vec::new(),
        },
        left: 10_000,
    };
    let world = rig.app.world_mut();
    let begun = world.transact("test", |txn| start_work(txn, hero, &crafting, 0.0, None));
    assert_eq!(begun.unwrap_err().code, Code::INVALID_AMOUNT);
    let job = Job {
        kind: Crafting::kind(),
        payload: ByteBuf::from(postcard::to_stdvec(&crafting).unwrap()),
        station: None,
        started: 0,
        until: 0,
    };
    let job = Some(job);
    rig.app
        .world_mut()
        .entity_mut(hero)
        .insert(Work { job, last: None });
    rig.tick();
    assert_eq!(rig.count(hero, "board"), 400, "a hundred more, and no more");
    rig.check_conserved();
}
