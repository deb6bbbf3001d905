//! Bags: what is inside them goes where they go, and counts as much as they say.

use bevy::prelude::*;
use wayfarer_core::{ledger::Ledger, prelude::*};
use wayfarer_inventory::{actions::remove, prelude::*, refusals};

use crate::rig::{ANN, BOB, Rig, def};

const fn inside(bag: Uid, pocket: u8) -> Place {
    Place::Inside { bag, pocket }
}

const fn put(item: Uid, to: Place) -> MoveItem {
    MoveItem {
        item,
        to,
        before: None,
    }
}

/// A hero with a sack that has a sack with a sword and two potions in it.
fn packed(rig: &mut Rig) -> (Entity, Uid, [Uid; 4]) {
    let (hero, me) = rig.hero(ANN);
    let sack = rig.give(hero, "sack", 1, 0);
    let small = rig.give(hero, "sack", 1, inside(sack, 0));
    let sword = rig.give(hero, "sword", 1, inside(small, 0));
    let potions = rig.give(hero, "potion", 2, inside(small, 0));
    (hero, me, [sack, small, sword, potions])
}

#[test]
fn what_is_inside_weighs_outside() {
    let mut rig = Rig::new();
    let (hero, _, [sack, small, ..]) = packed(&mut rig);
    let bag = rig.bag(hero);
    assert_eq!(bag.tally(inside(small, 0)).weight.to_f32(), 3.7);
    assert_eq!(bag.tally(inside(sack, 0)).weight.to_f32(), 4.7);
    assert_eq!(bag.tally(0).weight.to_f32(), 5.7);
    assert_eq!(bag.total().weight.to_f32(), 5.7);
    assert_eq!(bag.tally(0).bulk.to_f32(), 2.0, "a sack is as big as it is");
    assert_eq!(bag.tally(0).stacks, 1, "and one thing");
    rig.check_conserved();
}

#[test]
fn pockets_count_as_they_say() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let satchel = rig.give(hero, "satchel", 1, 0);
    let rock = rig.give(hero, "rock", 4, inside(satchel, 0));
    assert_eq!(
        rig.bag(hero).total().weight.to_f32(),
        2.0,
        "half of 2 kg, and its own"
    );
    rig.act(ANN, me, &put(rock, inside(satchel, 1))).unwrap();
    assert_eq!(rig.bag(hero).total().weight.to_f32(), 3.0);
    assert_eq!(
        rig.bag(hero).tally(0).bulk.to_f32(),
        7.0,
        "a soft pocket bulges"
    );
    // So what goes into it must fit around it as well.
    let (chest, there) = rig.chest(0.0);
    rig.act(ANN, me, &OpenContainer { container: there })
        .unwrap();
    for _ in 0..21 {
        rig.give(hero, "sword", 1, 0);
    }
    let more = rig.give(chest, "rock", 2, 0);
    let take = TransferItem {
        from: there,
        item: more,
        count: None,
        to: me,
        compartment: Some(inside(satchel, 1)),
    };
    let refusal = rig.refused(ANN, me, &take);
    assert_eq!(refusal.code, refusals::EXCEEDS_BULK);
    assert!(
        rig.act(
            ANN,
            me,
            &TransferItem {
                compartment: Some(inside(satchel, 0)),
                ..take
            }
        )
        .is_ok()
    );
    rig.check_conserved();
}

#[test]
fn a_bag_moves_with_what_is_in_it() {
    let mut rig = Rig::new();
    let (hero, me, [sack, small, sword, potions]) = packed(&mut rig);
    let before = rig.bag(hero).contents(sack).len();
    rig.act(ANN, me, &put(sack, Place::In(1))).unwrap();
    assert_eq!(
        rig.place(hero, small),
        inside(sack, 0),
        "it stays where it was: inside"
    );
    assert_eq!(rig.bag(hero).contents(sack).len(), before);

    // Into a chest and back.
    let (chest, there) = rig.chest(0.0);
    rig.act(ANN, me, &OpenContainer { container: there })
        .unwrap();
    let mut give = TransferItem {
        from: me,
        item: sack,
        count: None,
        to: there,
        compartment: None,
    };
    rig.act(ANN, me, &give).unwrap();
    assert!(rig.bag(hero).is_empty());
    for uid in [sack, small, sword, potions] {
        assert!(
            rig.bag(chest).get(uid).is_some(),
            "{uid} came along, and is who it was"
        );
    }
    assert_eq!(rig.bag(chest).total().weight.to_f32(), 5.7);
    let ledger = rig.app.world().resource::<Ledger>();
    let moved = ledger.iter().last().unwrap();
    assert_eq!(moved.movements.len(), 4, "each has its line");
    (give.from, give.to) = (there, me);
    rig.act(ANN, me, &give).unwrap();
    assert_eq!(rig.bag(hero).len(), 4);
    rig.check_conserved();
}

