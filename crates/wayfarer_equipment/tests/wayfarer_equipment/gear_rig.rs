//! An app with the core rules that are shipped, and a few things that wear.

use std::path::Path;

use bevy::prelude::*;
use wayfarer_core::{content::MemorySource, prelude::*, refusal::Refusal};
use wayfarer_equipment::{
    ext::{Durability, Quality, Rarity, set_ext},
    prelude::*,
    total::refresh,
};
use wayfarer_inventory::{ext::ItemExt, prelude::*};
use wayfarer_stats::api;

pub const ANN: PlayerId = PlayerId(1);

const ITEMS: &str = r#"{
    "sword": (name: "Sword", weight: 3, bulk: 2, value: 100, tags: ["weapon"]),
    "plate": (name: "Plate", weight: 20, bulk: 10, value: 500),
    "robe": (name: "Robe", weight: 1, bulk: 1, value: 20),
    "shield": (name: "Shield", weight: 2, bulk: 3, value: 50),
    "ring": (name: "Ring", weight: 0.1, value: 80),
    "hoe": (name: "Hoe", weight: 1, value: 10, use: (effects: ["dug"], keep: true)),
    "anvil": (name: "Anvil", weight: 50, bulk: 49),
    "iron": (name: "Iron", weight: 0.1, max_stack: 100, value: 2, tags: ["material", "metal"]),
    "hide": (name: "Hide", weight: 0.1, max_stack: 100, value: 1, tags: ["material", "leather"]),
    "oil": (name: "Oil", weight: 0.1, max_stack: 10, tags: ["quality_oil"]),
    "hammer": (name: "Hammer", weight: 1, tags: ["master_tools"]),
    "coin": (name: "Coin", weight: 0, max_stack: 100000, value: 1, tags: ["metal"]),
}"#;

const GEAR: &str = r#"{
    "sword": (
        slots: ["core:main_hand"], material: "core:metal", wear: "weapon",
        modifiers: [(stat: "t:body.attack", flat: 5), (stat: "t:body.speed", flat: -1)],
    ),
    "plate": (
        slots: ["core:chest"], material: "core:metal", wear: "armor", durability: 2,
        modifiers: [(stat: "t:body.guard", flat: 10), (stat: "t:body.speed", increased: 0.5)],
    ),
    "robe": (slots: ["core:back"], material: "core:cloth", wear: "armor",
        modifiers: [(stat: "t:body.guard", floor: 3)]),
    "shield": (slots: ["core:off_hand"], material: "core:wood", wear: "shield",
        modifiers: [(stat: "t:body.guard", flat: 2)]),
    "ring": (slots: ["core:ring_left"], wear: "accessory",
        modifiers: [(stat: "t:body.speed", more: 1.5)]),
    "hoe": (slots: ["core:main_hand"], wear: "tool"),
}"#;

/// The files that are shipped, but for folders that are replaced.
pub fn packs(without: &[&str]) -> MemorySource {
    let pack = MemorySource::new();
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/core"));
    copy(&pack, root, root, without);
    for (path, text) in [
        (
            "pack.ron",
            r#"(name: "t", version: "0.1.0", depends: ["core"])"#,
        ),
        ("items/a.ron", ITEMS),
        ("gear/a.ron", GEAR),
        (
            "effects/a.ron",
            r#"{ "dug": (name: "Dug", on_apply: [Add(stat: "core:resources.stamina", amount: "-1")]) }"#,
        ),
        (
            "currencies/a.ron",
            r#"{ "coins": (name: "Coins", coins: [(item: "coin", worth: 1, short: "c")]) }"#,
        ),
        (
            "stats/a.ron",
            r#"{ "body": (name: "Body", stats: {
            "attack": (name: "Attack", min: 0, default: 10),
            "guard": (name: "Guard", min: 0, default: 0),
            "speed": (name: "Speed", min: 0, default: 30),
        }) }"#,
        ),
        (
            "sheets/a.ron",
            r#"{ "hero": (sets: ["body", "core:attributes", "core:resources", "core:skills"]) }"#,
        ),
        (
            "kits/a.ron",
            r#"{
            "hero": (compartments: ["core:backpack"]),
            "forge": (compartments: ["till"]),
        }"#,
        ),
        ("compartments/a.ron", r#"{ "till": (name: "Till") }"#),
        (
            "characters/a.ron",
            r#"{
            "hero": (name: "Hero"), "anvil": (name: "Anvil"), "forge": (name: "Forge"),
        }"#,
        ),
        (
            "stations/a.ron",
            r#"{
            "anvil": (name: "Anvil", kinds: ["forge", "workbench"]),
            "forge": (name: "Forge", kinds: ["forge"], efficiency: 1.5, skill: 90, fee: "10 + 0.1 * price"),
        }"#,
        ),
    ] {
        pack.set("t", path, text);
    }
    pack
}

fn copy(pack: &MemorySource, root: &Path, folder: &Path, without: &[&str]) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path
            .strip_prefix(root)
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned();
        if without.iter().any(|folder| name == *folder) {
            continue;
        }
        if path.is_dir() {
            copy(pack, root, &path, without);
        } else {
            pack.set("core", &name, std::fs::read_to_string(&path).unwrap());
        }
    }
}

