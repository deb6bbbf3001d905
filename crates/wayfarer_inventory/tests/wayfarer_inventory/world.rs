//! Leaving the world, saving it, and big containers.

use std::time::{Duration, Instant};

use wayfarer_core::{
    prelude::*,
    state::{restore_world, snapshot_world},
};
use wayfarer_inventory::{audit::audit, prelude::*, release::release, world_item::lay_new};

use crate::rig::{ANN, Rig, def};

#[test]
fn items_leave_the_world_with_their_owner_and_a_reason() {
    let mut rig = Rig::new();
    let (hero, _) = rig.hero(ANN);
    let (other, _) = rig.hero(ANN);
    rig.give(hero, "coin", 10, 0);
    rig.give(other, "sword", 2, 0);
    rig.app.world_mut().despawn(hero);
    rig.check_conserved();
    rig.app
        .world_mut()
        .transact("test.leave", |txn| {
            release(txn, other)?;
            txn.despawn(other)
        })
        .unwrap();
    rig.check_conserved();
    assert!(audit(rig.app.world()).counts.is_empty());
}

#[test]
fn a_refused_leave_keeps_everything() {
    let mut rig = Rig::new();
    let (hero, _) = rig.hero(ANN);
    rig.give(hero, "coin", 10, 0);
    let before = rig.hash();
    let refused: Result<(), _> = rig.app.world_mut().transact("test.leave", |txn| {
        release(txn, hero)?;
        Err(Code::CONFLICT.into())
    });
    assert!(refused.is_err());
    assert_eq!(rig.hash(), before);
    rig.check_conserved();
}

#[test]
fn a_saved_world_is_the_same_world() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    rig.give(hero, "anvil", 1, 0);
    rig.give(hero, "potion", 13, 0);
    let coins = rig.give(hero, "coin", 99, 0);
    rig.act(
        ANN,
        me,
        &DropItem {
            item: coins,
            count: Some(9),
        },
    )
    .unwrap();
    rig.tick();
    let saved = snapshot_world(rig.app.world());

    let mut later = Rig::new();
    let report = restore_world(later.app.world_mut(), &saved);
    assert!(report.problems.is_empty(), "{report:?}");
    later.tick();
    assert_eq!(later.hash(), rig.hash());
    let again = later.app.world().resource::<UidIndex>().get(me).unwrap();
    assert_eq!(later.bag(again), rig.bag(hero));
    assert_eq!(
        later.bag(again).total(),
        rig.bag(hero).total(),
        "totals are counted again"
    );
    assert_eq!(
        later.app.world().get::<Load>(again),
        rig.app.world().get::<Load>(hero)
    );
    assert_eq!(audit(later.app.world()), audit(rig.app.world()));
    // And both go on alike.
    for rig in [&mut rig, &mut later] {
        rig.act(
            ANN,
            me,
            &SplitStack {
                item: coins,
                count: 5,
                to: None,
            },
        )
        .unwrap();
    }
    assert_eq!(later.hash(), rig.hash());
}

#[test]
fn loot_lies_in_the_world() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let (uid, _) = rig
        .app
        .world_mut()
        .transact("test.loot", |txn| {
            let here = Position::ground(1.0, 1.0);
            lay_new(txn, MovementKind::Looted, def("coin"), 40, here)
        })
        .unwrap();
    rig.act(
        ANN,
        me,
        &PickUpItem {
            item: uid,
            count: None,
            to: None,
        },
    )
    .unwrap();
    assert_eq!(rig.count(hero, "coin"), 40);
    rig.check_conserved();
}

#[test]
fn facts_are_told_after_the_commit() {
    use bevy::prelude::*;
    #[derive(Resource, Default)]
    struct Seen(Vec<String>);
    let mut rig = Rig::with(|app| {
        app.init_resource::<Seen>()
            .add_observer(|fact: On<ItemDropped>, mut seen: ResMut<Seen>| {
                seen.0.push(format!("dropped {}", fact.count));
            })
            .add_observer(|fact: On<ItemPickedUp>, mut seen: ResMut<Seen>| {
                seen.0.push(format!("picked up {}", fact.count));
            });
    });
    let (hero, me) = rig.hero(ANN);
    let coins = rig.give(hero, "coin", 10, 0);
    rig.refused(
        ANN,
        me,
        &DropItem {
            item: coins,
            count: Some(11),
        },
    );
    let part = rig
        .act(
            ANN,
            me,
            &DropItem {
                item: coins,
                count: Some(3),
            },
        )
        .unwrap();
    rig.act(
        ANN,
        me,
        &PickUpItem {
            item: part,
            count: None,
            to: None,
        },
    )
    .unwrap();
    assert_eq!(
        rig.app.world().resource::<Seen>().0,
        ["dropped 3", "picked up 3"]
    );
    let changed = rig.app.world().resource::<Messages<ItemsChanged>>();
    assert_eq!(changed.len(), 3, "given, dropped, picked up");
}

