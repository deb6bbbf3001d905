//! The tables of the rules, one by one.

use wayfarer_stats::prelude::ModifierKind::{Cap, Flat, More, Override};

use super::*;

/// The printed table of modifiers, for scores from 1.
const MODIFIERS: [f32; 30] = [
    -5.0, -4.0, -4.0, -3.0, -3.0, -2.0, -2.0, -1.0, -1.0, 0.0, 0.0, 1.0, 1.0, 2.0, 2.0, 3.0, 3.0,
    4.0, 4.0, 5.0, 5.0, 6.0, 6.0, 7.0, 7.0, 8.0, 8.0, 9.0, 9.0, 10.0,
];

/// The printed bonuses, for levels from 1.
const BY_LEVEL: [f32; 20] = [
    2.0, 2.0, 2.0, 2.0, 3.0, 3.0, 3.0, 3.0, 4.0, 4.0, 4.0, 4.0, 5.0, 5.0, 5.0, 5.0, 6.0, 6.0, 6.0,
    6.0,
];

/// Experience for each level from 1.
const EXPERIENCE: [f32; 20] = [
    0.0, 300.0, 900.0, 2_700.0, 6_500.0, 14_000.0, 23_000.0, 34_000.0, 48_000.0, 64_000.0,
    85_000.0, 100_000.0, 120_000.0, 140_000.0, 165_000.0, 195_000.0, 225_000.0, 265_000.0,
    305_000.0, 355_000.0,
];

/// Challenge rating, proficiency bonus and experience.
const CHALLENGES: [(f32, f32, f32); 34] = [
    (0.0, 2.0, 10.0),
    (0.125, 2.0, 25.0),
    (0.25, 2.0, 50.0),
    (0.5, 2.0, 100.0),
    (1.0, 2.0, 200.0),
    (2.0, 2.0, 450.0),
    (3.0, 2.0, 700.0),
    (4.0, 2.0, 1_100.0),
    (5.0, 3.0, 1_800.0),
    (6.0, 3.0, 2_300.0),
    (7.0, 3.0, 2_900.0),
    (8.0, 3.0, 3_900.0),
    (9.0, 4.0, 5_000.0),
    (10.0, 4.0, 5_900.0),
    (11.0, 4.0, 7_200.0),
    (12.0, 4.0, 8_400.0),
    (13.0, 5.0, 10_000.0),
    (14.0, 5.0, 11_500.0),
    (15.0, 5.0, 13_000.0),
    (16.0, 5.0, 15_000.0),
    (17.0, 6.0, 18_000.0),
    (18.0, 6.0, 20_000.0),
    (19.0, 6.0, 22_000.0),
    (20.0, 6.0, 25_000.0),
    (21.0, 7.0, 33_000.0),
    (22.0, 7.0, 41_000.0),
    (23.0, 7.0, 50_000.0),
    (24.0, 7.0, 62_000.0),
    (25.0, 8.0, 75_000.0),
    (26.0, 8.0, 90_000.0),
    (27.0, 8.0, 105_000.0),
    (28.0, 8.0, 120_000.0),
    (29.0, 9.0, 135_000.0),
    (30.0, 9.0, 155_000.0),
];

#[test]
fn scores_give_the_printed_modifiers() {
    for ability in ABILITIES {
        for (score, modifier) in (1_u8..).zip(MODIFIERS) {
            let creature = Creature::with(&[(ability, f32::from(score))]);
            let name = format!("{ability}_mod");
            creature.expect(&format!("{score}"), &[(&name, modifier)]);
        }
        assert_eq!(Creature::with(&[]).get(ability), 10.0);
    }
}

#[test]
fn proficiency_follows_level_or_challenge() {
    for (level, bonus) in (1_u8..).zip(BY_LEVEL) {
        let creature = Creature::with(&[("level", f32::from(level))]);
        creature.expect(&format!("level {level}"), &[("proficiency", bonus)]);
    }
    for (challenge, bonus, worth) in CHALLENGES {
        // The level of a monster does not matter.
        let creature = Creature::with(&[("challenge", challenge), ("level", 20.0)]);
        let expected = [("proficiency", bonus), ("experience_worth", worth)];
        creature.expect(&format!("challenge {challenge}"), &expected);
    }
}

#[test]
fn experience_earns_levels() {
    for (level, experience) in (1_u8..).zip(EXPERIENCE) {
        let enough = Creature::with(&[("experience", experience)]);
        assert_eq!(enough.get("earned_level"), f32::from(level));
        if experience > 0.0 {
            let short = Creature::with(&[("experience", experience - 1.0)]);
            assert_eq!(short.get("earned_level"), f32::from(level - 1));
        }
    }
}

