#![allow(clippy::unwrap_used, reason = "tests")]

//! The examples of the source plan, the defects of its code, and properties.

use std::sync::Arc;

use wayfarer_core::{aggregate::Aggregate, id::DefId};

use super::*;
use crate::{
    modifier::{Modifier, ModifierKind},
    ops::StatOp,
    test_content::{character, modifier, stat, uid, values},
};
use ModifierKind::{Cap, Flat, Increased, More, Override};

mod properties;

fn set(inputs: &mut StatInputs, op: StatOp) {
    inputs.apply(&op).unwrap();
}

fn base(inputs: &mut StatInputs, name: &str, value: f32) {
    let (stat, value) = (stat(name), Some(value));
    set(inputs, StatOp::SetBase { stat, value });
}

fn runtime(inputs: &mut StatInputs, name: &str, value: f32) {
    let (stat, value) = (stat(name), Some(value));
    set(inputs, StatOp::SetRuntime { stat, value });
}

fn give(inputs: &mut StatInputs, source: u64, list: &[(&str, ModifierKind, f32)]) {
    let modifiers = list
        .iter()
        .zip(0..)
        .map(|(&(name, kind, amount), index)| Modifier {
            index,
            ..modifier(name, kind, amount, source)
        })
        .collect();
    let source = uid(source);
    set(inputs, StatOp::SetModifiers { source, modifiers });
}

fn read(inputs: &StatInputs, layout: &Arc<Layout>, name: &str) -> f32 {
    values(inputs, layout).get(stat(name)).unwrap()
}

fn tier<'a>(values: &'a StatValues, name: &str) -> Option<&'a str> {
    values.tier(stat(name)).map(|tier| tier.id.as_str())
}

fn level(values: &StatValues) -> Option<&str> {
    values
        .level(DefId::of("t:body"))
        .map(|level| level.id.as_str())
}

// The five examples of the source plan.

#[test]
fn an_override_adds_to_what_the_base_says() {
    let (mut inputs, layout) = character("hero", None);
    base(&mut inputs, "body.strength", 90.0);
    base(&mut inputs, "body.agility", 60.0);
    runtime(&mut inputs, "mind.focus", 65.0);
    let of = |name| read(&inputs, &layout, name);
    assert_eq!(
        (of("body.strength"), of("body.agility"), of("mind.focus")),
        (90.0, 60.0, 65.0)
    );
}

#[test]
fn other_axes_pass_through() {
    let (mut inputs, layout) = character("hero", None);
    for (name, value) in [("strength", 90.0), ("agility", 40.0), ("regen", 75.0)] {
        base(&mut inputs, &format!("body.{name}"), value);
    }
    runtime(&mut inputs, "mind.focus", 65.0);
    let all = ["body.strength", "body.regen", "body.agility", "mind.focus"];
    assert_eq!(
        all.map(|name| read(&inputs, &layout, name)),
        [90.0, 75.0, 40.0, 65.0]
    );
}

#[test]
fn values_have_tiers() {
    let (mut inputs, layout) = character("hero", None);
    base(&mut inputs, "body.strength", 90.0);
    assert_eq!(
        tier(&values(&inputs, &layout), "body.strength"),
        Some("expert")
    );
}

#[test]
fn a_relation_is_a_set_like_any_other() {
    let affinity = r#"{ "relations": (name: "Relations", stats: {
        "affinity": (name: "Affinity", tiers: [
            (id: "stranger", min: 0, name: "Stranger"),
            (id: "acquaintance", min: 10, name: "Acquaintance"),
            (id: "friend", min: 60, name: "Friend"),
            (id: "close", min: 80, name: "Close friend"),
        ]),
        "trust": (name: "Trust"),
    }) }"#;
    let content = crate::test_content::compile(&[("stats/a.ron", affinity)]).unwrap();
    let mut inputs = StatInputs::new(None, [DefId::of("t:relations")]);
    base(&mut inputs, "relations.affinity", 75.0);
    base(&mut inputs, "relations.trust", 60.0);
    let layout = Layout::compile(&content, &inputs);
    assert_eq!(
        tier(&values(&inputs, &layout), "relations.affinity"),
        Some("friend")
    );
}