/// The trap: filling a container piece by piece must not search it each time, not even with
/// stacks, of which most are full.
#[test]
fn filling_stays_linear() {
    let fill = |count: u32, name: &str| -> Duration {
        let mut rig = Rig::new();
        let (chest, _) = rig.chest(0.0);
        let start = Instant::now();
        rig.app
            .world_mut()
            .transact("test.fill", |txn| {
                for _ in 0..count {
                    let kind = MovementKind::Granted;
                    wayfarer_inventory::actions::create(txn, chest, kind, def(name), 1, None)?;
                }
                Ok(())
            })
            .unwrap();
        let took = start.elapsed();
        rig.check_conserved();
        took
    };
    for name in ["potion", "sword"] {
        let (small, large) = (fill(500, name), fill(5_000, name));
        assert!(
            large < small * 30 + Duration::from_millis(100),
            "{name}: {small:?} for 500, {large:?} for 5000"
        );
    }
}

#[test]
fn a_save_that_holds_an_item_twice_is_mended() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let coins = rig.give(hero, "coin", 40, 0);
    let sword = rig.give(hero, "sword", 1, 0);
    let early = snapshot_world(rig.app.world());
    rig.act(
        ANN,
        me,
        &DropItem {
            item: coins,
            count: None,
        },
    )
    .unwrap();
    let mut torn = snapshot_world(rig.app.world());
    // The hero's record is the one from before the drop, and the mint was lost.
    let old = early.entities.iter().find(|record| record.uid == me);
    let at = torn.entities.iter().position(|r| r.uid == me).unwrap();
    torn.entities[at] = old.unwrap().clone();
    torn.resources.remove("core.uid_mint");

    let mut later = Rig::new();
    let report = restore_world(later.app.world_mut(), &torn);
    assert_eq!(report.mended, ["40 × Coin was in two places"]);
    let found = audit(later.app.world());
    assert!(found.twice.is_empty());
    assert_eq!(found.counts[&def("coin")], 40);
    let again = later.app.world().resource::<UidIndex>().get(me).unwrap();
    assert!(
        later.bag(again).get(coins).is_some(),
        "in the bag, not on the ground"
    );
    let new = later.give(again, "sword", 1, 0);
    assert!(new > sword && new > coins, "no name is given twice: {new}");
}

/// The bag is on the ground with something new in it, and still in the record of who dropped it.
#[test]
fn a_save_that_holds_a_bag_twice_loses_nothing_in_it() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let sack = rig.give(hero, "sack", 1, 0);
    let inside = Place::Inside {
        bag: sack,
        pocket: 0,
    };
    let sword = rig.give(hero, "sword", 1, inside);
    let rock = rig.give(hero, "rock", 1, 0);
    let drop = DropItem {
        item: sack,
        count: None,
    };
    let whole = snapshot_world(rig.app.world());
    rig.act(ANN, me, &drop).unwrap();
    rig.act(ANN, me, &OpenContainer { container: sack })
        .unwrap();
    let put = TransferItem {
        from: me,
        item: rock,
        count: None,
        to: sack,
        compartment: None,
    };
    rig.act(ANN, me, &put).unwrap();
    let mut torn = snapshot_world(rig.app.world());
    // The record from before, but without the rock, which is only in the bag on the ground.
    let mut before = Rig::new();
    restore_world(before.app.world_mut(), &whole);
    let old_hero = before.app.world().resource::<UidIndex>().get(me).unwrap();
    let world = before.app.world_mut();
    let removed = world.transact("test.tear", |txn| {
        wayfarer_inventory::actions::remove(txn, old_hero, MovementKind::Destroyed, rock, 1)
    });
    removed.unwrap();
    let early = snapshot_world(before.app.world());
    let old = early.entities.iter().find(|record| record.uid == me);
    let at = torn.entities.iter().position(|r| r.uid == me).unwrap();
    torn.entities[at] = old.unwrap().clone();

    let mut later = Rig::new();
    let report = restore_world(later.app.world_mut(), &torn);
    assert_eq!(report.mended.len(), 2, "the sack and the sword: {report:?}");
    let found = audit(later.app.world());
    assert!(found.twice.is_empty());
    for (name, count) in [("sack", 1), ("sword", 1), ("rock", 1)] {
        assert_eq!(found.counts[&def(name)], count, "{name}");
    }
    let again = later.app.world().resource::<UidIndex>().get(me).unwrap();
    assert_eq!(later.place(again, sword), inside);
    assert_eq!(later.place(again, rock), Place::Overflow);
    assert!(later.app.world().resource::<UidIndex>().get(sack).is_none());
}
