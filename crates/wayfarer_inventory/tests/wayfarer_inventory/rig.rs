//! An app with a small pack, and short words for what tests do.

use std::collections::BTreeMap;

use bevy::prelude::*;
use wayfarer_core::{content::MemorySource, ledger::Ledger, prelude::*, refusal::Refusal};
use wayfarer_inventory::{audit::audit, prelude::*};

pub const ANN: PlayerId = PlayerId(1);
pub const BOB: PlayerId = PlayerId(2);

const ITEMS: &str = r#"{
    "sword": (name: "Sword", weight: 3.5, bulk: 2, tags: ["weapon"]),
    "potion": (name: "Potion", weight: 0.1, bulk: 1, max_stack: 10, tags: ["potion"],
        use: (effects: ["strengthen", "blush"])),
    "salve": (name: "Salve", use: (effects: ["strengthen"], keep: true, others: true)),
    "coin": (name: "Coin", weight: 0.005, bulk: 0, max_stack: 1000),
    "rock": (name: "Rock", weight: 0.5, bulk: 1, max_stack: 10, tags: ["material"]),
    "anvil": (name: "Anvil", weight: 85, bulk: 25, tags: ["huge"]),
    "feather": (name: "Feather", max_stack: 1000000),
}"#;

const EFFECTS: &str = r#"{
    "strengthen": (name: "Stronger", on_apply: [Add(stat: "body.strength", amount: "1")]),
    "blush": (name: "Blush", lasts: Forever, stacking: (limit: 2, full: Refuse)),
}"#;

const COMPARTMENTS: &str = r#"{
    "backpack": (name: "Backpack", max_bulk: 50),
    "belt": (name: "Belt", max_bulk: 10, rejects: ["huge"], order: 1),
    "pouch": (name: "Pouch", max_count: 2, max_weight: 1, accepts: ["material", "potion"], order: 2),
    "crate": (name: "Crate"),
}"#;

const KITS: &str = r#"{
    "hero": (compartments: ["backpack", "belt", "pouch"], weight_limit: 100, load: "curve"),
    "strong": (
        compartments: ["backpack"],
        weight_limit: "10 * body.strength",
        load: "curve",
        items: [(item: "rock", count: 25), (item: "potion", into: "backpack")],
    ),
    "chest": (compartments: ["crate"]),
}"#;

const STATS: &str = r#"{ "body": (name: "Body", stats: {
    "strength": (name: "Strength", min: 0, max: 30, default: 10),
    "stealth": (name: "Stealth", min: -10, max: 100, default: 20),
    "speed": (name: "Speed", min: 0, max: 100, default: 10),
}) }"#;

const CURVES: &str = r#"{ "curve": (
    warn_at: 0.75,
    changes: [
        (
            stat: "body.speed",
            factor: "if(share <= 0.8, 1, if(share <= 1, 1 - 0.5 * (share - 0.8) / 0.2, 0.5 / share))",
        ),
        (
            stat: "body.stealth",
            flat: "if(share <= 0.75, 0, if(share <= 1, -1, if(share <= 1.25, -3, -5)))",
        ),
    ],
) }"#;

/// Bags, and compartments with cells.
pub const BAGS: &str = r#"{
    "sack": (name: "Sack", weight: 1, bulk: 2, tags: ["bag"], container: ["inside"]),
    "satchel": (name: "Satchel", weight: 1, bulk: 3, tags: ["bag"], container: ["holding", "soft"]),
    "plank": (name: "Plank", weight: 1, bulk: 1, size: (3, 1), rotates: true),
    "gem": (name: "Gem", weight: 0.1, bulk: 0.1, max_stack: 5, tags: ["gem"]),
}"#;

pub const POCKETS: &str = r#"{
    "inside": (name: "Inside", max_weight: 20, max_depth: 1),
    "holding": (name: "Holding", weight_multiplier: 0.5, prefers: ["gem"], order: 5),
    "soft": (name: "Soft pocket", max_bulk: 6, bulk_multiplier: 1, order: 4),
    "board": (name: "Board", layout: Grid(4, 3)),
    "rack": (name: "Rack", layout: Slots(3), accepts: ["weapon", "gem"]),
}"#;

const PACKERS: &str = r#"{
    "packer": (compartments: ["board", "rack", "crate"]),
    "mule": (compartments: ["backpack"], weight_limit: 10, hard_limit: 1.25, load: "curve"),
}"#;

