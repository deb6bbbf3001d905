//! Dropping and picking up, and the limits for what comes from outside.

use wayfarer_core::{prelude::*, refusal::Arg};
use wayfarer_inventory::prelude::*;

use crate::rig::{ANN, Rig};

#[test]
fn taking_one_of_a_hundred_again_and_again() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let coins = rig.give(hero, "coin", 100, 0);
    let pile = rig
        .act(
            ANN,
            me,
            &DropItem {
                item: coins,
                count: None,
            },
        )
        .unwrap();
    assert_eq!(pile, coins, "all of it keeps its name");
    for left in (0..100).rev() {
        rig.act(
            ANN,
            me,
            &PickUpItem {
                item: pile,
                count: Some(1),
                to: None,
            },
        )
        .unwrap();
        assert_eq!(rig.count(hero, "coin"), 100 - left);
        rig.check_conserved();
    }
    let again = PickUpItem {
        item: pile,
        count: Some(1),
        to: None,
    };
    assert_eq!(rig.refused(ANN, me, &again).code.as_str(), "not_found");
    assert_eq!(rig.bag(hero).len(), 1, "they came together again");
}

#[test]
fn dropping_and_picking_up() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let potions = rig.give(hero, "potion", 6, 0);
    for count in [Some(0), Some(7), Some(u32::MAX)] {
        let action = DropItem {
            item: potions,
            count,
        };
        assert_eq!(
            rig.refused(ANN, me, &action).code.as_str(),
            "invalid_amount"
        );
    }
    let part = rig
        .act(
            ANN,
            me,
            &DropItem {
                item: potions,
                count: Some(4),
            },
        )
        .unwrap();
    assert_ne!(part, potions);
    // Too far away.
    rig.app
        .world_mut()
        .entity_mut(hero)
        .insert(Position::ground(50.0, 0.0));
    let pick = |to| PickUpItem {
        item: part,
        count: None,
        to,
    };
    assert_eq!(
        rig.refused(ANN, me, &pick(None)).code.as_str(),
        "out_of_reach"
    );
    rig.app
        .world_mut()
        .entity_mut(hero)
        .insert(Position::ground(2.0, 0.0));
    for (action, code) in [
        (
            PickUpItem {
                item: part,
                count: Some(0),
                to: None,
            },
            "invalid_amount",
        ),
        (
            PickUpItem {
                item: part,
                count: Some(5),
                to: None,
            },
            "invalid_amount",
        ),
        (pick(Some(Place::In(9))), "not_found"),
        (
            PickUpItem {
                item: me,
                count: None,
                to: None,
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
    rig.act(ANN, me, &pick(None)).unwrap();
    assert_eq!(rig.bag(hero).len(), 1);
    assert_eq!(rig.bag(hero).get(potions).unwrap().count, 6);
    rig.check_conserved();
}

#[test]
fn the_carry_limit_blocks_what_comes_from_outside() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    rig.give(hero, "anvil", 1, 0);
    let other = rig.hero(ANN).0;
    let second = rig.give(other, "anvil", 1, 0);
    let owner = rig.uid(other);
    rig.act(
        ANN,
        owner,
        &DropItem {
            item: second,
            count: None,
        },
    )
    .unwrap();
    let refusal = rig.refused(
        ANN,
        me,
        &PickUpItem {
            item: second,
            count: None,
            to: None,
        },
    );
    assert_eq!(refusal.code.as_str(), "exceeds_weight");
    assert_eq!(refusal.arg("would"), Some(&Arg::Number(170.0)));
    assert_eq!(refusal.arg("max"), Some(&Arg::Number(100.0)));
    rig.check_conserved();
}

#[test]
fn no_room_anywhere_is_one_reason() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    rig.give(hero, "potion", 48, 0);
    rig.give(hero, "potion", 9, 1);
    let (other, owner) = rig.hero(ANN);
    let sword = rig.give(other, "sword", 1, 0);
    // Into the backpack go fifty, and then two more stacks into the pouch.
    let anvil = rig.give(other, "anvil", 1, 0);
    for item in [sword, anvil] {
        rig.act(ANN, owner, &DropItem { item, count: None })
            .unwrap();
    }
    let pick = |item| PickUpItem {
        item,
        count: None,
        to: None,
    };
    assert_eq!(
        rig.refused(ANN, me, &pick(anvil)).code.as_str(),
        "exceeds_bulk",
        "only the backpack takes anvils"
    );
    rig.act(ANN, me, &pick(sword)).unwrap();
    assert_eq!(rig.bag(hero).get(sword).unwrap().place, Place::In(0));
    rig.act(
        ANN,
        me,
        &DropItem {
            item: sword,
            count: None,
        },
    )
    .unwrap();
    rig.give(hero, "potion", 1, 0);
    assert_eq!(
        rig.refused(ANN, me, &pick(sword)).code.as_str(),
        "insufficient_space"
    );
    rig.check_conserved();
}
