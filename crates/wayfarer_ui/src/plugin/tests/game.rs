//! A small game: a hero with a sword, an axe that is too heavy, and apples; a chest with gems.

use std::sync::{Arc, Mutex};

use wayfarer_core::content::{ContentAppExt, MemorySource};

use super::*;

const PACK: &[(&str, &str)] = &[
    ("pack.ron", r#"(name: "core", version: "0.1.0")"#),
    (
        "characters/a.ron",
        r#"{ "hero": (name: "Hero", description: "Brave."), "chest": (name: "Chest") }"#,
    ),
    (
        "stats/a.ron",
        r#"{ "attributes": (name: "Attributes", stats: {
            "strength": (name: "Strength", default: 10, tiers: [(id: "weak", min: 0, name: "weak"), (id: "strong", min: 15, name: "strong")]),
            "speed": (name: "Speed", default: 4),
            "health": (name: "Health", resource: (max: "strength * 2", regen: "1")),
        }, labels: { "build": (name: "Build", rules: [(id: "broad", name: "Broad", when: [(stat: "strength", min: 14)])], otherwise: (id: "slim", name: "Slim")) }),
        "bond": (name: "Bond", stats: {
            "affinity": (name: "Affinity", min: -100, max: 100, default: 0, tiers: [(id: "cold", min: -100, name: "Cold"), (id: "fond", min: 20, name: "Fond")]),
        }) }"#,
    ),
    (
        "relations/a.ron",
        r#"{ "bond": (name: "Bond", set: "bond", decay: { "affinity": (per_hour: 6) }) }"#,
    ),
    (
        "tags/a.ron",
        r#"{ "wet": (name: "Wet"), "fire": (name: "Fire"), "calm": (name: "Calm") }"#,
    ),
    (
        "effects/a.ron",
        r#"{
            "strong": (name: "Giant strength", lasts: Seconds("10 * effect.level"), dismissable: true, grants: ["calm"],
                modifiers: [(stat: "core:attributes.strength", flat: "4 * effect.level")]),
            "burning": (name: "Burning", tags: ["fire"], lasts: Forever, during: (none: ["wet"]),
                modifiers: [(stat: "core:attributes.speed", more: 0.5)]),
            "rain": (name: "Rain", lasts: Turns("3"), grants: ["wet"]),
            "rite": (name: "Rite", lasts: LongRest, requires: (all: ["wet"])),
        }"#,
    ),
    (
        "sheets/a.ron",
        r#"{ "hero": (sets: ["attributes"], base: { "strength": 12 }) }"#,
    ),
    (
        "items/a.ron",
        r#"{
            "sword": (name: "Iron sword", weight: 3.5, bulk: 2, description: "Sharp."),
            "axe": (name: "Great axe", weight: 6, bulk: 4),
            "apple": (name: "Apple", weight: 0.2, bulk: 1, max_stack: 20),
            "gem": (name: "Gem", weight: 0.1, bulk: 1, max_stack: 20),
            "sack": (name: "Sack", weight: 1, bulk: 1, container: ["inside"]),
            "copper": (name: "Copper", max_stack: 1000, value: 1),
            "silver": (name: "Silver", max_stack: 1000, value: 10),
        }"#,
    ),
    (
        "compartments/a.ron",
        r#"{ "bag": (name: "Bag", max_bulk: 20), "inside": (name: "Inside") }"#,
    ),
    (
        "currencies/a.ron",
        r#"{ "coins": (name: "Coins", coins: [(item: "silver", worth: 10, short: "s"), (item: "copper", worth: 1, short: "c")]) }"#,
    ),
    ("materials/a.ron", r#"{ "steel": (name: "Steel") }"#),
    (
        "gear_sets/a.ron",
        r#"{ "arms": (name: "Arms", items: ["sword", "axe"], tiers: [
            (pieces: 2, name: "Ready", modifiers: [
                (stat: "core:attributes.strength", flat: 2),
                (stat: "core:attributes.speed", increased: 0.1),
            ], effects: ["rain"]),
        ]) }"#,
    ),
    (
        "slots/a.ron",
        r#"{ "hand": (name: "Hand", anchor: (0.1, 0.5)), "off": (name: "Off hand", anchor: (0.9, 0.5), order: 1) }"#,
    ),
    (
        "gear/a.ron",
        r#"{
            "sword": (slots: ["hand"], wear: "blade", material: "steel", modifiers: [(stat: "core:attributes.speed", flat: -1)]),
            "axe": (slots: ["hand"], occupies: ["off"], requires: [(stat: "core:attributes.strength", min: 14)]),
        }"#,
    ),
    (
        "recipes/a.ron",
        r#"{ "jam": (name: "Jam", output: (item: "gem"), inputs: [(item: "apple", count: 2)], seconds: 1) }"#,
    ),
    (
        "conditions/a.ron",
        r#"{ "default": (bands: [(from: 50, name: "Sound"), (from: 0, name: "Notched")], urgency: [(below: 30, name: "Soon")]) }"#,
    ),
    (
        "wear_rules/a.ron",
        r#"{ "default": (groups: { "blade": (per_action: 1) }, outlook: [(name: "Low")]) }"#,
    ),
    (
        "repair_rules/a.ron",
        r#"{ "default": (ranks: [(from: 0, name: "Novice", success: 1)], chance: "100 * success") }"#,
    ),
    ("qualities/a.ron", r#"{ "fine": (name: "Fine") }"#),
    ("equip_rules/a.ron", r#"{ "default": (cooldown: 2.0) }"#),
    (
        "load_curves/a.ron",
        r#"{ "default": (warn_at: 0.5, changes: [(stat: "core:attributes.speed", factor: "if(share <= 0.8, 1, 0.5)")]) }"#,
    ),
    (
        "kits/a.ron",
        r#"{
            "hero": (compartments: ["bag"], weight_limit: 20, load: "default", items: [
                (item: "sword"), (item: "axe"), (item: "apple", count: 3),
            ]),
            "chest": (compartments: ["inside"], items: [(item: "gem", count: 2)]),
        }"#,
    ),
];

