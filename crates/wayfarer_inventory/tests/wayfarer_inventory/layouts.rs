//! Slots and grids.

use bevy::prelude::*;
use wayfarer_core::prelude::*;
use wayfarer_inventory::{prelude::*, refusals, rules::ROTATED};

use crate::rig::{ANN, Rig};

const BOARD: Place = Place::In(0);
const RACK: Place = Place::In(1);
const CRATE: Place = Place::In(2);

fn packer(rig: &mut Rig) -> (Entity, Uid) {
    rig.spawn((Character::new("t:packer"), Owner(ANN)))
}

fn position(rig: &Rig, hero: Entity, uid: Uid) -> u32 {
    rig.bag(hero).get(uid).unwrap().order
}

#[test]
fn things_get_the_first_free_cells() {
    let mut rig = Rig::new();
    let (hero, me) = packer(&mut rig);
    // A board of four by three, planks of three by one.
    let planks: Vec<Uid> = (0..4).map(|_| rig.give(hero, "plank", 1, BOARD)).collect();
    let at: Vec<u32> = planks.iter().map(|&p| position(&rig, hero, p)).collect();
    assert_eq!(at, [0, 3 | ROTATED, 4, 8]);
    let fifth = rig.give(hero, "plank", 1, CRATE);
    let put = |position| PutItem {
        item: fifth,
        to: BOARD,
        position,
    };
    for at in [0, 3, 3 | ROTATED, 9, 11, u32::MAX] {
        assert_eq!(
            rig.refused(ANN, me, &put(at)).code,
            refusals::NO_CELLS,
            "{at}"
        );
    }
    let moved = MoveItem {
        item: fifth,
        to: BOARD,
        before: None,
    };
    assert_eq!(rig.refused(ANN, me, &moved).code, refusals::NO_CELLS);
    // When one goes, its cells are free; and something may be turned where it lies.
    let away = MoveItem {
        item: planks[1],
        to: CRATE,
        before: None,
    };
    rig.act(ANN, me, &away).unwrap();
    rig.act(ANN, me, &put(3 | ROTATED)).unwrap();
    assert_eq!(position(&rig, hero, fifth), 3 | ROTATED);
    for gone in [planks[2], planks[3]] {
        rig.act(ANN, me, &MoveItem { item: gone, ..away }).unwrap();
    }
    let turned = PutItem {
        item: planks[0],
        to: BOARD,
        position: 1 | ROTATED,
    };
    rig.act(ANN, me, &turned).unwrap();
    let elsewhere = PutItem {
        to: CRATE,
        ..turned
    };
    assert_eq!(
        rig.refused(ANN, me, &elsewhere).code,
        refusals::ILLEGAL_PLACE
    );
    rig.check_conserved();
}

#[test]
fn slots_take_one_stack_each() {
    let mut rig = Rig::new();
    let (hero, me) = packer(&mut rig);
    let gems = rig.give(hero, "gem", 4, RACK);
    let sword = rig.give(hero, "sword", 1, RACK);
    let more = rig.give(hero, "gem", 2, RACK);
    assert_eq!(rig.bag(hero).get(gems).unwrap().count, 5, "one joins");
    assert_eq!(position(&rig, hero, sword), 1);
    assert_eq!(position(&rig, hero, more), 2);
    let fourth = rig.give(hero, "sword", 1, CRATE);
    let put = PutItem {
        item: fourth,
        to: RACK,
        position: 1,
    };
    assert_eq!(rig.refused(ANN, me, &put).code, refusals::NO_CELLS);
    let plank = rig.give(hero, "plank", 1, CRATE);
    let put_plank = PutItem { item: plank, ..put };
    assert_eq!(
        rig.refused(ANN, me, &put_plank).code,
        refusals::NOT_ACCEPTED
    );
    let split = SplitStack {
        item: gems,
        count: 1,
        to: None,
    };
    assert_eq!(rig.refused(ANN, me, &split).code, refusals::NO_CELLS);
    rig.check_conserved();
}

#[test]
fn several_stacks_at_once_lie_apart() {
    let mut rig = Rig::new();
    let (hero, _) = packer(&mut rig);
    rig.give(hero, "gem", 12, BOARD);
    let mut at: Vec<u32> = rig.bag(hero).at(BOARD).map(|item| item.order).collect();
    at.sort_unstable();
    assert_eq!(at, [0, 1, 2]);
}

#[test]
fn sorting_packs() {
    let mut rig = Rig::new();
    let (hero, me) = packer(&mut rig);
    let plank = rig.give(hero, "plank", 1, BOARD);
    let sword = rig.give(hero, "sword", 1, BOARD);
    let put = PutItem {
        item: plank,
        to: BOARD,
        position: 8,
    };
    rig.act(ANN, me, &put).unwrap();
    let sort = SortItems {
        compartment: Some(BOARD),
        by: SortBy::Weight,
    };
    rig.act(ANN, me, &sort).unwrap();
    assert_eq!(position(&rig, hero, sword), 0);
    assert_eq!(position(&rig, hero, plank), 1);
}
