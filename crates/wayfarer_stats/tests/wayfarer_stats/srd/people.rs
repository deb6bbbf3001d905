//! The sample characters: every figure that follows from what their sheets choose.

use wayfarer_stats::{content::StatSetDef, explain::explain};

use super::*;

/// Fighter 1, wizard 5, rogue 11, cleric 20, worked out by hand from the printed tables.
const FIGURES: [(&str, [f32; 4]); 91] = [
    ("strength_mod", [3.0, -1.0, -1.0, 2.0]),
    ("dexterity_mod", [2.0, 3.0, 5.0, -1.0]),
    ("constitution_mod", [2.0, 1.0, 2.0, 5.0]),
    ("intelligence_mod", [0.0, 4.0, 2.0, 0.0]),
    ("wisdom_mod", [1.0, 1.0, 1.0, 5.0]),
    ("charisma_mod", [-1.0, 0.0, 1.0, 1.0]),
    ("proficiency", [2.0, 3.0, 4.0, 6.0]),
    ("earned_level", [1.0, 5.0, 11.0, 20.0]),
    ("experience_worth", [0.0, 0.0, 0.0, 0.0]),
    ("strength_check", [3.0, -1.0, -1.0, 2.0]),
    ("dexterity_check", [2.0, 3.0, 5.0, -1.0]),
    ("constitution_check", [2.0, 1.0, 2.0, 5.0]),
    ("intelligence_check", [0.0, 4.0, 2.0, 0.0]),
    ("wisdom_check", [1.0, 1.0, 1.0, 5.0]),
    ("charisma_check", [-1.0, 0.0, 1.0, 1.0]),
    ("acrobatics", [2.0, 3.0, 13.0, -1.0]),
    ("animal_handling", [1.0, 1.0, 1.0, 5.0]),
    ("arcana", [0.0, 7.0, 2.0, 0.0]),
    ("athletics", [5.0, -1.0, -1.0, 2.0]),
    ("deception", [-1.0, 0.0, 9.0, 1.0]),
    ("history", [0.0, 4.0, 2.0, 0.0]),
    ("insight", [3.0, 4.0, 5.0, 11.0]),
    ("intimidation", [1.0, 0.0, 1.0, 1.0]),
    ("investigation", [0.0, 7.0, 6.0, 0.0]),
    ("medicine", [1.0, 1.0, 1.0, 11.0]),
    ("nature", [0.0, 4.0, 2.0, 0.0]),
    ("perception", [1.0, 4.0, 9.0, 5.0]),
    ("performance", [-1.0, 0.0, 1.0, 1.0]),
    ("persuasion", [-1.0, 0.0, 1.0, 7.0]),
    ("religion", [2.0, 7.0, 6.0, 6.0]),
    ("sleight_of_hand", [2.0, 3.0, 9.0, -1.0]),
    ("stealth", [2.0, 3.0, 13.0, -1.0]),
    ("survival", [1.0, 1.0, 1.0, 5.0]),
    ("strength_save", [5.0, -1.0, -1.0, 2.0]),
    ("dexterity_save", [2.0, 3.0, 9.0, -1.0]),
    ("constitution_save", [4.0, 1.0, 2.0, 5.0]),
    ("intelligence_save", [0.0, 7.0, 6.0, 0.0]),
    ("wisdom_save", [1.0, 4.0, 1.0, 11.0]),
    ("charisma_save", [-1.0, 0.0, 1.0, 7.0]),
    ("passive_perception", [11.0, 14.0, 19.0, 15.0]),
    ("passive_investigation", [10.0, 17.0, 16.0, 10.0]),
    ("passive_insight", [13.0, 14.0, 15.0, 21.0]),
    ("dexterity_in_armor_class", [0.0, 3.0, 5.0, 0.0]),
    ("armor_class", [18.0, 16.0, 17.0, 20.0]),
    ("initiative", [2.0, 3.0, 5.0, -1.0]),
    ("max_hit_dice", [1.0, 5.0, 11.0, 20.0]),
    ("hit_dice", [1.0, 5.0, 11.0, 20.0]),
    ("hit_points_by_level", [12.0, 27.0, 80.0, 223.0]),
    ("hit_points_by_dice", [7.0, 22.0, 71.0, 190.0]),
    ("natural_hit_points", [12.0, 27.0, 80.0, 223.0]),
    ("max_hit_points", [12.0, 27.0, 80.0, 223.0]),
    ("hit_points", [12.0, 27.0, 80.0, 223.0]),
    ("temporary_hit_points", [0.0; 4]),
    ("death_successes", [0.0; 4]),
    ("death_failures", [0.0; 4]),
    ("walk", [30.0, 30.0, 25.0, 25.0]),
    ("climb", [15.0, 15.0, 12.0, 12.0]),
    ("swim", [15.0, 15.0, 12.0, 12.0]),
    ("fly", [0.0; 4]),
    ("burrow", [0.0; 4]),
    ("crawl", [15.0, 15.0, 12.0, 12.0]),
    ("long_jump", [16.0, 8.0, 8.0, 15.0]),
    ("standing_long_jump", [8.0, 4.0, 4.0, 7.0]),
    ("high_jump", [6.0, 2.0, 2.0, 5.0]),
    ("standing_high_jump", [3.0, 1.0, 1.0, 2.0]),
    ("casting_mod", [0.0, 4.0, 0.0, 5.0]),
    ("spell_dc", [0.0, 15.0, 0.0, 19.0]),
    ("spell_attack", [0.0, 7.0, 0.0, 11.0]),
    ("intelligence_spell_dc", [10.0, 15.0, 14.0, 14.0]),
    ("intelligence_spell_attack", [2.0, 7.0, 6.0, 6.0]),
    ("wisdom_spell_dc", [11.0, 12.0, 13.0, 19.0]),
    ("wisdom_spell_attack", [3.0, 4.0, 5.0, 11.0]),
    ("charisma_spell_dc", [9.0, 11.0, 13.0, 15.0]),
    ("charisma_spell_attack", [1.0, 3.0, 5.0, 7.0]),
    ("size_factor", [1.0; 4]),
    ("carrying_capacity", [240.0, 120.0, 120.0, 225.0]),
    ("lift_limit", [480.0, 240.0, 240.0, 450.0]),
    ("encumbered_above", [80.0, 40.0, 40.0, 75.0]),
    ("heavily_encumbered_above", [160.0, 80.0, 80.0, 150.0]),
    ("strength_check_edge", [0.0; 4]),
    ("dexterity_check_edge", [0.0; 4]),
    ("constitution_check_edge", [0.0; 4]),
    ("intelligence_check_edge", [0.0; 4]),
    ("wisdom_check_edge", [0.0; 4]),
    ("charisma_check_edge", [0.0; 4]),
    ("strength_save_edge", [0.0; 4]),
    ("dexterity_save_edge", [0.0; 4]),
    ("constitution_save_edge", [0.0; 4]),
    ("intelligence_save_edge", [0.0; 4]),
    ("wisdom_save_edge", [0.0; 4]),
    ("charisma_save_edge", [0.0; 4]),
];

