//! Which materials are used up by themselves, and which only when they are picked.

use bevy::prelude::*;
use serde_bytes::ByteBuf;
use wayfarer_core::prelude::*;
use wayfarer_inventory::{cling::Bound, prelude::*};

use crate::{
    making::{craft, rig},
    rig::{ANN, Rig},
};

#[test]
fn picks_come_first_and_what_is_dear_stays() {
    let mut rig = rig();
    let (hero, me) = rig.hero(ANN);
    rig.give(hero, "pine", 3, 0);
    let oak = rig.give(hero, "oak", 3, 0);
    rig.give(hero, "idol", 1, 0);
    rig.act(
        ANN,
        me,
        &CraftItem {
            pick: vec![oak],
            ..craft("board", None)
        },
    )
    .unwrap();
    assert_eq!((rig.count(hero, "oak"), rig.count(hero, "pine")), (2, 3));
    rig.act(
        ANN,
        me,
        &CraftItem {
            times: 5,
            pick: vec![oak],
            ..craft("board", None)
        },
    )
    .unwrap();
    // A pick that is used up is no reason to stop.
    assert_eq!((rig.count(hero, "oak"), rig.count(hero, "pine")), (0, 0));
    assert_eq!(rig.count(hero, "board"), 12);
    // What a story needs is wood too, and not for boards.
    assert_eq!(
        rig.refused(ANN, me, &craft("board", None)).code.as_str(),
        "materials_missing"
    );
    assert_eq!(rig.count(hero, "idol"), 1);
    rig.check_conserved();
}

/// A rig with pegs that are carved with wood out of wood, and somebody without anything.
fn carver() -> (Rig, Entity, Uid) {
    let mut rig = rig();
    rig.pack.set(
        "t",
        "items/wood.ron",
        r#"{ "basket": (name: "Basket", tags: ["wood"], container: ["inside"]) }"#,
    );
    rig.pack.set(
        "t",
        "recipes/wood.ron",
        r#"{ "peg": (output: (item: "board"), inputs: [(tag: "wood")], tools: ["wood"]),
             "rite": (output: (item: "board"), inputs: [(item: "idol")]) }"#,
    );
    rig.app.load_content_now().unwrap();
    let (hero, me) = rig.hero(ANN);
    (rig, hero, me)
}

/// Only this one thing of wood is there, and it is not taken.
#[track_caller]
fn spared(rig: &mut Rig, me: Uid, recipe: &str, name: &str) {
    let refused = rig.refused(ANN, me, &craft(recipe, None));
    let expected = format!("only_spared (what wood, item {name})");
    assert_eq!(refused.to_string(), expected);
}

fn pick(recipe: &str, item: Uid) -> CraftItem {
    CraftItem {
        pick: vec![item],
        ..craft(recipe, None)
    }
}

#[test]
fn favourites_are_used_up_only_when_they_are_picked() {
    let (mut rig, hero, me) = carver();
    let oak = rig.give(hero, "oak", 2, 0);
    let mark = MarkItem {
        item: oak,
        favourite: true,
    };
    rig.act(ANN, me, &mark).unwrap();
    spared(&mut rig, me, "board", "Oak");
    rig.act(ANN, me, &pick("board", oak)).unwrap();
    assert_eq!(rig.count(hero, "oak"), 1);
    // With something else beside it, that is taken, dearer or not.
    rig.give(hero, "pine", 1, 0);
    rig.act(ANN, me, &craft("board", None)).unwrap();
    assert_eq!((rig.count(hero, "oak"), rig.count(hero, "pine")), (1, 0));
    rig.check_conserved();
}

#[test]
fn what_is_bound_worn_or_full_stays() {
    let (mut rig, hero, me) = carver();
    let oak = rig.give(hero, "oak", 1, 0);
    let op = wayfarer_inventory::ItemOp::SetExt {
        uid: oak,
        kind: Bound::kind(),
        bytes: Some(ByteBuf::from(postcard::to_stdvec(&Bound(me)).unwrap())),
    };
    let world = rig.app.world_mut();
    let bound = world.transact("test.bind", |txn| txn.op::<Inventory>(hero, op));
    bound.unwrap();
    spared(&mut rig, me, "board", "Oak");
    rig.act(ANN, me, &pick("board", oak)).unwrap();

    let pine = rig.give(hero, "pine", 1, 0);
    rig.wear(hero, pine, "head");
    spared(&mut rig, me, "board", "Pine");
    let refused = rig.refused(ANN, me, &pick("board", pine));
    assert_eq!(refused.code.as_str(), "worn");
    remove_all(&mut rig, hero, pine);

    let basket = rig.give(hero, "basket", 1, 0);
    let inside = Place::Inside {
        bag: basket,
        pocket: 0,
    };
    let rock = rig.give(hero, "rock", 1, inside);
    spared(&mut rig, me, "board", "Basket");
    let refused = rig.refused(ANN, me, &pick("board", basket));
    assert_eq!(refused.code.as_str(), "not_material");
    remove_all(&mut rig, hero, rock);
    rig.act(ANN, me, &craft("board", None)).unwrap();
    assert_eq!(rig.count(hero, "basket"), 0, "an empty one is only wood");

    // A recipe that names what a story needs means it; one that asks for wood does not.
    rig.give(hero, "idol", 1, 0);
    let refused = rig.refused(ANN, me, &craft("board", None));
    assert_eq!(refused.code.as_str(), "materials_missing");
    rig.act(ANN, me, &craft("rite", None)).unwrap();
    assert_eq!(rig.count(hero, "idol"), 0);
    rig.check_conserved();
}

