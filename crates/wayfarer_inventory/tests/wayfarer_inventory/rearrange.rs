//! Tidying up in a chest that is open, and who may.

use bevy::prelude::*;
use wayfarer_core::prelude::*;
use wayfarer_inventory::{actions::Spot, prelude::*, refusals, rules::ROTATED, share::give_rights};

use crate::rig::{ANN, BOB, Rig};

const BOARD: Place = Place::In(0);
const RACK: Place = Place::In(1);
const CRATE: Place = Place::In(2);

/// A cupboard with a board of cells, a rack of slots and a crate; Ann has it open.
fn cupboard(rig: &mut Rig) -> (Entity, Uid, Uid) {
    let (_, me) = rig.hero(ANN);
    let (chest, container) = rig.spawn((
        Character::new("t:packer"),
        Container::default(),
        Position::ground(1.0, 0.0),
    ));
    rig.act(ANN, me, &OpenContainer { container }).unwrap();
    (chest, container, me)
}

fn order(rig: &Rig, chest: Entity, place: Place) -> Vec<Uid> {
    rig.bag(chest).at(place).map(|item| item.uid).collect()
}

#[test]
fn things_are_put_in_order_in_a_chest() {
    let mut rig = Rig::new();
    let (chest, holder, me) = cupboard(&mut rig);
    let [a, b, c] = [0; 3].map(|_| rig.give(chest, "sword", 1, CRATE));
    let wish = |item, to, at| RearrangeItem {
        holder,
        item,
        to,
        at,
    };
    rig.act(ANN, me, &wish(c, CRATE, Spot::Before(a))).unwrap();
    assert_eq!(order(&rig, chest, CRATE), [c, a, b]);
    rig.act(ANN, me, &wish(c, CRATE, Spot::End)).unwrap();
    assert_eq!(order(&rig, chest, CRATE), [a, b, c]);
    // To another compartment: the first free slot, or a certain one.
    rig.act(ANN, me, &wish(a, RACK, Spot::End)).unwrap();
    rig.act(ANN, me, &wish(b, RACK, Spot::Cell(2))).unwrap();
    let at = |rig: &Rig, uid| rig.bag(chest).get(uid).unwrap().order;
    assert_eq!((at(&rig, a), at(&rig, b)), (0, 2));
    // In a grid, turned.
    let plank = rig.give(chest, "plank", 1, BOARD);
    let turned = Spot::Cell(3 | ROTATED);
    rig.act(ANN, me, &wish(plank, BOARD, turned)).unwrap();
    assert_eq!(at(&rig, plank), 3 | ROTATED);
    // And into a bag in the chest.
    let bag = rig.give(chest, "sack", 1, CRATE);
    let inside = Place::Inside { bag, pocket: 0 };
    rig.act(ANN, me, &wish(c, inside, Spot::End)).unwrap();
    assert_eq!(rig.place(chest, c), inside);
    rig.check_conserved();
}

#[test]
fn what_does_not_go_there_stays() {
    let mut rig = Rig::new();
    let (chest, holder, me) = cupboard(&mut rig);
    let sword = rig.give(chest, "sword", 1, CRATE);
    let plank = rig.give(chest, "plank", 1, BOARD);
    let bag = rig.give(chest, "sack", 1, CRATE);
    let mine = rig.app.world().resource::<UidIndex>().get(me).unwrap();
    let own = rig.give(mine, "sword", 1, 0);
    for (item, to, at, code) in [
        (sword, CRATE, Spot::Before(sword), refusals::SAME_PLACE),
        (plank, BOARD, Spot::End, refusals::SAME_PLACE),
        (plank, RACK, Spot::End, refusals::NOT_ACCEPTED),
        (plank, BOARD, Spot::Cell(2), refusals::NO_CELLS),
        (plank, BOARD, Spot::Cell(u32::MAX), refusals::NO_CELLS),
        (sword, CRATE, Spot::Cell(0), refusals::ILLEGAL_PLACE),
        (
            sword,
            Place::Overflow,
            Spot::End,
            refusals::OVERFLOW_ONLY_OUT,
        ),
        (sword, CRATE, Spot::Before(me), Code::NOT_FOUND),
        (sword, Place::In(9), Spot::End, Code::NOT_FOUND),
        (own, CRATE, Spot::End, Code::NOT_FOUND),
        (
            bag,
            Place::Inside { bag, pocket: 0 },
            Spot::End,
            refusals::INSIDE_ITSELF,
        ),
    ] {
        let wish = RearrangeItem {
            holder,
            item,
            to,
            at,
        };
        assert_eq!(rig.refused(ANN, me, &wish).code, code, "{wish:?}");
    }
}

#[test]
fn only_who_may_take_may_tidy_up() {
    let mut rig = Rig::new();
    let (chest, holder, me) = cupboard(&mut rig);
    let item = rig.give(chest, "sword", 1, CRATE);
    let wish = RearrangeItem {
        holder,
        item,
        to: RACK,
        at: Spot::End,
    };
    // Bob stands there and has not opened it; Ann's own bag is none of his business.
    let (_, bob) = rig.hero(BOB);
    assert_eq!(rig.refused(BOB, bob, &wish).code, refusals::NOT_OPEN);
    let in_her_bag = RearrangeItem { holder: me, ..wish };
    assert_eq!(rig.refused(BOB, bob, &in_her_bag).code, Code::NOT_OWNER);
    let nowhere = RearrangeItem {
        holder: item,
        ..wish
    };
    assert_eq!(rig.refused(ANN, me, &nowhere).code, Code::NOT_FOUND);
    // Loot of others.
    let world = rig.app.world_mut();
    let given = world.transact("test.rights", |txn| give_rights(txn, chest, [bob], 60.0));
    given.unwrap();
    assert_eq!(rig.refused(ANN, me, &wish).code, refusals::NOT_YOUR_LOOT);
    let free = rig.app.world_mut().transact("test.rights", |txn| {
        give_rights(txn, chest, [me, bob], 60.0)
    });
    free.unwrap();
    // From afar nobody tidies up, however long it stays open.
    rig.app
        .world_mut()
        .entity_mut(chest)
        .insert(Position::ground(50.0, 0.0));
    assert_eq!(rig.refused(ANN, me, &wish).code, Code::OUT_OF_REACH);
    rig.app
        .world_mut()
        .entity_mut(chest)
        .insert(Position::ground(1.0, 0.0));
    rig.act(ANN, me, &wish).unwrap();
    assert_eq!(rig.place(chest, item), RACK);
    rig.act(ANN, me, &CloseContainer { container: holder })
        .unwrap();
    let back = RearrangeItem { to: CRATE, ..wish };
    assert_eq!(rig.refused(ANN, me, &back).code, refusals::NOT_OPEN);
}
