//! A rig with money, a merchant and things of value.

use std::collections::BTreeMap;

use bevy::prelude::*;
use wayfarer_core::{content::MemorySource, ledger::Ledger, prelude::*, refusal::Refusal};
use wayfarer_inventory::{
    currency::{Money, Purse, pay},
    prelude::*,
    rules::Side,
    shop::{Price, price_of},
};

use crate::rig::{Rig, def as t};

const ITEMS: &str = r#"{
    "gold": (name: "Gold", weight: 0.01, max_stack: 100, value: 100),
    "silver": (name: "Silver", weight: 0.01, max_stack: 100, value: 10),
    "copper": (name: "Copper", weight: 0.01, max_stack: 100, value: 1),
    "blade": (name: "Blade", weight: 2, bulk: 2, tags: ["weapon"], value: 50),
    "axe": (name: "Axe", weight: 4, bulk: 5, tags: ["weapon"], value: 80),
    "herb": (name: "Herb", weight: 0.1, bulk: 1, max_stack: 20, tags: ["herb"], value: 10),
    "pebble": (name: "Pebble", max_stack: 100, tags: ["herb"]),
    "heirloom": (name: "Heirloom", tags: ["weapon", "bound"], value: 500),
    "satchel": (name: "Satchel", weight: 1, bulk: 3, tags: ["weapon"], value: 20, container: ["sack"]),
    "brick": (name: "Brick", bulk: 50, weight: 1, value: 5),
}"#;

const CURRENCIES: &str = r#"{ "coins": (name: "Coins", coins: [
    (item: "gold", worth: 100, short: "g"),
    (item: "silver", worth: 10, short: "s"),
    (item: "copper", worth: 1, short: "c"),
]) }"#;

const SHOPS: &str = r#"{ "merchant": (
    sells: ["weapon", "herb"],
    buys: ["weapon", "herb"],
    sells_at: 1.2,
    buys_at: "0.4 + 0.01 * t:body.strength",
    prices: [
        (label: "How much there is", times: "1.5 - 0.05 * min(stock, 20)", tags: ["herb"]),
        (label: "For the strong", plus: -1, on: Buying, customer: (all: ["mighty"])),
    ],
    stock: [(item: "blade", count: 1, max: 2), (item: "herb", count: 4, max: 10)],
    restock: 60,
    till: 300,
    buyback: 30,
) }"#;

pub fn source() -> MemorySource {
    let pack = MemorySource::new();
    pack.set(
        "m",
        "pack.ron",
        r#"(name: "m", version: "0.1.0", depends: ["t"])"#,
    );
    pack.set("m", "items/a.ron", ITEMS);
    pack.set("m", "currencies/a.ron", CURRENCIES);
    pack.set("m", "shops/a.ron", SHOPS);
    pack.set("m", "tags/a.ron", r#"{ "mighty": (name: "Mighty") }"#);
    pack.set(
        "m",
        "compartments/a.ron",
        r#"{
        "stall": (name: "Stall"),
        "sack": (name: "Sack", max_bulk: 50),
        "pocket": (name: "Pocket", max_count: 1),
    }"#,
    );
    pack.set(
        "m",
        "kits/a.ron",
        r#"{
        "merchant": (compartments: ["stall"]),
        "chest": (compartments: ["stall"]),
        "poor": (compartments: ["pocket"]),
    }"#,
    );
    pack.set(
        "m",
        "characters/a.ron",
        r#"{
        "merchant": (name: "Merchant"), "chest": (name: "Chest"), "poor": (name: "Poor"),
    }"#,
    );
    pack
}

pub fn m(name: &str) -> DefId {
    DefId::of(&format!("m:{name}"))
}

/// A rig with the market's pack.
pub fn market() -> Rig {
    market_with(|_| {})
}

/// The same, with the pack changed first.
pub fn market_with(change: impl FnOnce(&MemorySource)) -> Rig {
    let pack = source();
    change(&pack);
    Rig::with(|app| {
        app.add_pack_source(pack);
        app.register_item_constraint("test.bound", |view, planned| {
            use Purpose::{Give, Sell, Trade};
            if view.def(planned.item)?.has_tag("bound")
                && matches!(planned.purpose, Give | Sell | Trade)
            {
                return Err(Refusal::new(Code::new("bound")));
            }
            Ok(())
        });
    })
}

