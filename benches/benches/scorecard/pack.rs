//! The content that is measured with: two sheets of 41 stats.
//!
//! Ability `a0` has eight dependents: `m0` and the seven `r` that read it. The ten modifiers sit on
//! these eight, so that every one of them has to be applied again. `rich` is the same with tiers
//! and levels.

use std::fmt::Write;

use wayfarer_core::content::MemorySource;

/// Abilities.
pub const ABILITIES: usize = 6;
/// Stats that read `m0`.
pub const READERS: usize = 7;
/// Stats that read the other `m`.
pub const OTHERS: usize = 22;

/// Every stat with its formula; abilities have none. In an order in which each comes after what it
/// reads. Formulas are written so that peers can read them too.
pub fn stats() -> Vec<(String, Option<String>)> {
    let abilities = (0..ABILITIES).map(|n| (format!("a{n}"), None));
    let bonuses = (0..ABILITIES).map(|n| (format!("m{n}"), Some(format!("(a{n} - 10.0) * 0.5"))));
    let readers = (0..READERS).map(|n| (format!("r{n}"), Some(format!("m0 + {n}.0"))));
    let others = (0..OTHERS).map(|n| {
        let reads = 1 + n % (ABILITIES - 1);
        (format!("s{n}"), Some(format!("m{reads} + 2.0")))
    });
    abilities
        .chain(bonuses)
        .chain(readers)
        .chain(others)
        .collect()
}

/// The stats that modifiers are on, with their amounts.
pub const MODIFIERS: [(&str, f32); 10] = [
    ("m0", 1.0),
    ("r0", 2.0),
    ("r1", 1.0),
    ("r2", 3.0),
    ("r3", 1.0),
    ("r4", 2.0),
    ("r5", 1.0),
    ("r6", 4.0),
    ("r0", 1.0),
    ("r1", 2.0),
];

/// Values that the ability takes in turn; none follows itself, and a tier of `rich` begins at 15.
pub const VALUES: [f32; 4] = [12.0, 14.0, 16.0, 14.0];

const TIERS: &str = r#", tiers: [
    (id: "low", min: 0, name: "Low"), (id: "mid", min: 15, name: "Mid"), (id: "high", min: 60, name: "High"),
]"#;

const LEVELS: &str = r#", levels: [
    (id: "mighty", name: "Mighty", priority: 2, when: [(stat: "a0", min: 80)]),
    (id: "fit", name: "Fit", priority: 1, when: [(stat: "a0", min: 10), (stat: "a1", min: 10, below: 90)]),
]"#;

fn set(rich: bool) -> String {
    let mut text = String::from("stats: {\n");
    for (name, formula) in stats() {
        let tiers = if rich && name.ends_with(['0', '1', '2']) {
            TIERS
        } else {
            ""
        };
        // Writing to a string cannot fail.
        let _ = match formula {
            Some(formula) => writeln!(
                text,
                "\"{name}\": (name: \"{name}\", formula: \"{formula}\"{tiers}),"
            ),
            None => writeln!(
                text,
                "\"{name}\": (name: \"{name}\", min: 0, max: 100, default: 10{tiers}),"
            ),
        };
    }
    text.push('}');
    text
}

/// Only stats.
pub fn stats_pack() -> MemorySource {
    let pack = MemorySource::new();
    pack.set("b", "pack.ron", r#"(name: "b", version: "1")"#);
    let characters = r#"{ "hero": (name: "Hero"), "rich": (name: "Rich") }"#;
    pack.set("b", "characters/all.ron", characters);
    let (plain, rich) = (set(false), set(true));
    let sets = format!(
        r#"{{ "plain": (name: "Plain", {plain}), "full": (name: "Full", {rich}{LEVELS}) }}"#
    );
    pack.set("b", "stats/all.ron", sets);
    let sheets = r#"{ "hero": (sets: ["plain"]), "rich": (sets: ["full"]) }"#;
    pack.set("b", "sheets/all.ron", sheets);
    pack
}

/// How many effects [`effects_pack`] has, `e0` and so on. Each modifies another stat.
pub const EFFECTS: usize = 8;

/// Stats and effects.
pub fn effects_pack() -> MemorySource {
    let pack = stats_pack();
    let stats = ["r0", "r1", "r2", "r3", "r4", "r5", "r6", "m1"];
    let effects = stats.iter().zip(0..EFFECTS).map(|(stat, n)| {
        format!(
            r#""e{n}": (name: "Effect {n}", lasts: Seconds(60), modifiers: [
                (stat: "b:plain.{stat}", flat: "1 + effect.level", type: "bonus"),
            ]),"#
        )
    });
    let effects: String = effects.collect();
    pack.set("b", "effects/all.ron", format!("{{ {effects} }}"));
    pack.set(
        "b",
        "bonus_types/all.ron",
        r#"{ "bonus": (name: "Bonus") }"#,
    );
    pack
}

/// Stats and things to carry.
pub fn whole_pack() -> MemorySource {
    let pack = stats_pack();
    let characters =
        r#"{ "hero": (name: "Hero"), "rich": (name: "Rich"), "chest": (name: "Chest") }"#;
    pack.set("b", "characters/all.ron", characters);
    let items = r#"{
        "sword": (name: "Sword", weight: 3.5, bulk: 2, tags: ["weapon"]),
        "potion": (name: "Potion", weight: 0.1, bulk: 1, max_stack: 10),
        "pebble": (name: "Pebble", weight: 0.1, bulk: 1),
        "sack": (name: "Sack", weight: 1, bulk: 1, container: ["inside", "soft"]),
    }"#;
    pack.set("b", "items/all.ron", items);
    let compartments = r#"{
        "backpack": (name: "Backpack", max_bulk: 200),
        "belt": (name: "Belt", max_bulk: 50, order: 1),
        "crate": (name: "Crate"),
        "inside": (name: "Inside", weight_multiplier: 0.9),
        "soft": (name: "Soft pocket", bulk_multiplier: 0.5),
    }"#;
    pack.set("b", "compartments/all.ron", compartments);
    let kit = r#"(compartments: ["backpack", "belt"], weight_limit: 100, items: [
        (item: "sword"), (item: "potion", count: 5), (item: "pebble", count: 18),
    ])"#;
    let kits = format!(r#"{{ "hero": {kit}, "rich": {kit}, "chest": (compartments: ["crate"]) }}"#);
    pack.set("b", "kits/all.ron", kits);
    pack
}
