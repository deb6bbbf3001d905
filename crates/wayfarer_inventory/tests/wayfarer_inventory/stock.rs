//! What shops have: at first, by chance, and when new goods come.

use bevy::prelude::*;
use wayfarer_core::{action::HostWorldExt, ledger::Ledger, prelude::*, refusal::Refusal};
use wayfarer_inventory::{
    facts::StockShort,
    prelude::*,
    shop::{Shop, restock},
};

use crate::{
    market::{any, market_with},
    rig::{ANN, Rig},
    shops::{Stall, stall},
};

#[test]
fn a_merchant_comes_with_goods_and_a_till() {
    let Stall { rig, shop, .. } = stall();
    assert_eq!((rig.has(shop.0, "blade"), rig.has(shop.0, "herb")), (2, 10));
    assert_eq!(rig.purse(shop.0), 300);
    rig.check_worth();
}

#[test]
fn new_goods_come() {
    let mut stall = stall();
    let (ann, shop) = (stall.ann, stall.shop);
    stall.rig.get(ann.0, "gold", 5);
    for (name, count) in [("blade", 1), ("blade", 1), ("herb", 9)] {
        let buy = stall.buy(name, count);
        stall.rig.act(ANN, ann.1, &buy).unwrap();
    }
    let axe = stall.rig.get(ann.0, "axe", 1);
    let sell = stall.sell(axe, 1);
    stall.rig.act(ANN, ann.1, &sell).unwrap();
    let due = stall
        .rig
        .app
        .world()
        .get::<Shop>(shop.0)
        .unwrap()
        .restock_at;
    assert!(due.is_some());
    for _ in 0..60 * 20 + 1 {
        stall.rig.tick();
    }
    assert_eq!(
        (
            stall.rig.has(shop.0, "blade"),
            stall.rig.has(shop.0, "herb")
        ),
        (1, 5)
    );
    assert_eq!(stall.rig.has(shop.0, "axe"), 0, "sold on");
    // The till is no poorer than it should be.
    assert!(stall.rig.purse(shop.0) >= 300);
    for _ in 0..2 {
        let world = stall.rig.app.world_mut();
        world.transact("test", |txn| restock(txn, shop.0)).unwrap();
    }
    assert_eq!(
        (
            stall.rig.has(shop.0, "blade"),
            stall.rig.has(shop.0, "herb")
        ),
        (2, 10)
    );
    let ledger = stall.rig.app.world().resource::<Ledger>();
    let sold = ledger.iter().flat_map(|entry| &entry.movements);
    assert!(sold.into_iter().any(|line| line.kind == MovementKind::Sold));
    stall.rig.check_worth();
}

/// Some goods come by chance; they are sold on when other goods come, and the dice are kept.
#[test]
fn a_shop_has_finds() {
    let mut rig = market_with(|pack| {
        pack.set(
            "m",
            "loot_tables/a.ron",
            r#"{ "wares": (pick: All, entries: [(item: "axe"), (item: "herb", count: "1d4")]) }"#,
        );
        pack.set(
            "m",
            "shops/a.ron",
            r#"{ "merchant": (stock: [(item: "blade")], finds: (table: "wares", level: 3), restock: 60) }"#,
        );
    });
    let (shop, _) = rig.merchant();
    assert_eq!((rig.has(shop, "blade"), rig.has(shop, "axe")), (1, 1));
    let herbs = rig.has(shop, "herb");
    assert!((1..=4).contains(&herbs));
    for _ in 0..20 {
        let world = rig.app.world_mut();
        world.transact("test", |txn| restock(txn, shop)).unwrap();
        // Not more and more: what was not sold is gone.
        assert_eq!((rig.has(shop, "blade"), rig.has(shop, "axe")), (1, 1));
        assert!((1..=4).contains(&rig.has(shop, "herb")));
    }
    let ledger = rig.app.world().resource::<Ledger>();
    assert!(ledger.iter().any(|entry| !entry.rolls.is_empty()));
    rig.check_worth();
}

#[derive(Resource, Default)]
struct Short(Vec<(DefId, u32, u32, String)>);