#[test]
fn each_skill_goes_with_its_ability_and_training() {
    for (skill, ability) in SKILLS {
        for other in ABILITIES {
            let creature = Creature::with(&[(other, 18.0)]);
            let expected = if other == ability { 4.0 } else { 0.0 };
            assert_eq!(creature.get(skill), expected, "{skill} with {other}");
        }
        // The proficiency bonus is 5, half of it 2.
        for (training, expected) in [(0.0, 0.0), (0.5, 2.0), (1.0, 5.0), (2.0, 10.0)] {
            let name = format!("{skill}_training");
            let creature = Creature::with(&[(&name, training), ("level", 13.0)]);
            assert_eq!(creature.get(skill), expected, "{skill} at {training}");
        }
    }
}

#[test]
fn a_jack_of_all_trades_adds_half_where_training_is_missing() {
    let jack = Creature::with(&[
        ("level", 13.0),
        ("dexterity", 14.0),
        ("jack_of_all_trades", 0.5),
        ("stealth_training", 1.0),
        ("perception_training", 2.0),
    ]);
    jack.expect(
        "jack",
        &[
            ("acrobatics", 4.0),
            ("stealth", 7.0),
            ("perception", 10.0),
            ("dexterity_check", 4.0),
            ("strength_check", 2.0),
            ("initiative", 4.0),
            // Saves are no checks.
            ("dexterity_save", 2.0),
        ],
    );
}

#[test]
fn saves_add_proficiency_only_when_trained() {
    for ability in ABILITIES {
        let (save, training) = (
            format!("{ability}_save"),
            format!("{ability}_save_training"),
        );
        let untrained = Creature::with(&[(ability, 7.0), ("level", 9.0)]);
        assert_eq!(untrained.get(&save), -2.0);
        let trained = Creature::with(&[(ability, 7.0), ("level", 9.0), (&training, 1.0)]);
        assert_eq!(trained.get(&save), 2.0);
    }
}

#[test]
fn one_bonus_reaches_every_check_or_every_save() {
    let change = modify(1, &[("check_bonus", Flat, 1.0), ("save_bonus", Flat, 2.0)]);
    let lucky = Creature::new(None, &[change]);
    for (skill, _) in SKILLS {
        assert_eq!(lucky.get(skill), 1.0, "{skill}");
    }
    for ability in ABILITIES {
        assert_eq!(lucky.get(&format!("{ability}_check")), 1.0);
        assert_eq!(lucky.get(&format!("{ability}_save")), 2.0);
    }
    lucky.expect("lucky", &[("initiative", 1.0), ("passive_insight", 11.0)]);
}

#[test]
fn passive_scores_are_ten_and_the_bonus() {
    for (passive, skill, ability) in [
        ("passive_perception", "perception_training", "wisdom"),
        (
            "passive_investigation",
            "investigation_training",
            "intelligence",
        ),
        ("passive_insight", "insight_training", "wisdom"),
    ] {
        let base = [(ability, 15.0), (skill, 1.0), ("level", 1.0)];
        let creature = Creature::with(&base);
        // The rules' own example: wisdom 15 and training at level 1 are 14.
        assert_eq!(creature.get(passive), 14.0, "{passive}");
        let mut ops: Vec<StatOp> = base.iter().map(|(name, v)| set(name, *v)).collect();
        ops.push(modify(1, &[(passive, Flat, 5.0)]));
        assert_eq!(Creature::new(None, &ops).get(passive), 19.0, "{passive}");
    }
}

/// Armor, its armor class, and the most that dexterity may add.
const ARMOR: [(&str, f32, Option<f32>); 13] = [
    ("none", 10.0, None),
    ("padded", 11.0, None),
    ("leather", 11.0, None),
    ("studded leather", 12.0, None),
    ("hide", 12.0, Some(2.0)),
    ("chain shirt", 13.0, Some(2.0)),
    ("scale mail", 14.0, Some(2.0)),
    ("breastplate", 14.0, Some(2.0)),
    ("half plate", 15.0, Some(2.0)),
    ("ring mail", 14.0, Some(0.0)),
    ("chain mail", 16.0, Some(0.0)),
    ("splint", 17.0, Some(0.0)),
    ("plate", 18.0, Some(0.0)),
];

#[test]
fn armor_class_follows_armor_dexterity_and_shield() {
    for (armor, base, limit) in ARMOR {
        for (dexterity, modifier) in [(6.0, -2.0), (10.0, 0.0), (14.0, 2.0), (20.0, 5.0)] {
            for shield in [0.0, 2.0] {
                // Heavy armor neither adds nor takes away.
                let from_dexterity = match limit {
                    None => modifier,
                    Some(0.0) => 0.0,
                    Some(limit) => f32::min(modifier, limit),
                };
                let mut worn = vec![
                    ("armor_base", Override, base),
                    ("shield_bonus", Flat, shield),
                ];
                worn.extend(limit.map(|limit| ("dexterity_cap", Cap, limit)));
                let ops = [set("dexterity", dexterity), modify(1, &worn)];
                let creature = Creature::new(None, &ops);
                let expected = base + from_dexterity + shield;
                let who = format!("{armor}, dexterity {dexterity}, shield {shield}");
                creature.expect(&who, &[("armor_class", expected)]);
            }
        }
    }
}