#[test]
fn the_same_character_differs_from_world_to_world() {
    for (world, expected) in [(None, (40.0, 10.0)), (Some("city"), (30.0, 50.0))] {
        let (mut inputs, layout) = character("hero", world);
        let found = (
            read(&inputs, &layout, "body.strength"),
            read(&inputs, &layout, "body.agility"),
        );
        assert_eq!(found, expected, "{world:?}");
        // What the character has become stands above the world.
        base(&mut inputs, "body.strength", 77.0);
        assert_eq!(read(&inputs, &layout, "body.strength"), 77.0);
    }
}

// The defects of the source's code.

#[test]
fn tiers_and_levels_do_not_outlive_their_reason() {
    let (mut inputs, layout) = character("hero", None);
    base(&mut inputs, "body.strength", 85.0);
    let mut settled = values(&inputs, &layout);
    assert_eq!(level(&settled), Some("mighty"));
    let mut writer = StatWriter::new(&mut inputs, &mut settled, Now::STORED);
    writer.set_base(stat("body.strength"), Some(5.0)).unwrap();
    assert_eq!(
        (level(&settled), tier(&settled, "body.strength")),
        (None, Some("novice"))
    );
}

#[test]
fn no_value_lies_between_two_tiers() {
    let (mut inputs, layout) = character("hero", None);
    for (value, expected) in [(29.995, "novice"), (30.0, "advanced"), (69.999, "advanced")] {
        base(&mut inputs, "body.strength", value);
        assert_eq!(
            tier(&values(&inputs, &layout), "body.strength"),
            Some(expected)
        );
    }
}

#[test]
fn a_missing_axis_has_its_default_and_an_unknown_one_is_kept() {
    let (mut inputs, layout) = character("beast", None);
    // The beast has no `mind`: its focus reads as the default, 5.
    assert_eq!(read(&inputs, &layout, "body.speed"), 3.0 + 1.0 + 5.0);
    assert_eq!(values(&inputs, &layout).get(stat("mind.focus")), None);
    base(&mut inputs, "body.unheard_of", 7.0);
    assert_eq!(inputs.base(stat("body.unheard_of")), Some(7.0));
    assert_eq!(read(&inputs, &layout, "body.speed"), 9.0);
}

#[test]
fn of_overrides_the_highest_priority_and_then_the_latest_wins() {
    let (mut inputs, layout) = character("hero", None);
    give(&mut inputs, 9, &[("body.strength", Override, 20.0)]);
    give(&mut inputs, 3, &[("body.strength", Override, 30.0)]);
    assert_eq!(
        read(&inputs, &layout, "body.strength"),
        20.0,
        "the latest source"
    );
    let urgent = Modifier {
        priority: 1,
        ..modifier("body.strength", Override, 50.0, 1)
    };
    let source = uid(1);
    let modifiers = vec![urgent];
    set(&mut inputs, StatOp::SetModifiers { source, modifiers });
    assert_eq!(read(&inputs, &layout, "body.strength"), 50.0);
}

#[test]
fn derived_stats_take_modifiers_and_may_be_fixed() {
    let (mut inputs, layout) = character("hero", None);
    assert_eq!(read(&inputs, &layout, "body.vigour"), 4.0);
    give(&mut inputs, 1, &[("body.vigour", Flat, 2.0)]);
    assert_eq!(read(&inputs, &layout, "body.max_health"), 86.0);
    let (beast, layout) = character("beast", None);
    assert_eq!(
        read(&beast, &layout, "body.max_health"),
        25.0,
        "the sheet says so"
    );
}

#[test]
fn changes_are_told_with_tier_and_level() {
    let (mut inputs, layout) = character("hero", None);
    let mut settled = values(&inputs, &layout);
    let mut changes = Changes {
        told: true,
        ..Changes::default()
    };
    let mut writer = StatWriter::new(&mut inputs, &mut settled, Now::STORED);
    let op = StatOp::SetBase {
        stat: stat("body.strength"),
        value: Some(90.0),
    };
    writer.apply_to(&op, &mut changes).unwrap();
    let facts = changes.facts;
    let told: Vec<StatId> = facts.stats.iter().map(|change| change.stat).collect();
    assert!(told.contains(&stat("body.strength")) && told.contains(&stat("mind.wits")));
    assert!(!told.contains(&stat("body.speed")), "nothing else changes");
    let [level] = &facts.levels[..] else {
        panic!("{facts:?}");
    };
    let shape = layout.shape();
    assert_eq!((level.set, &level.before), (DefId::of("t:body"), &None));
    assert_eq!(level.after, shape.levels()[0].id(0));
    let strength = |change: &&crate::facts::StatChanged| change.stat == stat("body.strength");
    let strength = facts.stats.iter().find(strength).unwrap();
    assert_eq!((strength.before, strength.after), (40.0, 90.0));
    let tier = facts.tiers.iter().find(|c| c.stat == stat("body.strength"));
    let tier = tier.unwrap();
    let slot = &shape.slots()[usize::from(shape.slot(tier.stat).unwrap())];
    assert!(tier.before.is_some() && tier.after.is_some());
    assert_eq!(
        (&tier.before, &tier.after),
        (&slot.tier_id(1), &slot.tier_id(2))
    );
}

