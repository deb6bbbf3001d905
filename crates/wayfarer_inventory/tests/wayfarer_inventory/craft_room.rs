//! Crafting with full bags: refused before dice fall, and never after.

use bevy::prelude::*;
use wayfarer_core::{ledger::Ledger, prelude::*};
use wayfarer_inventory::{making::Source, prelude::*};

use crate::{
    making::{craft, note, rig, smith, station},
    rig::{ANN, Rig, def},
};

#[test]
fn without_room_nothing_is_used_up() {
    let mut rig = rig();
    let (hero, me) = smith(&mut rig);
    let (_, forge) = station(&mut rig, "master", 1.0);
    // Bags full of bulky things; a blade would take two.
    rig.give(hero, "rock", 50, 0);
    rig.give(hero, "rock", 10, 1);
    rig.give(hero, "penny", 20, 0);
    rig.act(ANN, me, &craft("dear", Some(forge))).unwrap_err();
    let before = rig.bag(hero).clone();
    let refused = rig.refused(ANN, me, &craft("dear", Some(forge)));
    assert_eq!(refused.code.as_str(), "insufficient_space");
    assert_eq!(*rig.bag(hero), before);
    rig.check_conserved();
}

/// A pouch for two stacks, and work that takes no time.
fn cramped(chance: f32, extra: impl FnOnce(&mut App)) -> (Rig, Entity, Uid) {
    let mut rig = crate::making::with(extra);
    let recipe = format!(
        r#"{{ "quick": (output: (item: "board"), inputs: [(item: "feather")], chance: {chance},
            score: "roll", on_fail: (byproducts: [(item: "slag")]),
            byproducts: [(item: "pine")]) }}"#
    );
    rig.pack.set("t", "recipes/b.ron", &recipe);
    let two = r#"{ "two": (name: "Two", max_count: 2) }"#;
    rig.pack.set("t", "compartments/b.ron", two);
    let kit = r#"{ "smithy": (compartments: ["two"]) }"#;
    rig.pack.set("t", "kits/b.ron", kit);
    rig.app.load_content_now().unwrap();
    let (hero, me) = rig.spawn((Character::new("t:smithy"), Owner(ANN)));
    rig.give(hero, "feather", 1000, 0);
    (rig, hero, me)
}

/// A bag that has room for what is made, and none for what a failure leaves, is no way out of
/// failures.
#[test]
fn a_full_bag_does_not_undo_failures() {
    let (mut rig, hero, me) = cramped(0.0, |_| {});
    rig.give(hero, "board", 1, 0);
    rig.act(ANN, me, &craft("quick", None)).unwrap();
    assert_eq!(note(&rig, hero), "craft_failed");
    assert_eq!(rig.count(hero, "feather"), 999, "the material is gone");
    let slag = rig.bag(hero).at(Place::Overflow).next().unwrap();
    assert_eq!((slag.def, slag.count), (def("slag"), 1), "and this is left");
    rig.check_conserved();
}

/// How well it was made, as far as it stacks.
#[derive(serde::Serialize, serde::Deserialize, Debug, PartialEq)]
struct Grade(bool);

impl ItemExt for Grade {
    const NAME: &'static str = "test.grade";
}

/// What dice have decided is not thrown again because it does not stack with what is there.
#[test]
fn what_was_thrown_stays_thrown() {
    let (mut rig, hero, me) = cramped(1.0, |app| {
        app.register_item_ext::<Grade>()
            .register_item_maker("test", |making, _, item| {
                if making.source == Source::Craft
                    && let Some(score) = making.score
                {
                    item.set_ext(&Grade(score > 50.0));
                }
            });
    });
    // Ordinary boards join this one; graded ones go nowhere.
    rig.give(hero, "board", 1, 0);
    for _ in 0..20 {
        rig.act(ANN, me, &craft("quick", None)).unwrap();
        assert_eq!(note(&rig, hero), "craft_done");
    }
    let aside = |grade| {
        let items = rig.bag(hero).at(Place::Overflow);
        let boards = items.filter(|item| item.ext::<Grade>() == Some(Grade(grade)));
        boards.map(|item| item.count).sum::<u32>()
    };
    let (good, bad) = (aside(true), aside(false));
    assert!(good > 0 && bad > 0, "{good} good, {bad} bad");
    assert_eq!(good + bad, 20);
    assert_eq!(
        rig.count(hero, "pine"),
        20,
        "what falls off has no room either"
    );
    assert_eq!(rig.count(hero, "feather"), 980);
    rig.check_conserved();
    // Where not even an ordinary one has room, it is refused, and nothing was thrown.
    let board = rig
        .bag(hero)
        .at(Place::In(0))
        .find(|i| i.def == def("board"));
    let item = board.unwrap().uid;
    rig.act(ANN, me, &DropItem { item, count: None }).unwrap();
    rig.give(hero, "slag", 1, 0);
    let thrown = |rig: &Rig| {
        let ledger = rig.app.world().resource::<Ledger>();
        ledger.iter().map(|entry| entry.rolls.len()).sum::<usize>()
    };
    let before = thrown(&rig);
    let refused = rig.refused(ANN, me, &craft("quick", None));
    assert_eq!(refused.code.as_str(), "exceeds_count");
    assert_eq!(thrown(&rig), before);
}

/// What falls off again and again is one stack in the overflow and not many.
#[test]
fn what_has_no_room_is_stacked() {
    let (mut rig, hero, me) = cramped(1.0, |_| {});
    rig.give(hero, "board", 1, 0);
    for _ in 0..30 {
        rig.act(ANN, me, &craft("quick", None)).unwrap();
    }
    let aside: Vec<u32> = rig.bag(hero).at(Place::Overflow).map(|i| i.count).collect();
    assert_eq!(aside, [20, 10], "pine, twenty at most");
    rig.check_conserved();
}