pub fn def(name: &str) -> DefId {
    DefId::of(&format!("t:{name}"))
}

pub struct Gear {
    pub app: App,
    pub hero: Entity,
    pub me: Uid,
}

impl Gear {
    pub fn new() -> Self {
        Self::with(packs(&[]))
    }

    pub fn with(pack: MemorySource) -> Self {
        let mut app = App::new();
        app.add_plugins((MinimalPlugins, EquipmentPlugin))
            .insert_resource(ClockMode::Manual { hz: 20.0 })
            .add_pack_source(pack);
        app.load_content_now().unwrap_or_else(|errors| {
            let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
            panic!("{}", errors.join("\n"))
        });
        let mut players = app.world_mut().resource_mut::<Players>();
        players.arrive(ANN, "Ann", Role::Player);
        let mut rig = Self {
            app,
            hero: Entity::PLACEHOLDER,
            me: Uid::new(1).unwrap(),
        };
        (rig.hero, rig.me) = rig.spawn("t:hero");
        rig
    }

    pub fn spawn(&mut self, template: &'static str) -> (Entity, Uid) {
        let world = self.app.world_mut();
        let entity = world.spawn((Character::new(template), Owner(ANN))).id();
        self.ticks(1);
        (entity, self.app.world().get::<Identity>(entity).unwrap().0)
    }

    pub fn ticks(&mut self, count: u32) {
        for _ in 0..count {
            self.app.world_mut().run_schedule(RulesTick);
        }
    }

    pub fn content(&self) -> std::sync::Arc<Content> {
        self.app.world().resource::<ActiveContent>().0.clone()
    }

    pub fn bag(&self) -> &Inventory {
        self.app.world().get(self.hero).unwrap()
    }

    pub fn item(&self, uid: Uid) -> Item {
        self.bag().get(uid).expect("one has it").clone()
    }

    /// Thousandths of a percent.
    pub fn left(&self, uid: Uid) -> u32 {
        Durability::of(&self.item(uid)).left
    }

    pub fn give(&mut self, name: &str, count: u32) -> Uid {
        let hero = self.hero;
        let granted = self.app.world_mut().transact("test.give", |txn| {
            let kind = MovementKind::Granted;
            wayfarer_inventory::actions::create(txn, hero, kind, def(name), count, None)
        });
        *granted.expect("it fits").last().unwrap()
    }

    pub fn set<T: ItemExt>(&mut self, uid: Uid, value: Option<&T>) {
        let hero = self.hero;
        let done = self.app.world_mut().transact("test.set", |txn| {
            set_ext(txn, hero, uid, value)?;
            refresh(txn, hero, uid)
        });
        done.unwrap();
    }

    pub fn set_left(&mut self, uid: Uid, left: u32) {
        let max = 100_000;
        self.set(uid, Durability { left, max }.carried().as_ref());
    }

    pub fn set_quality(&mut self, uid: Uid, name: &str) {
        self.set(uid, Some(&Quality(DefId::of(&format!("core:{name}")))));
    }

    pub fn set_rarity(&mut self, uid: Uid, name: &str) {
        self.set(uid, Some(&Rarity(DefId::of(&format!("core:{name}")))));
    }

    pub fn skill(&mut self, value: f32) {
        let hero = self.hero;
        let stat = wayfarer_stats::StatId(DefId::of("core:skills.crafting"));
        let done = self.app.world_mut().transact("test.skill", |txn| {
            api::set_base(txn, hero, stat, Some(value))
        });
        done.unwrap();
        self.ticks(1);
    }

    pub fn act<A: Action>(&mut self, action: &A) -> Result<A::Receipt, Refusal> {
        let me = self.me;
        self.app.world_mut().act(ANN, Some(me), action)
    }

    /// As the host's own player.
    pub fn host<A: Action>(&mut self, action: &A) -> Result<A::Receipt, Refusal> {
        let me = self.me;
        self.app.world_mut().act(PlayerId::LOCAL, Some(me), action)
    }

    /// The code of the refusal; nothing may have changed.
    pub fn refused<A: Action>(&mut self, action: &A) -> String {
        let before = state_hash(self.app.world());
        let refusal = self.act(action).unwrap_err();
        let same = state_hash(self.app.world()) == before;
        assert!(same, "{action:?} was refused and changed something");
        refusal.code.to_string()
    }

    /// Puts it on and lets the locks pass.
    pub fn wear(&mut self, uid: Uid) -> Uid {
        let worn = self.act(&EquipItem {
            item: uid,
            slot: None,
        });
        let worn = worn.unwrap();
        self.ticks(41);
        worn
    }

    pub fn stat(&self, name: &str) -> f32 {
        let name = format!("t:body.{name}");
        api::value(self.app.world(), self.hero, &name).unwrap()
    }

    pub fn count(&self, name: &str) -> u64 {
        self.bag().count_of(def(name))
    }

    pub fn view<R>(&self, ask: impl FnOnce(&View<'_>) -> R) -> R {
        let content = self.content();
        let world = self.app.world();
        ask(&View::of(world, &content, self.hero).unwrap())
    }
}
