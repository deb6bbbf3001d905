//! Things of value: what is worn, what is found, what is bought.

use wayfarer_core::content::MemorySource;

use super::pack::whole_pack;

/// The slots of `knight`; in each it wears one thing.
pub const SLOTS: [&str; 8] = [
    "head", "neck", "chest", "back", "hands", "waist", "legs", "feet",
];
/// The stats that each of the things changes.
const STATS: [[&str; 2]; 8] = [
    ["m0", "r0"],
    ["r1", "s0"],
    ["r2", "s1"],
    ["r3", "m1"],
    ["r4", "s2"],
    ["r5", "m2"],
    ["r6", "s3"],
    ["r0", "s4"],
];

const ITEMS: &str = r#"
    "blade": (name: "Blade", weight: 2, bulk: 2, value: 50, tags: ["weapon"]),
    "herb": (name: "Herb", weight: 0.1, bulk: 1, max_stack: 100, value: 10, tags: ["herb"]),
    "gem": (name: "Gem", weight: 0.1, bulk: 0.1, max_stack: 100, value: 40, tags: ["gem"]),
    "gold": (name: "Gold", weight: 0.01, max_stack: 1000, value: 100),
    "silver": (name: "Silver", weight: 0.01, max_stack: 1000, value: 10),
    "copper": (name: "Copper", weight: 0.01, max_stack: 1000, value: 1),
"#;

const SHOPS: &str = r#"{ "smith": (
    sells: ["weapon", "herb"],
    buys: ["weapon", "herb", "gem"],
    sells_at: "1.2 - 0.01 * b:plain.a1",
    buys_at: 0.4,
    prices: [
        (label: "How much there is", times: "1.5 - 0.05 * min(stock, 20)", tags: ["herb"]),
        (label: "Herbs are wanted", times: "1 + 0.001 * wanted", tags: ["herb"]),
        (label: "The trouble of it", plus: "0.5 + 0.01 * value", on: Buying),
    ],
    stock: [(item: "blade", count: 5, max: 5), (item: "herb", count: 80, max: 90)],
    till: 100000,
) }"#;

const LOOT: &str = r#"{
    "hoard": (pick: All, entries: [
        (item: "copper", count: "10 + 5 * level + 2d6"),
        (table: "gems", chance: "0.2 + 0.05 * level"),
        (table: "arms", count: 2, themes: ["dungeon", "ruin"]),
        (item: "gold", chance: 0.5, min_level: 3, max_level: 12),
        (item: "herb", count: "1d4", not_themes: ["desert"]),
        (item: "silver", count: "1d3", when: "b:plain.a1 - 5"),
    ]),
    "gems": (pick: Count("1d3"), entries: [
        (item: "gem", weight: "0.1 + 0.1 * level", count: "1d2"),
        (table: "arms", weight: 1),
        (weight: 2),
    ]),
    "arms": (entries: [
        (item: "blade", weight: 3, min_level: 2),
        (item: "sword", weight: 1, themes: ["dungeon"]),
        (tag: "weapon", max_value: "50 + 10 * level"),
        (weight: 3),
    ]),
}"#;

const KITS: &str = r#"
    "smith": (compartments: ["crate"]),
"#;

/// The names of `SLOTS`, one definition after the other.
fn slots(line: impl Fn(usize, &str) -> String) -> String {
    let lines = SLOTS.iter().enumerate().map(|(n, slot)| line(n, slot));
    lines.collect()
}

/// Characters, things to carry, to wear, to find and to buy.
///
/// `knight` wears [`SLOTS`], two modifiers on each thing, of which each band of condition leaves
/// less; `smith` sells.
pub fn wares_pack() -> MemorySource {
    let pack = whole_pack();
    let set = |folder: &str, entries: String| {
        pack.set(
            "b",
            format!("{folder}/wares.ron"),
            format!("{{ {entries} }}"),
        );
    };
    set(
        "characters",
        r#""knight": (name: "Knight"), "smith": (name: "Smith")"#.to_owned(),
    );
    set("sheets", r#""knight": (sets: ["plain"])"#.to_owned());
    let worn = slots(|_, slot| format!(r#""{slot}_gear": (name: "Gear", weight: 2, bulk: 2),"#));
    set("items", format!("{ITEMS}{worn}"));
    set(
        "slots",
        slots(|_, slot| format!(r#""{slot}": (name: "{slot}"),"#)) + r#""hand": (name: "Hand")"#,
    );
    let gear = slots(|n, slot| {
        let [first, second] = STATS.get(n).copied().unwrap_or_default();
        format!(
            r#""{slot}_gear": (slots: ["{slot}"], modifiers: [
                (stat: "b:plain.{first}", flat: 10), (stat: "b:plain.{second}", flat: 20),
            ]),"#
        )
    });
    let blade = r#""blade": (slots: ["hand"], modifiers: [(stat: "b:plain.r0", flat: 5)])"#;
    set("gear", gear + blade);
    let worn = slots(|_, slot| format!(r#"(item: "{slot}_gear", wear: "b:{slot}"),"#));
    let knight = format!(
        r#""knight": (compartments: ["backpack", "belt"], items: [
            {worn} (item: "sword"), (item: "blade"), (item: "herb", count: 50),
            (item: "gem", count: 50), (item: "gold", count: 20), (item: "silver", count: 50),
            (item: "copper", count: 90),
        ]),"#
    );
    set("kits", knight + KITS);
    pack.set(
        "b",
        "currencies/all.ron",
        r#"{ "coins": (name: "Coins", coins: [
            (item: "gold", worth: 100), (item: "silver", worth: 10), (item: "copper", worth: 1),
        ]) }"#,
    );
    pack.set("b", "shops/all.ron", SHOPS);
    pack.set("b", "loot_tables/all.ron", LOOT);
    // The entry in force is the core's.
    pack.set("core", "pack.ron", r#"(name: "core", version: "1")"#);
    pack.set(
        "core",
        "conditions/all.ron",
        r#"{ "default": (bands: [
            (from: 75, name: "Good"), (from: 50, name: "Worn", penalty: 0.1),
            (from: 25, name: "Damaged", penalty: 0.25), (from: 0, name: "Bad", penalty: 0.5),
        ]) }"#,
    );
    pack
}
