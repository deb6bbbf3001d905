//! A pack with recipes, stations, loot and things that cling, for the tests of making.

use bevy::prelude::*;
use wayfarer_core::{prelude::*, refusal::Refusal};
use wayfarer_inventory::{
    prelude::*,
    work::{Ended, Job},
};

use crate::rig::{ANN, Rig, def};

const ITEMS: &str = r#"{
    "iron": (name: "Iron", weight: 0.1, max_stack: 20, value: 5, tags: ["metal"]),
    "pine": (name: "Pine", weight: 0.1, max_stack: 20, value: 1, tags: ["wood"]),
    "oak": (name: "Oak", weight: 0.1, max_stack: 20, value: 3, tags: ["wood"]),
    "idol": (name: "Idol", quest: true, tags: ["wood"]),
    "board": (name: "Board", max_stack: 100),
    "slag": (name: "Slag", max_stack: 99),
    "hammer": (name: "Hammer", tags: ["hammer"]),
    "blade": (name: "Blade", value: 50, bulk: 2, tags: ["weapon"]),
    "scroll": (name: "Scroll", use: (teaches: ["secret", "board"])),
    "wand": (name: "Wand", charges: (max: 3, start: 2), use: (effects: ["strengthen"])),
    "rod": (name: "Rod", charges: (max: 3, recharge: Seconds(2), back: 1),
        use: (effects: ["strengthen"], keep: true, charges: 2)),
    "staff": (name: "Staff", charges: (max: 4, recharge: ShortRest, back: 3),
        use: (effects: ["strengthen"], keep: true, charges: 4)),
    "orb": (name: "Orb", charges: (max: 1, recharge: Dawn),
        use: (effects: ["strengthen"], keep: true)),
    "band": (name: "Band", binds: OnPickUp),
    "charm": (name: "Charm", binds: OnUse, use: (effects: ["strengthen"], keep: true)),
    "penny": (name: "Penny", max_stack: 1000, value: 1),
}"#;

const RECIPES: &str = r#"{
    "blade": (
        output: (item: "blade"),
        inputs: [(item: "iron", count: 3), (tag: "wood")],
        tools: ["hammer"],
        station: "forge",
        skill: (stat: "body.strength", min: 8),
        difficulty: 4,
        seconds: 2,
        chance: "clamp(0.5 + 0.05 * (skill - difficulty), 0, 1)",
        score: "0.5 * skill + 0.5 * roll",
        on_fail: (lost: 0.5, byproducts: [(item: "slag", count: "1d2")]),
    ),
    "board": (output: (item: "board", count: 2), inputs: [(tag: "wood")]),
    "slow_board": (
        name: "Board, sanded",
        output: (item: "board"), inputs: [(tag: "wood")], seconds: 1,
        byproducts: [(item: "slag", chance: 0.5)],
    ),
    "secret": (name: "The secret", output: (item: "band"), inputs: [(item: "slag")], learned: true),
    "dear": (output: (item: "blade"), inputs: [(item: "iron")], station: "forge", cost: 7),
}"#;

const STATIONS: &str = r#"{
    "smithy": (name: "Smithy", kinds: ["forge"], efficiency: 2),
    "master": (name: "Master", kinds: ["forge"], skill: 14, fee: "0.1 * price"),
    "farrier": (name: "Farrier", kinds: ["forge"], takes: ["shoe"]),
    "altar": (name: "Altar", kinds: ["altar"]),
}"#;

const LOOT: &str = r#"{
    "crate": (pick: All, entries: [
        (item: "penny", count: "10 + 5 * level + 2d6"),
        (item: "blade", chance: 0.25, min_level: 3),
        (table: "wood", count: "1d3"),
        (item: "idol", themes: ["temple"], not_themes: ["ruined"]),
        (item: "hammer", when: "body.strength - 15"),
    ]),
    "wood": (pick: Count("1d4-1"), entries: [
        (item: "pine", weight: 3, count: "1d4"),
        (item: "oak", weight: "0.5 + 0.25 * level"),
        (weight: 2),
    ]),
    "any": (entries: [(tag: "wood", max_value: 2), (item: "iron", chance: 0.123)]),
}"#;

/// A world in which things can be made.
pub fn rig() -> Rig {
    with(|_| {})
}

/// The same with additions to the app.
pub fn with(extra: impl FnOnce(&mut App)) -> Rig {
    let mut rig = Rig::with(extra);
    let pack = &rig.pack;
    pack.set("t", "items/making.ron", ITEMS);
    pack.set("t", "recipes/a.ron", RECIPES);
    pack.set("t", "stations/a.ron", STATIONS);
    pack.set("t", "loot_tables/a.ron", LOOT);
    pack.set(
        "t",
        "characters/making.ron",
        r#"{ "smithy": (name: "Smithy"), "master": (name: "Master"), "farrier": (name: "Farrier"),
             "altar": (name: "Altar"), "cache": (name: "Cache"), "sage": (name: "Sage") }"#,
    );
    pack.set(
        "t",
        "kits/making.ron",
        r#"{
            "master": (compartments: ["crate"]),
            "cache": (compartments: ["crate"], loot: (
                table: "crate", level: "body.strength - 6", themes: ["temple"], every: 10,
            )),
            "sage": (compartments: ["crate"], recipes: ["secret"]),
        }"#,
    );
    pack.set("core", "pack.ron", r#"(name: "core", version: "0.1.0")"#);
    pack.set(
        "core",
        "currencies/a.ron",
        r#"{ "pence": (name: "Pence", coins: [(item: "t:penny", worth: 1)]) }"#,
    );
    pack.set(
        "core",
        "trade_rules/a.ron",
        r#"{ "default": (currency: "pence") }"#,
    );
    pack.set(
        "core",
        "calendars/a.ron",
        r#"{ "default": (hours: 24, scale: 8640, dawn: 6) }"#,
    );
    if let Err(errors) = rig.app.load_content_now() {
        panic!("the pack is unsound: {errors:#?}");
    }
    rig
}

/// A place to work at.
pub fn station(rig: &mut Rig, name: &'static str, x: f32) -> (Entity, Uid) {
    rig.spawn((
        Character::new(format!("t:{name}")),
        Position::ground(x, 0.0),
    ))
}

/// Somebody with a hammer and enough for some blades.
pub fn smith(rig: &mut Rig) -> (Entity, Uid) {
    let (hero, uid) = rig.hero(ANN);
    rig.give(hero, "hammer", 1, 0);
    rig.give(hero, "iron", 12, 0);
    rig.give(hero, "oak", 2, 0);
    rig.give(hero, "pine", 2, 0);
    (hero, uid)
}

pub fn craft(recipe: &str, station: Option<Uid>) -> CraftItem {
    CraftItem {
        recipe: def(recipe),
        times: 1,
        station,
        pick: Vec::new(),
    }
}

pub fn job(rig: &Rig, worker: Entity) -> Option<Job> {
    rig.app.world().get::<Work>(worker)?.job.clone()
}

pub fn last(rig: &Rig, worker: Entity) -> Option<Ended> {
    rig.app.world().get::<Work>(worker)?.last.clone()
}

/// The code of what the last work came to.
pub fn note(rig: &Rig, worker: Entity) -> String {
    let note: Option<Refusal> = last(rig, worker).and_then(|last| last.note);
    note.map_or_else(String::new, |note| note.code.as_str().to_owned())
}

pub fn ticks(rig: &mut Rig, count: u32) {
    for _ in 0..count {
        rig.tick();
    }
}
