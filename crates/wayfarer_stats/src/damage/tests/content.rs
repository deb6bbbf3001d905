//! What packs can say, and what they are told when it is wrong.

use super::*;
use crate::test_content::{FILES, compile, show};

const TAGS: &str = r#"{
    "immune": (name: "Immune"),
    "immune.energy": (name: "Immune to energy"),
    "immune.energy.fire": (name: "Immune to fire, and so to all energy"),
    "resist": (name: "Resistant"),
    "resist.fire": (name: "Fireproof"),
    "resist.energy": (name: "Shielded"),
}"#;

const TYPES: &str = r#"{
    "energy": (name: "Energy", immune: ["immune.energy"], resist: ["resist.energy"], share: "0.1"),
    "fire": (
        name: "Fire", group: "energy", resist: ["resist.fire"],
        reduction: "agility", share: "vigour / 10",
    ),
}"#;

const RULES: &str = r#"{ "default": (resource: "body.health", rounding: None) }"#;

fn pack<'a>(
    types: &'a str,
    rules: &'a str,
) -> Result<Arc<wayfarer_core::content::Content>, String> {
    let own = [
        ("tags/all.ron", TAGS),
        ("damage_types/all.ron", types),
        ("damage_rules/all.ron", rules),
    ];
    let files: Vec<_> = FILES.iter().copied().chain(own).collect();
    compile(&files).map_err(|errors| show(&errors))
}

#[test]
fn a_wider_type_adds_what_it_says() {
    let content = pack(TYPES, RULES).unwrap_or_else(|errors| panic!("{errors}"));
    let told = show(&content.warnings);
    assert!(!told.contains("damage"), "{told}");
    let index = content.derived::<DamageIndex>().unwrap();
    let fire = index.get(kind("fire")).unwrap();
    let labels = |reasons: &[Reason]| -> Vec<String> {
        reasons
            .iter()
            .map(|reason| reason.label.to_string())
            .collect()
    };
    assert_eq!(labels(&fire.immune), ["Immune to energy"]);
    assert_eq!(labels(&fire.resist), ["Fireproof", "Shielded"]);
    assert_eq!(labels(&fire.reductions), ["Agility"], "a stat by its name");
    assert_eq!(labels(&fire.shares), ["vigour / 10", "0.1"]);
    let place = fire.resist[0].place.as_deref();
    assert_eq!(place, Some("t/damage_types/all.ron:4:50"));
    assert_eq!(index.resource(), Some(StatId::of("t:body.health")));
    assert_eq!(index.temporary(), None);
    assert_eq!(index.rules().unwrap().resisted, 0.5);
}

#[test]
fn mistakes_in_types_are_told_with_their_place() {
    let cases = [
        (
            r#"{ "fire": (name: "Fire", immune: ["immune.fier"]) }"#,
            "unknown-reference",
        ),
        (
            r#"{ "fire": (name: "Fire", group: "enrgy") }"#,
            "unknown-reference",
        ),
        (
            r#"{ "fire": (name: "Fire", group: "fire") }"#,
            "`t:fire` → `t:fire`",
        ),
        (
            r#"{ "a": (name: "A", group: "c"), "b": (name: "B", group: "a"), "c": (name: "C", group: "b") }"#,
            "group-cycle",
        ),
        (
            r#"{ "fire": (name: "Fire", reduction: "soakk") }"#,
            "there is no stat `soakk`",
        ),
        (r#"{ "fire": (name: "Fire", share: "1 +") }"#, "formula"),
        (
            r#"{ "fire": (name: "Fire", reduction: "1d6") }"#,
            "dice-in-stat",
        ),
        (
            r#"{ "fire": (name: "Fire", resists: []) }"#,
            "did you mean `resist`?",
        ),
    ];
    for (types, expected) in cases {
        let told = pack(types, RULES).unwrap_err();
        let expected = expected.replace('`', "");
        assert!(told.replace('`', "").contains(&expected), "{types}: {told}");
        assert_eq!(told.matches("error[").count(), 1, "{told}");
        assert!(told.contains("t/damage_types/all.ron:1:"), "{told}");
    }
}

#[test]
fn mistakes_in_rules_are_told_with_their_place() {
    let cases = [
        (r#"(resource: "body.helth")"#, "did you mean"),
        (r#"(resource: "strength")"#, "bad-resource"),
        (
            r#"(resource: "health", temporary: "strength")"#,
            "bad-resource",
        ),
        (
            r#"(resource: "health", temporary: "body.health")"#,
            "a resource of their own",
        ),
        (
            r#"(resource: "health", temporary: "nothing")"#,
            "unknown-stat",
        ),
        (r#"(resource: "health", resisted: -0.5)"#, "bad-number"),
        (r#"(resource: "health", vulnerable: inf)"#, "bad-number"),
        (r#"(resource: "health", minimum: NaN)"#, "bad-number"),
        (
            r#"(resource: "health", healing_share: "luckk")"#,
            "unknown-stat",
        ),
        (
            r#"(resource: "health", healing_blocked_by: ["cursed"])"#,
            "unknown-reference",
        ),
        (r#"(resource: "health", order: [Immunity])"#, "bad-order"),
        (
            r#"(resource: "health", order: [Temporary, Immunity, Resource])"#,
            "bad-order",
        ),
        (
            r#"(resource: "health", order: [Share, Share, Resource])"#,
            "written twice",
        ),
        (
            r#"(resource: "health", order: [Sharing, Resource])"#,
            "unknown-variant",
        ),
        (r#"(temporary: "health")"#, "missing-field"),
    ];
    for (rules, expected) in cases {
        let told = pack(TYPES, &format!("{{ \"default\": {rules} }}")).unwrap_err();
        assert!(told.contains(expected), "{rules}: {told}");
        assert_eq!(told.matches("error[").count(), 1, "{told}");
        assert!(told.contains("t/damage_rules/all.ron:1:"), "{told}");
    }
}

#[test]
fn there_is_one_entry_of_rules() {
    let two = r#"{ "default": (resource: "health"), "other": (resource: "mood") }"#;
    let told = pack(TYPES, two).unwrap_err();
    assert!(
        told.contains("two-rules") && told.contains("t:other"),
        "{told}"
    );
    assert!(told.contains("replace: true"), "{told}");
}

#[test]
fn a_tag_beneath_that_of_the_wider_type_is_a_trap() {
    let types = r#"{
        "energy": (name: "Energy", immune: ["immune.energy"]),
        "fire": (name: "Fire", group: "energy", immune: ["immune.energy.fire"]),
    }"#;
    let content = pack(types, RULES).unwrap();
    let told = show(&content.warnings);
    assert!(told.contains("nested-tag"), "{told}");
    let odd = r#"{ "default": (resource: "health", resisted: 1.5) }"#;
    let content = pack(TYPES, odd).unwrap();
    assert!(show(&content.warnings).contains("odd-number"));
}
