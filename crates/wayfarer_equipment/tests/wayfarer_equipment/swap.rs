//! Swaps: what gives way, where it goes, and that a swap that can not be done does nothing.

use wayfarer_core::prelude::*;
use wayfarer_equipment::prelude::*;
use wayfarer_inventory::prelude::*;

use crate::rig::{Rig, def};

#[test]
fn a_swap_in_a_full_bag_works() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero();
    let sword = rig.give(hero, "sword", 1, 0);
    rig.equip(me, sword, "main").unwrap();
    rig.ticks(40);
    let other = rig.give(hero, "sword", 1, 0);
    rig.give(hero, "rock", 10, 0);
    assert_eq!(
        rig.bag(hero).tally(0).bulk.to_f32(),
        12.0,
        "full to the brim"
    );
    rig.equip(me, other, "main").unwrap();
    assert_eq!(rig.worn(hero, "main"), Some(other));
    assert_eq!(rig.bag(hero).get(sword).unwrap().place, Place::In(0));
    assert_eq!(rig.bag(hero).tally(0).bulk.to_f32(), 12.0);
    assert_eq!(rig.stat(hero, "attack"), 5.0);
    rig.check(hero);
}

#[test]
fn the_old_goes_where_the_new_came_from_or_wherever_it_fits() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero();
    let sword = rig.give(hero, "sword", 1, 0);
    rig.equip(me, sword, "main").unwrap();
    rig.ticks(40);
    let other = rig.give(hero, "sword", 1, 1);
    rig.equip(me, other, "main").unwrap();
    assert_eq!(
        rig.bag(hero).get(sword).unwrap().place,
        Place::In(1),
        "into the pouch"
    );
    rig.ticks(40);
    // The greataxe is too bulky for the pouch that the sword comes from.
    let great = rig.give(hero, "greataxe", 1, 0);
    rig.equip(me, great, "main").unwrap();
    rig.ticks(100);
    rig.equip(me, sword, "main").unwrap();
    assert_eq!(rig.bag(hero).get(great).unwrap().place, Place::In(0));
    rig.check(hero);
}

#[test]
fn a_two_handed_thing_displaces_two_or_nothing() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero();
    let sword = rig.give(hero, "sword", 1, 0);
    let shield = rig.give(hero, "shield", 1, 0);
    rig.equip(me, sword, "main").unwrap();
    rig.equip(me, shield, "off").unwrap();
    rig.ticks(40);
    let great = rig.give(hero, "greataxe", 1, 0);
    let rocks = rig.give(hero, "rock", 6, 0);
    rig.give(hero, "helm", 1, 1);
    // The axe leaves 6 free; sword and shield take 5.
    assert_eq!(rig.try_equip(hero, me, great, "main"), "ok");
    assert_eq!(rig.worn(hero, "off"), None);
    assert_eq!(
        (rig.stat(hero, "attack"), rig.stat(hero, "guard")),
        (11.0, 0.0)
    );
    rig.check(hero);

    // Back to sword and shield: the off hand is not locked by what was put into the other.
    rig.ticks(100);
    rig.act(
        me,
        &DropItem {
            item: rocks,
            count: None,
        },
    )
    .unwrap();
    rig.equip(me, sword, "main").unwrap();
    rig.equip(me, shield, "off").unwrap();
    rig.ticks(100);
    // In a bag that has shrunk there is room for one of the two, and none in the pouch.
    rig.give(hero, "rock", 6, 0);
    rig.give(hero, "crown", 1, 1);
    let smaller = r#"{ "t:bag": (extends: "t:bag", max_bulk: 10) }"#;
    rig.pack.set(
        "patch",
        "pack.ron",
        r#"(name: "patch", version: "1", depends: ["t"])"#,
    );
    rig.pack.set("patch", "compartments/a.ron", smaller);
    rig.app.load_content_now().unwrap();
    rig.ticks(1);
    assert_eq!(rig.try_equip(hero, me, great, "main"), "insufficient_space");
    assert_eq!(
        (rig.worn(hero, "main"), rig.worn(hero, "off")),
        (Some(sword), Some(shield))
    );
    assert_eq!(
        (rig.stat(hero, "attack"), rig.stat(hero, "guard")),
        (5.0, 2.0)
    );
    rig.check(hero);
}

#[test]
fn a_swap_that_does_not_fit_changes_nothing() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero();
    let great = rig.give(hero, "greataxe", 1, 0);
    rig.equip(me, great, "main").unwrap();
    rig.ticks(100);
    let sword = rig.give(hero, "sword", 1, 0);
    rig.give(hero, "rock", 10, 0);
    // 2 leave, 6 would come.
    assert_eq!(rig.try_equip(hero, me, sword, "main"), "insufficient_space");
    assert_eq!(rig.worn(hero, "main"), Some(great));
    assert_eq!(rig.stat(hero, "attack"), 11.0);
    // Exactly as much as is free does fit.
    let rocks = rig
        .bag(hero)
        .iter()
        .find(|i| i.def == def("rock"))
        .unwrap()
        .uid;
    rig.act(
        me,
        &DropItem {
            item: rocks,
            count: Some(4),
        },
    )
    .unwrap();
    assert_eq!(rig.try_equip(hero, me, sword, "main"), "ok");
    rig.check(hero);
}

