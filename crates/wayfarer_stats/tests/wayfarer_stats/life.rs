//! The pack `life`: every derivation, with the numbers it should give.

use std::sync::Arc;

use proptest::prelude::*;
use wayfarer_core::{
    aggregate::Aggregate,
    content::{Content, MemorySource},
    prelude::*,
};
use wayfarer_stats::{
    api, content::StatSetDef, explain::explain, layout::Layout, prelude::*, rules::resource::Now,
    values::StatValues,
};

use crate::packs::{shipped, shipped_with};

pub type Values<'a> = &'a [(&'a str, f32)];

pub fn content() -> Arc<Content> {
    shipped().world().resource::<ActiveContent>().0.clone()
}

/// A character with these sets and values, named in full.
fn someone(content: &Arc<Content>, sets: &[&str], base: Values<'_>) -> (StatInputs, Arc<Layout>) {
    let mut inputs = StatInputs::new(None, sets.iter().map(|set| DefId::of(set)));
    for &(name, value) in base {
        let (stat, value) = (StatId::of(name), Some(value));
        inputs.apply(&StatOp::SetBase { stat, value }).unwrap();
    }
    let layout = Layout::compile(content, &inputs);
    (inputs, layout)
}

fn values(content: &Arc<Content>, sets: &[&str], base: Values<'_>) -> StatValues {
    let (inputs, layout) = someone(content, sets, base);
    StatValues::new(&layout, &inputs, Now::STORED)
}

/// A character with one set only, so that nothing is derived.
pub fn alone(content: &Arc<Content>, set: &str, base: Values<'_>) -> StatValues {
    let full: Vec<(String, f32)> = base
        .iter()
        .map(|(key, value)| (format!("{set}.{key}"), *value))
        .collect();
    let full: Vec<(&str, f32)> = full.iter().map(|(key, value)| (&**key, *value)).collect();
    values(content, &[set], &full)
}

const FEELING: &[&str] = &["life:mood", "life:relationships"];
const BODY: &[&str] = &[
    "life:mood",
    "core:resources",
    "life:behavior",
    "life:drives",
];
const TALK: &[&str] = &["life:mood", "life:personality", "life:conversation"];

#[test]
fn derivations_give_the_numbers_they_should() {
    let content = content();
    let valence = "life:mood.valence";
    let cases: &[(&[&str], Values<'_>, Values<'_>)] = &[
        // (80 − 0.5 · 20) / 1.5 + 25
        (
            FEELING,
            &[
                ("life:relationships.affinity", 80.0),
                ("life:relationships.tension", 20.0),
                ("life:relationships.chemistry", 60.0),
            ],
            &[(valence, 71.666_67), ("life:mood.arousal", 60.0)],
        ),
        (FEELING, &[], &[(valence, 25.0), ("life:mood.arousal", 0.0)]),
        (
            FEELING,
            &[("life:relationships.affinity", 100.0)],
            &[(valence, 91.666_67)],
        ),
        // Rested, fed and at peace: nothing changes.
        (
            BODY,
            &[],
            &[
                (valence, 50.0),
                ("life:mood.arousal", 50.0),
                ("life:behavior.rest", 20.0),
                ("life:behavior.eat", 0.0),
                ("life:behavior.relax", 0.0),
                ("life:behavior.socialize", 30.0),
                ("life:behavior.explore", 40.0),
                ("life:behavior.achieve", 40.0),
            ],
        ),
        (
            BODY,
            &[
                ("core:resources.energy", 50.0),
                ("core:resources.hunger", 40.0),
                ("core:resources.stress", 60.0),
                ("life:drives.rest", 30.0),
            ],
            &[
                (valence, 10.0),
                ("life:mood.arousal", 58.0),
                ("life:behavior.rest", 50.0),
                ("life:behavior.eat", 60.0),
                ("life:behavior.relax", 60.0),
            ],
        ),
        // Both have a say about rest: the higher one.
        (
            BODY,
            &[("life:drives.rest", 95.0)],
            &[("life:behavior.rest", 95.0)],
        ),
        (
            TALK,
            &[],
            &[
                ("life:conversation.warmth", 50.0),
                ("life:conversation.energy", 50.0),
            ],
        ),
        (
            TALK,
            &[
                ("life:personality.agreeableness", 80.0),
                ("life:personality.extraversion", 70.0),
                ("life:personality.conscientiousness", 20.0),
            ],
            &[
                ("life:conversation.warmth", 76.0),
                ("life:conversation.energy", 70.0),
                ("life:conversation.formality", 20.0),
            ],
        ),
        // The mood counts on top of the personality.
        (
            TALK,
            &[
                ("life:personality.agreeableness", 80.0),
                ("life:personality.extraversion", 70.0),
                (valence, 20.0),
                ("life:mood.arousal", 80.0),
            ],
            &[
                ("life:conversation.warmth", 67.0),
                ("life:conversation.energy", 79.0),
            ],
        ),
        // Without a personality it counts on top of the default.
        (
            &["life:mood", "life:conversation"],
            &[(valence, 100.0)],
            &[
                ("life:conversation.warmth", 65.0),
                ("life:conversation.formality", 50.0),
            ],
        ),
    ];
    for (sets, base, expected) in cases {
        let values = values(&content, sets, base);
        for (name, value) in *expected {
            let found = values.get(StatId::of(name)).unwrap();
            assert!(
                (found - value).abs() < 1e-3,
                "{name}: {found}, not {value}; {base:?}"
            );
        }
    }
}

#[test]
fn liking_alone_is_enough_for_a_mood() {
    let pack = MemorySource::new();
    pack.set(
        "t",
        "pack.ron",
        r#"(name: "t", version: "1", depends: ["life"])"#,
    );
    pack.set(
        "t",
        "stats/a.ron",
        r#"{ "pets": (name: "Pets", description: "Dogs.", stats: {
            "fondness": (name: "Fondness", description: "Of dogs.", default: 65,
                semantic: "life:positive_sentiment"),
        }) }"#,
    );
    let app = shipped_with(pack);
    let content = app.world().resource::<ActiveContent>().0.clone();
    let mood = StatId::of("life:mood.valence");
    let of = |sets: &[&str]| values(&content, sets, &[]).get(mood).unwrap();
    assert_eq!(of(&["t:pets", "life:mood"]), 65.0);
    // Where all three feelings are known, these count: the mean of both likings, nothing else.
    let expected = 32.5 / 1.5 + 25.0;
    assert!((of(&["t:pets", "life:mood", "life:relationships"]) - expected).abs() < 1e-3);
}

