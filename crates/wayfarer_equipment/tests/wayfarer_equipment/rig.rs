//! An app with a small pack, and short words for what tests do.

use bevy::prelude::*;
use wayfarer_core::{content::MemorySource, prelude::*, refusal::Refusal};
use wayfarer_equipment::{
    prelude::*,
    total::{Wearer, modifiers_of},
};
use wayfarer_inventory::{audit::audit, prelude::*};
use wayfarer_stats::api;

pub const ANN: PlayerId = PlayerId(1);

const ITEMS: &str = r#"{
    "sword": (name: "Sword", weight: 3, bulk: 2),
    "axe": (name: "Axe", weight: 3, bulk: 2),
    "greataxe": (name: "Greataxe", weight: 7, bulk: 6),
    "shield": (name: "Shield", weight: 2, bulk: 3),
    "torch": (name: "Torch", weight: 0.5, bulk: 1, max_stack: 5),
    "helm": (name: "Helm", weight: 1, bulk: 2),
    "crown": (name: "Crown", weight: 1, bulk: 1),
    "ring": (name: "Ring", weight: 0.1),
    "rock": (name: "Rock", weight: 0.5, bulk: 1, max_stack: 100, tags: ["rock"]),
    "sack": (name: "Sack", weight: 1, bulk: 2, container: ["crate"]),
}"#;

const GEAR: &str = r#"{
    "sword": (slots: ["main", "off"], modifiers: [(stat: "t:body.attack", flat: 4)]),
    "axe": (
        slots: ["main"],
        requires: [(stat: "t:body.melee", min: 10, name: "Melee")],
        modifiers: [(stat: "t:body.attack", flat: 5)],
        equip_cooldown: 1,
    ),
    "greataxe": (
        slots: ["main"],
        occupies: ["off"],
        modifiers: [(stat: "t:body.attack", flat: 9), (stat: "t:body.attack", increased: 0.1)],
        equip_cooldown: 5,
    ),
    "shield": (slots: ["off"], modifiers: [(stat: "t:body.guard", flat: 2)]),
    "torch": (slots: ["off"]),
    "helm": (slots: ["head"], modifiers: [(stat: "t:body.guard", flat: 1)]),
    "crown": (slots: ["head"], requires: [(stat: "t:other.rank", min: 0)]),
    "ring": (slots: ["left", "right"], modifiers: [(stat: "t:body.melee", flat: 5)]),
    "sack": (slots: ["left", "right"]),
}"#;

pub fn pack() -> MemorySource {
    let pack = MemorySource::new();
    for (path, text) in [
        (
            "pack.ron",
            r#"(name: "t", version: "0.1.0", depends: ["core"])"#,
        ),
        ("items/a.ron", ITEMS),
        ("gear/a.ron", GEAR),
        (
            "slots/a.ron",
            r#"{ "main": (name: "Main"), "off": (name: "Off"), "head": (name: "Head"),
                "left": (name: "Left"), "right": (name: "Right") }"#,
        ),
        (
            "compartments/a.ron",
            r#"{ "bag": (name: "Bag", max_bulk: 12), "pouch": (name: "Pouch", max_bulk: 3, rejects: ["rock"], order: 1),
                "crate": (name: "Crate") }"#,
        ),
        (
            "kits/a.ron",
            r#"{
                "hero": (compartments: ["bag", "pouch"], weight_limit: 100),
                "guard": (compartments: ["bag"], items: [
                    (item: "greataxe", wear: "main"),
                    (item: "ring", wear: "left"),
                    (item: "ring", wear: "right"),
                    (item: "ring"),
                ]),
                "chest": (compartments: ["crate"]),
            }"#,
        ),
        (
            "stats/a.ron",
            r#"{
                "body": (name: "Body", stats: {
                    "attack": (name: "Attack", min: 0, default: 1),
                    "guard": (name: "Guard", min: 0, default: 0),
                    "melee": (name: "Melee", min: 0, default: 5),
                }),
                "other": (name: "Other", stats: { "rank": (name: "Rank", min: 0, default: 5) }),
            }"#,
        ),
        (
            "sheets/a.ron",
            r#"{ "hero": (sets: ["body"]), "guard": (sets: ["body"]) }"#,
        ),
        (
            "characters/a.ron",
            r#"{ "hero": (name: "Hero"), "guard": (name: "Guard"), "chest": (name: "Chest") }"#,
        ),
    ] {
        pack.set("t", path, text);
    }
    pack.set("core", "pack.ron", r#"(name: "core", version: "0.1.0")"#);
    pack.set(
        "core",
        "equip_rules/a.ron",
        r#"{ "default": (cooldown: 2.0) }"#,
    );
    pack
}

pub fn def(name: &str) -> DefId {
    DefId::of(&format!("t:{name}"))
}

pub struct Rig {
    pub app: App,
    pub pack: MemorySource,
}

