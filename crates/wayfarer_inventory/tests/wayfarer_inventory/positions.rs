//! Where things are: their order, who is in what, and stacks that join across places.

use wayfarer_core::prelude::*;
use wayfarer_inventory::{actions::create_or_overflow, prelude::*, refusals, world_item::lay_new};

use crate::rig::{ANN, Rig, def};

fn order(rig: &Rig, hero: bevy::prelude::Entity) -> Vec<Uid> {
    let place = Place::In(0);
    rig.bag(hero).at(place).map(|item| item.uid).collect()
}

/// There are ten halvings between two neighbours; then the place makes room by itself.
#[test]
fn things_go_between_others_for_ever() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let swords: Vec<Uid> = (0..4).map(|_| rig.give(hero, "sword", 1, 0)).collect();
    let [first, mut near, mut far, last] = swords[..] else {
        panic!("four swords");
    };
    for round in 0..50 {
        let action = MoveItem {
            item: far,
            to: Place::In(0),
            before: Some(near),
        };
        rig.act(ANN, me, &action).unwrap();
        (near, far) = (far, near);
        assert_eq!(order(&rig, hero), [first, near, far, last], "round {round}");
    }
    rig.check_conserved();
}

#[test]
fn stacks_join_across_places_if_there_is_room() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let many = rig.give(hero, "rock", 5, 0);
    // The pouch takes a kilogram, a rock weighs half of it.
    let one = rig.give(hero, "rock", 1, 2);
    let merge = |count| MergeStacks {
        from: many,
        into: one,
        count,
    };
    for count in [None, Some(2)] {
        let refusal = rig.refused(ANN, me, &merge(count));
        assert_eq!(refusal.code, refusals::EXCEEDS_WEIGHT, "{count:?}");
    }
    assert_eq!(rig.act(ANN, me, &merge(Some(1))), Ok(1));
    let counts = [many, one].map(|uid| rig.bag(hero).get(uid).unwrap().count);
    assert_eq!(counts, [4, 2]);
    let weights = [0, 2].map(|place| rig.bag(hero).tally(place).weight.to_f32());
    assert_eq!(weights, [2.0, 1.0]);
    rig.check_conserved();
}

#[test]
fn nothing_joins_what_has_overflowed() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let own = rig.give(hero, "potion", 3, 0);
    // All places are full, so what comes now flows over.
    for (place, count) in [(0, 47), (1, 10), (2, 9)] {
        rig.give(hero, "potion", count, place);
    }
    let world = rig.app.world_mut();
    let made = world.transact("test.make", |txn| {
        let kind = MovementKind::Granted;
        create_or_overflow(txn, hero, kind, def("potion"), 5)
    });
    made.unwrap();
    let over: Vec<Uid> = rig.bag(hero).at(Place::Overflow).map(|i| i.uid).collect();
    let over = *over.first().expect("something has overflowed");
    let merge = |from, into| MergeStacks {
        from,
        into,
        count: Some(1),
    };
    let refusal = rig.refused(ANN, me, &merge(own, over));
    assert_eq!(refusal.code, refusals::OVERFLOW_ONLY_OUT);
    rig.check_conserved();
}

#[test]
fn what_is_in_a_bag_on_the_body_is_on_the_body() {
    let mut rig = Rig::new();
    let (hero, _) = rig.hero(ANN);
    let satchel = rig.give(hero, "satchel", 1, 0);
    let soft = Place::Inside {
        bag: satchel,
        pocket: 1,
    };
    let sack = rig.give(hero, "sack", 1, soft);
    let inside = Place::Inside {
        bag: sack,
        pocket: 0,
    };
    let rocks = rig.give(hero, "rock", 2, inside);
    let on_body = |rig: &Rig| {
        let bag = rig.bag(hero);
        [satchel, sack, rocks].map(|uid| bag.is_on_body(bag.get(uid).unwrap()))
    };
    assert_eq!(rig.bag(hero).root(inside), Place::In(0));
    assert_eq!(on_body(&rig), [false; 3]);
    rig.wear(hero, satchel, "back");
    let back = Place::Worn(def("back"));
    assert_eq!(rig.bag(hero).root(inside), back);
    assert_eq!(rig.bag(hero).root(Place::In(1)), Place::In(1));
    assert_eq!(on_body(&rig), [true; 3]);
    // A sack of a kilogram and two rocks of half of one, seen from where the bags are.
    let outside = |bag| rig.bag(hero).outside(bag).weight.to_f32();
    assert_eq!([outside(sack), outside(satchel)], [1.0, 2.0]);
    assert_eq!(rig.bag(hero).compartment_of(def("belt")), Some(1));
    assert_eq!(rig.bag(hero).compartment_of(def("crate")), None);
}

#[test]
fn nothing_at_all_can_not_lie_in_the_world() {
    let mut rig = Rig::new();
    let before = rig.hash();
    let lay = |rig: &mut Rig, count| {
        let world = rig.app.world_mut();
        world.transact("test.lay", |txn| {
            let at = Position::ground(1.0, 2.0);
            lay_new(txn, MovementKind::Spawned, def("rock"), count, at)
        })
    };
    let refusal = lay(&mut rig, 0).unwrap_err();
    assert_eq!(refusal.code, Code::INVALID_AMOUNT);
    assert_eq!(rig.hash(), before);
    lay(&mut rig, 3).unwrap();
    assert_eq!(rig.ledger_sum().get(&def("rock")), Some(&3));
    rig.check_conserved();
}
