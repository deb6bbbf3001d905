//! Each action: what it does, and each reason for not doing it.

use serde::{Deserialize, Serialize};
use wayfarer_core::{ledger::{Ledger, UndoAction}, prelude::*, refusal::Arg};
use wayfarer_inventory::{ItemOp, prelude::*};

use crate::rig::{ANN, Rig, def};

fn codes(rig: &mut Rig, me: Uid, cases: &[(MoveItem, &str)]) {
    for (action, code) in cases {
        assert_eq!(rig.refused(ANN, me, action).code.as_str(), *code, "{action:?}");
    }
}

#[test]
fn moving() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let sword = rig.give(hero, "sword", 1, 0);
    let anvil = rig.give(hero, "anvil", 1, 0);
    let a = rig.give(hero, "potion", 10, 0);
    let b = rig.give(hero, "potion", 5, 0);
    let to = |item, to| MoveItem { item, to, before: None };
    let nobody = Uid::new(999).unwrap();
    codes(
        &mut rig,
        me,
        &[
            (to(sword, 2), "not_accepted"),
            (to(anvil, 1), "not_accepted"),
            (to(sword, 3), "not_found"),
            (to(sword, 255), "not_found"),
            (to(nobody, 0), "not_found"),
            (MoveItem { item: sword, to: 0, before: Some(sword) }, "same_place"),
            (MoveItem { item: sword, to: 0, before: Some(nobody) }, "not_found"),
            (MoveItem { item: sword, to: 1, before: Some(a) }, "not_found"),
        ],
    );
    // The belt holds ten: the potions fill it, and then there is no room for a sword.
    rig.act(ANN, me, &to(a, 1)).unwrap();
    let refusal = rig.refused(ANN, me, &to(sword, 1));
    assert_eq!(refusal.code.as_str(), "exceeds_bulk");
    assert_eq!(refusal.arg("would"), Some(&Arg::Number(12.0)));
    assert_eq!(refusal.arg("max"), Some(&Arg::Number(10.0)));
    // Ten potions weigh exactly a kilogram, which is what the pouch bears.
    rig.act(ANN, me, &to(a, 2)).unwrap();
    assert_eq!(rig.refused(ANN, me, &to(b, 2)).code.as_str(), "exceeds_weight");

    // Order: to the front, to the middle, to the end.
    let order = |rig: &Rig| -> Vec<Uid> {
        rig.bag(hero).in_compartment(0).map(|item| item.uid).collect()
    };
    assert_eq!(order(&rig), [sword, anvil, b]);
    for (item, before, expected) in [
        (b, Some(sword), [b, sword, anvil]),
        (b, Some(anvil), [sword, b, anvil]),
        (sword, None, [b, anvil, sword]),
        (sword, None, [b, anvil, sword]),
        (anvil, Some(sword), [b, anvil, sword]),
    ] {
        rig.act(ANN, me, &MoveItem { item, to: 0, before }).unwrap();
        assert_eq!(order(&rig), expected);
    }
    // Any number of times, although the numbers between two items run out.
    for _ in 0..40 {
        rig.act(ANN, me, &MoveItem { item: sword, to: 0, before: Some(anvil) }).unwrap();
        assert_eq!(order(&rig), [b, sword, anvil]);
        rig.act(ANN, me, &MoveItem { item: b, to: 0, before: Some(anvil) }).unwrap();
        assert_eq!(order(&rig), [sword, b, anvil]);
        rig.act(ANN, me, &MoveItem { item: b, to: 0, before: Some(sword) }).unwrap();
    }
    rig.check_conserved();
}

#[test]
fn stacks_split_and_merge() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let coins = rig.give(hero, "coin", 100, 0);
    let split = |count| SplitStack { item: coins, count, to: None };
    for count in [0, 100, 101, u32::MAX] {
        assert_eq!(rig.refused(ANN, me, &split(count)).code.as_str(), "invalid_amount");
    }
    let part = rig.act(ANN, me, &split(30)).unwrap();
    assert_eq!(rig.bag(hero).get(part).unwrap().count, 30);
    assert_eq!(rig.bag(hero).get(coins).unwrap().count, 70);

    let merge = |from, into, count| MergeStacks { from, into, count };
    let sword = rig.give(hero, "sword", 1, 0);
    let nobody = Uid::new(999).unwrap();
    for (action, code) in [
        (merge(part, part, None), "same_place"),
        (merge(part, sword, None), "cannot_stack"),
        (merge(part, coins, Some(0)), "invalid_amount"),
        (merge(part, coins, Some(31)), "invalid_amount"),
        (merge(part, nobody, None), "not_found"),
        (merge(nobody, part, None), "not_found"),
    ] {
        assert_eq!(rig.refused(ANN, me, &action).code.as_str(), code, "{action:?}");
    }
    assert_eq!(rig.act(ANN, me, &merge(part, coins, Some(10))), Ok(10));
    assert_eq!(rig.act(ANN, me, &merge(part, coins, None)), Ok(20));
    assert!(rig.bag(hero).get(part).is_none());
    assert_eq!(rig.bag(hero).get(coins).unwrap().count, 100);

    // Only as many as there is room for.
    let full = rig.give(hero, "potion", 10, 0);
    let some = rig.give(hero, "potion", 7, 0);
    let other = rig.act(ANN, me, &SplitStack { item: full, count: 4, to: None }).unwrap();
    assert_eq!(rig.act(ANN, me, &merge(some, other, None)), Ok(6));
    assert_eq!(rig.bag(hero).get(some).unwrap().count, 1);
    assert_eq!(rig.refused(ANN, me, &merge(some, other, None)).code.as_str(), "cannot_stack");
    // The pouch has room for two stacks.
    rig.act(ANN, me, &MoveItem { item: some, to: 2, before: None }).unwrap();
    rig.act(ANN, me, &SplitStack { item: full, count: 1, to: Some(2) }).unwrap();
    let third = SplitStack { item: full, count: 1, to: Some(2) };
    let refusal = rig.refused(ANN, me, &third);
    assert_eq!(refusal.code.as_str(), "exceeds_count");
    assert_eq!(refusal.arg("would"), Some(&Arg::Number(3.0)));
    rig.check_conserved();
}

