//! Each action: what it does, and each reason for not doing it.

use wayfarer_core::{
    ledger::{Ledger, UndoAction},
    prelude::*,
    refusal::Arg,
};
use wayfarer_inventory::prelude::*;

use crate::rig::{ANN, Rig, def};

fn codes(rig: &mut Rig, me: Uid, cases: &[(MoveItem, &str)]) {
    for (action, code) in cases {
        assert_eq!(
            rig.refused(ANN, me, action).code.as_str(),
            *code,
            "{action:?}"
        );
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
    let to = |item, to: u8| MoveItem {
        item,
        to: Place::In(to),
        before: None,
    };
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
            (
                MoveItem {
                    item: sword,
                    to: Place::In(0),
                    before: Some(sword),
                },
                "same_place",
            ),
            (
                MoveItem {
                    item: sword,
                    to: Place::In(0),
                    before: Some(nobody),
                },
                "not_found",
            ),
            (
                MoveItem {
                    item: sword,
                    to: Place::In(1),
                    before: Some(a),
                },
                "not_found",
            ),
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
    assert_eq!(
        rig.refused(ANN, me, &to(b, 2)).code.as_str(),
        "exceeds_weight"
    );

    // Order: to the front, to the middle, to the end.
    let order = |rig: &Rig| -> Vec<Uid> {
        rig.bag(hero)
            .in_compartment(0)
            .map(|item| item.uid)
            .collect()
    };
    assert_eq!(order(&rig), [sword, anvil, b]);
    for (item, before, expected) in [
        (b, Some(sword), [b, sword, anvil]),
        (b, Some(anvil), [sword, b, anvil]),
        (sword, None, [b, anvil, sword]),
        (sword, None, [b, anvil, sword]),
        (anvil, Some(sword), [b, anvil, sword]),
    ] {
        rig.act(
            ANN,
            me,
            &MoveItem {
                item,
                to: Place::In(0),
                before,
            },
        )
        .unwrap();
        assert_eq!(order(&rig), expected);
    }
    // Any number of times, although the numbers between two items run out.
    for _ in 0..40 {
        rig.act(
            ANN,
            me,
            &MoveItem {
                item: sword,
                to: Place::In(0),
                before: Some(anvil),
            },
        )
        .unwrap();
        assert_eq!(order(&rig), [b, sword, anvil]);
        rig.act(
            ANN,
            me,
            &MoveItem {
                item: b,
                to: Place::In(0),
                before: Some(anvil),
            },
        )
        .unwrap();
        assert_eq!(order(&rig), [sword, b, anvil]);
        rig.act(
            ANN,
            me,
            &MoveItem {
                item: b,
                to: Place::In(0),
                before: Some(sword),
            },
        )
        .unwrap();
    }
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
        rig.act(
            ANN,
            me,
            &SortItems {
                compartment: Some(Place::In(0)),
                by,
            },
        )
        .unwrap();
        let order: Vec<Uid> = rig.bag(hero).in_compartment(0).map(|i| i.uid).collect();
        assert_eq!(order, expected, "{by:?}");
    }
    let nowhere = SortItems {
        compartment: Some(Place::In(9)),
        by: SortBy::Name,
    };
    assert_eq!(rig.refused(ANN, me, &nowhere).code.as_str(), "not_found");
}

#[test]
fn granting_and_destroying() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let grant = |count| GrantItem {
        to: me,
        def: def("feather"),
        count,
        compartment: None,
    };
    assert_eq!(
        rig.refused(ANN, me, &grant(1)).code.as_str(),
        "not_authorised",
        "players do not make things"
    );
    let world = rig.app.world_mut();
    world.act(PlayerId::LOCAL, None, &grant(1_500_000)).unwrap();
    assert_eq!(rig.count(hero, "feather"), 1_500_000);
    assert_eq!(rig.bag(hero).len(), 2, "in stacks of a million");
    let unknown = GrantItem {
        def: DefId(1),
        ..grant(1)
    };
    for (action, code) in [
        (grant(0), "invalid_amount"),
        (grant(u32::MAX), "invalid_amount"),
        (
            GrantItem {
                def: def("potion"),
                ..grant(u32::MAX)
            },
            "invalid_amount",
        ),
        (
            GrantItem {
                def: def("potion"),
                ..grant(60)
            },
            "insufficient_space",
        ),
        (
            GrantItem {
                def: def("anvil"),
                ..grant(2)
            },
            "exceeds_weight",
        ),
        (unknown, "template_unavailable"),
        (
            GrantItem {
                to: Uid::new(999).unwrap(),
                ..grant(1)
            },
            "not_found",
        ),
    ] {
        let refusal = rig.refused(PlayerId::LOCAL, me, &action);
        // Five thousand stacks are refused as an amount before anything is made.
        assert_eq!(refusal.code.as_str(), code, "{action:?}");
    }
    let feathers = rig.bag(hero).iter().next().unwrap().uid;
    for count in [Some(0), Some(u32::MAX)] {
        let action = DestroyItem {
            item: feathers,
            count,
        };
        assert_eq!(
            rig.refused(ANN, me, &action).code.as_str(),
            "invalid_amount"
        );
    }
    rig.act(
        ANN,
        me,
        &DestroyItem {
            item: feathers,
            count: Some(1),
        },
    )
    .unwrap();
    rig.act(
        ANN,
        me,
        &DestroyItem {
            item: feathers,
            count: None,
        },
    )
    .unwrap();
    assert_eq!(rig.count(hero, "feather"), 500_000);
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
    let drop = DropItem {
        item: sword,
        count: None,
    };
    assert_eq!(rig.refused(ANN, me, &drop).code, BOUND);
    let destroy = DestroyItem {
        item: sword,
        count: None,
    };
    assert_eq!(rig.refused(ANN, me, &destroy).code, BOUND);
    rig.act(
        ANN,
        me,
        &MoveItem {
            item: sword,
            to: Place::In(1),
            before: None,
        },
    )
    .unwrap();
}

#[test]
fn the_game_master_undoes_a_move() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let sword = rig.give(hero, "sword", 1, 0);
    let before = rig.bag(hero).get(sword).cloned();
    rig.act(
        ANN,
        me,
        &MoveItem {
            item: sword,
            to: Place::In(1),
            before: None,
        },
    )
    .unwrap();
    let sequence = rig.app.world().resource::<Ledger>().next_sequence() - 1;
    rig.act(PlayerId::LOCAL, me, &UndoAction { sequence })
        .unwrap();
    assert_eq!(rig.bag(hero).get(sword).cloned(), before);
    rig.check_conserved();
}
