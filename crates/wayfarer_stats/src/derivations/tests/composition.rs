//! Several derivations of one stat, and the layers above them.

use super::*;
use crate::explain::{Counted, LineOp, LineSource};

/// Derivations of `valence` that give these numbers in this order.
fn series(steps: &[(&str, f32)]) -> String {
    let one = |(at, (compose, number)): (usize, &(&str, f32))| {
        let axis =
            format!(r#""valence": (formula: "{number}", normalize: false, compose: {compose})"#);
        mood(&format!("d{at}"), at as i32 * 10, "", &axis)
    };
    steps.iter().enumerate().map(one).collect()
}

#[test]
fn every_way_to_compose() {
    let cases: &[(&[(&str, f32)], f32)] = &[
        (&[("Override", 20.0)], 20.0),
        (&[("Max", 20.0)], 20.0),
        (&[("Blend", 20.0)], 20.0),
        (&[("Keep", 20.0)], 20.0),
        // Added to the default 40.
        (&[("Add", 20.0)], 60.0),
        (&[("Override", 20.0), ("Override", 70.0)], 70.0),
        (&[("Override", 20.0), ("Keep", 70.0)], 20.0),
        (&[("Override", 20.0), ("Max", 70.0)], 70.0),
        (&[("Override", 70.0), ("Max", 20.0)], 70.0),
        (&[("Override", 20.0), ("Add", 30.0)], 50.0),
        (&[("Override", 20.0), ("Add", -30.0)], 0.0),
        (&[("Override", 20.0), ("Blend", 70.0)], 45.0),
        // The mean of all that blend, whatever their order.
        (&[("Blend", 20.0), ("Blend", 70.0), ("Blend", 30.0)], 40.0),
        (&[("Blend", 30.0), ("Blend", 20.0), ("Blend", 70.0)], 40.0),
        // Keep does not end a row of blends, anything else does.
        (
            &[
                ("Blend", 20.0),
                ("Keep", 99.0),
                ("Blend", 70.0),
                ("Blend", 30.0),
            ],
            40.0,
        ),
        (
            &[
                ("Blend", 20.0),
                ("Blend", 40.0),
                ("Add", 10.0),
                ("Blend", 60.0),
            ],
            50.0,
        ),
        (
            &[("Blend", 20.0), ("Blend", 40.0), ("Override", 10.0)],
            10.0,
        ),
        (&[("Add", 20.0), ("Max", 70.0), ("Add", 5.0)], 75.0),
    ];
    for (steps, expected) in cases {
        let content = content(&series(steps), "");
        let someone = Someone::new(&content, &["mood"], None);
        assert_eq!(someone.value("mood.valence"), *expected, "{steps:?}");
        let why = someone.why("mood.valence");
        let last = why
            .lines
            .iter()
            .rfind(|line| line.counted.counts())
            .unwrap();
        assert_eq!(last.running, *expected, "{why}");
        assert!(why.lines.iter().all(|line| line.place.is_some()), "{why}");
    }
}

#[test]
fn the_second_derivation_into_a_set_applies_too() {
    let first = mood("a", 1, "", r#""valence": (formula: "70")"#);
    let second = mood(
        "b",
        2,
        "",
        r#""arousal": (formula: "30"), "valence": (formula: "80", compose: Max)"#,
    );
    let content = content(&[first, second].concat(), "");
    let someone = Someone::new(&content, &["mood"], None);
    assert_eq!(someone.value("mood.valence"), 80.0);
    assert_eq!(someone.value("mood.arousal"), 30.0);
}

#[test]
fn equal_priorities_go_by_name() {
    for (names, expected) in [(["a", "b"], 2.0), (["b", "a"], 1.0)] {
        let axis = |number: &str| format!(r#""valence": (formula: "{number}")"#);
        let all = [
            mood(names[0], 5, "", &axis("1")),
            mood(names[1], 5, "", &axis("2")),
        ];
        let content = content(&all.concat(), "");
        let someone = Someone::new(&content, &["mood"], None);
        assert_eq!(someone.value("mood.valence"), expected, "{names:?}");
    }
}

#[test]
fn the_explicit_layers_come_first() {
    let derivation = mood("d", 0, "", r#""valence": (formula: "70")"#);
    let content = content(&derivation, "");
    let mut someone = Someone::new(&content, &["mood"], None);
    let valence = stat("mood.valence");
    for (base, runtime, expected, winner) in [
        (None, None, 70.0, None),
        (Some(20.0), None, 20.0, Some("Permanent")),
        (Some(20.0), Some(30.0), 30.0, Some("Override")),
        (None, Some(30.0), 30.0, Some("Override")),
    ] {
        someone.inputs.base = base.map(|value| (valence, value)).into_iter().collect();
        someone.inputs.runtime = runtime.map(|value| (valence, value)).into_iter().collect();
        assert_eq!(someone.value("mood.valence"), expected);
        let why = someone.why("mood.valence");
        let counted = winner.map_or(Counted::Yes, |name| Counted::LostTo(name.to_owned()));
        assert_eq!(why.lines[0].counted, counted, "{why}");
        assert_eq!(why.lines.last().unwrap().running, expected, "{why}");
    }
}

#[test]
fn an_explanation_names_each_derivation_and_what_it_read() {
    let derivations = [
        mood("likes", 1, "", r#""valence": (from: [(type: "positive")])"#),
        mood(
            "lost",
            2,
            "",
            r#""valence": (formula: "esteem", compose: Keep)"#,
        ),
        mood(
            "grudges",
            3,
            "",
            r#""valence": (formula: "-grudge", normalize: false, compose: Add)"#,
        ),
        mood(
            "mild",
            4,
            "",
            r#""valence": (formula: "42", compose: Blend)"#,
        ),
        mood(
            "least",
            5,
            "",
            r#""valence": (formula: "30", compose: Max)"#,
        ),
    ]
    .concat();
    let content = content(&derivations, "");
    let someone = Someone::new(&content, &["bond", "mood"], None);
    let why = someone.why("mood.valence");
    let lines: Vec<_> = why
        .lines
        .iter()
        .map(|line| (line.label.as_str(), line.op, line.amount, line.running))
        .collect();
    assert_eq!(
        lines,
        [
            ("likes", LineOp::Set, 37.5, 37.5),
            ("lost", LineOp::Set, 30.0, 37.5),
            ("grudges", LineOp::Add, -20.0, 17.5),
            ("mild (42 in the mean)", LineOp::Add, 12.25, 29.75),
            ("least", LineOp::AtLeast, 30.0, 30.0),
        ],
        "{why}"
    );
    assert_eq!(why.lines[1].counted, Counted::LostTo("likes".to_owned()));
    assert_eq!(
        why.lines[0].source,
        LineSource::Formula("clamp((t:bond.liking + t:bond.esteem * 3) / 4, 0, 100)".to_owned())
    );
    let place = why.lines[2].place.as_deref().unwrap();
    assert!(place.starts_with("t/derivations/a.ron:4:"), "{place}");
    let reads: Vec<_> = why
        .reads
        .iter()
        .map(|(name, value)| (name.as_str(), *value))
        .collect();
    assert_eq!(
        reads,
        [("Liking", 60.0), ("Esteem", 30.0), ("Grudge", 20.0)]
    );
}

#[test]
fn an_overridden_derivation_is_told() {
    let content = content(
        &series(&[("Override", 20.0), ("Max", 30.0), ("Override", 5.0)]),
        "",
    );
    let someone = Someone::new(&content, &["mood"], None);
    let why = someone.why("mood.valence");
    let lost = Counted::LostTo("d2".to_owned());
    let counted: Vec<_> = why.lines.iter().map(|line| line.counted.clone()).collect();
    assert_eq!(counted, [lost.clone(), lost, Counted::Yes]);
}
