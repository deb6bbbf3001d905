//! The pack `life`: every level, label, tier and derivation, with the numbers it should have.

use std::sync::Arc;

use proptest::prelude::*;
use wayfarer_core::{
    content::{Content, MemorySource},
    prelude::*,
};
use wayfarer_stats::{
    api, content::StatSetDef, explain::explain, layout::Layout, prelude::*, rules::resource::Now,
    values::StatValues,
};

use crate::packs::{shipped, shipped_with};

type Values<'a> = &'a [(&'a str, f32)];

fn content() -> Arc<Content> {
    shipped().world().resource::<ActiveContent>().0.clone()
}

/// A character with these sets and values, named in full.
fn someone(content: &Arc<Content>, sets: &[&str], base: Values<'_>) -> (StatInputs, Arc<Layout>) {
    let mut inputs = StatInputs::new(None, sets.iter().map(|set| DefId::of(set)));
    let rows = base.iter().map(|&(name, value)| (StatId::of(name), value));
    inputs.base = rows.collect();
    inputs.base.sort_by_key(|row| row.0);
    let layout = Layout::compile(content, &inputs);
    (inputs, layout)
}

fn values(content: &Arc<Content>, sets: &[&str], base: Values<'_>) -> StatValues {
    let (inputs, layout) = someone(content, sets, base);
    StatValues::new(&layout, &inputs, Now::STORED)
}

/// A character with one set only, so that nothing is derived.
fn alone(content: &Arc<Content>, set: &str, base: Values<'_>) -> StatValues {
    let full: Vec<(String, f32)> = base
        .iter()
        .map(|(key, value)| (format!("{set}.{key}"), *value))
        .collect();
    let full: Vec<(&str, f32)> = full.iter().map(|(key, value)| (&**key, *value)).collect();
    values(content, &[set], &full)
}

/// For each level a character that just reaches it.
const LEVELS: &[(&str, &str, Values<'_>)] = &[
    (
        "core:resources",
        "collapsing",
        &[("energy", 10.0), ("health", 30.0)],
    ),
    ("core:resources", "starving", &[("hunger", 15.0)]),
    (
        "core:resources",
        "burnt_out",
        &[("energy", 30.0), ("stress", 70.0)],
    ),
    (
        "core:resources",
        "exhausted",
        &[("energy", 20.0), ("stamina", 30.0)],
    ),
    (
        "core:resources",
        "peak",
        &[
            ("energy", 85.0),
            ("health", 90.0),
            ("stamina", 85.0),
            ("stress", 20.0),
        ],
    ),
    (
        "core:resources",
        "well_rested",
        &[("energy", 90.0), ("stress", 15.0), ("health", 89.0)],
    ),
    (
        "core:resources",
        "unwell",
        &[("health", 60.0), ("energy", 80.0)],
    ),
    (
        "core:resources",
        "unwell",
        &[("health", 30.0), ("energy", 80.0)],
    ),
    (
        "core:resources",
        "stressed",
        &[("stress", 60.0), ("energy", 80.0)],
    ),
    (
        "core:resources",
        "stressed",
        &[("stress", 84.995), ("energy", 80.0)],
    ),
    (
        "core:resources",
        "satisfied",
        &[("hunger", 80.0), ("energy", 60.0)],
    ),
    ("core:resources", "tired", &[("energy", 40.0)]),
    ("core:resources", "tired", &[("energy", 20.0)]),
    (
        "core:resources",
        "hungry",
        &[("hunger", 35.0), ("energy", 80.0)],
    ),
    (
        "core:resources",
        "normal",
        &[("energy", 70.0), ("hunger", 36.0)],
    ),
    (
        "life:relationships",
        "acquainted",
        &[("affinity", 20.0), ("chemistry", 20.0)],
    ),
    (
        "life:relationships",
        "companions",
        &[("affinity", 40.0), ("chemistry", 40.0), ("trust", 20.0)],
    ),
    (
        "life:relationships",
        "trusted",
        &[("affinity", 60.0), ("chemistry", 60.0), ("trust", 40.0)],
    ),
    (
        "life:relationships",
        "close",
        &[("affinity", 80.0), ("chemistry", 80.0), ("trust", 60.0)],
    ),
    (
        "life:relationships",
        "kindred",
        &[
            ("affinity", 95.0),
            ("chemistry", 95.0),
            ("trust", 90.0),
            ("tension", 10.0),
        ],
    ),
    (
        "life:relationships",
        "close",
        &[
            ("affinity", 95.0),
            ("chemistry", 95.0),
            ("trust", 90.0),
            ("tension", 10.5),
        ],
    ),
    (
        "life:mood",
        "elated",
        &[("valence", 80.0), ("arousal", 60.0)],
    ),
    (
        "life:mood",
        "angry",
        &[("valence", 30.0), ("arousal", 80.0)],
    ),
    (
        "life:mood",
        "depressed",
        &[("valence", 20.0), ("arousal", 30.0)],
    ),
    (
        "life:mood",
        "excited",
        &[("valence", 70.0), ("arousal", 70.0)],
    ),
    (
        "life:mood",
        "content",
        &[("valence", 70.0), ("arousal", 30.0)],
    ),
    (
        "life:mood",
        "anxious",
        &[("valence", 40.0), ("arousal", 70.0)],
    ),
    ("life:mood", "sad", &[("valence", 30.0), ("arousal", 40.0)]),
    (
        "life:mood",
        "happy",
        &[("valence", 60.0), ("arousal", 50.0)],
    ),
    (
        "life:mood",
        "happy",
        &[("valence", 60.0), ("arousal", 69.995)],
    ),
    ("life:mood", "calm", &[("valence", 60.0), ("arousal", 40.0)]),
    (
        "life:mood",
        "stressed",
        &[("valence", 40.0), ("arousal", 60.0)],
    ),
    (
        "life:mood",
        "frustrated",
        &[("valence", 45.0), ("arousal", 60.0)],
    ),
    (
        "life:mood",
        "relaxed",
        &[("valence", 50.0), ("arousal", 30.0)],
    ),
    (
        "life:mood",
        "bored",
        &[("valence", 31.0), ("arousal", 30.0)],
    ),
    ("life:mood", "neutral", &[]),
    (
        "life:mood",
        "neutral",
        &[("valence", 40.0), ("arousal", 41.0)],
    ),
    ("life:drives", "crisis", &[("rest", 80.0), ("safety", 70.0)]),
    (
        "life:drives",
        "isolation",
        &[("social", 85.0), ("autonomy", 60.0)],
    ),
    (
        "life:drives",
        "burnout",
        &[("rest", 75.0), ("achievement", 70.0)],
    ),
    (
        "life:drives",
        "thriving",
        &[
            ("social", 25.0),
            ("achievement", 30.0),
            ("autonomy", 25.0),
            ("rest", 35.0),
        ],
    ),
    ("life:drives", "content", &[]),
    (
        "life:drives",
        "content",
        &[("social", 30.0), ("rest", 30.0), ("safety", 25.0)],
    ),
    (
        "life:drives",
        "ambitious",
        &[("achievement", 70.0), ("rest", 40.0)],
    ),
    ("life:drives", "anxious", &[("safety", 65.0)]),
    ("life:drives", "lonely", &[("social", 70.0)]),
    (
        "life:drives",
        "restless",
        &[("novelty", 75.0), ("social", 31.0)],
    ),
    (
        "life:drives",
        "constrained",
        &[("autonomy", 75.0), ("social", 31.0)],
    ),
    (
        "life:drives",
        "adventurous",
        &[("novelty", 50.0), ("safety", 30.0), ("rest", 40.0)],
    ),
    (
        "life:drives",
        "social_peak",
        &[("social", 20.0), ("novelty", 40.0), ("rest", 31.0)],
    ),
    (
        "life:drives",
        "baseline",
        &[("rest", 50.0), ("social", 50.0)],
    ),
    ("life:behavior", "crisis", &[("rest", 80.0), ("eat", 70.0)]),
    ("life:behavior", "basic_needs", &[("rest", 60.0)]),
    (
        "life:behavior",
        "social",
        &[("socialize", 70.0), ("rest", 40.0)],
    ),
    (
        "life:behavior",
        "growth",
        &[("achieve", 60.0), ("rest", 40.0), ("eat", 40.0)],
    ),
    (
        "life:behavior",
        "balanced",
        &[("rest", 30.0), ("eat", 30.0), ("socialize", 40.0)],
    ),
];

#[test]
fn every_level_is_reached_where_it_should_be() {
    let content = content();
    for (set, expected, base) in LEVELS {
        let values = alone(&content, set, base);
        let level = values.level(DefId::of(set)).map(|level| level.id.as_str());
        assert_eq!(level, Some(*expected), "{set} {base:?}");
    }
    for set in content.table::<StatSetDef>() {
        if set.pack() == "life" || set.name() == "core:resources" {
            for level in &set.levels {
                let found = LEVELS
                    .iter()
                    .any(|row| row.0 == set.name() && level.id == row.1);
                assert!(found, "`{}` of `{}` is not tried", level.id, set.name());
            }
        }
    }
}

/// For each word of each label a character that just gets it.
const LABELS: &[(&str, &str, &str, Values<'_>)] = &[
    (
        "conversation",
        "style",
        "enthusiastic",
        &[("energy", 70.0), ("warmth", 65.0)],
    ),
    (
        "conversation",
        "style",
        "playful",
        &[("energy", 65.0), ("warmth", 40.0), ("formality", 40.0)],
    ),
    (
        "conversation",
        "style",
        "playful",
        &[("energy", 69.0), ("warmth", 70.0), ("formality", 40.0)],
    ),
    (
        "conversation",
        "style",
        "warm",
        &[("energy", 65.0), ("warmth", 70.0)],
    ),
    (
        "conversation",
        "style",
        "warm",
        &[("energy", 30.0), ("warmth", 70.0)],
    ),
    (
        "conversation",
        "style",
        "curt",
        &[("warmth", 30.0), ("formality", 60.0)],
    ),
    (
        "conversation",
        "style",
        "reserved",
        &[("warmth", 35.0), ("energy", 35.0)],
    ),
    ("conversation", "style", "subdued", &[("energy", 25.0)]),
    ("conversation", "style", "formal", &[("formality", 75.0)]),
    (
        "conversation",
        "style",
        "casual",
        &[("formality", 30.0), ("warmth", 40.0)],
    ),
    ("conversation", "style", "friendly", &[("warmth", 55.0)]),
    ("conversation", "style", "neutral", &[]),
    (
        "behavior",
        "priority_need",
        "rest",
        &[("rest", 80.0), ("eat", 99.0)],
    ),
    (
        "behavior",
        "priority_need",
        "eat",
        &[("rest", 79.0), ("eat", 80.0), ("relax", 99.0)],
    ),
    (
        "behavior",
        "priority_need",
        "relax",
        &[("rest", 79.0), ("eat", 79.0), ("relax", 70.0)],
    ),
    (
        "behavior",
        "priority_need",
        "rest",
        &[("rest", 60.0), ("eat", 79.0), ("relax", 69.0)],
    ),
    (
        "behavior",
        "priority_need",
        "eat",
        &[("rest", 59.0), ("eat", 60.0)],
    ),
    (
        "behavior",
        "priority_need",
        "none",
        &[("rest", 59.0), ("eat", 59.0), ("relax", 69.0)],
    ),
    (
        "behavior",
        "priority_activity",
        "socialize",
        &[("socialize", 75.0), ("explore", 99.0)],
    ),
    (
        "behavior",
        "priority_activity",
        "explore",
        &[("socialize", 74.0), ("explore", 70.0), ("achieve", 99.0)],
    ),
    (
        "behavior",
        "priority_activity",
        "achieve",
        &[("socialize", 74.0), ("explore", 69.0), ("achieve", 70.0)],
    ),
    (
        "behavior",
        "priority_activity",
        "socialize",
        &[("socialize", 50.0), ("explore", 69.0), ("achieve", 69.0)],
    ),
    (
        "behavior",
        "priority_activity",
        "none",
        &[("socialize", 49.0), ("explore", 69.0)],
    ),
];

#[test]
fn every_label_is_reached_where_it_should_be() {
    let content = content();
    for (set, label, expected, base) in LABELS {
        let set = format!("life:{set}");
        let values = alone(&content, &set, base);
        let found = values.label(DefId::of(&set), label);
        let found = found.map(|rule| rule.id.as_str());
        assert_eq!(found, Some(*expected), "{set} {label} {base:?}");
    }
    for set in content.table::<StatSetDef>() {
        for (key, label) in set.labels.iter() {
            for rule in label.rules.iter().chain([&label.otherwise]) {
                let tried = |row: &&(&str, &str, &str, Values<'_>)| {
                    *key == row.1 && rule.id == row.2 && set.name().ends_with(row.0)
                };
                assert!(LABELS.iter().any(|row| tried(&row)), "{key} {}", rule.id);
            }
        }
    }
}

#[test]
fn tiers_begin_where_they_should() {
    let content = content();
    let twenty: &[f32] = &[0.0, 20.0, 40.0, 60.0, 80.0];
    for (set, keys, mins) in [
        (
            "life:relationships",
            &["affinity"][..],
            &[0.0, 10.0, 30.0, 60.0, 80.0][..],
        ),
        (
            "life:personality",
            &[
                "openness",
                "conscientiousness",
                "extraversion",
                "agreeableness",
                "neuroticism",
            ],
            twenty,
        ),
        (
            "life:behavior",
            &["rest", "eat", "socialize", "relax", "explore", "achieve"],
            twenty,
        ),
        ("life:reputation", &["npc", "faction", "group"], twenty),
        (
            "core:resources",
            &["health", "stamina", "energy", "hunger"],
            &[0.0, 10.0, 30.0, 60.0, 85.0],
        ),
        (
            "core:resources",
            &["stress"],
            &[0.0, 15.0, 35.0, 60.0, 85.0],
        ),
    ] {
        for key in keys {
            let def = content.table::<StatSetDef>().get_by_name(set).unwrap();
            let tiers = &def.stats.get(key).unwrap().tiers;
            let found: Vec<f32> = tiers.iter().map(|tier| tier.min.value).collect();
            assert_eq!(found, mins, "{set}.{key}");
            for (tier, next) in tiers.iter().zip(tiers.iter().skip(1)) {
                let just_below = next.min.value - 0.001;
                let values = alone(&content, set, &[(key, just_below)]);
                let now = values.tier(StatId::of(&format!("{set}.{key}"))).unwrap();
                assert_eq!(now.id, tier.id, "{set}.{key} {just_below}");
            }
        }
    }
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
