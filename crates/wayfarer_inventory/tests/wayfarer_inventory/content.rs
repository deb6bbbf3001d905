//! Mistakes in packs, and packs that change under a running game.

use wayfarer_core::{
    content::{Diagnostic, PackSource},
    prelude::*,
};
use wayfarer_inventory::prelude::*;

use crate::rig::{ANN, Rig, def};

fn errors(path: &str, text: &str) -> Vec<Diagnostic> {
    let mut rig = Rig::new();
    rig.pack.set("t", path, text);
    rig.app.load_content_now().unwrap_err()
}

#[test]
fn mistakes_are_told_with_their_place() {
    for (path, text, code, needle) in [
        (
            "items/b.ron",
            r#"{ "x": (name: "X", weight: -1) }"#,
            "bad-number",
            "weight",
        ),
        (
            "items/b.ron",
            r#"{ "x": (name: "X", bulk: inf) }"#,
            "bad-number",
            "bulk",
        ),
        (
            "items/b.ron",
            r#"{ "x": (name: "X", max_stack: 0) }"#,
            "bad-number",
            "max_stack",
        ),
        (
            "items/b.ron",
            r#"{ "x": (name: " ") }"#,
            "no-name",
            "no name",
        ),
        (
            "items/b.ron",
            r#"{ "x": (name: "X", wieght: 1) }"#,
            "unknown-field",
            "wieght",
        ),
        (
            "compartments/b.ron",
            r#"{ "x": (name: "X", max_bulk: -3) }"#,
            "bad-number",
            "max_bulk",
        ),
        (
            "compartments/b.ron",
            r#"{ "x": (name: "X", max_bulk: "2 +") }"#,
            "formula",
            "",
        ),
        (
            "compartments/b.ron",
            r#"{ "x": (name: "X", max_bulk: "1d6") }"#,
            "dice",
            "dice",
        ),
        (
            "compartments/b.ron",
            r#"{ "x": (name: "X", max_bulk: "body.strenght") }"#,
            "unknown-stat",
            "body.strenght",
        ),
        (
            "compartments/b.ron",
            r#"{ "x": (name: "X", max_bulk: true) }"#,
            "wrong-value",
            "",
        ),
        (
            "kits/b.ron",
            r#"{ "x": (compartments: []) }"#,
            "compartments",
            "",
        ),
        (
            "kits/b.ron",
            r#"{ "x": (compartments: ["bagpack"]) }"#,
            "unknown-reference",
            "bagpack",
        ),
        (
            "kits/b.ron",
            r#"{ "x": (compartments: ["belt"], items: [(item: "sword", count: 0)]) }"#,
            "bad-number",
            "count",
        ),
        (
            "kits/b.ron",
            r#"{ "x": (compartments: ["belt"], items: [(item: "sword", into: "crate")]) }"#,
            "no-compartment",
            "t:crate",
        ),
        (
            "kits/b.ron",
            r#"{ "x": (compartments: ["belt"], items: [(item: "anvil")]) }"#,
            "kit-tags",
            "huge",
        ),
        (
            "kits/b.ron",
            r#"{ "x": (compartments: ["belt"], items: [(item: "rock", count: 2, wear: "core:head")]) }"#,
            "worn-count",
            "one piece",
        ),
        (
            "load_curves/b.ron",
            r#"{ "x": (changes: [(factor: "shear", stat: "body.speed")]) }"#,
            "formula",
            "shear",
        ),
        (
            "load_curves/b.ron",
            r#"{ "x": (changes: [(factor: "1", stat: "body.sped")]) }"#,
            "unknown-stat",
            "body.sped",
        ),
        (
            "load_curves/b.ron",
            r#"{ "x": (changes: [(stat: "body.speed")]) }"#,
            "load-change",
            "either",
        ),
        (
            "kits/b.ron",
            r#"{ "x": (compartments: ["belt"], hard_limit: 0.5) }"#,
            "bad-number",
            "hard_limit",
        ),
        (
            "items/b.ron",
            r#"{ "x": (name: "X", container: ["belt"], max_stack: 2) }"#,
            "bag-stack",
            "stack",
        ),
        (
            "items/b.ron",
            r#"{ "x": (name: "X", size: (0, 2)) }"#,
            "bad-number",
            "size",
        ),
        (
            "items/b.ron",
            r#"{ "x": (name: "X", container: ["nowhere"]) }"#,
            "unknown-reference",
            "nowhere",
        ),
        (
            "compartments/b.ron",
            r#"{ "x": (name: "X", layout: Grid(0, 3)) }"#,
            "bad-number",
            "layout",
        ),
        (
            "compartments/b.ron",
            r#"{ "x": (name: "X", weight_multiplier: 1.5) }"#,
            "bad-number",
            "weight_multiplier",
        ),
    ] {
        let found = errors(path, text);
        let fits =
            |d: &Diagnostic| d.code == code && d.message.contains(needle) && d.place.is_some();
        assert!(found.iter().any(fits), "{text}\n{found:#?}");
    }
}