#[test]
fn some_are_protected_by_other_abilities() {
    let abilities = [
        ("dexterity", 14.0),
        ("constitution", 16.0),
        ("wisdom", 18.0),
    ];
    for (protects, expected) in [("constitution_protects", 15.0), ("wisdom_protects", 16.0)] {
        let base = [abilities.as_slice(), &[(protects, 1.0)]].concat();
        Creature::with(&base).expect(protects, &[("armor_class", expected)]);
    }
}

#[test]
fn hit_points_are_the_whole_die_and_then_its_mean() {
    // Hit die, constitution, level, hit points.
    for (die, constitution, level, expected) in [
        (6.0, 10.0, 1.0, 6.0),
        (6.0, 14.0, 3.0, 20.0),
        (8.0, 12.0, 10.0, 63.0),
        (10.0, 16.0, 20.0, 184.0),
        (12.0, 20.0, 20.0, 245.0),
        // Each level gives at least one.
        (6.0, 1.0, 1.0, 1.0),
        (6.0, 1.0, 5.0, 5.0),
    ] {
        let base = [
            ("hit_die", die),
            ("constitution", constitution),
            ("level", level),
        ];
        let expected = [("max_hit_points", expected), ("hit_points", expected)];
        Creature::with(&base).expect(&format!("d{die} at {level}"), &expected);
    }
}

#[test]
fn a_halved_maximum_is_rounded_down() {
    let halved = modify(1, &[("hit_point_share", More, 0.5)]);
    let creature = Creature::new(
        None,
        &[set("hit_die", 10.0), set("constitution", 13.0), halved],
    );
    creature.expect(
        "halved",
        &[("natural_hit_points", 11.0), ("max_hit_points", 5.0)],
    );
}

#[test]
fn speeds_change_together_and_missing_ones_stay_missing() {
    let base = [
        ("base_walk", 25.0),
        ("base_fly", 60.0),
        ("base_climb", 30.0),
    ];
    let natural = [
        ("walk", 25.0),
        ("fly", 60.0),
        ("climb", 30.0),
        ("swim", 12.0),
        ("crawl", 12.0),
    ];
    Creature::with(&base).expect("natural", &natural);
    let ops: Vec<StatOp> = base.iter().map(|(name, v)| set(name, *v)).collect();
    let changed = |changes: &[(&str, ModifierKind, f32)]| {
        Creature::new(None, &[ops.as_slice(), &[modify(1, changes)]].concat())
    };
    let longer = [
        ("walk", 35.0),
        ("fly", 70.0),
        ("climb", 40.0),
        ("burrow", 0.0),
    ];
    changed(&[("speed_bonus", Flat, 10.0)]).expect("longer", &longer);
    let half = [
        ("walk", 12.0),
        ("fly", 30.0),
        ("climb", 15.0),
        ("crawl", 6.0),
    ];
    changed(&[("speed_share", More, 0.5)]).expect("half", &half);
    // Who is held gains nothing from any bonus.
    let held = [
        ("speed_share", Cap, 0.0),
        ("speed_bonus", Flat, 30.0),
        ("speed_share", More, 2.0),
    ];
    let still = [
        ("walk", 0.0),
        ("fly", 0.0),
        ("climb", 0.0),
        ("swim", 0.0),
        ("crawl", 0.0),
    ];
    changed(&held).expect("held", &still);
    // A load never makes anybody walk backwards.
    changed(&[("speed_bonus", Flat, -40.0)]).expect("laden", &[("walk", 0.0), ("fly", 20.0)]);
}

#[test]
fn jumps_follow_strength() {
    for (strength, expected) in [(16.0, [16.0, 8.0, 6.0, 3.0]), (3.0, [3.0, 1.0, 0.0, 0.0])] {
        let names = [
            "long_jump",
            "standing_long_jump",
            "high_jump",
            "standing_high_jump",
        ];
        let expected: Vec<(&str, f32)> = names.into_iter().zip(expected).collect();
        Creature::with(&[("strength", strength)]).expect("jumper", &expected);
    }
}