pub fn pack() -> MemorySource {
    let pack = MemorySource::new();
    pack.set("t", "pack.ron", r#"(name: "t", version: "0.1.0")"#);
    pack.set("t", "items/a.ron", ITEMS);
    pack.set("t", "effects/a.ron", EFFECTS);
    pack.set("t", "compartments/a.ron", COMPARTMENTS);
    pack.set("t", "kits/a.ron", KITS);
    pack.set("t", "items/bags.ron", BAGS);
    pack.set("t", "compartments/pockets.ron", POCKETS);
    pack.set("t", "kits/packers.ron", PACKERS);
    pack.set("t", "stats/a.ron", STATS);
    pack.set("t", "load_curves/a.ron", CURVES);
    pack.set(
        "t",
        "sheets/a.ron",
        r#"{ "hero": (sets: ["body"]), "strong": (sets: ["body"]) }"#,
    );
    pack.set(
        "t",
        "characters/a.ron",
        r#"{ "hero": (name: "Hero"), "strong": (name: "Strong"), "chest": (name: "Chest"),
            "packer": (name: "Packer"), "mule": (name: "Mule") }"#,
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
        Self::with(|_| {})
    }

    pub fn with(extra: impl FnOnce(&mut App)) -> Self {
        let pack = pack();
        let mut app = App::new();
        app.add_plugins((MinimalPlugins, InventoryPlugin))
            .insert_resource(ClockMode::Manual { hz: 20.0 })
            .add_pack_source(pack.clone());
        extra(&mut app);
        app.load_content_now().expect("the test pack is sound");
        let mut players = app.world_mut().resource_mut::<Players>();
        players.arrive(ANN, "Ann", Role::Player);
        players.arrive(BOB, "Bob", Role::Player);
        let mut ledger = app.world_mut().resource_mut::<Ledger>();
        ledger.capacity = usize::MAX;
        Self { app, pack }
    }

    pub fn tick(&mut self) {
        self.app.world_mut().run_schedule(RulesTick);
    }

    /// A character or container with its uid.
    pub fn spawn(&mut self, bundle: impl Bundle) -> (Entity, Uid) {
        let entity = self.app.world_mut().spawn(bundle).id();
        self.tick();
        (entity, self.uid(entity))
    }

    pub fn hero(&mut self, player: PlayerId) -> (Entity, Uid) {
        self.spawn((Character::new("t:hero"), Owner(player)))
    }

    pub fn chest(&mut self, x: f32) -> (Entity, Uid) {
        self.spawn((
            Character::new("t:chest"),
            Container::default(),
            Position::ground(x, 0.0),
        ))
    }

    pub fn uid(&self, entity: Entity) -> Uid {
        self.app.world().get::<Identity>(entity).expect("a uid").0
    }

    pub fn bag(&self, entity: Entity) -> &Inventory {
        self.app.world().get(entity).expect("an inventory")
    }

    pub fn act<A: Action>(
        &mut self,
        player: PlayerId,
        actor: Uid,
        action: &A,
    ) -> Result<A::Receipt, Refusal> {
        self.app.world_mut().act(player, Some(actor), action)
    }

    /// The code of the refusal; nothing may have changed.
    pub fn refused<A: Action>(&mut self, player: PlayerId, actor: Uid, action: &A) -> Refusal {
        let before = state_hash(self.app.world());
        let refusal = self.act(player, actor, action).unwrap_err();
        assert_eq!(
            state_hash(self.app.world()),
            before,
            "{action:?} was refused ({refusal}) and changed something"
        );
        refusal
    }

    /// Gives something and returns its (last) stack.
    pub fn give(&mut self, entity: Entity, name: &str, count: u32, place: impl Into<Place>) -> Uid {
        let place = place.into();
        let granted = self.app.world_mut().transact("test.give", |txn| {
            wayfarer_inventory::actions::create(
                txn,
                entity,
                MovementKind::Granted,
                def(name),
                count,
                Some(place),
            )
        });
        *granted.expect("it fits").last().expect("a stack")
    }

    /// Puts something on, as the equipment plugin would.
    pub fn wear(&mut self, entity: Entity, uid: Uid, slot: &str) {
        let (place, order) = (Place::Worn(def(slot)), 0);
        let op = wayfarer_inventory::ItemOp::Move { uid, place, order };
        let world = self.app.world_mut();
        let done = world.transact("test.wear", |txn| txn.op::<Inventory>(entity, op));
        done.expect("the slot is free");
    }

    pub fn place(&self, entity: Entity, uid: Uid) -> Place {
        self.bag(entity).get(uid).expect("it is here").place
    }

    pub fn count(&self, entity: Entity, name: &str) -> u64 {
        self.bag(entity).count_of(def(name))
    }

    pub fn hash(&self) -> u64 {
        state_hash(self.app.world())
    }

    /// What the ledger says there is of everything.
    pub fn ledger_sum(&self) -> BTreeMap<DefId, u64> {
        let mut sum: BTreeMap<DefId, i64> = BTreeMap::new();
        for entry in self.app.world().resource::<Ledger>().iter() {
            for movement in &entry.movements {
                let signed = movement.kind.sign() * i64::from(movement.count);
                *sum.entry(movement.def).or_default() += signed;
            }
        }
        sum.retain(|_, count| *count != 0);
        sum.into_iter()
            .map(|(def, count)| (def, u64::try_from(count).expect("not less than nothing")))
            .collect()
    }

    /// Promise 2: everything is in one place, and as much of it as the ledger says.
    pub fn check_conserved(&self) {
        let found = audit(self.app.world());
        assert!(found.twice.is_empty(), "twice: {:?}", found.twice);
        assert_eq!(found.counts, self.ledger_sum());
    }
}
