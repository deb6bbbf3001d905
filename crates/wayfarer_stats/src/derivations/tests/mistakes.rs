//! What authors can get wrong, with the place that is marked.

use wayfarer_core::content::Diagnostic;

use super::*;

fn errors(stats: &str, derivations: &str, worlds: &str) -> Vec<Diagnostic> {
    let files = [
        ("stats/a.ron", stats),
        ("semantic_types/a.ron", TYPES),
        ("derivations/a.ron", &format!("{{ {derivations} }}")),
        ("worlds/a.ron", &format!("{{ {worlds} }}")),
    ];
    compile(&files).err().unwrap_or_default()
}

/// The part of the line that a diagnostic marks.
fn marked(error: &Diagnostic) -> String {
    let Some(snippet) = &error.snippet else {
        return String::new();
    };
    let text = snippet.text.chars().skip(snippet.column as usize - 1);
    let text: String = text.take(snippet.length as usize).collect();
    text.trim_matches('"').to_owned()
}

fn expect(what: &str, found: &[Diagnostic], code: &str, mark: &str) {
    let error = found.iter().find(|error| error.code == code);
    let error = error.unwrap_or_else(|| panic!("{what}: {}", show(found)));
    assert_eq!(marked(error), mark, "{what}: {error}");
}

#[test]
fn mistakes_in_derivations_are_told_at_their_place() {
    let axis = |axis: &str| mood("d", 0, "", &format!(r#""valence": ({axis})"#));
    let from = r#"from: [(type: "positive")]"#;
    for (what, derivation, code, mark) in [
        (
            "type",
            axis(r#"from: [(type: "positiv")]"#),
            "unknown-reference",
            "positiv",
        ),
        (
            "needs",
            mood("d", 0, r#""nope""#, ""),
            "unknown-reference",
            "nope",
        ),
        (
            "set",
            r#""d": (name: "D", into: "moot", values: { "x": (formula: "1") })"#.to_owned(),
            "unknown-reference",
            "moot",
        ),
        ("empty", mood("d", 0, "", ""), "empty-derivation", "d"),
        (
            "axis",
            mood("d", 0, "", r#""valenze": (formula: "1")"#),
            "unknown-stat",
            "valenze",
        ),
        (
            "other set",
            mood("d", 0, "", r#""liking": (formula: "1")"#),
            "unknown-stat",
            "liking",
        ),
        (
            "twice",
            mood(
                "d",
                0,
                "",
                r#""valence": (formula: "1"), "valence": (formula: "2")"#,
            ),
            "duplicate-name",
            "valence",
        ),
        ("nothing", axis(""), "no-source", "valence"),
        (
            "both",
            axis(&format!(r#"{from}, formula: "1""#)),
            "two-sources",
            "1",
        ),
        (
            "source twice",
            axis(r#"from: [(type: "mood"), (type: "mood")]"#),
            "duplicate-name",
            "mood",
        ),
        (
            "needs twice",
            mood("d", 0, r#""mood", "mood""#, ""),
            "duplicate-name",
            "mood",
        ),
        (
            "zero",
            axis(r#"from: [(type: "positive", weight: 0)]"#),
            "bad-weight",
            "0",
        ),
        (
            "inf",
            axis(r#"from: [(type: "positive", weight: inf)]"#),
            "not-finite",
            "inf",
        ),
        (
            "nan",
            axis(&format!("{from}, offset: NaN")),
            "not-finite",
            "NaN",
        ),
        ("dice", axis(r#"formula: "1d6""#), "dice-in-stat", "1d6"),
        ("syntax", axis(r#"formula: "1 + * 2""#), "formula", "*"),
        (
            "name",
            axis(r#"formula: "1 + likin""#),
            "unknown-stat",
            "likin",
        ),
        (
            "field",
            axis(&format!("{from}, wait: 1")),
            "unknown-field",
            "wait",
        ),
        (
            "pack",
            r#""d": (name: "D", into: "gone:mood", values: { "x": (formula: "1") })"#.to_owned(),
            "unknown-reference",
            "gone:mood",
        ),
        (
            "variant",
            axis(&format!("{from}, compose: Mix")),
            "unknown-variant",
            "Mix",
        ),
        (
            "self",
            axis(r#"from: [(type: "mood")]"#),
            "stat-cycle",
            "valence",
        ),
    ] {
        expect(what, &errors(STATS, &derivation, ""), code, mark);
    }
}

#[test]
fn mistakes_in_stats_are_told() {
    let stat =
        |stat: &str| format!(r#"{{ "a": (name: "A", stats: {{ "x": (name: "X", {stat}) }}) }}"#);
    let label = |rules: &str, otherwise: &str| {
        format!(
            r#"{{ "a": (name: "A", stats: {{ "x": (name: "X"), "y": (name: "Y") }}, labels: {{
            "l": (rules: [{rules}], otherwise: (id: "o", name: "O"{otherwise})) }}) }}"#
        )
    };
    let rule = |id: &str, when: &str| format!(r#"(id: "{id}", name: "N", when: [{when}]),"#);
    let (wide, narrow) = (
        rule("wide", r#"(stat: "x", above: 10)"#),
        rule("narrow", r#"(stat: "x", is: 11)"#),
    );
    for (what, text, code, mark) in [
        (
            "type",
            stat(r#"semantic: "moood""#),
            "unknown-reference",
            "moood",
        ),
        (
            "lone weight",
            stat("weight: 2"),
            "weight-without-semantic",
            "2",
        ),
        (
            "weight",
            stat(r#"semantic: "mood", weight: -1"#),
            "bad-weight",
            "-1",
        ),
        (
            "no weight",
            stat(r#"semantic: "mood", weight: 0"#),
            "bad-weight",
            "0",
        ),
        (
            "nan",
            stat(r#"semantic: "mood", weight: NaN"#),
            "not-finite",
            "NaN",
        ),
        (
            "always",
            label(r#"(id: "r", name: "R")"#, ""),
            "label-without-condition",
            "r",
        ),
        (
            "condition",
            label("", r#", when: [(stat: "x", min: 1)]"#),
            "label-with-condition",
            "o",
        ),
        (
            "label stat",
            label(&rule("r", r#"(stat: "z", min: 1)"#), ""),
            "unknown-stat",
            "z",
        ),
        (
            "impossible",
            label(&rule("r", r#"(stat: "x", above: 100)"#), ""),
            "label-unreachable",
            "x",
        ),
        (
            "both ends",
            label(&rule("r", r#"(stat: "x", above: 5, below: 5)"#), ""),
            "label-unreachable",
            "x",
        ),
        (
            "is not",
            label(&rule("r", r#"(stat: "x", is: 5, max: 4)"#), ""),
            "label-unreachable",
            "x",
        ),
        (
            "hidden",
            label(&format!("{wide}{narrow}"), ""),
            "label-unreachable",
            "narrow",
        ),
        (
            "infinite",
            label(&rule("r", r#"(stat: "x", is: inf)"#), ""),
            "not-finite",
            "inf",
        ),
    ] {
        expect(what, &errors(&text, "", ""), code, mark);
    }
    let other_order = errors(&label(&format!("{narrow}{wide}"), ""), "", "");
    assert!(other_order.is_empty(), "{}", show(&other_order));
}

#[test]
fn formulas_and_resources_are_no_targets() {
    let stats = r#"{ "mood": (name: "M", stats: {
        "valence": (name: "V", formula: "1"), "arousal": (name: "A", resource: (max: "5")),
    }) }"#;
    for (axis, code) in [
        ("valence", "derived-formula"),
        ("arousal", "derived-resource"),
    ] {
        let derivation = mood("d", 0, "", &format!(r#""{axis}": (formula: "1")"#));
        expect(axis, &errors(stats, &derivation, ""), code, axis);
    }
}

#[test]
fn mistakes_in_worlds_are_told() {
    let derivations = [
        mood("a", 0, "", r#""valence": (formula: "1")"#),
        mood("b", 0, "", r#""valence": (formula: "2")"#),
    ]
    .concat();
    let world = |what: &str| format!(r#""w": (name: "W", {what})"#);
    let stats = |what: &str| world(&format!(r#"stats: {{ {what} }}"#));
    for (what, text, code, mark) in [
        (
            "exclude",
            world(r#"exclude: ["aa"]"#),
            "unknown-reference",
            "aa",
        ),
        (
            "twice",
            world(r#"exclude: ["a", "a"]"#),
            "duplicate-name",
            "a",
        ),
        (
            "old",
            world(r#"replacements: { "t:x": "a" }"#),
            "unknown-reference",
            "t:x",
        ),
        (
            "new",
            world(r#"replacements: { "t:a": "x" }"#),
            "unknown-reference",
            "x",
        ),
        (
            "both",
            world(r#"exclude: ["a"], replacements: { "t:a": "b" }"#),
            "contradiction",
            "t:a",
        ),
        (
            "gone",
            world(r#"exclude: ["b"], replacements: { "t:a": "b" }"#),
            "contradiction",
            "b",
        ),
        (
            "self",
            world(r#"replacements: { "t:a": "a" }"#),
            "contradiction",
            "a",
        ),
        (
            "stat",
            stats(r#""mood.valenze": (min: 1)"#),
            "unknown-stat",
            "mood.valenze",
        ),
        (
            "alias",
            stats(r#""valence": (), "mood.valence": ()"#),
            "duplicate-name",
            "mood.valence",
        ),
        (
            "range",
            stats(r#""valence": (min: 9, max: 8, default: 8)"#),
            "bad-range",
            "8",
        ),
        (
            "default",
            stats(r#""valence": (max: 30)"#),
            "bad-default",
            "valence",
        ),
        (
            "own default",
            stats(r#""valence": (default: 101)"#),
            "bad-default",
            "101",
        ),
        (
            "nan",
            stats(r#""valence": (default: NaN)"#),
            "not-finite",
            "NaN",
        ),
    ] {
        expect(what, &errors(STATS, &derivations, &text), code, mark);
    }
}

#[test]
fn tiers_that_do_not_fit_a_world_are_warned_of() {
    let stats = r#"{ "a": (name: "A", stats: { "x": (name: "X", tiers: [
        (id: "low", min: 0, name: "L"), (id: "high", min: 50, name: "H"),
    ]) }) }"#;
    for (limits, codes) in [
        ("min: 10, max: 90", &[][..]),
        ("max: 40", &["tier-unreachable"]),
        ("min: 60, default: 70", &["tier-unreachable"]),
        ("min: -5", &["tier-gap"]),
    ] {
        let world = format!(r#""w": (name: "W", stats: {{ "x": ({limits}) }})"#);
        let content = content_of(stats, "", &world);
        let found: Vec<_> = content
            .warnings
            .iter()
            .map(|warning| warning.code)
            .collect();
        assert_eq!(found, codes, "{limits}");
    }
}

#[test]
fn a_cycle_across_derivations_and_formulas_is_told_with_its_path() {
    let stats = STATS.replace(
        r#""warmth": (name: "Warmth", default: 10)"#,
        r#""warmth": (name: "Warmth", formula: "mood.valence"), "echo": (name: "E", formula: "warmth", semantic: "negative")"#,
    );
    let derivation = mood("d", 0, "", r#""valence": (from: [(type: "negative")])"#);
    let found = errors(&stats, &derivation, "");
    assert_eq!(found.len(), 1, "{}", show(&found));
    let error = &found[0];
    assert_eq!(
        (error.code, marked(error).as_str()),
        ("stat-cycle", "valence")
    );
    assert!(
        error
            .message
            .ends_with("t:mood.valence → t:talk.echo → t:talk.warmth → t:mood.valence"),
        "{error}"
    );
}

#[test]
fn a_cycle_of_one_world_is_told_with_the_world() {
    let derivations = format!(
        r#"{} "c": (name: "C", enabled: false, into: "mood",
            values: {{ "valence": (from: [(type: "mood")]) }})"#,
        mood("a", 0, "", r#""valence": (from: [(type: "positive")])"#)
    );
    assert!(errors(STATS, &derivations, "").is_empty());
    let world = r#""w": (name: "W", replacements: { "t:a": "c" })"#;
    let found = errors(STATS, &derivations, world);
    expect("world", &found, "stat-cycle", "valence");
    assert!(
        found[0].message.ends_with("(in the world `t:w`)"),
        "{}",
        found[0]
    );
    // A world can also be what breaks a cycle, but outside of it there is still one.
    let always = derivations.replace("enabled: false", "enabled: true");
    let without = r#""w": (name: "W", exclude: ["c"])"#;
    assert_eq!(errors(STATS, &always, without).len(), 1);
}

#[test]
fn a_cycle_counts_although_another_derivation_wins() {
    // For characters without a bond, `b` does not apply and `a` would read itself.
    let derivations = [
        mood("a", 0, "", r#""valence": (from: [(type: "mood")])"#),
        mood("b", 1, r#""negative""#, r#""valence": (formula: "1")"#),
    ]
    .concat();
    expect(
        "hidden",
        &errors(STATS, &derivations, ""),
        "stat-cycle",
        "valence",
    );
}

#[test]
fn formulas_that_become_too_large_are_errors() {
    let many = |count: usize, default: &str| {
        let stats: String = (0..count)
            .map(|n| format!(r#""s{n}": (name: "S", semantic: "positive"{default}),"#))
            .collect();
        format!(
            r#"{{ "many": (name: "M", stats: {{ {stats} }}),
            "mood": (name: "M", stats: {{ "valence": (name: "V") }}) }}"#
        )
    };
    let axis = r#""valence": (from: [(type: "positive")])"#;
    let one = mood("d", 0, "", axis);
    assert!(errors(&many(256, ""), &one, "").is_empty());
    expect(
        "stats",
        &errors(&many(257, ""), &one, ""),
        "derivation-too-large",
        "valence",
    );
    let series: String = (0..65)
        .map(|n| {
            mood(
                &format!("d{n}"),
                0,
                "",
                r#""valence": (formula: "1", compose: Blend)"#,
            )
        })
        .collect();
    expect(
        "parts",
        &errors(&many(1, ""), &series, ""),
        "derivation-too-large",
        "valence",
    );
    // Few sources, yet more operations than a formula can have.
    let weighted = many(3, "");
    let long = vec!["s0 * s1 + s2"; 50].join(" + ");
    let heavy: String = (0..20)
        .map(|n| {
            let axis = format!(r#""valence": (formula: "{long}", compose: Add)"#);
            mood(&format!("d{n}"), 0, "", &axis)
        })
        .collect();
    expect(
        "operations",
        &errors(&weighted, &heavy, ""),
        "derivation-too-large",
        "valence",
    );
}