#[test]
fn another_world_settles_everybody_anew() {
    let pack = MemorySource::new();
    pack.set(
        "t",
        "pack.ron",
        r#"(name: "t", version: "1", depends: ["life"])"#,
    );
    pack.set("t", "characters/a.ron", r#"{ "cat": (name: "Cat") }"#);
    pack.set(
        "t",
        "sheets/a.ron",
        r#"{ "cat": (sets: ["core:resources", "life:mood"], base: { "resources.hunger": 0 }) }"#,
    );
    pack.set(
        "t",
        "worlds/a.ron",
        r#"{
            "fairyland": (name: "Fairyland", exclude: ["life:mood_from_body"],
                stats: { "life:mood.valence": (default: 90) }),
            "limbo": (name: "Limbo", stats: { "life:mood.valence": (max: 25, default: 25) }),
        }"#,
    );
    let mut app = shipped_with(pack);
    let cat = app.world_mut().spawn(Character::new("t:cat")).id();
    for (world, expected) in [
        (None, 30.0),
        (Some("t:fairyland"), 90.0),
        (Some("t:limbo"), 5.0),
        (None, 30.0),
    ] {
        app.insert_resource(ActiveWorld(world.map(DefId::of)));
        app.world_mut().run_schedule(RulesTick);
        let valence = api::value(app.world(), cat, "life:mood.valence");
        assert_eq!(valence, Some(expected), "{world:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whoever_they_are_derived_stats_keep_their_limits(
        seeds in prop::collection::vec(prop_oneof![0.0_f32..100.0, -1e9_f32..1e9], 32),
    ) {
        let content = content();
        let all = ["core:resources", "life:relationships", "life:personality", "life:drives",
            "life:mood", "life:behavior", "life:conversation", "life:reputation"];
        let given: Vec<String> = all[..4]
            .iter()
            .flat_map(|set| {
                let set = content.table::<StatSetDef>().get_by_name(set).unwrap();
                let keys = set.stats.iter().map(|(key, _)| format!("{}.{key}", set.name()));
                keys.collect::<Vec<_>>()
            })
            .collect();
        let base: Vec<(&str, f32)> = given.iter().map(|name| &**name).zip(seeds).collect();
        let (inputs, layout) = someone(&content, &all, &base);
        let values = StatValues::new(&layout, &inputs, Now::STORED);
        for set in ["life:mood", "life:behavior", "life:conversation"] {
            let set = content.table::<StatSetDef>().get_by_name(set).unwrap();
            for (key, _) in set.stats.iter() {
                let stat = StatId::of(&format!("{}.{key}", set.name()));
                let value = values.get(stat).unwrap();
                prop_assert!((0.0..=100.0).contains(&value), "{key} {value}");
                let why = explain(&inputs, &layout, &content, stat).unwrap();
                let last = why.lines.iter().rfind(|line| line.counted.counts()).unwrap();
                prop_assert_eq!(last.running.to_bits(), value.to_bits(), "{}", why);
            }
        }
    }
}