impl Rig {
    pub fn merchant(&mut self) -> (Entity, Uid) {
        self.spawn(Character::new("m:merchant"))
    }

    /// Gives something of either pack wherever there is room.
    pub fn get(&mut self, entity: Entity, name: &str, count: u32) -> Uid {
        let given = self.app.world_mut().transact("test.get", |txn| {
            let kind = MovementKind::Granted;
            wayfarer_inventory::actions::create(txn, entity, kind, any(name), count, None)
        });
        *given.expect("it fits").last().expect("a stack")
    }

    pub fn has(&self, entity: Entity, name: &str) -> u64 {
        self.bag(entity).count_of(any(name))
    }

    pub fn purse(&self, entity: Entity) -> u64 {
        let content = &self.app.world().resource::<ActiveContent>().0;
        Purse::in_force(content, self.bag(entity)).worth
    }

    /// Gold, silver and copper.
    pub fn coins(&self, entity: Entity) -> [u64; 3] {
        ["gold", "silver", "copper"].map(|coin| self.has(entity, coin))
    }

    pub fn pay(&mut self, payer: Entity, price: u64, payee: Option<Entity>) -> Result<(), Refusal> {
        let before = self.hash();
        let world = self.app.world_mut();
        let paid = world.transact("test.pay", |txn| pay(txn, payer, price, payee));
        if paid.is_err() {
            assert_eq!(self.hash(), before, "nothing has happened");
        }
        paid
    }

    pub fn price(
        &self,
        shop: Entity,
        who: Entity,
        item: Uid,
        side: Side,
        count: u32,
    ) -> Result<Price, Refusal> {
        let world = self.app.world();
        let content = &world.resource::<ActiveContent>().0;
        price_of(world, content, shop, who, item, side, count)
    }

    /// Puts something into a bag of the same inventory.
    pub fn stow(&mut self, holder: Entity, item: Uid, bag: Uid) {
        let place = Place::Inside { bag, pocket: 0 };
        let op = wayfarer_inventory::ItemOp::Move {
            uid: item,
            place,
            order: 0,
        };
        let world = self.app.world_mut();
        let done = world.transact("test.stow", |txn| txn.op::<Inventory>(holder, op));
        done.expect("it goes in");
    }

    /// The first stack of a kind.
    pub fn stack(&self, entity: Entity, name: &str) -> Uid {
        let mut all = self.bag(entity).iter();
        all.find(|item| item.def == any(name)).expect("some").uid
    }

    /// Money and things are conserved: what coins are worth together is what the ledger says, and
    /// coins that were changed were worth the same.
    pub fn check_worth(&self) {
        self.check_conserved();
        let content = &self.app.world().resource::<ActiveContent>().0;
        let money = Money::of(content).expect("money");
        for entry in self.app.world().resource::<Ledger>().iter() {
            let mut worth: BTreeMap<MovementKindKey, u64> = BTreeMap::new();
            for movement in &entry.movements {
                let Some(coin) = money.index_of(movement.def) else {
                    continue;
                };
                let key = match movement.kind {
                    MovementKind::ChangedAway => "away",
                    MovementKind::ChangedInto => "into",
                    _ => continue,
                };
                *worth.entry(key).or_default() += money.worths()[coin] * u64::from(movement.count);
            }
            let of = |key| worth.get(key).copied().unwrap_or(0);
            assert_eq!(of("away"), of("into"), "{:?}", entry.movements);
        }
    }
}

type MovementKindKey = &'static str;

/// An item of either pack.
pub fn any(name: &str) -> DefId {
    if ITEMS.contains(&format!("\"{name}\":")) {
        m(name)
    } else {
        t(name)
    }
}

impl Rig {
    /// Gives one of either pack into a compartment.
    pub fn give_any(&mut self, entity: Entity, name: &str, place: u8) -> Uid {
        let given = self.app.world_mut().transact("test.give", |txn| {
            let (kind, place) = (MovementKind::Granted, Some(Place::In(place)));
            wayfarer_inventory::actions::create(txn, entity, kind, any(name), 1, place)
        });
        *given.expect("it fits").last().expect("a stack")
    }
}
