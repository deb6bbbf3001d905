//! Recipes and stations: what authors are told.

use wayfarer_core::{
    content::{Diagnostic, MemorySource},
    prelude::*,
};

use crate::{making::rig, market::market_with, rig::Rig};

#[test]
fn mistakes_in_recipes_are_told() {
    let with = |text: &str| format!(r#"{{ "x": (output: (item: "board"), {text}) }}"#);
    for (text, code) in [
        (with("inputs: [(count: 2)]"), "material"),
        (with(r#"inputs: [(item: "iron", tag: "wood")]"#), "material"),
        (with(r#"inputs: [(item: "iron", count: 0)]"#), "bad-number"),
        (with(r#"inputs: [(tag: "nonsense")]"#), "unknown-tag"),
        (
            with(r#"inputs: [(item: "iron")], tools: ["nonsense"]"#),
            "unknown-tag",
        ),
        (
            with(r#"inputs: [(item: "iron")], chance: "skil""#),
            "formula",
        ),
        (with(r#"inputs: [(item: "iron")], score: "1d6""#), "dice"),
        (
            with(r#"inputs: [(item: "iron")], on_fail: (lost: 2)"#),
            "bad-number",
        ),
        (
            with(r#"inputs: [(item: "iron")], skill: (stat: "body.nonsense")"#),
            "unknown-stat",
        ),
        (
            with(r#"inputs: [(item: "iron")], byproducts: [(item: "slag", chance: -1)]"#),
            "bad-number",
        ),
    ] {
        let mut rig = rig();
        rig.pack.set("t", "recipes/x.ron", &text);
        let errors = rig.app.load_content_now().unwrap_err();
        assert!(
            errors.iter().any(|error| error.code == code),
            "{text}: {errors:#?}"
        );
    }
    for (text, code) in [
        (r#"{ "x": (name: "X", kinds: []) }"#, "no-kind"),
        (
            r#"{ "x": (name: "X", kinds: ["y"], efficiency: 0) }"#,
            "bad-number",
        ),
        (
            r#"{ "x": (name: "X", kinds: ["y"], skill: 101) }"#,
            "bad-number",
        ),
        (
            r#"{ "x": (name: "X", kinds: ["y"], fee: "prise") }"#,
            "formula",
        ),
    ] {
        let mut rig = rig();
        rig.pack.set("t", "stations/x.ron", text);
        let errors = rig.app.load_content_now().unwrap_err();
        assert!(
            errors.iter().any(|error| error.code == code),
            "{text}: {errors:#?}"
        );
    }
}

fn warnings(rig: &Rig, code: &str) -> Vec<Diagnostic> {
    let content = &rig.app.world().resource::<ActiveContent>().0;
    let warnings = content.warnings.iter().filter(|found| found.code == code);
    warnings.cloned().collect()
}

/// Wood is two boards; whoever can make wood of one of them has all the wood of the world.
#[test]
fn round_trips_that_grow_are_told() {
    let back = |text: &str| format!(r#"{{ "back": (output: (item: "oak"), {text}) }}"#);
    let steps = r#"{ "one": (output: (item: "slag", count: 3), inputs: [(item: "board", count: 2)]),
                     "two": (output: (item: "pine"), inputs: [(item: "slag", count: 2)]) }"#;
    for (text, gain) in [
        (back(r#"inputs: [(item: "board")]"#), Some("2.00")),
        // Skill and time do not make it right.
        (
            back(
                r#"inputs: [(item: "board")], seconds: 60, skill: (stat: "body.strength", min: 9)"#,
            ),
            Some("2.00"),
        ),
        (
            back(r#"inputs: [(item: "board")], chance: 0.75, on_fail: (lost: 0)"#),
            Some("2.00"),
        ),
        (
            back(
                r#"inputs: [(item: "slag")], byproducts: [(item: "slag", count: "1d3", chance: 0.75)]"#,
            ),
            Some("1.50"),
        ),
        (steps.to_owned(), Some("1.50")),
        (back(r#"inputs: [(item: "board", count: 2)]"#), None),
        (back(r#"inputs: [(item: "board")], chance: 0.5"#), None),
        (back(r#"inputs: [(item: "board")], cost: 1"#), None),
        (back(r#"inputs: [(item: "board"), (item: "slag")]"#), None),
        // The master takes something, but at the smithy it is free; nobody has a mill.
        (
            back(r#"inputs: [(item: "board")], station: "forge""#),
            Some("2.00"),
        ),
        (back(r#"inputs: [(item: "board")], station: "mill""#), None),
        (
            back(r#"inputs: [(item: "board")], station: "altar""#),
            Some("2.00"),
        ),
    ] {
        let mut rig = rig();
        rig.pack.set("t", "recipes/x.ron", &text);
        rig.app.load_content_now().unwrap();
        let told = warnings(&rig, "out-of-nothing");
        assert_eq!(told.len(), usize::from(gain.is_some()), "{text}: {told:#?}");
        if let (Some(gain), [told]) = (gain, told.as_slice()) {
            assert!(told.message.contains(gain), "{}", told.message);
            let place = told.place.as_ref().unwrap().to_string();
            assert!(place.contains("recipes/"), "{place}");
        }
    }
}

/// Herbs cost 12, a blade brings 25.
#[test]
fn profit_without_work_is_told() {
    let blade = |text: &str| format!(r#""blade": (output: (item: "blade"), {text})"#);
    let herbs = |count: u32| format!(r#"inputs: [(item: "herb", count: {count})]"#);
    for (recipes, told) in [
        (blade(&herbs(1)), true),
        (blade(&herbs(2)), true),
        (blade(r#"inputs: [(tag: "herb")]"#), true),
        (blade(&herbs(3)), false),
        (blade(&format!("{}, cost: 12", herbs(1))), true),
        (blade(&format!("{}, cost: 13", herbs(1))), false),
        (blade(&format!("{}, seconds: 0.5", herbs(1))), false),
        (blade(&format!("{}, chance: 0.9", herbs(1))), false),
        (
            blade(&format!(
                r#"{}, skill: (stat: "t:body.strength")"#,
                herbs(1)
            )),
            false,
        ),
        // Rocks are not sold here, but made of herbs.
        (
            format!(
                r#"{}, "rock": (output: (item: "t:rock"), {})"#,
                blade(r#"inputs: [(item: "t:rock")]"#),
                herbs(1)
            ),
            true,
        ),
        (blade(r#"inputs: [(item: "t:rock")]"#), false),
    ] {
        let rig = market_with(|pack: &MemorySource| {
            pack.set("m", "recipes/a.ron", format!("{{ {recipes} }}"));
        });
        let found = warnings(&rig, "free-profit");
        assert_eq!(found.len(), usize::from(told), "{recipes}: {found:#?}");
        for found in found {
            assert!(found.message.contains("`m:blade`"), "{}", found.message);
            assert!(found.message.contains("`m:merchant`"), "{}", found.message);
            assert!(found.place.is_some());
        }
    }
}
