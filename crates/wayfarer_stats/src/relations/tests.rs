#![allow(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use proptest::prelude::*;
use wayfarer_core::{
    aggregate::Aggregate,
    content::Content,
    id::{DefId, PlayerId},
};

use super::*;
use crate::{
    StatId,
    explain::{LineOp, LineSource},
    rules::resource::Now,
    test_content::{compile, show, stat, uid},
};

pub(super) const STATS: &str = r#"{
    "relationships": (name: "Relationships", stats: {
        "affinity": (name: "Affinity", tiers: [
            (id: "stranger", min: 0, name: "Stranger"),
            (id: "acquaintance", min: 10, name: "Acquaintance"),
            (id: "friend", min: 60, name: "Friend"),
            (id: "close_friend", min: 80, name: "Close friend"),
        ]),
        "trust": (name: "Trust"),
        "chemistry": (name: "Chemistry"),
        "tension": (name: "Tension", default: 5),
        "warmth": (name: "Warmth", formula: "0.6 * affinity + 0.4 * trust - tension / 2"),
        "respect": (name: "Respect", min: -100, max: 100),
    }, levels: [
        (id: "met", name: "Met", priority: 1, when: [(stat: "affinity", min: 20)]),
        (id: "trusted", name: "Trusted", priority: 2, when: [
            (stat: "affinity", min: 40), (stat: "trust", min: 40),
        ]),
        (id: "sworn", name: "Sworn", priority: 5, when: [
            (stat: "affinity", min: 95), (stat: "trust", min: 90), (stat: "tension", max: 10),
        ]),
    ]),
    "body": (name: "Body", stats: {
        "strength": (name: "Strength"),
        "health": (name: "Health", resource: (max: "10")),
        "power": (name: "Power", formula: "strength + relationships.trust"),
    }),
    "odd": (name: "Odd", stats: { "luck": (name: "Luck") }, levels: [
        (id: "strong", name: "Strong", when: [(stat: "body.strength", min: 5)]),
    ]),
}"#;

pub(super) const RELATIONS: &str = r#"{
    "bond": (name: "Bond", set: "relationships", decay: {
        "affinity": (per_hour: 2, towards: 0),
        "tension": (per_hour: 20),
        "respect": (per_hour: 1, towards: 0),
    }, log: 4),
    "rivalry": (name: "Rivalry", set: "relationships"),
}"#;

pub(super) fn content() -> Arc<Content> {
    content_of(RELATIONS).unwrap_or_else(|errors| panic!("{errors}"))
}

fn content_of(relations: &str) -> Result<Arc<Content>, String> {
    compile(&[("stats/all.ron", STATS), ("relations/all.ron", relations)])
        .map_err(|errors| show(&errors))
}

pub(super) fn axis(name: &str) -> StatId {
    stat(&format!("relationships.{name}"))
}

pub(super) fn bond(other: u64) -> Bond {
    Bond::of(uid(other), "t:bond")
}

pub(super) fn cause(tick: u64, name: &str, amount: f32) -> RelationCause {
    RelationCause {
        tick,
        stat: axis(name),
        amount,
        code: "test".to_owned(),
        player: PlayerId::LOCAL,
        actor: None,
        witnesses: Vec::new(),
        origin: None,
        note: String::new(),
    }
}

/// Hours of the rules.
fn at(hours: f64) -> Now {
    let tick = (hours * 3600.0 * 20.0) as u64;
    Now { tick, hz: 20.0 }
}

/// Relations to #7 with these values, stored at tick 0.
fn with(values: &[(&str, f32)]) -> Relations {
    let mut relations = Relations::default();
    for &(name, value) in values {
        let op = RelationOp::Record {
            bond: bond(7),
            stored: Some(Stored { value, since: 0 }),
            cause: Box::new(cause(0, name, value)),
            keep: 64,
        };
        relations.apply(&op).unwrap();
    }
    relations
}

