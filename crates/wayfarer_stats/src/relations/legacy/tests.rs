#![allow(clippy::unwrap_used, reason = "tests")]

use wayfarer_core::aggregate::Aggregate;

use super::*;
use crate::{
    relations::tests::{axis, bond, content},
    test_content::{stat, uid},
};

const NOW: Now = Now {
    tick: 500,
    hz: 20.0,
};

fn old(text: &str) -> LegacyRelations {
    ron::from_str(text).unwrap()
}

fn migrated(text: &str) -> (Relations, Vec<LegacyNote>) {
    let mut relations = Relations::default();
    let who = |id: &str| Uid::new(id.parse().ok()?);
    let kind = DefId::of("t:bond");
    let migrated = migrate(&old(text), &relations, &content(), kind, NOW, who).unwrap();
    for op in &migrated.ops {
        relations.apply(op).unwrap();
    }
    (relations, migrated.notes)
}

#[test]
fn the_old_form_becomes_relations() {
    let (relations, notes) = migrated(
        r#"{
            "npc:7": {
                "affinity": 75, "trust": 60.5, "chemistry": 0, "tension": 5,
                "tierId": "friend", "intimacyLevelId": "trusted",
            },
            "npc:9": { "affinity": 12.0, "affinityTierId": "acquaintance" },
            "npc:10": { "affinity": 0 },
        }"#,
    );
    assert_eq!(notes, []);
    let known: Vec<Bond> = relations.iter().map(|(bond, _)| bond).collect();
    assert_eq!(
        known,
        [bond(7), bond(9)],
        "of the third there is nothing to say"
    );
    let value = |value| Some(Stored { value, since: 500 });
    let seven = relations.get(bond(7)).unwrap();
    assert_eq!(seven.stored(axis("affinity")), value(75.0));
    assert_eq!(seven.stored(axis("trust")), value(60.5));
    assert_eq!(seven.values().len(), 2, "defaults are not stored");
    assert!(seven.log().is_empty());
}

#[test]
fn what_does_not_fit_is_told_and_not_lost_silently() {
    let (relations, notes) = migrated(
        r#"{
            "npc:7": {
                "affinity": 75, "tierId": "stranger", "intimacyLevelId": "sworn",
                "trust": 180, "loyalty": 3, "mood": "gloomy", "flags": ["a"], "seen": true,
                "nickname": (),
            },
            "npc:mira": { "affinity": 1 },
            "7": { "affinity": 2 },
        }"#,
    );
    let other = uid(7);
    let left_out = |key: &str| LegacyNote::LeftOut {
        other,
        key: key.to_owned(),
    };
    let text: Vec<String> = notes.iter().map(ToString::to_string).collect();
    // "7" sorts before "npc:7" and is the same person.
    assert!(
        notes.contains(&LegacyNote::Twice("npc:7".to_owned())),
        "{text:?}"
    );
    assert!(notes.contains(&LegacyNote::NobodyOfThatName("npc:mira".to_owned())));
    assert_eq!(relations.len(), 1);

    let (relations, notes) = migrated(
        r#"{ "npc:7": {
            "affinity": 75, "tierId": "stranger", "intimacyLevelId": "sworn",
            "trust": 180, "loyalty": 3, "mood": "gloomy", "flags": ["a"], "seen": true,
        } }"#,
    );
    assert_eq!(
        notes,
        [
            left_out("flags"),
            LegacyNote::UnknownAxis {
                other,
                key: "loyalty".to_owned(),
            },
            left_out("mood"),
            left_out("seen"),
            LegacyNote::OutOfRange {
                other,
                key: "trust".to_owned(),
                was: 180.0,
                is: 100.0,
            },
            LegacyNote::LevelDiffers {
                other,
                was: "sworn".to_owned(),
                is: Some("trusted".to_owned()),
            },
            LegacyNote::TierDiffers {
                other,
                stat: axis("affinity"),
                was: "stranger".to_owned(),
                is: Some("friend".to_owned()),
            },
        ]
    );
    let seven = relations.get(bond(7)).unwrap();
    let loyalty = seven.stored(stat("relationships.loyalty")).unwrap();
    assert_eq!(loyalty.value, 3.0, "kept under the name it would have");
}

#[test]
fn nothing_is_taken_over_twice() {
    let text = r#"{ "npc:7": { "affinity": 75 } }"#;
    let (relations, _) = migrated(text);
    let kind = DefId::of("t:bond");
    let again = |text: &str, kind| {
        let who = |_: &str| Some(uid(8));
        migrate(&old(text), &relations, &content(), kind, NOW, who)
    };
    let found = again(text, kind).unwrap();
    assert_eq!(found.ops, []);
    assert_eq!(found.notes, [LegacyNote::NotEmpty]);
    assert_eq!(again("{}", kind), Some(Migrated::default()));
    assert_eq!(again(text, DefId::of("t:gone")), None);
}
