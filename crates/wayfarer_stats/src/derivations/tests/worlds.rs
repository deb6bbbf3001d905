//! Worlds with other limits, defaults and derivations.

use super::*;
use crate::{explain::LineOp, layout::Layouts};

const WORLDS: &str = r#"
    "same": (name: "Same"),
    "cold": (name: "Cold", exclude: ["a"]),
    "odd": (name: "Odd", replacements: { "t:a": "c" }),
    "small": (name: "Small", stats: {
        "t:mood.valence": (max: 60, default: 15), "kin.love": (min: 5, max: 20, default: 20),
        "grudge": (default: 33),
    }),
"#;

fn game() -> Arc<Content> {
    let spare = r#""c": (name: "c", enabled: false, priority: 3, into: "mood",
        values: { "valence": (formula: "7") }),"#;
    let derivations = [
        mood("a", 1, "", r#""valence": (from: [(type: "positive")])"#),
        mood(
            "b",
            2,
            "",
            r#""valence": (formula: "12", compose: Add), "arousal": (from: [(type: "nobody")])"#,
        ),
        spare.to_owned(),
    ]
    .concat();
    content(&derivations, WORLDS)
}

#[test]
fn worlds_leave_out_and_replace_derivations() {
    let content = game();
    for (world, valence) in [
        (None, 100.0), // 90 + 12, at most 100
        (Some("same"), 100.0),
        (Some("cold"), 52.0),  // the default 40 and 12
        (Some("odd"), 7.0),    // priority 3, instead of both
        (Some("small"), 32.0), // love is 20 at most; and 12
        (Some("gone"), 100.0),
    ] {
        let someone = Someone::new(&content, &["kin", "mood"], world);
        assert_eq!(someone.value("mood.valence"), valence, "{world:?}");
    }
}

#[test]
fn worlds_change_limits_and_defaults() {
    let content = game();
    let someone = Someone::new(&content, &["bond", "kin", "mood"], Some("small"));
    assert_eq!(someone.value("kin.love"), 20.0);
    assert_eq!(someone.value("bond.grudge"), 33.0);
    assert_eq!(someone.value("mood.arousal"), 50.0);
    let slot = someone.layout.slot(stat("mood.valence")).unwrap();
    assert_eq!(someone.layout.stat(slot).unwrap().max(), 60.0);
    let why = someone.why("bond.grudge");
    let line = &why.lines[0];
    assert_eq!(
        (line.op, line.amount, line.running),
        (LineOp::Set, 33.0, 33.0)
    );
    let place = line.place.as_deref().unwrap();
    assert!(place.starts_with("t/worlds/a.ron:"), "{place}");
    let why = someone.why("kin.love");
    assert_eq!(why.lines.last().unwrap().running, 20.0, "{why}");
    // Of a stat that the character does not have, the default of the world counts as well.
    let reads = mood("d", 9, "", r#""valence": (formula: "grudge")"#);
    let content = content_of(
        STATS,
        &reads,
        WORLDS
            .replace(r#"exclude: ["a"]"#, "")
            .replace(r#"replacements: { "t:a": "c" }"#, "")
            .as_str(),
    );
    for (world, expected) in [(None, 20.0), (Some("small"), 33.0)] {
        let someone = Someone::new(&content, &["mood"], world);
        assert_eq!(someone.value("mood.valence"), expected);
        assert_eq!(
            someone.why("mood.valence").reads,
            [("Grudge".to_owned(), expected)]
        );
    }
}

#[test]
fn shapes_are_shared_where_worlds_have_no_rules_of_their_own() {
    let content = game();
    let mut layouts = Layouts::default();
    let mut layout = |world: Option<&str>| {
        let someone = Someone::new(&content, &["kin", "mood"], world);
        layouts.get(&content, &someone.inputs)
    };
    let plain = layout(None);
    let same = |a: &Arc<Layout>, b: &Arc<Layout>| std::ptr::eq(a.shape(), b.shape());
    assert!(same(&plain, &layout(Some("same"))));
    assert!(same(&plain, &layout(Some("gone"))));
    let cold = layout(Some("cold"));
    assert!(!same(&plain, &cold));
    assert!(same(&cold, &layout(Some("cold"))));
    assert_eq!(cold.shape().world(), Some(DefId::of("t:cold")));
}