#[test]
fn tiers_and_levels_follow_from_the_values() {
    let content = content();
    let cases: &[(&[(&str, f32)], &str, Option<&str>)] = &[
        (&[], "stranger", None),
        (&[("affinity", 9.995)], "stranger", None),
        (&[("affinity", 10.0)], "acquaintance", None),
        (
            &[("affinity", 75.0), ("trust", 60.0)],
            "friend",
            Some("trusted"),
        ),
        (
            &[("affinity", 75.0), ("trust", 39.9)],
            "friend",
            Some("met"),
        ),
        (
            &[("affinity", 95.0), ("trust", 90.0)],
            "close_friend",
            Some("sworn"),
        ),
        (
            &[("affinity", 95.0), ("trust", 90.0), ("tension", 10.1)],
            "close_friend",
            Some("trusted"),
        ),
        (&[("affinity", 1e9)], "close_friend", Some("met")),
        (&[("affinity", -5.0)], "stranger", None),
    ];
    for (values, expected, state) in cases {
        let relations = with(values);
        let found = tier(&relations, &content, bond(7), axis("affinity"), at(0.0));
        assert_eq!(found.unwrap().id.as_str(), *expected, "{values:?}");
        let found = level(&relations, &content, bond(7), at(0.0));
        assert_eq!(found.map(|level| level.id.as_str()), *state, "{values:?}");
    }
}

#[test]
fn a_bond_is_directed_and_has_defaults() {
    let content = content();
    let relations = with(&[("affinity", 40.0), ("trust", 20.0), ("respect", -30.0)]);
    let all = |bond| -> Vec<f32> {
        let values = read(&relations, &content, bond, at(0.0)).unwrap();
        values.iter().map(|(_, value)| value).collect()
    };
    assert_eq!(all(bond(7)), [40.0, 20.0, 0.0, 5.0, 29.5, -30.0]);
    let nothing = [0.0, 0.0, 0.0, 5.0, -2.5, 0.0];
    assert_eq!(all(bond(8)), nothing, "of somebody else nothing is known");
    assert_eq!(all(Bond::of(uid(7), "t:rivalry")), nothing);
    let unknown = Bond::of(uid(7), "t:kinship");
    assert!(read(&relations, &content, unknown, at(0.0)).is_none());
    let strength = stat("body.strength");
    assert_eq!(
        value(&relations, &content, bond(7), strength, at(0.0)),
        None
    );
}

#[test]
fn values_wear_off_and_reading_changes_nothing() {
    let content = content();
    let relations = with(&[
        ("affinity", 75.0),
        ("trust", 60.0),
        ("tension", 45.0),
        ("respect", -3.0),
    ]);
    let before = relations.clone();
    for (hours, affinity, tension, respect, is) in [
        (0.0, 75.0, 45.0, -3.0, "friend"),
        (1.0, 73.0, 25.0, -2.0, "friend"),
        (2.0, 71.0, 5.0, -1.0, "friend"),
        (7.5, 60.0, 5.0, 0.0, "friend"),
        (8.0, 59.0, 5.0, 0.0, "acquaintance"),
        (1e6, 0.0, 5.0, 0.0, "stranger"),
    ] {
        for _ in 0..2 {
            let values = read(&relations, &content, bond(7), at(hours)).unwrap();
            let found =
                ["affinity", "tension", "respect", "trust"].map(|name| values.get(axis(name)));
            let expected = [affinity, tension, respect, 60.0].map(Some);
            assert_eq!(found, expected, "{hours} h");
            assert_eq!(values.tier(axis("affinity")).unwrap().id.as_str(), is);
        }
    }
    assert_eq!(relations, before);
    let early = Now { tick: 0, hz: 20.0 };
    let mut later = Relations::default();
    let stored = Some(Stored {
        value: 50.0,
        since: 100,
    });
    later
        .apply(&RelationOp::Record {
            bond: bond(7),
            stored,
            cause: Box::new(cause(100, "affinity", 50.0)),
            keep: 4,
        })
        .unwrap();
    let found = value(&later, &content, bond(7), axis("affinity"), early);
    assert_eq!(found, Some(50.0), "a clock that was set back");
}