#[test]
fn slots_change_places() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero();
    let a = rig.give(hero, "sword", 1, 0);
    let b = rig.give(hero, "sword", 1, 0);
    let swap = |from: &str, to: &str| SwapSlots {
        from: def(from),
        to: def(to),
    };
    assert_eq!(
        rig.refused(me, &swap("main", "off")).code.as_str(),
        "slot_empty"
    );
    rig.equip(me, a, "main").unwrap();
    rig.equip(me, b, "off").unwrap();
    assert_eq!(
        rig.refused(me, &swap("main", "off")).code.as_str(),
        "equip_locked"
    );
    rig.ticks(40);
    for (action, code) in [
        (swap("main", "main"), "same_place"),
        (swap("main", "head"), "illegal_slot"),
        (swap("head", "main"), "slot_empty"),
        (swap("nowhere", "main"), "slot_empty"),
        (swap("main", "nowhere"), "illegal_slot"),
    ] {
        assert_eq!(rig.refused(me, &action).code.as_str(), code, "{action:?}");
    }
    rig.act(me, &swap("main", "off")).unwrap();
    assert_eq!(
        (rig.worn(hero, "main"), rig.worn(hero, "off")),
        (Some(b), Some(a))
    );
    assert_eq!(
        rig.refused(me, &swap("main", "off")).code.as_str(),
        "equip_locked"
    );
    rig.ticks(40);
    // Into an empty slot; and not past something that is only allowed in one.
    rig.act(
        me,
        &UnequipItem {
            slot: def("off"),
            compartment: None,
        },
    )
    .unwrap();
    rig.act(me, &swap("main", "off")).unwrap();
    assert_eq!(
        (rig.worn(hero, "main"), rig.worn(hero, "off")),
        (None, Some(b))
    );
    rig.ticks(40);
    rig.act(me, &swap("off", "main")).unwrap();
    rig.ticks(40);
    let shield = rig.give(hero, "shield", 1, 0);
    rig.equip(me, shield, "off").unwrap();
    rig.ticks(40);
    assert_eq!(
        rig.refused(me, &swap("main", "off")).code.as_str(),
        "illegal_slot"
    );
    rig.check(hero);
}

#[test]
fn a_worn_ring_goes_to_the_other_hand() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero();
    let ring = rig.give(hero, "ring", 1, 0);
    rig.equip(me, ring, "left").unwrap();
    assert_eq!(rig.try_equip(hero, me, ring, "right"), "equip_locked");
    rig.ticks(40);
    assert_eq!(rig.try_equip(hero, me, ring, "right"), "ok");
    assert_eq!(rig.worn(hero, "left"), None);
    assert_eq!(rig.stat(hero, "melee"), 10.0);
    rig.check(hero);
}

/// What is in a bag stays in it whatever is done with the bag, and no bag ends up in itself.
#[test]
fn bags_are_worn_with_what_is_in_them() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero();
    let [outer, inner] = [0, 0].map(|at| rig.give(hero, "sack", 1, at));
    let inside = |bag| Place::Inside { bag, pocket: 0 };
    let put = |item, to| MoveItem {
        item,
        to,
        before: None,
    };
    let sword = rig.give(hero, "sword", 1, 0);
    rig.act(me, &put(sword, inside(inner))).unwrap();
    rig.act(me, &put(inner, inside(outer))).unwrap();
    let weight = rig.bag(hero).total().weight;
    rig.equip(me, outer, "left").unwrap();
    rig.ticks(40);
    // The one that is in it takes its place: the outer one can not go where the inner one was.
    rig.equip(me, inner, "left").unwrap();
    assert_eq!(rig.worn(hero, "left"), Some(inner));
    let place = |rig: &Rig, uid| rig.bag(hero).get(uid).unwrap().place;
    assert_eq!(place(&rig, outer), Place::In(0));
    assert_eq!(place(&rig, sword), inside(inner));
    rig.ticks(40);
    rig.equip(me, outer, "right").unwrap();
    rig.ticks(40);
    let swap = SwapSlots {
        from: def("left"),
        to: def("right"),
    };
    rig.act(me, &swap).unwrap();
    assert_eq!(
        (rig.worn(hero, "right"), rig.worn(hero, "left")),
        (Some(inner), Some(outer))
    );
    assert_eq!(place(&rig, sword), inside(inner));
    rig.ticks(40);
    // Straight out of a bag into the hand, and off again into the worn bag.
    rig.equip(me, sword, "main").unwrap();
    rig.ticks(40);
    let off = |to| UnequipItem {
        slot: def("right"),
        compartment: Some(to),
    };
    assert_eq!(
        rig.refused(me, &off(inside(inner))).code.as_str(),
        "inside_itself"
    );
    assert_eq!(
        rig.refused(me, &off(Place::Overflow)).code.as_str(),
        "overflow_only_out"
    );
    rig.act(me, &off(inside(outer))).unwrap();
    assert_eq!(place(&rig, inner), inside(outer));
    assert_eq!(rig.bag(hero).total().weight, weight);
    rig.check(hero);
}
