//! Mistakes in effects, told at their place; and definitions that change while they are in use.

use super::*;

fn told(effect: &str) -> String {
    let pack = effect_pack();
    pack.set(
        "t",
        "effects/all.ron",
        format!("{{ \"x\": (name: \"X\", {effect}), \"y\": (name: \"Y\") }}"),
    );
    pack.set("t", "sheets/all.ron", r#"{ "knight": (sets: ["body"]) }"#);
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, wayfarer_stats::StatsPlugin))
        .add_pack_source(pack);
    let errors = app.load_content_now().err().unwrap_or_default();
    errors.iter().map(|error| format!("{error}\n")).collect()
}

#[test]
fn mistakes_are_told_with_place_and_remedy() {
    let lasting = "lasts: Forever";
    let cases = [
        (
            "modifiers: [(stat: \"t:body.luck\", flat: 1)]".to_owned(),
            "cannot have `modifiers`",
        ),
        (
            format!("{lasting}, modifiers: [(stat: \"t:body.luk\", flat: 1)]"),
            "did you mean",
        ),
        (
            format!("{lasting}, modifiers: [(stat: \"t:body.luck\")]"),
            "does nothing",
        ),
        (
            format!("{lasting}, modifiers: [(stat: \"t:body.luck\", flat: 1, cap: 2)]"),
            "more than one amount",
        ),
        (
            format!("{lasting}, modifiers: [(stat: \"t:body.health\", flat: 1)]"),
            "takes no modifiers",
        ),
        (
            format!("{lasting}, modifiers: [(stat: \"t:body.luck\", flat: \"1d6\")]"),
            "only steps throw dice",
        ),
        (
            format!("{lasting}, modifiers: [(stat: \"t:body.luck\", flat: \"source.lck\")]"),
            "no stat `lck`",
        ),
        (
            format!("{lasting}, modifiers: [(stat: \"t:body.luck\", flat: \"1 +\")]"),
            "error[formula]",
        ),
        (
            format!("{lasting}, modifiers: [(stat: \"t:body.luck\", flat: true)]"),
            "a number or a formula",
        ),
        (
            format!("{lasting}, aura: (effect: \"y\", radius: 1)"),
            "over at once",
        ),
        (
            format!(
                "{lasting}, grants: [\"condition.dazed\"]), \"z\": (name: \"Z\", {lasting}, \
                 aura: (effect: \"x\", radius: 1, to: (none: [\"condition\"]))"
            ),
            "keeps away from who has it",
        ),
        ("lasts: Seconds(\"soon\")".to_owned(), "no stat `soon`"),
        (
            format!("{lasting}, grants: [\"wet\"], during: (none: [\"wet\"])"),
            "suppressed by it",
        ),
        (
            "requires: (all: [\"condition.dazed\"], none: [\"condition\"])".to_owned(),
            "never true",
        ),
        (
            format!("{lasting}, tags: [\"fire\"], immune: [\"fire\"]"),
            "against itself",
        ),
        (
            format!("{lasting}, every: (steps: [])"),
            "either `seconds` or `turns`",
        ),
        (
            format!("{lasting}, every: (seconds: 0, steps: [])"),
            "longer than 0",
        ),
        (
            format!("{lasting}, stacking: (limit: 0)"),
            "never be applied",
        ),
        (
            "on_apply: [Spend(stat: \"t:body.luck\", amount: \"1\")]".to_owned(),
            "used up",
        ),
        (
            "on_apply: [Apply(\"x\")]".to_owned(),
            "lead to each other: t:x → t:x",
        ),
        ("on_apply: [Apply(\"z\")]".to_owned(), "z"),
        ("grants: [\"wett\"]".to_owned(), "did you mean"),
        ("on_aply: []".to_owned(), "on_apply"),
    ];
    for (effect, expected) in cases {
        let told = told(&effect);
        assert!(
            told.contains(expected),
            "{effect}\nexpected: {expected}\ntold: {told}"
        );
        assert!(told.contains("effects/all.ron:1:"), "{told}");
    }
    assert_eq!(told("lasts: Forever"), "");
}

#[test]
fn effects_follow_their_definitions() {
    let pack = effect_pack();
    let (mut app, knight, _) = game_with(pack.clone());
    give(&mut app, knight, &spec("frozen")).unwrap();
    tick(&mut app, 1);
    assert_eq!(settled(&app, knight, "strength"), 5.0);
    pack.set("t", "effects/all.ron", EFFECTS.replace("cap: 5", "cap: 7"));
    app.load_content_now().unwrap();
    tick(&mut app, 2);
    assert_eq!(settled(&app, knight, "strength"), 7.0);

    // An effect that the content no longer knows stays and does nothing.
    let without = EFFECTS.replace("\"frozen\": (", "\"thawed\": (");
    pack.set("t", "effects/all.ron", without);
    app.load_content_now().unwrap();
    tick(&mut app, 2);
    assert_eq!(settled(&app, knight, "strength"), 14.0);
    assert!(!has_tag(&app, knight, "condition"));
    assert_eq!(effects(&app, knight).len(), 1);
    pack.set("t", "effects/all.ron", EFFECTS);
    app.load_content_now().unwrap();
    tick(&mut app, 2);
    assert_eq!(settled(&app, knight, "strength"), 5.0);
    assert!(has_tag(&app, knight, "condition.dazed"));
}