fn remove_all(rig: &mut Rig, holder: Entity, item: Uid) {
    let world = rig.app.world_mut();
    let removed = world.transact("test.remove", |txn| {
        let kind = MovementKind::Destroyed;
        wayfarer_inventory::actions::remove(txn, holder, kind, item, 1)
    });
    removed.unwrap();
}

#[test]
fn the_tool_is_no_material() {
    let (mut rig, hero, me) = carver();
    let oak = rig.give(hero, "oak", 1, 0);
    spared(&mut rig, me, "peg", "Oak");
    // Whoever picks the only tool has none.
    let refused = rig.refused(ANN, me, &pick("peg", oak));
    assert_eq!(refused.code.as_str(), "tool_missing");
    rig.give(hero, "pine", 1, 0);
    rig.act(ANN, me, &pick("peg", oak)).unwrap();
    assert_eq!((rig.count(hero, "oak"), rig.count(hero, "pine")), (0, 1));
    spared(&mut rig, me, "peg", "Pine");
    rig.give(hero, "oak", 1, 0);
    rig.act(ANN, me, &craft("peg", None)).unwrap();
    assert_eq!(rig.count(hero, "oak") + rig.count(hero, "pine"), 1);
    // A stack that lacks pieces in any case is simply too little.
    let mark = |item| MarkItem {
        item,
        favourite: true,
    };
    let iron = rig.give(hero, "iron", 1, 0);
    rig.act(ANN, me, &mark(iron)).unwrap();
    rig.give(hero, "hammer", 1, 0);
    let (_, forge) = crate::making::station(&mut rig, "smithy", 1.0);
    let refused = rig.refused(ANN, me, &craft("blade", Some(forge)));
    assert_eq!(
        refused.to_string(),
        "materials_missing (what Iron, need 3, have 0)"
    );
    rig.check_conserved();
}

/// What is marked and picked counts once: too little of it is too little.
#[test]
fn what_is_picked_counts_once() {
    let (mut rig, hero, me) = carver();
    let raft = r#"{ "raft": (output: (item: "board"), inputs: [(tag: "wood", count: 5)]) }"#;
    rig.pack.set("t", "recipes/raft.ron", raft);
    rig.app.load_content_now().unwrap();
    let oak = rig.give(hero, "oak", 3, 0);
    let mark = MarkItem {
        item: oak,
        favourite: true,
    };
    rig.act(ANN, me, &mark).unwrap();
    let refused = rig.refused(ANN, me, &pick("raft", oak));
    assert_eq!(
        refused.to_string(),
        "materials_missing (what wood, need 5, have 3)"
    );
    // Another marked one would do, and is named.
    let pine = rig.give(hero, "pine", 2, 0);
    rig.act(ANN, me, &MarkItem { item: pine, ..mark }).unwrap();
    let refused = rig.refused(ANN, me, &pick("raft", oak));
    assert_eq!(refused.to_string(), "only_spared (what wood, item Pine)");
}

/// Money is not used up for being of the right stuff.
#[test]
fn coins_are_no_material_unless_they_are_named_or_picked() {
    let (mut rig, hero, me) = carver();
    let groat = r#"{ "groat": (name: "Groat", max_stack: 9, value: 10, tags: ["wood"]) }"#;
    rig.pack.set("t", "items/groat.ron", groat);
    let pence = r#"{ "pence": (name: "Pence", coins: [
        (item: "t:groat", worth: 10), (item: "t:penny", worth: 1),
    ]) }"#;
    rig.pack.set("core", "currencies/a.ron", pence);
    rig.app.load_content_now().unwrap();
    let groat = rig.give(hero, "groat", 3, 0);
    spared(&mut rig, me, "board", "Groat");
    rig.act(ANN, me, &pick("board", groat)).unwrap();
    assert_eq!(rig.count(hero, "groat"), 2);
    rig.check_conserved();
}

/// Coins that pay are gone before materials are looked at; what the dice say changes nothing.
#[test]
fn what_has_paid_is_no_material() {
    let (mut rig, hero, me) = carver();
    let medals = r#"{
        "medal": (output: (item: "board"), inputs: [(item: "penny", count: 5)], cost: 5),
        "vain": (output: (item: "board"), inputs: [(item: "penny", count: 5)], cost: 5,
            chance: 0, on_fail: (lost: 0)),
    }"#;
    rig.pack.set("t", "recipes/medals.ron", medals);
    rig.app.load_content_now().unwrap();
    rig.give(hero, "penny", 7, 0);
    for recipe in ["medal", "vain"] {
        let refused = rig.refused(ANN, me, &craft(recipe, None));
        assert_eq!(
            refused.to_string(),
            "materials_missing (what Penny, need 5, have 2)",
            "{recipe}"
        );
    }
    rig.give(hero, "penny", 4, 0);
    rig.act(ANN, me, &craft("medal", None)).unwrap();
    assert_eq!((rig.count(hero, "penny"), rig.count(hero, "board")), (1, 1));
    rig.check_conserved();
}
