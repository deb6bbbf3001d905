#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

//! Every mistake in content, with the place that is marked.

use std::sync::Arc;

use serde::Deserialize;
use wayfarer_core::content::{Content, ContentAppExt, Definition, Diagnostic, LinkCtx, Report};

use super::*;
use crate::test_content::{FILES, app_with, compile, show};

/// The part of the line that a diagnostic marks.
fn marked(error: &Diagnostic) -> String {
    let Some(snippet) = &error.snippet else {
        return String::new();
    };
    let skip = snippet.column as usize - 1;
    snippet
        .text
        .chars()
        .skip(skip)
        .take(snippet.length as usize)
        .collect()
}

fn set(stats: &str) -> String {
    format!(r#"{{ "a": (name: "A", stats: {{ {stats} }}) }}"#)
}

fn with_levels(levels: &str) -> String {
    let stats = r#""x": (name: "X"), "y": (name: "Y")"#;
    format!(r#"{{ "a": (name: "A", stats: {{ {stats} }}, levels: [{levels}]) }}"#)
}

#[test]
fn mistakes_in_sets_are_told_at_their_place() {
    let cases: &[(&str, String, &str, &str)] = &[
        (
            "twice",
            set(r#""x": (name: "X"), "x": (name: "Y")"#),
            "duplicate-name",
            "x",
        ),
        (
            "min > max",
            set(r#""x": (name: "X", min: 5, max: 4)"#),
            "bad-range",
            "5",
        ),
        (
            "default",
            set(r#""x": (name: "X", max: 9, default: 10)"#),
            "bad-default",
            "10",
        ),
        (
            "inf",
            set(r#""x": (name: "X", max: inf)"#),
            "not-finite",
            "inf",
        ),
        (
            "nan",
            set(r#""x": (name: "X", default: NaN)"#),
            "not-finite",
            "NaN",
        ),
        (
            "syntax",
            set(r#""x": (name: "X", formula: "1 + * 2")"#),
            "formula",
            "*",
        ),
        (
            "name",
            set(r#""x": (name: "X"), "y": (name: "Y", formula: "1 + z9")"#),
            "unknown-stat",
            "z9",
        ),
        (
            "dice",
            set(r#""x": (name: "X", formula: "2d6")"#),
            "dice-in-stat",
            "2d6",
        ),
        (
            "self",
            set(r#""x": (name: "X", formula: "1 + x")"#),
            "stat-cycle",
            "x",
        ),
        ("word", set(r#""a b": (name: "X")"#), "bad-name", "a b"),
        ("die", set(r#""d6": (name: "X")"#), "bad-name", "d6"),
        ("operator", set(r#""and": (name: "X")"#), "bad-name", "and"),
        ("dot", set(r#""a.b": (name: "X")"#), "bad-name", "a.b"),
        ("digit", set(r#""9x": (name: "X")"#), "bad-name", "9x"),
        (
            "field",
            set(r#""x": (name: "X", maxx: 4)"#),
            "unknown-field",
            "maxx",
        ),
        (
            "both",
            set(r#""x": (name: "X", formula: "1", resource: (max: "5"))"#),
            "formula-and-resource",
            "x",
        ),
        (
            "tier order",
            set(
                r#""x": (name: "X", tiers: [(id: "a", min: 0, name: "A"), (id: "b", min: 0, name: "B")])"#,
            ),
            "tier-order",
            "0",
        ),
        (
            "tier gap",
            set(r#""x": (name: "X", tiers: [(id: "a", min: 3, name: "A")])"#),
            "tier-gap",
            "3",
        ),
        (
            "tier beyond",
            set(
                r#""x": (name: "X", tiers: [(id: "a", min: 0, name: "A"), (id: "b", min: 101, name: "B")])"#,
            ),
            "tier-unreachable",
            "101",
        ),
        (
            "level axis",
            with_levels(r#"(id: "l", name: "L", when: [(stat: "yy", min: 1)])"#),
            "unknown-stat",
            "yy",
        ),
        (
            "level range",
            with_levels(r#"(id: "l", name: "L", when: [(stat: "x", min: 101)])"#),
            "level-unreachable",
            "x",
        ),
        (
            "level contradiction",
            with_levels(
                r#"(id: "l", name: "L", when: [(stat: "y", min: 9), (stat: "y", max: 8)])"#,
            ),
            "level-unreachable",
            "y",
        ),
        (
            "level hidden",
            with_levels(
                r#"(id: "low", name: "L", when: [(stat: "x", min: 50)]), (id: "high", name: "H", priority: 1, when: [(stat: "x", min: 40)])"#,
            ),
            "level-unreachable",
            "low",
        ),
    ];
    for (what, text, code, mark) in cases {
        let errors = compile(&[("stats/a.ron", text)]).expect_err(what);
        let error = errors.iter().find(|error| error.code == *code);
        let error = error.unwrap_or_else(|| panic!("{what}: {}", show(&errors)));
        assert_eq!(marked(error).trim_matches('"'), *mark, "{what}: {error}");
    }
}

#[test]
fn a_cycle_is_told_with_its_path() {
    let text = set(
        r#""a": (name: "A", formula: "2 * b"), "b": (name: "B", formula: "c"), "c": (name: "C", formula: "a")"#,
    );
    let errors = compile(&[("stats/a.ron", &text)]).unwrap_err();
    assert_eq!(errors.len(), 1, "{}", show(&errors));
    assert!(
        errors[0].message.ends_with("a → b → c → a"),
        "{}",
        errors[0]
    );
    assert_eq!(marked(&errors[0]), "b");
    let through = set(r#""h": (name: "H", resource: (max: "m")), "m": (name: "M", formula: "h")"#);
    let errors = compile(&[("stats/a.ron", &through)]).unwrap_err();
    assert_eq!(
        errors[0].code, "stat-cycle",
        "a resource depends on its maximum"
    );
}

#[test]
fn names_are_found_near_before_far() {
    let two = r#"{
        "a": (name: "A", stats: { "x": (name: "X", default: 1), "own": (name: "O", formula: "x") }),
        "b": (name: "B", stats: { "x": (name: "X", default: 2), "far": (name: "F", formula: "a.x + t:b.x") }),
        "c": (name: "C", stats: { "y": (name: "Y", formula: "x") }),
    }"#;
    let errors = compile(&[("stats/a.ron", two)]).unwrap_err();
    assert_eq!(errors.len(), 1, "{}", show(&errors));
    assert_eq!(errors[0].message, "`x` could mean `t:a.x` or `t:b.x`");
    assert_eq!(errors[0].help.as_deref(), Some("write the full name"));
}

#[test]
fn mistakes_in_sheets_and_worlds_are_told() {
    let sheet = |base: &str| format!(r#"{{ "s": (sets: ["body"], base: {{ {base} }}) }}"#);
    let cases: &[(&str, &str, String, &str, &str)] = &[
        (
            "set",
            "sheets/b.ron",
            r#"{ "s": (sets: ["boddy"]) }"#.into(),
            "unknown-reference",
            "boddy",
        ),
        (
            "stat",
            "sheets/b.ron",
            sheet(r#""strenght": 4"#),
            "unknown-stat",
            "strenght",
        ),
        (
            "range",
            "sheets/b.ron",
            sheet(r#""strength": 400"#),
            "out-of-range",
            "400",
        ),
        (
            "not listed",
            "sheets/b.ron",
            sheet(r#""focus": 4"#),
            "unknown-stat",
            "focus",
        ),
        (
            "alias",
            "sheets/b.ron",
            sheet(r#""strength": 4, "body.strength": 5"#),
            "duplicate-name",
            "body.strength",
        ),
        (
            "world",
            "worlds/b.ron",
            r#"{ "w": (name: "W", variation: { "t:herro": {} }) }"#.into(),
            "unknown-reference",
            "t:herro",
        ),
        (
            "world stat",
            "worlds/b.ron",
            r#"{ "w": (name: "W", variation: { "t:beast": { "focus": 1 } }) }"#.into(),
            "unknown-stat",
            "focus",
        ),
    ];
    for (what, path, text, code, mark) in cases {
        let files = [FILES, &[(*path, text.as_str())]].concat();
        let errors = compile(&files).expect_err(what);
        let error = errors.iter().find(|error| error.code == *code);
        let error = error.unwrap_or_else(|| panic!("{what}: {}", show(&errors)));
        assert_eq!(marked(error).trim_matches('"'), *mark, "{what}: {error}");
    }
    // That the beast has no mind is allowed, and told.
    let content = compile(FILES).unwrap();
    let codes: Vec<&str> = content
        .warnings
        .iter()
        .map(|warning| warning.code)
        .collect();
    assert_eq!(codes, ["missing-set"], "{}", show(&content.warnings));
}

/// What another crate's definition looks like.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Charm {
    modifiers: Vec<ModifierDef>,
}

impl Definition for Charm {
    const KIND: &'static str = "charms";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        for modifier in &mut self.modifiers {
            modifier.link(ctx);
        }
    }
}

fn check_charms(content: &Content, report: &mut Report) {
    let charms = content.table::<Charm>().iter();
    for modifier in charms.flat_map(|charm| &charm.modifiers) {
        modifier.check(content, report);
    }
}

fn charm(modifier: &str) -> Result<Arc<Content>, Vec<Diagnostic>> {
    let text = format!(r#"{{ "c": (modifiers: [({modifier})]) }}"#);
    let files = [FILES, &[("charms/a.ron", text.as_str())]].concat();
    let (mut app, _) = app_with(&files);
    app.register_definition::<Charm>()
        .register_content_check("charms", check_charms);
    app.load_content_now()
}

#[test]
fn mistakes_in_modifiers_are_told() {
    let cases: &[(&str, &str, &str)] = &[
        (r#"stat: "t:body.strength""#, "no-amount", "t:body.strength"),
        (r#"stat: "strength", flat: 1, more: 2"#, "two-amounts", "2"),
        (
            r#"stat: "t:bode.strength", flat: 1"#,
            "unknown-stat",
            "t:bode",
        ),
        (
            r#"stat: "t:body.strenght", flat: 1"#,
            "unknown-stat",
            "t:body.strenght",
        ),
        (
            r#"stat: "body.health", flat: 1"#,
            "modifier-on-resource",
            "body.health",
        ),
        (r#"stat: "strength", flat: inf"#, "not-finite", "inf"),
        (r#"stat: "strength", more: -0.5"#, "bad-factor", "-0.5"),
        (
            r#"stat: "strength", flat: 1, type: "magick""#,
            "unknown-reference",
            "magick",
        ),
        (
            r#"stat: "strength", flat: 1, when: "health <""#,
            "formula",
            "",
        ),
        (
            r#"stat: "strength", flat: 1, when: "helth < 3""#,
            "unknown-stat",
            "helth",
        ),
    ];
    for (text, code, mark) in cases {
        let Err(errors) = charm(text) else {
            panic!("{text} was accepted");
        };
        let error = errors.iter().find(|error| error.code == *code);
        let error = error.unwrap_or_else(|| panic!("{text}: {}", show(&errors)));
        if !mark.is_empty() {
            assert_eq!(marked(error).trim_matches('"'), *mark, "{text}: {error}");
        }
    }
}

#[test]
fn a_modifier_becomes_what_it_says() {
    let content =
        charm(r#"stat: "strength", override: 5, type: "magic", priority: 2, when: "agility > 3""#)
            .unwrap();
    let index = content.derived::<crate::index::StatIndex>().unwrap();
    let charm = content.table::<Charm>().get_by_name("t:c").unwrap();
    let source = crate::test_content::uid(4);
    let made = ModifierDef::to_modifiers(&charm.modifiers, index, source, charm.id(), 3);
    let expected = crate::modifier::Modifier {
        stat: crate::test_content::stat("body.strength"),
        kind: crate::modifier::ModifierKind::Override,
        amount: 5.0,
        bonus: Some(wayfarer_core::id::DefId::of("t:magic")),
        priority: 2,
        source,
        origin: charm.id(),
        index: 3,
        when: Some("agility > 3".to_owned()),
        marks: crate::modifier::Marks::default(),
    };
    assert_eq!(made, [expected]);
}