#[test]
fn a_removed_definition_leaves_a_placeholder() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let (chest, chest_uid) = rig.chest(0.0);
    rig.act(
        ANN,
        me,
        &OpenContainer {
            container: chest_uid,
        },
    )
    .unwrap();
    let rocks = rig.give(hero, "rock", 5, 0);
    let before = rig.bag(hero).get(rocks).cloned();
    let all = rig.bag(hero).total();
    rig.pack.set(
        "t",
        "items/a.ron",
        r#"{
        "sword": (name: "Sword", weight: 3.5, bulk: 2, tags: ["weapon"]),
        "potion": (name: "Potion", weight: 0.2, bulk: 1, max_stack: 10, tags: ["potion"]),
    }"#,
    );
    rig.pack.set(
        "t",
        "kits/a.ron",
        r#"{
        "hero": (compartments: ["backpack", "belt", "pouch"], weight_limit: 100, load: "curve"),
        "chest": (compartments: ["crate"]),
    }"#,
    );
    rig.app.load_content_now().unwrap();
    rig.tick();
    assert_eq!(
        rig.bag(hero).get(rocks).cloned(),
        before,
        "it keeps its data"
    );
    assert_ne!(
        rig.bag(hero).total(),
        all,
        "what it weighs is not known any more"
    );

    let unavailable = "template_unavailable";
    let split = SplitStack {
        item: rocks,
        count: 1,
        to: None,
    };
    assert_eq!(rig.refused(ANN, me, &split).code.as_str(), unavailable);
    let destroy = DestroyItem {
        item: rocks,
        count: None,
    };
    assert_eq!(rig.refused(ANN, me, &destroy).code.as_str(), unavailable);
    let give = TransferItem {
        from: me,
        item: rocks,
        count: None,
        to: chest_uid,
        compartment: None,
    };
    assert_eq!(rig.refused(ANN, me, &give).code.as_str(), unavailable);
    rig.act(
        ANN,
        me,
        &MoveItem {
            item: rocks,
            to: Place::In(1),
            before: None,
        },
    )
    .unwrap();
    rig.act(
        ANN,
        me,
        &DropItem {
            item: rocks,
            count: None,
        },
    )
    .unwrap();
    let pick = PickUpItem {
        item: rocks,
        count: None,
        to: None,
    };
    assert_eq!(rig.refused(ANN, me, &pick).code.as_str(), unavailable);

    // It comes back with its definition.
    rig.pack.set(
        "t",
        "items/b.ron",
        r#"{ "rock": (name: "Rock", weight: 1, max_stack: 10) }"#,
    );
    rig.app.load_content_now().unwrap();
    rig.act(ANN, me, &pick).unwrap();
    rig.tick();
    assert_eq!(rig.app.world().get::<Load>(hero).unwrap().weight, 5.0);
    assert_eq!(rig.count(chest, "rock"), 0);
    rig.check_conserved();
}

/// A save knows the old name; what is the same is the same again.
#[test]
fn a_renamed_definition_keeps_its_things() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let rocks = rig.give(hero, "rock", 5, 0);
    let old = rig.bag(hero).clone();
    let all = old.total();
    rig.pack.set(
        "t",
        "pack.ron",
        r#"(name: "t", version: "2", renamed: { "rock": "stone", "backpack": "rucksack" })"#,
    );
    let files = rig.pack.read().unwrap();
    for file in files.iter().filter(|file| file.path != "pack.ron") {
        let text = file.text.replace("\"rock\"", "\"stone\"");
        let text = text.replace("\"backpack\"", "\"rucksack\"");
        rig.pack.set("t", &file.path, &text);
    }
    rig.app.load_content_now().unwrap();
    rig.tick();
    let (stone, rucksack) = (DefId::of("t:stone"), DefId::of("t:rucksack"));
    assert_eq!(rig.bag(hero).get(rocks).unwrap().def, stone);
    assert_eq!(rig.bag(hero).compartments()[0], rucksack);
    assert_eq!(rig.bag(hero).total(), all, "it weighs what it weighed");
    assert_eq!(rig.give(hero, "stone", 2, 0), rocks, "new ones join it");
    // What comes from a save knows the old names only.
    rig.app.world_mut().entity_mut(hero).insert(old);
    rig.tick();
    assert_eq!(rig.bag(hero).get(rocks).unwrap().def, stone);
    assert_eq!(rig.bag(hero).total(), all);
    let drop = DropItem {
        item: rocks,
        count: None,
    };
    rig.act(ANN, me, &drop).unwrap();
}

#[test]
fn a_reload_weighs_again_and_a_smaller_bag_loses_nothing() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let potions = rig.give(hero, "potion", 10, 0);
    let more = rig.give(hero, "potion", 10, 0);
    rig.pack.set(
        "t",
        "compartments/a.ron",
        r#"{
        "backpack": (name: "Backpack", max_bulk: 5),
        "belt": (name: "Belt", max_bulk: 10, order: 1),
        "pouch": (name: "Pouch", order: 2),
        "crate": (name: "Crate"),
    }"#,
    );
    rig.app.load_content_now().unwrap();
    assert_eq!(rig.count(hero, "potion"), 20);
    // Inside it things can still be put in order; out they go; in they do not.
    rig.act(
        ANN,
        me,
        &MoveItem {
            item: more,
            to: Place::In(0),
            before: Some(potions),
        },
    )
    .unwrap();
    rig.act(
        ANN,
        me,
        &MoveItem {
            item: more,
            to: Place::In(1),
            before: None,
        },
    )
    .unwrap();
    let back = MoveItem {
        item: more,
        to: Place::In(0),
        before: None,
    };
    assert_eq!(rig.refused(ANN, me, &back).code.as_str(), "exceeds_bulk");
    assert_eq!(rig.bag(hero).tally(0).bulk.to_f32(), 10.0);
    assert_eq!(rig.bag(hero).count_of(def("potion")), 20);
    rig.check_conserved();
}
