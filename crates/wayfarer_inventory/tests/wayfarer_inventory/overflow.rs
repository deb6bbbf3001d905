//! Nothing is lost when its place is gone.

use wayfarer_core::prelude::*;
use wayfarer_inventory::{
    actions::create_or_overflow, overflow::stow, prelude::*, refusals, rules::ROTATED,
};

use crate::rig::{ANN, BAGS, POCKETS, Rig, def};

const fn inside(bag: Uid, pocket: u8) -> Place {
    Place::Inside { bag, pocket }
}

#[test]
fn a_pocket_that_is_gone() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let satchel = rig.give(hero, "satchel", 1, 0);
    let gems = rig.give(hero, "gem", 3, inside(satchel, 0));
    let sack = rig.give(hero, "sack", 1, inside(satchel, 1));
    let rocks = rig.give(hero, "rock", 2, inside(sack, 0));
    let weight = rig.bag(hero).total().weight;
    // The soft pocket is cut off, with the sack and the rocks in it.
    let cut = BAGS.replace(r#"["holding", "soft"]"#, r#"["holding"]"#);
    rig.pack.set("t", "items/bags.ron", &cut);
    rig.app.load_content_now().unwrap();
    assert_eq!(rig.place(hero, gems), inside(satchel, 0));
    assert_eq!(rig.place(hero, sack), Place::Overflow);
    assert_eq!(
        rig.place(hero, rocks),
        inside(sack, 0),
        "in the sack as before"
    );
    assert_eq!(rig.bag(hero).total().weight, weight, "it is still carried");
    rig.check_conserved();

    // It comes out, and nothing goes in.
    let put = |item, to| MoveItem {
        item,
        to,
        before: None,
    };
    assert_eq!(
        rig.refused(ANN, me, &put(gems, Place::Overflow)).code,
        refusals::OVERFLOW_ONLY_OUT
    );
    rig.act(ANN, me, &put(sack, Place::In(0))).unwrap();
    rig.check_conserved();
    // And when the whole thing is no bag any more, everything comes out.
    let cloth = cut.replace(r#", container: ["holding"]"#, "");
    assert_ne!(cloth, cut);
    rig.pack.set("t", "items/bags.ron", &cloth);
    rig.app.load_content_now().unwrap();
    assert_eq!(rig.place(hero, gems), Place::Overflow);
    let bytes = postcard::to_stdvec(rig.bag(hero)).unwrap();
    assert_eq!(
        &postcard::from_bytes::<Inventory>(&bytes).unwrap(),
        rig.bag(hero)
    );
    rig.check_conserved();
}

#[test]
fn cells_that_are_gone() {
    let mut rig = Rig::new();
    let (hero, _) = rig.spawn((Character::new("t:packer"), Owner(ANN)));
    let planks: Vec<Uid> = (0..4).map(|_| rig.give(hero, "plank", 1, 0)).collect();
    // Four columns become three: one plank stood in the fourth.
    let smaller = POCKETS.replace("Grid(4, 3)", "Grid(3, 3)");
    rig.pack.set("t", "compartments/pockets.ron", &smaller);
    rig.app.load_content_now().unwrap();
    let bag = rig.bag(hero);
    let lies: Vec<(Place, u32)> = planks
        .iter()
        .map(|&plank| bag.get(plank).map(|item| (item.place, item.order)).unwrap())
        .collect();
    let here = lies.iter().filter(|(place, _)| *place == Place::In(0));
    let mut cells: Vec<u32> = here.map(|&(_, order)| order & !ROTATED).collect();
    cells.sort_unstable();
    cells.dedup();
    assert_eq!(cells.len(), 3, "three lie in their own cells: {lies:?}");
    assert_eq!(bag.at(Place::Overflow).count(), 1);
    rig.check_conserved();
}

#[test]
fn what_must_not_be_lost() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let rocks = rig.give(hero, "rock", 3, 0);
    let made = |rig: &mut Rig, name: &str, count| {
        let world = rig.app.world_mut();
        world.transact("test.make", |txn| {
            create_or_overflow(txn, hero, MovementKind::Granted, def(name), count)
        })
    };
    assert_eq!(made(&mut rig, "anvil", 1).unwrap().len(), 1);
    let second = made(&mut rig, "anvil", 1).unwrap()[0];
    assert_eq!(rig.place(hero, second), Place::Overflow);
    assert_eq!(
        made(&mut rig, "anvil", 0).unwrap_err().code.as_str(),
        "invalid_amount"
    );
    assert_eq!(
        made(&mut rig, "nothing", 1).unwrap_err().code.as_str(),
        "template_unavailable"
    );
    let stowed = {
        let world = rig.app.world_mut();
        world
            .transact("test.stow", |txn| stow(txn, hero, rocks))
            .unwrap()
    };
    assert_eq!(
        stowed,
        Place::In(0),
        "there is room, however heavy it all is"
    );
    let merge = MergeStacks {
        from: second,
        into: second,
        count: None,
    };
    assert_eq!(rig.refused(ANN, me, &merge).code, refusals::SAME_PLACE);
    rig.act(
        ANN,
        me,
        &DropItem {
            item: second,
            count: None,
        },
    )
    .unwrap();
    rig.check_conserved();
}

/// A full purse gets its change a hundred times: one stack, not a hundred.
#[test]
fn what_overflows_again_and_again_stacks() {
    let mut rig = Rig::new();
    let (hero, _) = rig.hero(ANN);
    let boulder = r#"{ "boulder": (name: "Boulder", weight: 900, max_stack: 10) }"#;
    rig.pack.set("t", "items/boulder.ron", boulder);
    rig.app.load_content_now().unwrap();
    let mut uids = Vec::new();
    for _ in 0..7 {
        let world = rig.app.world_mut();
        let made = world.transact("test.make", |txn| {
            create_or_overflow(txn, hero, MovementKind::Granted, def("boulder"), 3)
        });
        uids.extend(made.unwrap());
    }
    uids.sort_unstable();
    uids.dedup();
    let there = rig.bag(hero).at(Place::Overflow);
    let counts: Vec<u32> = there.map(|item| item.count).collect();
    assert_eq!(counts, [10, 10, 1]);
    assert_eq!(uids.len(), 3);
    rig.check_conserved();
}