pub(super) struct Game {
    pub app: App,
    pub hero: Entity,
    pub chest: Entity,
    pub kept: Arc<Mutex<Option<String>>>,
}

impl Game {
    pub fn new() -> Self {
        let pack = MemorySource::new();
        for &(path, text) in PACK {
            pack.set("core", path, text);
        }
        let kept: Arc<Mutex<Option<String>>> = Arc::default();
        let (read, write) = (kept.clone(), kept.clone());
        let store = KeyStore::new(
            move || read.lock().unwrap().clone(),
            move |text| *write.lock().unwrap() = Some(text.to_owned()),
        );
        let mut app = App::new();
        app.add_plugins((MinimalPlugins, InputPlugin))
            .insert_resource(store)
            .insert_resource(ClockMode::Manual { hz: 20.0 })
            .add_plugins(UiLogicPlugin)
            .add_pack_source(pack);
        app.finish();
        app.cleanup();
        app.load_content_now()
            .unwrap_or_else(|errors| panic!("{errors:#?}"));
        let hero = app
            .world_mut()
            .spawn((Character::new("core:hero"), Owner(PlayerId::LOCAL)))
            .id();
        let chest = app
            .world_mut()
            .spawn((Character::new("core:chest"), Container::default()))
            .id();
        app.insert_resource(LocalCharacter(Some(hero)));
        let mut game = Self {
            app,
            hero,
            chest,
            kept,
        };
        game.frame();
        game
    }

    /// A tick, then a frame in which panels would be drawn.
    pub fn frame(&mut self) {
        self.app.world_mut().run_schedule(RulesTick);
        self.app.update();
    }

    pub fn open(&mut self, panel: Panel) {
        self.app
            .world_mut()
            .resource_mut::<PanelsOpen>()
            .open(panel);
        self.frame();
    }

    /// What a click does: the frame dispatches, the next tick decides, the frame after hears of it.
    pub fn want(&mut self, intent: Intent) {
        self.app
            .world_mut()
            .resource_mut::<Intents>()
            .0
            .push(intent);
        self.app.update();
        self.frame();
    }

    pub fn inventory(&self) -> &InventoryModel {
        &self.app.world().resource::<Cached<InventoryModel>>().model
    }

    pub fn sheet(&self) -> &SheetModel {
        &self.app.world().resource::<Cached<SheetModel>>().model
    }

    pub fn item(&self, name: &str) -> crate::model::ItemRow {
        let model = self.inventory();
        let worn = model.doll.iter().filter_map(|slot| slot.worn.as_ref());
        let chest = model.container.iter().flat_map(|c| c.content.items());
        let mut all = model
            .own
            .items()
            .chain(worn)
            .chain(&model.ground)
            .chain(chest);
        all.find(|item| &*item.name == name)
            .unwrap_or_else(|| panic!("{name} in {model:#?}"))
            .clone()
    }

    pub fn uid(&self, entity: Entity) -> Uid {
        self.app.world().get::<Identity>(entity).unwrap().0
    }

    pub fn stat(&self, name: &str) -> crate::model::sheet::StatRow {
        let stats = self.sheet().sets.iter().flat_map(|set| &set.stats);
        stats
            .into_iter()
            .find(|stat| stat.name == name)
            .unwrap()
            .clone()
    }
}
