//! Mistakes in packs, and packs that change under worn things.

use wayfarer_core::{content::Diagnostic, prelude::*};
use wayfarer_equipment::prelude::*;

use crate::rig::Rig;

#[test]
fn mistakes_are_told_with_their_place() {
    for (path, text, code, needle) in [
        (
            "slots/b.ron",
            r#"{ "x": (name: "X", anchor: (0.5, 1.5)) }"#,
            "bad-number",
            "anchor",
        ),
        (
            "gear/b.ron",
            r#"{ "swrod": (slots: ["main"]) }"#,
            "gear-without-item",
            "t:swrod",
        ),
        (
            "gear/b.ron",
            r#"{ "rock": (slots: []) }"#,
            "no-slot",
            "nowhere",
        ),
        (
            "gear/b.ron",
            r#"{ "rock": (slots: ["mian"]) }"#,
            "unknown-reference",
            "mian",
        ),
        (
            "gear/b.ron",
            r#"{ "rock": (slots: ["main"], occupies: ["main"]) }"#,
            "occupies-itself",
            "t:main",
        ),
        (
            "gear/b.ron",
            r#"{ "rock": (slots: ["main"], equip_cooldown: -1) }"#,
            "bad-number",
            "equip_cooldown",
        ),
        (
            "gear/b.ron",
            r#"{ "rock": (slots: ["main"], modifiers: [(stat: "t:body.atack", flat: 1)]) }"#,
            "unknown-stat",
            "atack",
        ),
        (
            "gear/b.ron",
            r#"{ "rock": (slots: ["main"], modifiers: [(stat: "t:body.attack")]) }"#,
            "no-amount",
            "",
        ),
        (
            "gear/b.ron",
            r#"{ "rock": (slots: ["main"], requires: [(stat: "t:body.mele", min: 1)]) }"#,
            "unknown-stat",
            "mele",
        ),
        (
            "kits/b.ron",
            r#"{ "chest2": (compartments: ["bag"], items: [(item: "helm", wear: "haed")]) }"#,
            "unknown-slot",
            "t:haed",
        ),
        (
            "kits/b.ron",
            r#"{ "chest2": (compartments: ["bag"], items: [(item: "helm", wear: "main")]) }"#,
            "wrong-slot",
            "Main",
        ),
        (
            "kits/b.ron",
            r#"{ "chest2": (compartments: ["bag"], items: [(item: "rock", wear: "main")]) }"#,
            "not-wearable",
            "t:rock",
        ),
        (
            "kits/b.ron",
            r#"{ "chest2": (compartments: ["bag"], items: [(item: "shield", wear: "off"), (item: "greataxe", wear: "main")]) }"#,
            "slot-taken",
            "t:greataxe",
        ),
    ] {
        let mut rig = Rig::new();
        rig.pack.set("t", path, text);
        let found = rig.app.load_content_now().unwrap_err();
        let fits =
            |d: &Diagnostic| d.code == code && d.message.contains(needle) && d.place.is_some();
        assert!(found.iter().any(fits), "{text}\n{found:#?}");
    }
}

#[test]
fn worn_things_follow_their_definitions() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero();
    let helm = rig.give(hero, "helm", 1, 0);
    rig.equip(me, helm, "head").unwrap();
    rig.ticks(1);
    assert_eq!(rig.stat(hero, "guard"), 1.0);
    let saved = wayfarer_core::state::snapshot_world(rig.app.world());

    let patch =
        r#"{ "t:helm": (extends: "t:helm", modifiers: [(stat: "t:body.guard", flat: 7)]) }"#;
    let add_patch = |rig: &mut Rig| {
        rig.pack.set(
            "patch",
            "pack.ron",
            r#"(name: "patch", version: "1", depends: ["t"])"#,
        );
        rig.pack.set("patch", "gear/a.ron", patch);
        rig.app
            .load_content_now()
            .unwrap_or_else(|e| panic!("{e:#?}"));
    };
    add_patch(&mut rig);
    rig.ticks(1);
    assert_eq!(rig.stat(hero, "guard"), 7.0);
    rig.check(hero);

    // And what a save says was written under the old pack.
    let mut later = Rig::new();
    add_patch(&mut later);
    let report = wayfarer_core::state::restore_world(later.app.world_mut(), &saved);
    assert!(report.problems.is_empty());
    later.ticks(1);
    let again = later.app.world().resource::<UidIndex>().get(me).unwrap();
    assert_eq!(later.stat(again, "guard"), 7.0);
    later.check(again);
}

#[test]
fn without_rules_there_is_no_waiting() {
    let mut rig = Rig::new();
    rig.pack.remove("core", "equip_rules/a.ron");
    rig.app.load_content_now().unwrap();
    let (hero, me) = rig.hero();
    let sword = rig.give(hero, "sword", 1, 0);
    rig.equip(me, sword, "main").unwrap();
    let off = UnequipItem {
        slot: crate::rig::def("main"),
        compartment: None,
    };
    rig.act(me, &off).unwrap();
}

/// One word for lists, another for prices: somebody has forgotten one of the two.
#[test]
fn rarities_that_differ_are_told() {
    let rarities = r#"{ "common": (name: "Common"), "rare": (name: "Rare", order: 1) }"#;
    for (item, gear, told) in [
        ("", "", false),
        ("", r#"rarity: "rare""#, false),
        (r#"rarity: "common""#, "", false),
        (r#"rarity: "rare""#, r#"rarity: "rare""#, false),
        (r#"rarity: "rare""#, "", true),
        (r#"rarity: "common""#, r#"rarity: "rare""#, true),
    ] {
        let mut rig = Rig::new();
        rig.pack.set("t", "rarities/a.ron", rarities);
        let items = format!("{{ \"orb\": (name: \"Orb\", {item}) }}");
        rig.pack.set("t", "items/orb.ron", &items);
        let gears = format!("{{ \"orb\": (slots: [\"main\"], {gear}) }}");
        rig.pack.set("t", "gear/orb.ron", &gears);
        let content = rig.app.load_content_now().unwrap();
        let mut warnings = content.warnings.iter();
        let found = warnings.find(|warning| warning.code == "rarity-differs");
        assert_eq!(found.is_some(), told, "{item} {gear}");
        let place = found.and_then(|found| found.place.as_ref());
        assert!(place.is_none_or(|place| place.file == "t/gear/orb.ron"));
    }
}
