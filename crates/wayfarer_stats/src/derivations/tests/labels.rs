//! Labels, and conditions with exclusive and exact limits.

use super::*;

const TALK: &str = r#"{
    "talk": (name: "Talk", stats: {
        "warmth": (name: "Warmth", default: 50),
        "drive": (name: "Drive", default: 50),
    }, labels: {
        "style": (name: "Style", rules: [
            (id: "exact", name: "Exact", when: [(stat: "warmth", is: 42)]),
            (id: "warm", name: "Warm", when: [(stat: "warmth", min: 70)]),
            (id: "livelier", name: "Livelier", when: [(stat: "warmth", above: 60, below: 65)]),
            (id: "warm", name: "Warm again", when: [(stat: "drive", max: 10), (stat: "far", min: 5)]),
        ], otherwise: (id: "neutral", name: "Neutral")),
        "plain": (otherwise: (id: "yes", name: "Yes")),
    }),
    "other": (name: "Other", stats: { "far": (name: "Far", default: 5) }),
}"#;

#[test]
fn the_first_rule_that_holds_is_the_label() {
    let content = content_of(TALK, "", "");
    for (warmth, drive, expected) in [
        (50.0, 50.0, "Neutral"),
        (42.0, 0.0, "Exact"),
        (42.000_004, 50.0, "Neutral"),
        (60.0, 50.0, "Neutral"),
        (60.000_004, 50.0, "Livelier"),
        (64.999, 0.0, "Livelier"),
        (65.0, 50.0, "Neutral"),
        (70.0, 0.0, "Warm"),
        (50.0, 10.0, "Warm again"),
        (50.0, 10.01, "Neutral"),
    ] {
        let mut someone = Someone::new(&content, &["talk"], None);
        someone.inputs.base = vec![(stat("talk.warmth"), warmth), (stat("talk.drive"), drive)];
        crate::rows::sort(&mut someone.inputs.base);
        let values = someone.values();
        let label = values.label(DefId::of("t:talk"), "style").unwrap();
        assert_eq!(label.name, expected, "{warmth}, {drive}");
    }
    let values = Someone::new(&content, &["talk"], None).values();
    let talk = DefId::of("t:talk");
    assert_eq!(values.label(talk, "plain").unwrap().id.as_str(), "yes");
    assert!(values.label(talk, "tone").is_none());
    assert!(values.label(DefId::of("t:other"), "style").is_none());
    let all: Vec<_> = values
        .labels(talk)
        .map(|(key, def, rule)| (key, &*def.name, &*rule.id))
        .collect();
    assert_eq!(all, [("style", "Style", "neutral"), ("plain", "", "yes")]);
    assert!(StatValues::default().label(talk, "style").is_none());
}