#[test]
fn spells_are_as_hard_as_the_caster_is_able() {
    for (choice, ability) in (1_u8..).zip(["intelligence", "wisdom", "charisma"]) {
        // Score, level, save DC, attack.
        for (score, level, dc, attack) in [
            (10.0, 1.0, 10.0, 2.0),
            (16.0, 1.0, 13.0, 5.0),
            (18.0, 8.0, 15.0, 7.0),
            (20.0, 20.0, 19.0, 11.0),
        ] {
            let chosen = ("casting_ability", f32::from(choice));
            let creature = Creature::with(&[(ability, score), ("level", level), chosen]);
            let own = (
                format!("{ability}_spell_dc"),
                format!("{ability}_spell_attack"),
            );
            let expected = [
                ("spell_dc", dc),
                ("spell_attack", attack),
                (&*own.0, dc),
                (&*own.1, attack),
            ];
            creature.expect(ability, &expected);
        }
    }
    let nobody = Creature::with(&[]);
    nobody.expect("no caster", &[("spell_dc", 0.0), ("spell_attack", 0.0)]);
}

#[test]
fn what_can_be_carried_follows_strength_and_size() {
    // Size, strength, capacity, lift, encumbered above, heavily above.
    for (size, strength, expected) in [
        (0.0, 2.0, [15.0, 30.0, 5.0, 10.0]),
        (1.0, 8.0, [120.0, 240.0, 40.0, 80.0]),
        (2.0, 10.0, [150.0, 300.0, 50.0, 100.0]),
        (2.0, 16.0, [240.0, 480.0, 80.0, 160.0]),
        (3.0, 18.0, [540.0, 1_080.0, 180.0, 360.0]),
        (4.0, 24.0, [1_440.0, 2_880.0, 480.0, 960.0]),
        (5.0, 30.0, [3_600.0, 7_200.0, 1_200.0, 2_400.0]),
    ] {
        let names = [
            "carrying_capacity",
            "lift_limit",
            "encumbered_above",
            "heavily_encumbered_above",
        ];
        let expected: Vec<(&str, f32)> = names.into_iter().zip(expected).collect();
        let creature = Creature::with(&[("size", size), ("strength", strength)]);
        creature.expect(&format!("size {size}"), &expected);
    }
}

#[test]
fn the_way_down_has_names() {
    let down = |name: &str, value: f32| StatOp::SetResource {
        stat: id(name),
        current: Some(wayfarer_stats::inputs::Current { value, since: 0 }),
    };
    for (ops, expected) in [
        (vec![], "standing"),
        (vec![down("hit_points", 0.0)], "dying"),
        (
            vec![down("hit_points", 0.0), down("death_successes", 3.0)],
            "stable",
        ),
        (
            vec![down("hit_points", 0.0), down("death_failures", 3.0)],
            "dead",
        ),
        (vec![set("exhaustion", 5.0)], "standing"),
        (vec![set("exhaustion", 6.0)], "worn_out"),
    ] {
        let creature = Creature::new(None, &ops);
        let level = creature.values.level(DefId::of("srd:defense")).unwrap();
        assert_eq!(level.id.as_str(), expected);
    }
}

#[test]
fn any_advantage_cancels_any_disadvantage() {
    for ability in ABILITIES {
        for roll in ["check", "save"] {
            let edge = format!("{ability}_{roll}_edge");
            let (all, own) = (roll.to_owned(), format!("{ability}_{roll}"));
            // Advantage of all rolls, of this one, disadvantage of all, of this one.
            for (reasons, expected) in [
                ([0.0, 0.0, 0.0, 0.0], 0.0),
                ([1.0, 0.0, 0.0, 0.0], 1.0),
                ([0.0, 3.0, 0.0, 0.0], 1.0),
                ([1.0, 2.0, 0.0, 0.0], 1.0),
                ([0.0, 0.0, 2.0, 0.0], -1.0),
                ([0.0, 0.0, 0.0, 1.0], -1.0),
                ([3.0, 0.0, 0.0, 1.0], 0.0),
                ([0.0, 1.0, 5.0, 5.0], 0.0),
            ] {
                let [good, own_good, bad, own_bad] = reasons;
                let reasons = [
                    (&*format!("{all}_advantage"), Flat, good),
                    (&*format!("{own}_advantage"), Flat, own_good),
                    (&*format!("{all}_disadvantage"), Flat, bad),
                    (&*format!("{own}_disadvantage"), Flat, own_bad),
                ];
                let creature = Creature::new(None, &[modify(1, &reasons)]);
                let who = format!("{own} {reasons:?}");
                creature.expect(&who, &[(&edge, expected)]);
            }
        }
    }
    let one = Creature::new(None, &[modify(1, &[("wisdom_save_advantage", Flat, 1.0)])]);
    one.expect(
        "one",
        &[
            ("wisdom_save_edge", 1.0),
            ("wisdom_check_edge", 0.0),
            ("strength_save_edge", 0.0),
        ],
    );
}