#[test]
fn a_dropped_bag_is_a_chest() {
    let mut rig = Rig::new();
    let (hero, me, [sack, small, sword, potions]) = packed(&mut rig);
    let (bobs, bob) = rig.hero(BOB);
    rig.act(
        ANN,
        me,
        &DropItem {
            item: sack,
            count: None,
        },
    )
    .unwrap();
    rig.tick();
    assert!(rig.bag(hero).is_empty());
    rig.check_conserved();
    rig.act(BOB, bob, &OpenContainer { container: sack })
        .unwrap();
    let take = |item| TransferItem {
        from: sack,
        item,
        count: None,
        to: bob,
        compartment: None,
    };
    rig.act(BOB, bob, &take(potions)).unwrap();
    assert_eq!(rig.count(bobs, "potion"), 2);
    // Whoever takes the bag takes what is left in it, even while somebody looks into it.
    let pick = PickUpItem {
        item: sack,
        count: None,
        to: None,
    };
    rig.act(ANN, me, &pick).unwrap();
    rig.tick();
    assert_eq!(rig.place(hero, small), inside(sack, 0));
    assert_eq!(rig.place(hero, sword), inside(small, 0));
    assert_eq!(rig.refused(BOB, bob, &take(sword)).code, Code::NOT_FOUND);
    rig.check_conserved();
    // An empty one can be opened where it lies, too.
    rig.act(ANN, me, &put(small, Place::In(1))).unwrap();
    rig.act(
        ANN,
        me,
        &DropItem {
            item: sack,
            count: None,
        },
    )
    .unwrap();
    rig.act(BOB, bob, &OpenContainer { container: sack })
        .unwrap();
    let give = TransferItem {
        from: bob,
        item: potions,
        count: Some(1),
        to: sack,
        compartment: None,
    };
    rig.act(BOB, bob, &give).unwrap();
    rig.act(ANN, me, &pick).unwrap();
    assert_eq!(rig.count(hero, "potion"), 1);
    rig.tick();
    rig.check_conserved();
}

#[test]
fn never_inside_itself_and_never_too_deep() {
    let mut rig = Rig::new();
    let (hero, me, [sack, small, sword, _]) = packed(&mut rig);
    let third = rig.give(hero, "sack", 1, 0);
    for (action, code) in [
        (put(sack, inside(sack, 0)), "inside_itself"),
        (put(sack, inside(small, 0)), "inside_itself"),
        (put(small, inside(small, 0)), "inside_itself"),
        (put(sword, inside(sword, 0)), "not_found"),
        (put(sword, inside(sack, 9)), "not_found"),
        (put(sword, inside(Uid::new(9999).unwrap(), 0)), "not_found"),
        (put(sword, Place::Worn(def("head"))), "illegal_place"),
        (put(sword, Place::Overflow), "overflow_only_out"),
        // A sack takes an empty sack, or one that has no filled sack in it.
        (put(sack, inside(third, 0)), "too_deep"),
    ] {
        assert_eq!(
            rig.refused(ANN, me, &action).code.as_str(),
            code,
            "{action:?}"
        );
    }
    rig.act(ANN, me, &put(third, inside(small, 0))).unwrap();
    assert_eq!(
        rig.refused(ANN, me, &put(sword, inside(third, 0))).code,
        refusals::TOO_DEEP,
        "an empty bag goes in deeper than what is in it may"
    );
    rig.check_conserved();
}

