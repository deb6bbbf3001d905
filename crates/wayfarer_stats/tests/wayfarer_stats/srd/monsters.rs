//! Stat blocks as they are printed: what follows must be what stands there.

use super::*;

struct Block {
    name: &'static str,
    /// In the order of the rules.
    abilities: [f32; 6],
    challenge: f32,
    /// Number and sides.
    hit_dice: (f32, f32),
    /// What else the block chooses: armor, training, speeds, size.
    choices: &'static [(&'static str, f32)],
    /// What is printed.
    printed: &'static [(&'static str, f32)],
}

const HEAVY: (&str, f32) = ("dexterity_cap", 0.0);

const BLOCKS: [Block; 10] = [
    Block {
        name: "commoner",
        abilities: [10.0; 6],
        challenge: 0.0,
        hit_dice: (1.0, 8.0),
        choices: &[],
        printed: &[
            ("max_hit_points", 4.0),
            ("armor_class", 10.0),
            ("passive_perception", 10.0),
            ("experience_worth", 10.0),
            ("walk", 30.0),
        ],
    },
    Block {
        name: "rat",
        abilities: [2.0, 11.0, 9.0, 2.0, 10.0, 4.0],
        challenge: 0.0,
        hit_dice: (1.0, 4.0),
        choices: &[("size", 0.0), ("base_walk", 20.0)],
        printed: &[
            ("max_hit_points", 1.0),
            ("armor_class", 10.0),
            ("passive_perception", 10.0),
            ("walk", 20.0),
        ],
    },
    Block {
        name: "goblin",
        abilities: [8.0, 14.0, 10.0, 10.0, 8.0, 8.0],
        challenge: 0.25,
        hit_dice: (2.0, 6.0),
        choices: &[
            ("armor_base", 11.0),
            ("shield_bonus", 2.0),
            ("stealth_training", 2.0),
        ],
        printed: &[
            ("max_hit_points", 7.0),
            ("armor_class", 15.0),
            ("stealth", 6.0),
            ("passive_perception", 9.0),
            ("experience_worth", 50.0),
        ],
    },
    Block {
        name: "brown bear",
        abilities: [19.0, 10.0, 16.0, 2.0, 13.0, 7.0],
        challenge: 1.0,
        hit_dice: (4.0, 10.0),
        choices: &[
            ("armor_base", 11.0),
            ("size", 3.0),
            ("base_walk", 40.0),
            ("base_climb", 30.0),
            ("perception_training", 1.0),
        ],
        printed: &[
            ("max_hit_points", 34.0),
            ("armor_class", 11.0),
            ("perception", 3.0),
            ("passive_perception", 13.0),
            ("walk", 40.0),
            ("climb", 30.0),
        ],
    },
    Block {
        name: "ogre",
        abilities: [19.0, 8.0, 16.0, 5.0, 7.0, 7.0],
        challenge: 2.0,
        hit_dice: (7.0, 10.0),
        choices: &[
            ("armor_base", 12.0),
            ("dexterity_cap", 2.0),
            ("base_walk", 40.0),
        ],
        printed: &[
            ("max_hit_points", 59.0),
            ("armor_class", 11.0),
            ("passive_perception", 8.0),
            ("walk", 40.0),
            ("experience_worth", 450.0),
        ],
    },
    Block {
        name: "knight",
        abilities: [16.0, 11.0, 14.0, 11.0, 11.0, 15.0],
        challenge: 3.0,
        hit_dice: (8.0, 8.0),
        choices: &[
            ("armor_base", 18.0),
            HEAVY,
            ("constitution_save_training", 1.0),
            ("wisdom_save_training", 1.0),
        ],
        printed: &[
            ("max_hit_points", 52.0),
            ("armor_class", 18.0),
            ("constitution_save", 4.0),
            ("wisdom_save", 2.0),
            ("passive_perception", 10.0),
            ("experience_worth", 700.0),
        ],
    },
    Block {
        name: "mage",
        abilities: [9.0, 14.0, 11.0, 17.0, 12.0, 11.0],
        challenge: 6.0,
        hit_dice: (9.0, 8.0),
        choices: &[
            ("casting_ability", 1.0),
            ("intelligence_save_training", 1.0),
            ("wisdom_save_training", 1.0),
            ("arcana_training", 1.0),
            ("history_training", 1.0),
        ],
        printed: &[
            ("max_hit_points", 40.0),
            ("armor_class", 12.0),
            ("intelligence_save", 6.0),
            ("wisdom_save", 4.0),
            ("arcana", 6.0),
            ("history", 6.0),
            ("passive_perception", 11.0),
            ("spell_dc", 14.0),
            ("spell_attack", 6.0),
        ],
    },
    Block {
        name: "archmage",
        abilities: [10.0, 14.0, 12.0, 20.0, 15.0, 16.0],
        challenge: 12.0,
        hit_dice: (18.0, 8.0),
        choices: &[
            ("armor_base", 13.0),
            ("casting_ability", 1.0),
            ("intelligence_save_training", 1.0),
            ("wisdom_save_training", 1.0),
            ("arcana_training", 2.0),
            ("history_training", 2.0),
        ],
        printed: &[
            ("max_hit_points", 99.0),
            ("armor_class", 15.0),
            ("intelligence_save", 9.0),
            ("wisdom_save", 6.0),
            ("arcana", 13.0),
            ("history", 13.0),
            ("passive_perception", 12.0),
            ("spell_dc", 17.0),
            ("spell_attack", 9.0),
            ("experience_worth", 8_400.0),
        ],
    },
    Block {
        name: "adult red dragon",
        abilities: [27.0, 10.0, 25.0, 16.0, 13.0, 21.0],
        challenge: 17.0,
        hit_dice: (19.0, 12.0),
        choices: &[
            ("armor_base", 19.0),
            ("size", 4.0),
            ("base_walk", 40.0),
            ("base_climb", 40.0),
            ("base_fly", 80.0),
            ("dexterity_save_training", 1.0),
            ("constitution_save_training", 1.0),
            ("wisdom_save_training", 1.0),
            ("charisma_save_training", 1.0),
            ("perception_training", 2.0),
            ("stealth_training", 1.0),
        ],
        printed: &[
            ("max_hit_points", 256.0),
            ("armor_class", 19.0),
            ("dexterity_save", 6.0),
            ("constitution_save", 13.0),
            ("wisdom_save", 7.0),
            ("charisma_save", 11.0),
            ("perception", 13.0),
            ("stealth", 6.0),
            ("passive_perception", 23.0),
            ("walk", 40.0),
            ("climb", 40.0),
            ("fly", 80.0),
            ("experience_worth", 18_000.0),
        ],
    },
    Block {
        name: "tarrasque",
        abilities: [30.0, 11.0, 30.0, 3.0, 11.0, 11.0],
        challenge: 30.0,
        hit_dice: (33.0, 20.0),
        choices: &[
            ("armor_base", 25.0),
            ("size", 5.0),
            ("base_walk", 40.0),
            ("intelligence_save_training", 1.0),
            ("wisdom_save_training", 1.0),
            ("charisma_save_training", 1.0),
        ],
        printed: &[
            ("max_hit_points", 676.0),
            ("armor_class", 25.0),
            ("intelligence_save", 5.0),
            ("wisdom_save", 9.0),
            ("charisma_save", 9.0),
            ("passive_perception", 10.0),
            ("experience_worth", 155_000.0),
        ],
    },
];

#[test]
fn stat_blocks_come_out_as_printed() {
    for block in BLOCKS {
        let abilities = ABILITIES.into_iter().zip(block.abilities);
        let dice = [
            ("challenge", block.challenge),
            ("max_hit_dice", block.hit_dice.0),
            ("hit_die", block.hit_dice.1),
        ];
        let base: Vec<(&str, f32)> = abilities
            .chain(dice)
            .chain(block.choices.iter().copied())
            .collect();
        Creature::with(&base).expect(block.name, block.printed);
    }
}