/// A shop with little room, and somebody who hears what did not come.
fn little_shop(stock: &str) -> (Rig, Entity) {
    let pack = crate::market::source();
    let shop = format!(r#"{{ "merchant": (stock: [{stock}], restock: 60) }}"#);
    pack.set("m", "shops/a.ron", &shop);
    let kit = r#"{ "merchant": (compartments: ["shelf"]) }"#;
    pack.set("m", "kits/a.ron", kit);
    let shelf = r#"{ "shelf": (name: "Shelf", max_bulk: 7), "sack": (name: "Sack") }"#;
    pack.set("m", "compartments/a.ron", shelf);
    let mut rig = Rig::with(|app| {
        app.add_pack_source(pack);
        app.register_item_constraint("test.forbidden", |view, planned| {
            let forbidden = view.def(planned.item)?.name == "Heirloom";
            match forbidden && planned.purpose == Purpose::Receive {
                true => Err(Refusal::new(Code::new("forbidden"))),
                false => Ok(()),
            }
        });
        app.init_resource::<Short>().add_observer(
            |short: On<StockShort>, mut all: ResMut<Short>| {
                let why = short.why.code.as_str().to_owned();
                all.0.push((short.item, short.wanted, short.missing, why));
            },
        );
    });
    let (shop, _) = rig.merchant();
    (rig, shop)
}

/// As much comes as there is room for, what may not come is left out, and all is told.
#[test]
fn what_fits_comes_and_the_rest_is_told() {
    let stock = r#"(item: "heirloom"), (item: "herb", count: 10), (item: "blade", count: 2),
        (item: "t:feather", count: 5)"#;
    let (mut rig, shop) = little_shop(stock);
    let has = |rig: &Rig| ["heirloom", "herb", "blade", "feather"].map(|name| rig.has(shop, name));
    let told = |rig: &mut Rig| std::mem::take(&mut rig.app.world_mut().resource_mut::<Short>().0);
    let short = |name, wanted, missing, why: &str| (any(name), wanted, missing, why.to_owned());
    assert_eq!(has(&rig), [0, 7, 0, 5]);
    assert_eq!(
        told(&mut rig),
        [
            short("heirloom", 1, 1, "forbidden"),
            short("herb", 10, 3, "exceeds_bulk"),
            short("blade", 2, 2, "exceeds_bulk"),
        ]
    );
    let herb = rig.stack(shop, "herb");
    let world = rig.app.world_mut();
    let sold = world.transact("test", |txn| {
        wayfarer_inventory::actions::remove(txn, shop, MovementKind::Sold, herb, 3)?;
        restock(txn, shop)
    });
    sold.unwrap();
    assert_eq!(has(&rig), [0, 7, 0, 5], "herbs stand first in the list");
    assert_eq!(told(&mut rig).len(), 3);
    rig.check_worth();
}

/// One piece after the other of what does not stack, and more of them than can be made at once.
#[test]
fn a_line_may_be_long() {
    let (rig, shop) = little_shop(r#"(item: "blade", count: 5)"#);
    assert_eq!(rig.has(shop, "blade"), 3, "two of bulk each");
    let (rig, shop) = little_shop(r#"(item: "t:salve", count: 1500)"#);
    assert!(rig.has(shop, "salve") > 0);
    rig.check_worth();
}

/// Whatever goes wrong: there is always a next time.
#[test]
fn a_shop_that_could_not_be_stocked_is_stocked_the_next_time() {
    let (mut rig, shop) = little_shop(r#"(item: "herb", count: 5)"#);
    let minute = |rig: &mut Rig| (0..=60 * 20).for_each(|_| rig.tick());
    let herb = rig.stack(shop, "herb");
    let world = rig.app.world_mut();
    let sold = world.transact("test", |txn| {
        wayfarer_inventory::actions::remove(txn, shop, MovementKind::Sold, herb, 5)
    });
    sold.unwrap();
    let bag = world.entity_mut(shop).take::<Inventory>().unwrap();
    minute(&mut rig);
    let due = rig.app.world().get::<Shop>(shop).unwrap().restock_at;
    let now = rig.app.world().resource::<RulesClock>().tick;
    assert!(due.is_some_and(|due| due > now), "{due:?} at {now}");
    rig.app.world_mut().entity_mut(shop).insert(bag);
    assert_eq!(rig.has(shop, "herb"), 0);
    minute(&mut rig);
    assert_eq!(rig.has(shop, "herb"), 5);
}
