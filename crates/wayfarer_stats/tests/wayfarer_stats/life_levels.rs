//! Every level of the pack `life`, and of `core:resources`.

use wayfarer_core::prelude::*;
use wayfarer_stats::content::StatSetDef;

use crate::life::{Values, alone, content};

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