#[test]
fn taking_one_of_a_hundred_again_and_again() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let coins = rig.give(hero, "coin", 100, 0);
    let pile = rig.act(ANN, me, &DropItem { item: coins, count: None }).unwrap();
    assert_eq!(pile, coins, "all of it keeps its name");
    for left in (0..100).rev() {
        rig.act(ANN, me, &PickUpItem { item: pile, count: Some(1), to: None }).unwrap();
        assert_eq!(rig.count(hero, "coin"), 100 - left);
        rig.check_conserved();
    }
    let again = PickUpItem { item: pile, count: Some(1), to: None };
    assert_eq!(rig.refused(ANN, me, &again).code.as_str(), "not_found");
    assert_eq!(rig.bag(hero).len(), 1, "they came together again");
}

#[test]
fn dropping_and_picking_up() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let potions = rig.give(hero, "potion", 6, 0);
    for count in [Some(0), Some(7), Some(u32::MAX)] {
        let action = DropItem { item: potions, count };
        assert_eq!(rig.refused(ANN, me, &action).code.as_str(), "invalid_amount");
    }
    let part = rig.act(ANN, me, &DropItem { item: potions, count: Some(4) }).unwrap();
    assert_ne!(part, potions);
    // Too far away.
    rig.app.world_mut().entity_mut(hero).insert(Position::ground(50.0, 0.0));
    let pick = |to| PickUpItem { item: part, count: None, to };
    assert_eq!(rig.refused(ANN, me, &pick(None)).code.as_str(), "out_of_reach");
    rig.app.world_mut().entity_mut(hero).insert(Position::ground(2.0, 0.0));
    for (action, code) in [
        (PickUpItem { item: part, count: Some(0), to: None }, "invalid_amount"),
        (PickUpItem { item: part, count: Some(5), to: None }, "invalid_amount"),
        (pick(Some(9)), "not_found"),
        (PickUpItem { item: me, count: None, to: None }, "not_found"),
    ] {
        assert_eq!(rig.refused(ANN, me, &action).code.as_str(), code, "{action:?}");
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
    rig.act(ANN, owner, &DropItem { item: second, count: None }).unwrap();
    let refusal = rig.refused(ANN, me, &PickUpItem { item: second, count: None, to: None });
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
        rig.act(ANN, owner, &DropItem { item, count: None }).unwrap();
    }
    let pick = |item| PickUpItem { item, count: None, to: None };
    assert_eq!(
        rig.refused(ANN, me, &pick(anvil)).code.as_str(),
        "exceeds_bulk",
        "only the backpack takes anvils"
    );
    rig.act(ANN, me, &pick(sword)).unwrap();
    assert_eq!(rig.bag(hero).get(sword).unwrap().place, Place::In(0));
    rig.act(ANN, me, &DropItem { item: sword, count: None }).unwrap();
    rig.give(hero, "potion", 1, 0);
    assert_eq!(rig.refused(ANN, me, &pick(sword)).code.as_str(), "insufficient_space");
    rig.check_conserved();
}

#[test]
fn sorting() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let potion = rig.give(hero, "potion", 1, 0);
    let sword = rig.give(hero, "sword", 1, 0);
    let rock = rig.give(hero, "rock", 9, 0);
    let coin = rig.give(hero, "coin", 1, 0);
    for (by, expected) in [
        (SortBy::Name, [coin, potion, rock, sword]),
        (SortBy::Weight, [rock, sword, potion, coin]),
        (SortBy::Kind, [coin, rock, potion, sword]),
        (SortBy::Kind, [coin, rock, potion, sword]),
    ] {
        rig.act(ANN, me, &SortItems { compartment: 0, by }).unwrap();
        let order: Vec<Uid> = rig.bag(hero).in_compartment(0).map(|i| i.uid).collect();
        assert_eq!(order, expected, "{by:?}");
    }
    let nowhere = SortItems { compartment: 9, by: SortBy::Name };
    assert_eq!(rig.refused(ANN, me, &nowhere).code.as_str(), "not_found");
}

