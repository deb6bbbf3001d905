//! Every label and tier of the pack `life`, and the tiers of `core:resources`.

use wayfarer_core::prelude::*;
use wayfarer_stats::{StatId, content::StatSetDef};

use crate::life::{Values, alone, content};

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
