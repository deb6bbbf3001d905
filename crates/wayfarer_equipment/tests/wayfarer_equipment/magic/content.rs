//! What authors are told.

use wayfarer_core::prelude::*;

use super::rig::Rig;

/// The errors and warnings of one more file.
fn errors(path: &str, text: &str) -> String {
    let mut w = super::rig::World::new();
    w.rig.pack.set("t", path, text);
    let errors = w.rig.app.load_content_now().err().unwrap_or_default();
    let mut all: Vec<String> = errors.iter().map(ToString::to_string).collect();
    let content = &w.rig.app.world().resource::<ActiveContent>().0;
    all.extend(content.warnings.iter().map(ToString::to_string));
    all.join("\n")
}

#[test]
fn mistakes_are_told_at_their_place() {
    for (path, text, expected) in [
        (
            "enchantments/b.ron",
            r#"{ "a": (name: "A", grade: "lwo", school: "war", modifiers: [(stat: "t:body.guard", flat: 1)]) }"#,
            "did you mean `low`",
        ),
        (
            "enchantments/b.ron",
            r#"{ "a": (name: "A", grade: "low", school: "wra", modifiers: [(stat: "t:body.guard", flat: 1)]) }"#,
            "there is no school `wra`",
        ),
        (
            "enchantments/b.ron",
            r#"{ "a": (name: "A", grade: "low", school: "war", requires: ["b"]),
                "b": (name: "B", grade: "low", school: "war", requires: ["a"]) }"#,
            "requires itself by way of others",
        ),
        (
            "enchantments/b.ron",
            r#"{ "a": (name: "A", grade: "low", school: "war", excludes: ["a"]) }"#,
            "excludes itself",
        ),
        (
            "enchantments/b.ron",
            r#"{ "a": (name: "A", grade: "low", school: "war", lasts: Seconds(0)) }"#,
            "longer than 0 seconds",
        ),
        (
            "enchantments/b.ron",
            r#"{ "a": (name: "A", grade: "low", school: "war", modifiers: [(stat: "t:body.gaurd", flat: 1)]) }"#,
            "gaurd",
        ),
        (
            "gear_sets/b.ron",
            r#"{ "a": (name: "A", items: ["cap"], tiers: [(pieces: 2)]) }"#,
            "asks for 2 pieces of a set of 1",
        ),
        (
            "gear_sets/b.ron",
            r#"{ "a": (name: "A", tags: ["cloth"], tiers: [(pieces: 3), (pieces: 3)]) }"#,
            "more and more pieces",
        ),
        (
            "gear_sets/b.ron",
            r#"{ "a": (name: "A", tags: ["cloth"], tiers: [(pieces: 1)]) }"#,
            "counts for a single piece",
        ),
        (
            "gear_sets/b.ron",
            r#"{ "a": (name: "A", items: ["dust", "cap"], tiers: [(pieces: 2)]) }"#,
            "can not be worn",
        ),
        (
            "item_abilities/b.ron",
            r#"{ "a": (name: "A", effects: ["glow"], costs: [(stat: "t:body.guard", amount: 1)]) }"#,
            "is no resource",
        ),
        (
            "gear/b.ron",
            r#"{ "dust": (slots: ["off"], effects: ["core:flash"]) }"#,
            "lasts while it is worn",
        ),
        (
            "item_abilities/b.ron",
            r#"{ "a": (name: "A", effects: []) }"#,
            "does nothing",
        ),
        (
            "gear/b.ron",
            r#"{ "dust": (slots: ["off"], hidden: (steps: 4)) }"#,
            "hides 4 steps, and there are 3",
        ),
        (
            "gear/b.ron",
            r#"{ "dust": (slots: ["off"], wearer: (all: ["order"], none: ["order"])) }"#,
            "never true",
        ),
    ] {
        let told = errors(path, text);
        assert!(told.contains(expected), "{text}\n→ {told}");
    }
}

#[test]
fn rules_are_checked() {
    for (path, text, expected) in [
        (
            "core/identification_rules/a.ron",
            r#"{ "default": (steps: []) }"#,
            "1 to 100 steps",
        ),
        (
            "core/identification_rules/a.ron",
            r#"{ "default": (steps: [(name: "a", shows: [Name], at_level: 3), (name: "b", shows: [Lore], at_level: 2)]) }"#,
            "does not fall",
        ),
        (
            "core/name_rules/a.ron",
            r#"{ "default": (enchanted: [(2, "b"), (1, "a")]) }"#,
            "more and more",
        ),
    ] {
        let (pack, path) = path.split_once('/').unwrap();
        let mut rig = Rig::new();
        rig.pack.set(pack, path, text);
        let errors = rig.app.load_content_now().unwrap_err();
        let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert!(told.join("\n").contains(expected), "{told:?}");
    }
}