#[test]
fn granting_and_destroying() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let grant = |count| GrantItem { to: me, def: def("feather"), count, compartment: None };
    assert_eq!(
        rig.refused(ANN, me, &grant(1)).code.as_str(),
        "not_authorised",
        "players do not make things"
    );
    let world = rig.app.world_mut();
    world.act(PlayerId::LOCAL, None, &grant(1_500_000)).unwrap();
    assert_eq!(rig.count(hero, "feather"), 1_500_000);
    assert_eq!(rig.bag(hero).len(), 2, "in stacks of a million");
    let unknown = GrantItem { def: DefId(1), ..grant(1) };
    for (action, code) in [
        (grant(0), "invalid_amount"),
        (grant(u32::MAX), "invalid_amount"),
        (GrantItem { def: def("potion"), ..grant(u32::MAX) }, "invalid_amount"),
        (GrantItem { def: def("potion"), ..grant(60) }, "insufficient_space"),
        (GrantItem { def: def("anvil"), ..grant(2) }, "exceeds_weight"),
        (unknown, "template_unavailable"),
        (GrantItem { to: Uid::new(999).unwrap(), ..grant(1) }, "not_found"),
    ] {
        let refusal = rig.refused(PlayerId::LOCAL, me, &action);
        // Five thousand stacks are refused as an amount before anything is made.
        assert_eq!(refusal.code.as_str(), code, "{action:?}");
    }
    let feathers = rig.bag(hero).iter().next().unwrap().uid;
    for count in [Some(0), Some(u32::MAX)] {
        let action = DestroyItem { item: feathers, count };
        assert_eq!(rig.refused(ANN, me, &action).code.as_str(), "invalid_amount");
    }
    rig.act(ANN, me, &DestroyItem { item: feathers, count: Some(1) }).unwrap();
    rig.act(ANN, me, &DestroyItem { item: feathers, count: None }).unwrap();
    assert_eq!(rig.count(hero, "feather"), 500_000);
    rig.check_conserved();
}

#[derive(Serialize, Deserialize, Debug)]
struct Wear(u16);

impl ItemExt for Wear {
    const NAME: &'static str = "rig.wear";
}

#[test]
fn two_alike_things_with_different_wear_stay_apart() {
    let mut rig = Rig::with(|app| {
        app.register_item_ext::<Wear>();
    });
    let (hero, me) = rig.hero(ANN);
    let new = rig.give(hero, "rock", 3, 0);
    let old = rig.act(ANN, me, &SplitStack { item: new, count: 1, to: None }).unwrap();
    let worn = postcard::to_stdvec(&Wear(7)).unwrap();
    rig.app
        .world_mut()
        .transact("test.wear", |txn| {
            let bytes = Some(serde_bytes::ByteBuf::from(worn));
            txn.op::<Inventory>(hero, ItemOp::SetExt { uid: old, kind: Wear::kind(), bytes })
        })
        .unwrap();
    let merge = MergeStacks { from: old, into: new, count: None };
    assert_eq!(rig.refused(ANN, me, &merge).code.as_str(), "cannot_stack");
    // Nor do they join when they are picked up.
    rig.act(ANN, me, &DropItem { item: old, count: None }).unwrap();
    rig.act(ANN, me, &PickUpItem { item: old, count: None, to: None }).unwrap();
    assert_eq!(rig.bag(hero).len(), 2);
    assert_eq!(rig.bag(hero).get(old).unwrap().ext::<Wear>().unwrap().0, 7);
    rig.check_conserved();
}

#[test]
fn a_game_adds_constraints() {
    const BOUND: Code = Code::new("game.bound");
    let mut rig = Rig::with(|app| {
        app.register_item_constraint("game.bound", |view, planned| {
            let weapon = view.def(planned.item)?.has_tag("weapon");
            match planned.purpose {
                Purpose::Drop | Purpose::Give | Purpose::Destroy if weapon => Err(BOUND.into()),
                _ => Ok(()),
            }
        });
    });
    let (hero, me) = rig.hero(ANN);
    let sword = rig.give(hero, "sword", 1, 0);
    let drop = DropItem { item: sword, count: None };
    assert_eq!(rig.refused(ANN, me, &drop).code, BOUND);
    let destroy = DestroyItem { item: sword, count: None };
    assert_eq!(rig.refused(ANN, me, &destroy).code, BOUND);
    rig.act(ANN, me, &MoveItem { item: sword, to: 1, before: None }).unwrap();
}

#[test]
fn the_game_master_undoes_a_move() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let sword = rig.give(hero, "sword", 1, 0);
    let before = rig.bag(hero).get(sword).cloned();
    rig.act(ANN, me, &MoveItem { item: sword, to: 1, before: None }).unwrap();
    let sequence = rig.app.world().resource::<Ledger>().next_sequence() - 1;
    rig.act(PlayerId::LOCAL, me, &UndoAction { sequence }).unwrap();
    assert_eq!(rig.bag(hero).get(sword).cloned(), before);
    rig.check_conserved();
}