#[test]
fn settling_never_writes_to_its_source() {
    let (mut inputs, layout) = character("hero", None);
    give(&mut inputs, 1, &[("body.strength", More, 9.0)]);
    let mut settled = values(&inputs, &layout);
    // Above its limits: what is stored stays raw.
    let mut writer = StatWriter::new(&mut inputs, &mut settled, Now::STORED);
    writer.set_base(stat("body.strength"), Some(900.0)).unwrap();
    assert_eq!(settled.get(stat("body.strength")), Some(100.0));
    assert_eq!(inputs.base(stat("body.strength")), Some(900.0));
    // A newer raw value is never hidden by an older settled one.
    set(&mut inputs, StatOp::remove_modifiers(uid(1)));
    base(&mut inputs, "body.strength", 7.0);
    let layout = settled.layout().cloned();
    settled.settle(&mut inputs, layout, Now::STORED, &mut NoSink);
    assert_eq!(settled.get(stat("body.strength")), Some(7.0));
}

#[test]
fn two_causes_of_one_stat_both_count() {
    let text = r#"{
        "resources": (name: "R", stats: { "energy": (name: "Energy", default: 100) }),
        "drives": (name: "D", stats: { "rest": (name: "Rest", default: 20) }),
        "urgency": (name: "U", stats: {
            "sleep": (name: "Sleep", formula: "max(100 - energy, drives.rest)"),
        }),
    }"#;
    let content = crate::test_content::compile(&[("stats/a.ron", text)]).unwrap();
    let sets = ["t:resources", "t:drives", "t:urgency"].map(DefId::of);
    let mut inputs = StatInputs::new(None, sets);
    let layout = Layout::compile(&content, &inputs);
    assert_eq!(read(&inputs, &layout, "urgency.sleep"), 20.0, "the drive");
    base(&mut inputs, "resources.energy", 30.0);
    assert_eq!(
        read(&inputs, &layout, "urgency.sleep"),
        70.0,
        "the resource"
    );
}

#[test]
fn there_is_one_table_of_defaults() {
    let text = r#"{ "mind": (name: "Mind", stats: { "calm": (name: "Calm") }) }"#;
    let files = [("stats/a.ron", text), ("stats/b.ron", text)];
    let errors = crate::test_content::compile(&files).unwrap_err();
    assert_eq!(errors[0].code, "duplicate-entry");
}

// The traps that others fell into.

#[test]
fn two_halves_are_a_quarter() {
    let (mut inputs, layout) = character("hero", None);
    give(&mut inputs, 1, &[("body.strength", More, 0.5)]);
    give(&mut inputs, 2, &[("body.strength", More, 0.5)]);
    assert_eq!(read(&inputs, &layout, "body.strength"), 10.0);
}

#[test]
fn one_and_one_are_two() {
    let (mut inputs, layout) = character("hero", None);
    give(
        &mut inputs,
        1,
        &[("body.strength", Flat, 1.0), ("body.strength", Flat, 1.0)],
    );
    assert_eq!(read(&inputs, &layout, "body.strength"), 42.0);
}

#[test]
fn modifiers_come_before_the_limits() {
    let (mut inputs, layout) = character("hero", None);
    base(&mut inputs, "body.strength", 75.0);
    give(&mut inputs, 1, &[("body.strength", More, 1.5)]);
    assert_eq!(read(&inputs, &layout, "body.strength"), 100.0);
    give(
        &mut inputs,
        2,
        &[("body.strength", Flat, -10.0), ("body.strength", Cap, 80.0)],
    );
    assert_eq!(read(&inputs, &layout, "body.strength"), 80.0);
}