#[test]
fn an_explanation_names_the_lines_and_the_causes() {
    let content = content();
    let mut relations = with(&[("affinity", 75.0)]);
    let mut gift = cause(0, "affinity", 9.0);
    gift.code = "gift".to_owned();
    gift.note = "a book".to_owned();
    gift.actor = Some(uid(3));
    relations
        .apply(&RelationOp::Record {
            bond: bond(7),
            stored: Some(Stored {
                value: 84.0,
                since: 0,
            }),
            cause: Box::new(gift),
            keep: 4,
        })
        .unwrap();
    let why = explain(&relations, &content, bond(7), axis("affinity"), at(2.0)).unwrap();
    let lines: Vec<(&str, LineOp, f32, f32)> = why
        .why
        .lines
        .iter()
        .map(|line| (line.label.as_str(), line.op, line.amount, line.running))
        .collect();
    assert_eq!(
        lines,
        [
            ("Default", LineOp::Set, 0.0, 0.0),
            ("gift: a book", LineOp::Set, 84.0, 84.0),
            ("Time", LineOp::Add, -4.0, 80.0),
        ]
    );
    assert_eq!(why.why.tier.as_deref(), Some("Close friend"));
    assert_eq!(why.causes.len(), 2, "newest first");
    assert_eq!(why.causes[0].code, "gift");
    let text = why.to_string();
    assert!(text.contains("+9 gift at tick 0 by #3: a book"), "{text}");
    let long = explain(&relations, &content, bond(7), axis("affinity"), at(1e5)).unwrap();
    let last = long.why.lines.last().unwrap();
    assert_eq!((last.label.as_str(), last.running), ("Rest", 0.0));
    let warmth = explain(&relations, &content, bond(7), axis("warmth"), at(0.0)).unwrap();
    assert!(matches!(warmth.why.lines[0].source, LineSource::Formula(_)));
    assert_eq!(warmth.why.reads.len(), 3);
    let nobody = explain(&relations, &content, bond(8), axis("tension"), at(0.0)).unwrap();
    assert_eq!(nobody.why.value, 5.0);
    assert!(nobody.causes.is_empty());
}

#[test]
fn journals_ask_what_has_happened_since() {
    let mut relations = with(&[("affinity", 1.0)]);
    for (other, tick) in [(9, 30), (8, 20), (9, 40)] {
        let op = RelationOp::Record {
            bond: bond(other),
            stored: None,
            cause: Box::new(cause(tick, "trust", 1.0)),
            keep: 4,
        };
        relations.apply(&op).unwrap();
    }
    let since = |tick| -> Vec<(u64, u64)> {
        let found = relations.causes_since(tick);
        found
            .iter()
            .map(|(bond, cause)| (bond.other.get(), cause.tick))
            .collect()
    };
    assert_eq!(since(0), [(7, 0), (8, 20), (9, 30), (9, 40)]);
    assert_eq!(since(30), [(9, 30), (9, 40)]);
    assert_eq!(relations.with(uid(9)).count(), 1);
}

#[test]
fn a_summary_is_over_everybody_known() {
    let content = content();
    let mut relations = Relations::default();
    for (other, value) in [(7, 10.0), (8, 40.0), (9, 70.0)] {
        let stored = Stored { value, since: 0 };
        let op = RelationOp::SetRelation {
            bond: bond(other),
            relation: Some(Box::new(Relation::new([(axis("affinity"), stored)]))),
        };
        relations.apply(&op).unwrap();
    }
    let ask = |combine, hours| {
        let kind = DefId::of("t:bond");
        summary(
            &relations,
            &content,
            kind,
            axis("affinity"),
            combine,
            at(hours),
        )
    };
    assert_eq!(ask(Combine::Mean, 0.0), Some(40.0));
    assert_eq!(ask(Combine::Max, 0.0), Some(70.0));
    assert_eq!(ask(Combine::Min, 0.0), Some(10.0));
    assert_eq!(ask(Combine::Sum, 5.0), Some(90.0), "worn off by now");
    let rivalry = DefId::of("t:rivalry");
    let none = summary(
        &relations,
        &content,
        rivalry,
        axis("trust"),
        Combine::Sum,
        at(0.0),
    );
    assert_eq!(none, None);
}

