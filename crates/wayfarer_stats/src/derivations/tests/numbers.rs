//! What one derivation makes of what it reads.

use super::*;

/// Positive: 60, 30 (weight 3), 90 of kin; negative: 20.
#[test]
fn every_way_to_combine() {
    for (axis, expected) in [
        // Several stats of one type: the weights of the stats.
        (r#"from: [(type: "positive")]"#, 48.0), // (60 + 3·30 + 90) / 5
        (
            r#"from: [(type: "positive", combine: Sum)], normalize: false"#,
            100.0,
        ),
        (r#"from: [(type: "positive", combine: Max)]"#, 90.0),
        (r#"from: [(type: "positive", combine: Min)]"#, 30.0),
        (r#"from: [(type: "positive", combine: First)]"#, 60.0),
        // Several types: the weights of the sources.
        (r#"from: [(type: "positive"), (type: "negative")]"#, 34.0),
        (
            r#"from: [(type: "positive", weight: 1), (type: "negative", weight: 3)]"#,
            27.0,
        ),
        (
            r#"from: [(type: "positive", weight: 1), (type: "negative", weight: -0.5)]"#,
            25.333_334, // (48 - 10) / 1.5
        ),
        (
            r#"from: [(type: "positive"), (type: "negative", weight: -0.5)], offset: 25"#,
            50.333_336,
        ),
        (
            r#"from: [(type: "negative", weight: -1)], offset: 100"#,
            80.0,
        ),
        (
            r#"from: [(type: "positive"), (type: "negative", weight: 2)], combine: Sum"#,
            88.0,
        ),
        (
            r#"from: [(type: "positive"), (type: "negative", weight: 3)], combine: Max"#,
            60.0,
        ),
        (
            r#"from: [(type: "positive"), (type: "negative", weight: 3)], combine: Min"#,
            48.0,
        ),
        (
            r#"from: [(type: "negative", weight: 2), (type: "positive")], combine: First"#,
            40.0,
        ),
        (
            r#"from: [(type: "nobody"), (type: "negative")], combine: First"#,
            20.0,
        ),
        // Limits: of the derivation, then of the stat.
        (r#"from: [(type: "positive")], offset: 90"#, 100.0),
        (r#"from: [(type: "positive")], offset: -90"#, 0.0),
        (
            r#"from: [(type: "positive")], offset: -90, normalize: false"#,
            0.0,
        ),
        // Formulas name stats as the set would.
        (r#"formula: "100 - liking""#, 40.0),
        (r#"formula: "t:bond.liking / bond.esteem", offset: 1"#, 3.0),
        // Not a number: 0, as of any formula.
        (r#"formula: "sqrt(0 - liking)""#, 0.0),
        (
            r#"formula: "pow(liking, 99) * pow(liking, 99)", normalize: false"#,
            0.0,
        ),
        // Too much for a number is still too much for the limits.
        (r#"formula: "pow(liking, 99) * pow(liking, 99)""#, 100.0),
        (r#"formula: "liking / (esteem - 30)""#, 0.0),
    ] {
        let derivation = mood("d", 0, r#""positive""#, &format!(r#""valence": ({axis})"#));
        let content = content(&derivation, "");
        let someone = Someone::new(&content, &["bond", "kin", "mood"], None);
        assert_eq!(someone.value("mood.valence"), expected, "{axis}");
    }
}

#[test]
fn what_is_missing_counts_as_the_default_of_the_target() {
    let values = r#"
        "valence": (from: [(type: "positive"), (type: "nobody")]),
        "arousal": (from: [(type: "nobody"), (type: "positive")], combine: Sum)"#;
    let content = content(&mood("d", 0, r#""positive""#, values), "");
    let codes: Vec<_> = content
        .warnings
        .iter()
        .map(|warning| warning.code)
        .collect();
    assert_eq!(codes, ["unused-type"], "each type is told of once");
    let someone = Someone::new(&content, &["kin", "mood"], None);
    assert_eq!(
        someone.value("mood.valence"),
        65.0,
        "the mean of 90 and the default 40"
    );
    assert_eq!(
        someone.value("mood.arousal"),
        100.0,
        "90 and 50, as there is no default"
    );
}

#[test]
fn it_applies_to_those_who_have_what_it_needs() {
    let derivation = mood(
        "d",
        0,
        r#""positive", "negative""#,
        r#""valence": (from: [(type: "positive")])"#,
    );
    let content = content(&derivation, "");
    for (sets, valence) in [
        (&["bond", "kin", "mood"][..], 48.0),
        (&["bond", "mood"], 37.5),
        (&["kin", "mood"], 40.0),
        (&["mood"], 40.0),
    ] {
        let someone = Someone::new(&content, sets, None);
        assert_eq!(someone.value("mood.valence"), valence, "{sets:?}");
        let derived = someone.layout.shape().derived(stat("mood.valence"));
        assert_eq!(derived.is_some(), sets.contains(&"bond"), "{sets:?}");
    }
    let without = Someone::new(&content, &["bond"], None);
    assert_eq!(without.values().get(stat("mood.valence")), None);
}

#[test]
fn what_is_derived_feeds_what_is_derived_later() {
    let derivations = [
        mood("d", 90, "", r#""valence": (from: [(type: "positive")])"#),
        // Its priority is lower, yet it reads what the other gives: formulas have no order.
        r#""talk": (name: "T", priority: 1, into: "talk", needs: ["mood"], values: {
            "warmth": (formula: "mood.valence / 2") }),"#
            .to_owned(),
    ]
    .concat();
    let content = content(&derivations, "");
    let mut someone = Someone::new(&content, &["kin", "mood", "talk"], None);
    assert_eq!(someone.value("talk.warmth"), 45.0);
    let love = stat("kin.love");
    someone.inputs.base.push((love, 20.0));
    assert_eq!(someone.value("talk.warmth"), 10.0);
    let kin = someone.layout.slot(love).unwrap();
    let closure = &someone.layout.stat(kin).unwrap().closure;
    assert_eq!(closure.len(), 3, "love, valence, warmth");
}

#[test]
fn a_missing_axis_counts_as_its_default_and_unknown_stats_are_kept() {
    let stats = r#"{
        "a": (name: "A", stats: { "x": (name: "X", formula: "far + 1") }, levels: [
            (id: "l", name: "L", when: [(stat: "far", min: 40)]),
        ]),
        "b": (name: "B", stats: { "far": (name: "F", default: 40) }),
    }"#;
    let content = content_of(stats, "", "");
    let mut someone = Someone::new(&content, &["a"], None);
    let unknown = StatId::of("gone:set.stat");
    someone.inputs.base.push((unknown, 7.0));
    let values = someone.values();
    assert_eq!(values.get(stat("a.x")), Some(41.0), "not 0 + 1");
    let level = values.level(DefId::of("t:a")).unwrap();
    assert_eq!(level.id.as_str(), "l");
    assert_eq!(someone.inputs.base(unknown), Some(7.0));
}
