//! Chests: who opens them, who takes what, and what happens when somebody walks away.

use wayfarer_core::prelude::*;
use wayfarer_inventory::{container::OpenContainers, prelude::*};

use crate::rig::{ANN, BOB, Rig};

#[test]
fn what_is_not_open_is_closed() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let (chest, uid) = rig.chest(1.0);
    let sword = rig.give(chest, "sword", 1, 0);
    let take = TransferItem {
        from: uid,
        item: sword,
        count: None,
        to: me,
        compartment: None,
    };
    assert_eq!(rig.refused(ANN, me, &take).code.as_str(), "not_open");
    rig.act(ANN, me, &OpenContainer { container: uid }).unwrap();
    rig.act(ANN, me, &OpenContainer { container: uid }).unwrap();
    assert!(rig.app.world().get::<Container>(chest).unwrap().open);
    let viewers = rig.app.world().get::<Viewers>(chest).unwrap();
    assert!(viewers.0.contains(&ANN) && viewers.0.len() == 1);

    // Bob stands beside it and has not opened it.
    let (_, bob) = rig.hero(BOB);
    let steal = TransferItem { to: bob, ..take };
    assert_eq!(rig.refused(BOB, bob, &steal).code.as_str(), "not_open");
    // Nor may he use Ann's bag.
    let from_ann = TransferItem {
        from: me,
        to: bob,
        ..take
    };
    assert_eq!(rig.refused(BOB, bob, &from_ann).code.as_str(), "not_owner");

    rig.act(ANN, me, &take).unwrap();
    assert!(rig.bag(hero).get(sword).is_some() && rig.bag(chest).is_empty());
    let back = TransferItem {
        from: me,
        to: uid,
        ..take
    };
    rig.act(ANN, me, &back).unwrap();
    assert!(rig.bag(chest).get(sword).is_some());
    for (action, code) in [
        (
            TransferItem {
                from: uid,
                to: uid,
                ..take
            },
            "same_place",
        ),
        (
            TransferItem {
                count: Some(0),
                ..take
            },
            "invalid_amount",
        ),
        (
            TransferItem {
                count: Some(2),
                ..take
            },
            "invalid_amount",
        ),
        (TransferItem { item: me, ..take }, "not_found"),
        (
            TransferItem {
                from: sword,
                ..take
            },
            "not_found",
        ),
        (
            TransferItem {
                compartment: Some(Place::In(2)),
                ..take
            },
            "not_accepted",
        ),
        (
            TransferItem {
                compartment: Some(Place::In(77)),
                ..take
            },
            "not_found",
        ),
    ] {
        assert_eq!(
            rig.refused(ANN, me, &action).code.as_str(),
            code,
            "{action:?}"
        );
    }
    rig.act(ANN, me, &CloseContainer { container: uid })
        .unwrap();
    rig.act(ANN, me, &CloseContainer { container: uid })
        .unwrap();
    assert!(!rig.app.world().get::<Container>(chest).unwrap().open);
    assert_eq!(rig.refused(ANN, me, &take).code.as_str(), "not_open");
    rig.check_conserved();
}

#[test]
fn walking_away_closes_it() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let (_, bob) = rig.hero(BOB);
    let (chest, uid) = rig.chest(1.0);
    for (player, actor) in [(ANN, me), (BOB, bob)] {
        rig.act(player, actor, &OpenContainer { container: uid })
            .unwrap();
    }
    rig.app
        .world_mut()
        .entity_mut(hero)
        .insert(Position::ground(30.0, 0.0));
    rig.tick();
    let viewers = rig.app.world().get::<Viewers>(chest).unwrap();
    assert_eq!(viewers.0.iter().collect::<Vec<_>>(), [&BOB]);
    assert!(
        rig.app.world().get::<Container>(chest).unwrap().open,
        "Bob still looks"
    );
    let open = OpenContainer { container: uid };
    assert_eq!(rig.refused(ANN, me, &open).code.as_str(), "out_of_reach");
    // A chest that is gone, or a viewer that is gone, is forgotten.
    rig.app.world_mut().despawn(chest);
    rig.tick();
    assert_eq!(
        rig.app.world().resource::<OpenContainers>().iter().count(),
        0
    );
}

#[test]
fn an_owned_chest_opens_for_its_owner() {
    let mut rig = Rig::new();
    let (_, me) = rig.hero(ANN);
    let (_, bob) = rig.hero(BOB);
    let (chest, uid) = rig.chest(1.0);
    rig.app.world_mut().entity_mut(chest).insert(Owner(BOB));
    let open = OpenContainer { container: uid };
    assert_eq!(rig.refused(ANN, me, &open).code.as_str(), "not_owner");
    rig.act(BOB, bob, &open).unwrap();
    let not_a_chest = OpenContainer { container: me };
    assert_eq!(
        rig.refused(ANN, me, &not_a_chest).code.as_str(),
        "not_found"
    );
}

#[test]
fn a_transfer_happens_on_both_sides_or_on_none() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let (chest, uid) = rig.chest(0.0);
    let anvil = rig.give(chest, "anvil", 1, 0);
    let rocks = rig.give(chest, "rock", 10, 0);
    rig.act(ANN, me, &OpenContainer { container: uid }).unwrap();
    rig.give(hero, "potion", 30, 0);
    let take = |item, count| TransferItem {
        from: uid,
        item,
        count,
        to: me,
        compartment: Some(Place::In(0)),
    };
    assert_eq!(
        rig.refused(ANN, me, &take(anvil, None)).code.as_str(),
        "exceeds_bulk"
    );
    rig.act(ANN, me, &take(rocks, Some(4))).unwrap();
    rig.act(ANN, me, &take(rocks, Some(4))).unwrap();
    assert_eq!((rig.count(hero, "rock"), rig.count(chest, "rock")), (8, 2));
    let in_bag = rig
        .bag(hero)
        .iter()
        .filter(|i| i.def == crate::rig::def("rock"));
    assert_eq!(in_bag.count(), 1, "they join one stack");
    rig.check_conserved();
}

#[test]
fn a_loaded_chest_is_closed() {
    let mut rig = Rig::new();
    let (_, me) = rig.hero(ANN);
    let (_, uid) = rig.chest(0.0);
    rig.act(ANN, me, &OpenContainer { container: uid }).unwrap();
    let saved = wayfarer_core::state::snapshot_world(rig.app.world());
    let mut later = Rig::new();
    let report = wayfarer_core::state::restore_world(later.app.world_mut(), &saved);
    assert!(report.problems.is_empty(), "{report:?}");
    let chest = later.app.world().resource::<UidIndex>().get(uid).unwrap();
    assert!(!later.app.world().get::<Container>(chest).unwrap().open);
}