#[test]
fn content_that_cannot_be_a_bond_is_refused_with_its_place() {
    for (relations, expected) in [
        (
            r#"{ "x": (name: "X", set: "relationship") }"#,
            "did you mean",
        ),
        (
            r#"{ "x": (name: "X", set: "body") }"#,
            "which a bond cannot be",
        ),
        (
            r#"{ "x": (name: "X", set: "body") }"#,
            "a bond does not know `t:relationships.trust`",
        ),
        (
            r#"{ "x": (name: "X", set: "odd") }"#,
            "a bond does not know `t:body.strength`",
        ),
        (
            r#"{ "x": (name: "X", set: "relationships", decay: { "afinity": (per_hour: 1) }) }"#,
            "did you mean `affinity`?",
        ),
        (
            r#"{ "x": (name: "X", set: "relationships", decay: { "warmth": (per_hour: 1) }) }"#,
            "cannot wear off",
        ),
        (
            r#"{ "x": (name: "X", set: "relationships", decay: { "trust": (per_hour: 0) }) }"#,
            "`per_hour` must be more than 0",
        ),
        (
            r#"{ "x": (name: "X", set: "relationships", decay: { "trust": (per_hour: inf) }) }"#,
            "`per_hour` must be more than 0",
        ),
        (
            r#"{ "x": (name: "X", set: "relationships", decay: { "trust": (per_hour: 1, towards: 101) }) }"#,
            "101 is not between 0 and 100",
        ),
        (
            r#"{ "x": (name: "X", set: "relationships", decay: { "trust": (per_hour: 1, towards: NaN) }) }"#,
            "`towards` must be a finite number",
        ),
        (
            r#"{ "x": (name: "X", set: "relationships", decay: {
                "trust": (per_hour: 1), "trust": (per_hour: 2) }) }"#,
            "written twice",
        ),
        (
            r#"{ "x": (name: "X", set: "relationships", log: 0) }"#,
            "`log` must be between 1 and 256",
        ),
        (
            r#"{ "x": (name: "X", set: "relationships", log: 257) }"#,
            "`log` must be between 1 and 256",
        ),
        (
            r#"{ "x": (name: "X", set: "relationships", fade: 1) }"#,
            "fade",
        ),
    ] {
        let Err(errors) = content_of(relations) else {
            panic!("accepted: {relations}");
        };
        assert!(errors.contains(expected), "{relations}\n{errors}");
        assert!(errors.contains("all.ron:"), "without a place: {errors}");
    }
    let rests = r#"{ "x": (name: "X", set: "relationships", decay: { "trust": (per_hour: 1, towards: 9) }) }"#;
    let content = content_of(rests).unwrap();
    assert_eq!(content.warnings.len(), 1, "{:?}", content.warnings);
}

#[test]
fn what_content_does_not_know_is_kept() {
    let content = content();
    let mut relations = with(&[("affinity", 50.0)]);
    let gone = Stored {
        value: 3.0,
        since: 0,
    };
    let strange = Bond::of(uid(7), "t:gone");
    for at in [strange, bond(8)] {
        let relation = Some(Box::new(Relation::new([(stat("gone.axis"), gone)])));
        relations
            .apply(&RelationOp::SetRelation { bond: at, relation })
            .unwrap();
    }
    assert!(read(&relations, &content, strange, at(0.0)).is_none());
    assert!(read(&relations, &content, bond(8), at(0.0)).is_some());
    let bytes = postcard::to_stdvec(&relations).unwrap();
    let loaded: Relations = postcard::from_bytes(&bytes).unwrap();
    assert_eq!(loaded, relations);
    assert_eq!(
        loaded.get(strange).unwrap().stored(stat("gone.axis")),
        Some(gone)
    );
}

proptest! {
    #[test]
    fn an_explanation_sums_to_the_value(
        values in prop::collection::vec((0_usize..6, -150.0_f32..150.0, 0_u64..1_000_000), 0..6),
        now in 0_u64..100_000_000,
    ) {
        let content = content();
        let names = ["affinity", "trust", "chemistry", "tension", "warmth", "respect"];
        let rows = values.iter().map(|&(name, value, since)| {
            (axis(names[name]), Stored { value, since })
        });
        let mut relations = Relations::default();
        let relation = Some(Box::new(Relation::new(rows)));
        relations.apply(&RelationOp::SetRelation { bond: bond(7), relation }).unwrap();
        let now = Now { tick: now, hz: 20.0 };
        for name in names {
            let found = value(&relations, &content, bond(7), axis(name), now).unwrap();
            let why = explain(&relations, &content, bond(7), axis(name), now).unwrap().why;
            let mut total = 0.0_f32;
            for line in why.lines.iter().filter(|line| line.counted.counts()) {
                total = match line.op {
                    LineOp::Set => line.amount,
                    LineOp::Add => total + line.amount,
                    LineOp::AtLeast => total.max(line.amount),
                    LineOp::AtMost => total.min(line.amount),
                    LineOp::Increase | LineOp::Multiply => unreachable!(),
                };
                prop_assert_eq!((total + 0.0).to_bits(), line.running.to_bits());
            }
            prop_assert_eq!((total + 0.0).to_bits(), found.to_bits(), "{}", why);
            prop_assert_eq!(why.value.to_bits(), found.to_bits());
        }
    }
}
