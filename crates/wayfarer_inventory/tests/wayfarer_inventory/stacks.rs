//! Splitting and merging, and what extensions have to say about it.

use serde::{Deserialize, Serialize};
use wayfarer_core::{prelude::*, refusal::Arg};
use wayfarer_inventory::{ItemOp, prelude::*};

use crate::rig::{ANN, Rig};

#[test]
fn stacks_split_and_merge() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let coins = rig.give(hero, "coin", 100, 0);
    let split = |count| SplitStack {
        item: coins,
        count,
        to: None,
    };
    for count in [0, 100, 101, u32::MAX] {
        assert_eq!(
            rig.refused(ANN, me, &split(count)).code.as_str(),
            "invalid_amount"
        );
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
        assert_eq!(
            rig.refused(ANN, me, &action).code.as_str(),
            code,
            "{action:?}"
        );
    }
    assert_eq!(rig.act(ANN, me, &merge(part, coins, Some(10))), Ok(10));
    assert_eq!(rig.act(ANN, me, &merge(part, coins, None)), Ok(20));
    assert!(rig.bag(hero).get(part).is_none());
    assert_eq!(rig.bag(hero).get(coins).unwrap().count, 100);

    // Only as many as there is room for.
    let full = rig.give(hero, "potion", 10, 0);
    let some = rig.give(hero, "potion", 7, 0);
    let other = rig
        .act(
            ANN,
            me,
            &SplitStack {
                item: full,
                count: 4,
                to: None,
            },
        )
        .unwrap();
    assert_eq!(rig.act(ANN, me, &merge(some, other, None)), Ok(6));
    assert_eq!(rig.bag(hero).get(some).unwrap().count, 1);
    assert_eq!(
        rig.refused(ANN, me, &merge(some, other, None))
            .code
            .as_str(),
        "cannot_stack"
    );
    // The pouch has room for two stacks.
    rig.act(
        ANN,
        me,
        &MoveItem {
            item: some,
            to: Place::In(2),
            before: None,
        },
    )
    .unwrap();
    rig.act(
        ANN,
        me,
        &SplitStack {
            item: full,
            count: 1,
            to: Some(Place::In(2)),
        },
    )
    .unwrap();
    let third = SplitStack {
        item: full,
        count: 1,
        to: Some(Place::In(2)),
    };
    let refusal = rig.refused(ANN, me, &third);
    assert_eq!(refusal.code.as_str(), "exceeds_count");
    assert_eq!(refusal.arg("would"), Some(&Arg::Number(3.0)));
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
    let old = rig
        .act(
            ANN,
            me,
            &SplitStack {
                item: new,
                count: 1,
                to: None,
            },
        )
        .unwrap();
    let worn = postcard::to_stdvec(&Wear(7)).unwrap();
    rig.app
        .world_mut()
        .transact("test.wear", |txn| {
            let bytes = Some(serde_bytes::ByteBuf::from(worn));
            txn.op::<Inventory>(
                hero,
                ItemOp::SetExt {
                    uid: old,
                    kind: Wear::kind(),
                    bytes,
                },
            )
        })
        .unwrap();
    let merge = MergeStacks {
        from: old,
        into: new,
        count: None,
    };
    assert_eq!(rig.refused(ANN, me, &merge).code.as_str(), "cannot_stack");
    // Nor do they join when they are picked up.
    rig.act(
        ANN,
        me,
        &DropItem {
            item: old,
            count: None,
        },
    )
    .unwrap();
    rig.act(
        ANN,
        me,
        &PickUpItem {
            item: old,
            count: None,
            to: None,
        },
    )
    .unwrap();
    assert_eq!(rig.bag(hero).len(), 2);
    assert_eq!(rig.bag(hero).get(old).unwrap().ext::<Wear>().unwrap().0, 7);
    rig.check_conserved();
}