#[test]
fn full_bags_are_not_used_up() {
    let mut rig = Rig::new();
    let (hero, me, [sack, small, ..]) = packed(&mut rig);
    let world = rig.app.world_mut();
    let used = world.transact("test.use", |txn| {
        remove(txn, hero, MovementKind::Consumed, sack, 1)
    });
    assert_eq!(used.unwrap_err().code, refusals::NOT_EMPTY);
    let join = MergeStacks {
        from: sack,
        into: small,
        count: None,
    };
    assert_eq!(rig.refused(ANN, me, &join).code, refusals::NOT_EMPTY);
    // Who throws a bag away throws away what is in it; each thing has its line.
    rig.act(
        ANN,
        me,
        &DestroyItem {
            item: sack,
            count: None,
        },
    )
    .unwrap();
    assert!(rig.bag(hero).is_empty());
    rig.check_conserved();
}

#[test]
fn what_may_not_go_keeps_the_bag_here() {
    let mut rig = Rig::with(|app| {
        app.register_item_constraint("test.bound", |view, planned| {
            let bound = view.def(planned.item)?.has_tag("weapon");
            let leaves = matches!(
                planned.purpose,
                Purpose::Drop | Purpose::Give | Purpose::Destroy
            );
            if bound && leaves {
                return Err(Code::new("test.bound").into());
            }
            Ok(())
        });
    });
    let (_, me, [sack, small, sword, _]) = packed(&mut rig);
    let (_, there) = rig.chest(0.0);
    rig.act(ANN, me, &OpenContainer { container: there })
        .unwrap();
    let refusal = rig.refused(
        ANN,
        me,
        &DropItem {
            item: sack,
            count: None,
        },
    );
    assert_eq!(refusal.code.as_str(), "test.bound");
    assert_eq!(refusal.arg("inside").unwrap().to_string(), "Sword");
    assert!(
        rig.refused(
            ANN,
            me,
            &DestroyItem {
                item: small,
                count: None
            }
        )
        .arg("inside")
        .is_some()
    );
    let give = TransferItem {
        from: me,
        item: sack,
        count: None,
        to: there,
        compartment: None,
    };
    assert!(rig.refused(ANN, me, &give).arg("inside").is_some());
    rig.act(ANN, me, &put(sword, Place::In(0))).unwrap();
    rig.act(ANN, me, &give).unwrap();
    rig.check_conserved();
}

#[test]
fn new_things_find_the_best_place() {
    let mut rig = Rig::new();
    let (hero, _) = rig.hero(ANN);
    let worn = rig.give(hero, "satchel", 1, 0);
    let loose = rig.give(hero, "sack", 1, 0);
    rig.wear(hero, worn, "back");
    let create = |rig: &mut Rig, name: &str, count| {
        let world = rig.app.world_mut();
        let made = world.transact("test.make", |txn| {
            let kind = MovementKind::Granted;
            wayfarer_inventory::actions::create(txn, hero, kind, def(name), count, None)
        });
        made.unwrap().to_vec()
    };
    let gems = create(&mut rig, "gem", 3);
    assert_eq!(
        rig.place(hero, gems[0]),
        inside(worn, 0),
        "the pocket that prefers them"
    );
    // Stacks with room are filled first, wherever they are.
    let rocks = rig.give(hero, "rock", 4, inside(worn, 1));
    assert_eq!(create(&mut rig, "rock", 2), [rocks]);
    // What is full takes no more; own compartments come before the pockets of worn bags.
    let more = create(&mut rig, "rock", 1);
    assert_eq!(rig.place(hero, more[0]), Place::In(0));
    // Loose bags are filled by hand only.
    let sword = create(&mut rig, "sword", 1);
    assert_eq!(rig.place(hero, sword[0]), Place::In(0));
    assert_eq!(rig.bag(hero).inside(loose).count(), 0);
    rig.check_conserved();
}

#[test]
fn who_leaves_with_bags_leaves_nothing_behind() {
    let mut rig = Rig::new();
    let (hero, _, _) = packed(&mut rig);
    let world = rig.app.world_mut();
    let gone = world.transact("test.leave", |txn| {
        wayfarer_inventory::release::release(txn, hero)
    });
    gone.unwrap();
    assert!(rig.bag(hero).is_empty());
    rig.check_conserved();
    let (other, _, _) = packed(&mut rig);
    rig.app.world_mut().entity_mut(other).despawn();
    rig.tick();
    rig.check_conserved();
}