const PEOPLE: [&str; 4] = ["srd:fighter", "srd:wizard", "srd:rogue", "srd:cleric"];

#[test]
fn every_derived_figure_is_right() {
    for (at, name) in PEOPLE.into_iter().enumerate() {
        let creature = Creature::new(Some(name), &[]);
        for (stat, figures) in FIGURES {
            assert_eq!(creature.get(stat), figures[at], "{name}: {stat}");
        }
    }
}

#[test]
fn no_derived_stat_is_left_out() {
    let sets = content().table::<StatSetDef>();
    for set in SETS {
        for (key, stat) in sets.get_by_name(set).unwrap().stats.iter() {
            if stat.formula.is_some() || stat.resource.is_some() {
                let known = FIGURES.iter().any(|(name, _)| *name == key.as_str());
                assert!(known, "{set}.{key}");
            }
        }
    }
    let mine = sets.iter().filter(|set| set.pack() == "srd").count();
    assert_eq!(mine, SETS.len());
}

#[test]
fn people_are_spawned_with_their_sheets_and_explain_themselves() {
    let mut app = crate::packs::shipped();
    for (at, name) in PEOPLE.into_iter().enumerate() {
        let entity = app.world_mut().spawn(Character::new(name)).id();
        app.world_mut().run_schedule(RulesTick);
        let hit_points = wayfarer_stats::api::value(app.world(), entity, "srd:defense.hit_points");
        let expected = FIGURES.iter().find(|(stat, _)| *stat == "hit_points");
        assert_eq!(hit_points, expected.map(|(_, figures)| figures[at]));
        let creature = Creature::new(Some(name), &[]);
        let why = explain(
            &creature.inputs,
            &creature.layout,
            content(),
            id("armor_class"),
        );
        let last = why.unwrap().lines.last().map(|line| line.running);
        assert_eq!(last, Some(creature.get("armor_class")));
    }
}