impl Rig {
    pub fn new() -> Self {
        Self::with(&[])
    }

    /// With further files, or others in the place of the usual ones: pack, path, text.
    pub fn with(files: &[(&str, &str, &str)]) -> Self {
        let pack = pack();
        for &(of, path, text) in files {
            pack.set(of, path, text);
        }
        let mut app = App::new();
        app.add_plugins((MinimalPlugins, EquipmentPlugin))
            .insert_resource(ClockMode::Manual { hz: 20.0 })
            .add_pack_source(pack.clone());
        app.load_content_now().unwrap_or_else(|errors| {
            let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
            panic!("{}", errors.join("\n"))
        });
        let mut players = app.world_mut().resource_mut::<Players>();
        players.arrive(ANN, "Ann", Role::Player);
        Self { app, pack }
    }

    pub fn ticks(&mut self, count: u32) {
        for _ in 0..count {
            self.app.world_mut().run_schedule(RulesTick);
        }
    }

    pub fn spawn(&mut self, template: &'static str) -> (Entity, Uid) {
        let world = self.app.world_mut();
        let entity = world.spawn((Character::new(template), Owner(ANN))).id();
        self.ticks(1);
        (entity, self.app.world().get::<Identity>(entity).unwrap().0)
    }

    pub fn hero(&mut self) -> (Entity, Uid) {
        self.spawn("t:hero")
    }

    pub fn bag(&self, entity: Entity) -> &Inventory {
        self.app.world().get(entity).unwrap()
    }

    pub fn give(&mut self, entity: Entity, name: &str, count: u32, compartment: u8) -> Uid {
        let granted = self.app.world_mut().transact("test.give", |txn| {
            let kind = MovementKind::Granted;
            let (def, into) = (def(name), Some(Place::In(compartment)));
            wayfarer_inventory::actions::create(txn, entity, kind, def, count, into)
        });
        *granted.expect("it fits").last().unwrap()
    }

    pub fn act<A: Action>(&mut self, actor: Uid, action: &A) -> Result<A::Receipt, Refusal> {
        self.app.world_mut().act(ANN, Some(actor), action)
    }

    /// The refusal; nothing may have changed.
    pub fn refused<A: Action>(&mut self, actor: Uid, action: &A) -> Refusal {
        let before = self.hash();
        let refusal = self.act(actor, action).unwrap_err();
        assert_eq!(
            self.hash(),
            before,
            "{action:?} was refused and changed something"
        );
        refusal
    }

    pub fn equip(&mut self, actor: Uid, item: Uid, slot: &str) -> Result<Uid, Refusal> {
        let slot = Some(def(slot));
        self.act(actor, &EquipItem { item, slot })
    }

    /// The code of the refusal, `ok` if it was done. Nothing may change when it was not, and the
    /// check that panels make must say the same.
    pub fn try_equip(&mut self, hero: Entity, actor: Uid, item: Uid, slot: &str) -> String {
        let slot = Some(def(slot));
        let checked = check_equip(self.app.world(), hero, item, slot);
        let before = self.hash();
        let done = self.act(actor, &EquipItem { item, slot }).map(drop);
        assert_eq!(checked, done, "the check and the action agree");
        match done {
            Ok(()) => "ok".to_owned(),
            Err(refusal) => {
                assert_eq!(
                    self.hash(),
                    before,
                    "refused ({refusal}) and changed something"
                );
                refusal.code.to_string()
            }
        }
    }

    pub fn hash(&self) -> u64 {
        state_hash(self.app.world())
    }

    pub fn stat(&self, entity: Entity, name: &str) -> f32 {
        api::value(self.app.world(), entity, &format!("t:body.{name}")).unwrap()
    }

    pub fn worn(&self, entity: Entity, slot: &str) -> Option<Uid> {
        self.bag(entity).worn_in(def(slot)).map(|item| item.uid)
    }

    /// Modifiers and look are those of what is worn, and nothing is there twice.
    pub fn check(&self, entity: Entity) {
        let world = self.app.world();
        assert!(audit(world).twice.is_empty());
        let bag = self.bag(entity);
        let look = world.get::<WornLook>(entity).cloned().unwrap_or_default();
        assert_eq!(look, WornLook::of(bag));
        let inputs = world
            .get::<wayfarer_stats::inputs::StatInputs>(entity)
            .unwrap();
        let content = world.resource::<ActiveContent>().0.clone();
        let expected: usize = bag
            .worn()
            .map(|item| modifiers_of(&content, item, &Wearer { world, entity }).len())
            .sum();
        assert_eq!(inputs.modifiers().len(), expected);
        for modifier in inputs.modifiers() {
            let item = bag
                .get(modifier.source)
                .expect("modifiers of things one has");
            assert!(item.place.slot().is_some(), "and only of worn things");
        }
    }
}
