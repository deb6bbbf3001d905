//! The conditions on the sample fighter: what changes, and that nothing else does.

use std::collections::{BTreeMap, BTreeSet};

use bevy::prelude::*;
use wayfarer_stats::{
    effects::{EffectSpec, RestKind, apply_effect, remove_tagged, rest, tags_now},
    tags::TagIndex,
};

use super::*;

type Changes = &'static [(&'static str, f32)];

const HELD: Changes = &[
    ("speed_share", 0.0),
    ("walk", 0.0),
    ("climb", 0.0),
    ("swim", 0.0),
    ("crawl", 0.0),
];
const POOR_CHECKS: Changes = &[
    ("check_disadvantage", 1.0),
    ("strength_check_edge", -1.0),
    ("dexterity_check_edge", -1.0),
    ("constitution_check_edge", -1.0),
    ("intelligence_check_edge", -1.0),
    ("wisdom_check_edge", -1.0),
    ("charisma_check_edge", -1.0),
];
const POOR_SAVES: Changes = &[
    ("save_disadvantage", 1.0),
    ("strength_save_edge", -1.0),
    ("dexterity_save_edge", -1.0),
    ("constitution_save_edge", -1.0),
    ("intelligence_save_edge", -1.0),
    ("wisdom_save_edge", -1.0),
    ("charisma_save_edge", -1.0),
];
const POOR_ATTACKS: Changes = &[("attack_disadvantage", 1.0)];
const EASY_TO_HIT: Changes = &[("attacked_advantage", 1.0)];
const HALF_SPEED: Changes = &[
    ("speed_share", 0.5),
    ("walk", 15.0),
    ("climb", 7.0),
    ("swim", 7.0),
    ("crawl", 7.0),
];
const HALF_HIT_POINTS: Changes = &[
    ("hit_point_share", 0.5),
    ("max_hit_points", 6.0),
    ("hit_points", 6.0),
];

const HELPLESS: [&str; 5] = [
    "condition.incapacitated",
    "cannot.act",
    "cannot.react",
    "auto_fail.save.strength",
    "auto_fail.save.dexterity",
];

/// Condition, changed stats, and tags beside `condition.<its name>`; those above them are implied.
const CONDITIONS: [(&str, &[Changes], &[&[&str]]); 14] = [
    (
        "blinded",
        &[POOR_ATTACKS, EASY_TO_HIT],
        &[&["cannot.see", "auto_fail.check.sight"]],
    ),
    ("charmed", &[], &[&["cannot.harm_source"]]),
    (
        "deafened",
        &[],
        &[&["cannot.hear", "auto_fail.check.hearing"]],
    ),
    (
        "frightened",
        &[POOR_ATTACKS, POOR_CHECKS],
        &[&["cannot.approach_source"]],
    ),
    ("grappled", &[HELD], &[]),
    ("incapacitated", &[], &[&["cannot.act", "cannot.react"]]),
    (
        "invisible",
        &[&[("attack_advantage", 1.0), ("attacked_disadvantage", 1.0)]],
        &[&["unseen"]],
    ),
    (
        "paralyzed",
        &[HELD, EASY_TO_HIT],
        &[
            &HELPLESS,
            &["cannot.move", "cannot.speak", "attacked.critical_near"],
        ],
    ),
    (
        "petrified",
        &[HELD, EASY_TO_HIT, &[("weight_factor", 10.0)]],
        &[
            &HELPLESS,
            &[
                "cannot.move",
                "cannot.speak",
                "unaware",
                "resist.all",
                "immune.poison",
            ],
        ],
    ),
    ("poisoned", &[POOR_ATTACKS, POOR_CHECKS], &[]),
    (
        "prone",
        &[POOR_ATTACKS],
        &[&[
            "crawls",
            "attacked.advantage_near",
            "attacked.disadvantage_far",
        ]],
    ),
    (
        "restrained",
        &[
            HELD,
            POOR_ATTACKS,
            EASY_TO_HIT,
            &[
                ("dexterity_save_disadvantage", 1.0),
                ("dexterity_save_edge", -1.0),
            ],
        ],
        &[],
    ),
    (
        "stunned",
        &[HELD, EASY_TO_HIT],
        &[&HELPLESS, &["cannot.move", "falters"]],
    ),
    (
        "unconscious",
        // Prone comes with it.
        &[HELD, EASY_TO_HIT, POOR_ATTACKS],
        &[
            &HELPLESS,
            &[
                "cannot.move",
                "cannot.speak",
                "unaware",
                "drops_held",
                "attacked.critical_near",
            ],
            &[
                "condition.prone",
                "crawls",
                "attacked.advantage_near",
                "attacked.disadvantage_far",
            ],
        ],
    ),
];

/// What each further level of exhaustion brings.
const EXHAUSTION: [&[Changes]; 6] = [
    &[POOR_CHECKS],
    &[HALF_SPEED],
    &[POOR_ATTACKS, POOR_SAVES],
    &[HALF_HIT_POINTS],
    &[HELD],
    &[],
];

fn fighter() -> (App, Entity) {
    let mut app = crate::packs::shipped();
    let entity = app.world_mut().spawn(Character::new("srd:fighter")).id();
    app.world_mut().run_schedule(RulesTick);
    (app, entity)
}

fn figures(app: &App, entity: Entity) -> BTreeMap<String, f32> {
    let index = content().derived::<StatIndex>().unwrap();
    let values = app.world().get::<StatValues>(entity).unwrap();
    let read = |(stat, _)| {
        let now = wayfarer_stats::api::value_of(app.world(), entity, stat).unwrap();
        (index.get(stat).unwrap().key.to_string(), now)
    };
    values.iter().map(read).collect()
}

