//! A small game.

use bevy::prelude::*;
use wayfarer_core::{content::MemorySource, prelude::*};
use wayfarer_stats::{api, prelude::*};

pub const STATS: &str = r#"{
    "body": (name: "Body", stats: {
        "strength": (name: "Strength", min: 1, max: 30, default: 10, public: true, tiers: [
            (id: "weak", min: 1, name: "Weak"),
            (id: "strong", min: 15, name: "Strong"),
        ]),
        "strength_mod": (name: "Modifier", formula: "floor((strength - 10) / 2)"),
        "max_health": (name: "Maximum", formula: "20 + strength_mod", min: 1),
        "regen": (name: "Regeneration", default: 1),
        "health": (name: "Health", resource: (max: "max_health", regen: "regen"), tiers: [
            (id: "hurt", min: 0, name: "Hurt"),
            (id: "well", min: 15, name: "Well"),
        ]),
        "luck": (name: "Luck"),
    }, levels: [
        (id: "ready", name: "Ready", when: [(stat: "health", min: 15), (stat: "strength", min: 12)]),
    ]),
}"#;

pub const SHEETS: &str = r#"{ "knight": (sets: ["body"], base: { "strength": 14 }) }"#;

pub const GM: PlayerId = PlayerId(7);
pub const PLAYER: PlayerId = PlayerId(8);

pub fn pack() -> MemorySource {
    let pack = MemorySource::new();
    pack.set("t", "pack.ron", r#"(name: "t", version: "1")"#);
    pack.set(
        "t",
        "characters/all.ron",
        r#"{ "knight": (name: "Knight"), "stone": (name: "Stone") }"#,
    );
    pack.set("t", "stats/all.ron", STATS);
    pack.set("t", "sheets/all.ron", SHEETS);
    pack.set(
        "t",
        "worlds/all.ron",
        r#"{ "moon": (name: "Moon", variation: { "t:knight": { "strength": 20 } }) }"#,
    );
    pack
}

/// An app in which a game master, a player and their knight have come together.
pub fn game() -> (App, Entity, Uid) {
    game_with(pack())
}

pub fn game_with(pack: MemorySource) -> (App, Entity, Uid) {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, StatsPlugin))
        .add_pack_source(pack)
        .insert_resource(ClockMode::Manual { hz: 20.0 });
    app.load_content_now().unwrap();
    let mut players = app.world_mut().resource_mut::<Players>();
    players.arrive(GM, "Gwen", Role::GameMaster);
    players.arrive(PLAYER, "Pat", Role::Player);
    let knight = app
        .world_mut()
        .spawn((Character::new("t:knight"), Owner(PLAYER)))
        .id();
    tick(&mut app, 1);
    let uid = app.world().get::<Identity>(knight).unwrap().0;
    (app, knight, uid)
}

pub fn tick(app: &mut App, times: u32) {
    for _ in 0..times {
        app.world_mut().run_schedule(RulesTick);
    }
}

pub fn stat(name: &str) -> StatId {
    StatId::of(&format!("t:body.{name}"))
}

pub fn value(app: &App, entity: Entity, name: &str) -> f32 {
    api::value(app.world(), entity, name).unwrap_or_else(|| panic!("no {name}"))
}

pub fn settled(app: &App, entity: Entity, name: &str) -> f32 {
    app.world()
        .get::<StatValues>(entity)
        .unwrap()
        .get(stat(name))
        .unwrap()
}

pub fn patch(target: Uid, name: &str, layer: PatchLayer, change: PatchChange) -> PatchStat {
    PatchStat {
        target,
        stat: stat(name),
        layer,
        change,
    }
}