#[test]
fn conditions_see_the_stats_without_conditional_modifiers() {
    let (mut inputs, layout) = character("hero", None);
    let angry = Modifier {
        when: Some("health < max_health / 2".to_owned()),
        ..modifier("body.strength", More, 2.0, 1)
    };
    let weak = Modifier {
        index: 1,
        when: Some("strength < 50".to_owned()),
        ..modifier("body.agility", Flat, 5.0, 1)
    };
    let source = uid(1);
    let modifiers = vec![angry, weak];
    set(&mut inputs, StatOp::SetModifiers { source, modifiers });
    let mut settled = values(&inputs, &layout);
    assert_eq!(settled.get(stat("body.strength")), Some(40.0));
    let mut writer = StatWriter::new(&mut inputs, &mut settled, Now::STORED);
    let hurt = |value| StatOp::SetResource {
        stat: stat("body.health"),
        current: Some(Current { value, since: 0 }),
    };
    writer.apply(&hurt(10.0)).unwrap();
    // Strength doubles, and the condition on strength still sees 40.
    assert_eq!(settled.get(stat("body.strength")), Some(80.0));
    assert_eq!(settled.get(stat("body.agility")), Some(15.0));
    assert_eq!(
        settled.get(stat("body.max_health")),
        Some(168.0),
        "what depends follows"
    );
    let mut writer = StatWriter::new(&mut inputs, &mut settled, Now::STORED);
    writer.apply(&hurt(80.0)).unwrap();
    assert_eq!(settled.get(stat("body.strength")), Some(40.0));
}

// Resources.

#[test]
fn resources_come_back_when_they_are_read() {
    let (mut inputs, layout) = character("hero", None);
    let health = stat("body.health");
    assert_eq!(
        read(&inputs, &layout, "body.health"),
        84.0,
        "full while untouched"
    );
    let current = Some(Current {
        value: 10.0,
        since: 100,
    });
    set(
        &mut inputs,
        StatOp::SetResource {
            stat: health,
            current,
        },
    );
    let settled = values(&inputs, &layout);
    for (tick, expected) in [(100, 10.0), (140, 11.0), (100_000, 84.0), (0, 10.0)] {
        let now = Now { tick, hz: 20.0 };
        assert_eq!(
            settled.current(&inputs, health, now),
            Some(expected),
            "{tick}"
        );
    }
    assert_eq!(
        settled.current(&inputs, stat("body.strength"), Now::STORED),
        Some(40.0)
    );
}

#[test]
fn a_new_rate_does_not_work_backwards() {
    let (mut inputs, layout) = character("hero", None);
    let health = stat("body.health");
    let current = Some(Current {
        value: 10.0,
        since: 0,
    });
    set(
        &mut inputs,
        StatOp::SetResource {
            stat: health,
            current,
        },
    );
    let mut settled = values(&inputs, &layout);
    // After twenty seconds at 0.5 a second the rate becomes 5.
    let now = Now {
        tick: 400,
        hz: 20.0,
    };
    let mut changes = Changes::default();
    let faster = StatOp::SetBase {
        stat: stat("body.regen"),
        value: Some(5.0),
    };
    StatWriter::new(&mut inputs, &mut settled, now)
        .apply_to(&faster, &mut changes)
        .unwrap();
    let expected = Current {
        value: 20.0,
        since: 400,
    };
    assert_eq!(changes.rebases, [(health, expected)]);
}

#[test]
fn a_maximum_that_falls_and_rises_again_takes_nothing() {
    let (mut inputs, layout) = character("hero", None);
    base(&mut inputs, "body.regen", 0.0);
    let health = stat("body.health");
    let current = Some(Current {
        value: 70.0,
        since: 0,
    });
    set(
        &mut inputs,
        StatOp::SetResource {
            stat: health,
            current,
        },
    );
    give(&mut inputs, 1, &[("body.strength", Flat, -20.0)]);
    assert_eq!(read(&inputs, &layout, "body.health"), 42.0);
    set(&mut inputs, StatOp::remove_modifiers(uid(1)));
    assert_eq!(read(&inputs, &layout, "body.health"), 70.0);
}