fn apply(app: &mut App, entity: Entity, condition: &str) {
    let spec = EffectSpec::named(&format!("srd:{condition}"));
    let done = app
        .world_mut()
        .transact("test", |txn| apply_effect(txn, entity, &spec));
    done.unwrap_or_else(|refusal| panic!("{condition}: {refusal:?}"));
    app.world_mut().run_schedule(RulesTick);
}

fn changed(base: &BTreeMap<String, f32>, changes: &[Changes]) -> BTreeMap<String, f32> {
    let mut expected = base.clone();
    for (stat, value) in changes.iter().copied().flatten() {
        assert!(
            expected.insert((*stat).to_owned(), *value).is_some(),
            "{stat}"
        );
    }
    expected
}

#[track_caller]
fn same(who: &str, now: &BTreeMap<String, f32>, expected: &BTreeMap<String, f32>) {
    for (stat, value) in expected {
        assert_eq!(now[stat], *value, "{who}: {stat}");
    }
}

#[test]
fn each_condition_changes_what_it_says_and_nothing_else() {
    let (mut app, entity) = fighter();
    let index = content().derived::<TagIndex>().unwrap();
    let before = figures(&app, entity);
    let nature = tags_now(app.world(), entity);
    for (condition, changes, tags) in CONDITIONS {
        apply(&mut app, entity, condition);
        same(
            condition,
            &figures(&app, entity),
            &changed(&before, changes),
        );
        let own = format!("condition.{condition}");
        let granted = tags.iter().copied().flatten().copied().chain([&*own]);
        let granted = granted.map(|tag| DefId::of(&format!("srd:{tag}")));
        let expected = Tags::of(index, granted);
        let names = |tags: &Tags| -> BTreeSet<String> {
            let name = |(tag, _)| content().name_of(tag).unwrap().to_owned();
            tags.iter().map(name).collect()
        };
        let now = tags_now(app.world(), entity);
        assert_eq!(names(&now), names(&expected), "{condition}");
        app.world_mut()
            .transact("test", |txn| {
                remove_tagged(txn, entity, DefId::of("srd:condition"))
            })
            .unwrap();
        app.world_mut().run_schedule(RulesTick);
        same(condition, &figures(&app, entity), &before);
        assert_eq!(tags_now(app.world(), entity), nature, "{condition}");
    }
}

#[test]
fn exhaustion_climbs_level_by_level_and_a_night_takes_one() {
    let (mut app, entity) = fighter();
    let before = figures(&app, entity);
    let mut steps = vec![before.clone()];
    for (level, changes) in (1_u8..).zip(EXHAUSTION) {
        apply(&mut app, entity, "exhaustion");
        let mut expected = changed(steps.last().unwrap(), changes);
        expected.insert("exhaustion".to_owned(), f32::from(level));
        same(&format!("level {level}"), &figures(&app, entity), &expected);
        steps.push(expected);
    }
    let values = app.world().get::<StatValues>(entity).unwrap();
    let level = values.level(DefId::of("srd:defense")).unwrap();
    assert_eq!(level.id.as_str(), "worn_out");
    for expected in steps.iter().rev().skip(1) {
        app.world_mut()
            .transact("test", |txn| rest(txn, entity, RestKind::Long))
            .unwrap();
        app.world_mut().run_schedule(RulesTick);
        let mut now = figures(&app, entity);
        // Hit points that were lost with the maximum do not come back with it.
        now.insert("hit_points".to_owned(), expected["hit_points"]);
        same("rested", &now, expected);
    }
}

#[test]
fn whoever_wakes_up_still_lies_on_the_ground() {
    let (mut app, entity) = fighter();
    apply(&mut app, entity, "unconscious");
    app.world_mut()
        .transact("test", |txn| {
            remove_tagged(txn, entity, DefId::of("srd:condition.unconscious"))
        })
        .unwrap();
    let tags = tags_now(app.world(), entity);
    assert!(tags.has(DefId::of("srd:condition.prone")));
    assert!(!tags.has(DefId::of("srd:condition.incapacitated")));
}

#[test]
fn two_reasons_to_be_incapacitated_end_one_by_one() {
    let (mut app, entity) = fighter();
    apply(&mut app, entity, "stunned");
    apply(&mut app, entity, "paralyzed");
    for (ends, left) in [("stunned", true), ("paralyzed", false)] {
        let tag = DefId::of(&format!("srd:condition.{ends}"));
        app.world_mut()
            .transact("test", |txn| remove_tagged(txn, entity, tag))
            .unwrap();
        let tags = tags_now(app.world(), entity);
        assert_eq!(tags.has(DefId::of("srd:cannot.act")), left, "{ends}");
    }
}

#[test]
fn stone_suspends_poison_and_keeps_new_poison_out() {
    let (mut app, entity) = fighter();
    apply(&mut app, entity, "poisoned");
    apply(&mut app, entity, "petrified");
    let poisoned = DefId::of("srd:condition.poisoned");
    assert!(!tags_now(app.world(), entity).has(poisoned));
    let spec = EffectSpec::named("srd:poisoned");
    let again = app
        .world_mut()
        .transact("test", |txn| apply_effect(txn, entity, &spec));
    assert!(again.is_err());
    let stone = DefId::of("srd:condition.petrified");
    app.world_mut()
        .transact("test", |txn| remove_tagged(txn, entity, stone))
        .unwrap();
    assert!(tags_now(app.world(), entity).has(poisoned));
}
