//! Merchants: prices with reasons, buying, selling, buying back, new goods.

use bevy::prelude::*;
use wayfarer_core::{action::HostWorldExt, ledger::Ledger, prelude::*, state};
use wayfarer_inventory::{
    prelude::*,
    rules::Side,
    shop::{Shop, restock},
    value::PriceOp,
};
use wayfarer_stats::{
    StatId,
    actions::{PatchChange, PatchLayer, PatchStat},
};

use crate::{
    market::{market, market_with},
    rig::{ANN, BOB, Rig},
};

struct Stall {
    rig: Rig,
    shop: (Entity, Uid),
    ann: (Entity, Uid),
}

fn stall() -> Stall {
    let mut rig = market();
    let shop = rig.merchant();
    let ann = rig.hero(ANN);
    let open = OpenContainer { container: shop.1 };
    rig.act(ANN, ann.1, &open).unwrap();
    Stall { rig, shop, ann }
}

impl Stall {
    fn buy(&self, name: &str, count: u32) -> BuyItem {
        let item = self.rig.stack(self.shop.0, name);
        let price = self
            .rig
            .price(self.shop.0, self.ann.0, item, Side::Buy, count);
        let price = price.map_or(1, |price| price.total);
        let shop = self.shop.1;
        BuyItem {
            shop,
            item,
            count,
            price,
        }
    }

    fn sell(&self, item: Uid, count: u32) -> SellItem {
        let price = self
            .rig
            .price(self.shop.0, self.ann.0, item, Side::Sell, count);
        let price = price.map_or(1, |price| price.total);
        let shop = self.shop.1;
        SellItem {
            shop,
            item,
            count,
            price,
        }
    }

    fn refused<A: Action>(&mut self, action: &A) -> String {
        let refusal = self.rig.refused(ANN, self.ann.1, action);
        refusal.code.as_str().to_owned()
    }
}

#[test]
fn a_merchant_comes_with_goods_and_a_till() {
    let Stall { rig, shop, .. } = stall();
    assert_eq!((rig.has(shop.0, "blade"), rig.has(shop.0, "herb")), (2, 10));
    assert_eq!(rig.purse(shop.0), 300);
    rig.check_worth();
}

#[test]
fn a_price_has_reasons() {
    let Stall { rig, shop, ann } = stall();
    let blade = rig.stack(shop.0, "blade");
    let price = rig.price(shop.0, ann.0, blade, Side::Buy, 1).unwrap();
    assert_eq!((price.unit, price.total), (60, 60));
    let lines: Vec<_> = price
        .lines
        .iter()
        .map(|l| (l.label.as_str(), l.op, l.amount))
        .collect();
    assert_eq!(
        lines,
        [
            ("Blade", PriceOp::Plus, 50.0),
            ("Asked here", PriceOp::Times, 1.2)
        ]
    );
    assert!(
        price
            .lines
            .iter()
            .all(|line| line.place.as_ref().is_some_and(|p| p.contains(".ron:")))
    );
    // Herbs: 10 × 1.2 × (1.5 − 0.05 × 10) = 12 for the first, and dearer with each that goes.
    let herb = rig.stack(shop.0, "herb");
    let price = |count| rig.price(shop.0, ann.0, herb, Side::Buy, count).unwrap();
    assert_eq!(
        (price(1).total, price(2).unit, price(2).total),
        (12, 12, 25)
    );
    let reasons = price(1).lines;
    let line = reasons.iter().find(|l| l.label == "How much there is");
    assert_eq!(line.map(|l| l.amount), None, "a factor of 1 is no reason");
}

#[test]
fn things_are_bought_for_what_they_cost() {
    let mut stall = stall();
    let buy = stall.buy("blade", 1);
    assert_eq!(stall.refused(&buy), "insufficient_funds");
    let ann = stall.ann;
    stall.rig.get(ann.0, "gold", 1);
    for (action, code) in [
        (BuyItem { price: 59, ..buy }, "price_changed"),
        (BuyItem { price: 61, ..buy }, "price_changed"),
        (BuyItem { count: 0, ..buy }, "invalid_amount"),
        (BuyItem { count: 2, ..buy }, "invalid_amount"),
        (BuyItem { item: ann.1, ..buy }, "not_found"),
        (BuyItem { shop: ann.1, ..buy }, "not_found"),
        (
            BuyItem {
                item: stall.rig.stack(stall.shop.0, "gold"),
                ..buy
            },
            "not_for_sale",
        ),
    ] {
        assert_eq!(stall.refused(&action), code, "{action:?}");
    }
    stall.rig.act(ANN, ann.1, &buy).unwrap();
    assert_eq!(stall.rig.purse(ann.0), 40);
    assert_eq!(stall.rig.purse(stall.shop.0), 360);
    assert_eq!(stall.rig.has(ann.0, "blade"), 1);
    assert_eq!(stall.refused(&buy), "not_found", "it is sold");
    stall.rig.check_worth();
}

/// Money taken and no goods, the whole purse gone, one of a hundred for ever: none of that.
#[test]
fn what_does_not_fit_is_not_paid_and_a_stack_gets_smaller() {
    let mut stall = stall();
    let ann = stall.ann;
    stall.rig.get(ann.0, "gold", 5);
    for _ in 0..10 {
        let buy = stall.buy("herb", 1);
        stall.rig.act(ANN, ann.1, &buy).unwrap();
    }
    assert_eq!(stall.rig.has(ann.0, "herb"), 10);
    assert_eq!(
        stall.rig.has(stall.shop.0, "herb"),
        0,
        "they are not for ever"
    );
    assert!(stall.rig.purse(ann.0) > 0, "and the purse is not gone");
    // Herbs take ten of the fifty in the backpack, the belt holds ten, the pouch no weapons.
    stall.rig.give(ann.0, "potion", 40, 0);
    stall.rig.give(ann.0, "potion", 10, 1);
    let buy = stall.buy("blade", 1);
    let (purse, till) = (stall.rig.purse(ann.0), stall.rig.purse(stall.shop.0));
    let refusal = stall.rig.refused(ANN, ann.1, &buy);
    assert_eq!(refusal.code.as_str(), "insufficient_space");
    let now = (stall.rig.purse(ann.0), stall.rig.purse(stall.shop.0));
    assert_eq!(now, (purse, till));
    stall.rig.check_worth();
}

#[test]
fn things_are_sold_and_bought_back() {
    let mut stall = stall();
    let ann = stall.ann;
    let axe = stall.rig.get(ann.0, "axe", 1);
    let rock = stall.rig.get(ann.0, "rock", 1);
    let coin = stall.rig.get(ann.0, "copper", 5);
    let pebble = stall.rig.get(ann.0, "pebble", 1);
    let heirloom = stall.rig.get(ann.0, "heirloom", 1);
    let sell = stall.sell(axe, 1);
    // 80 × (0.4 + 0.01 × 10)
    assert_eq!(sell.price, 40);
    for (action, code) in [
        (SellItem { price: 41, ..sell }, "price_changed"),
        (SellItem { count: 2, ..sell }, "invalid_amount"),
        (stall.sell(rock, 1), "not_bought_here"),
        (stall.sell(coin, 1), "not_bought_here"),
        (stall.sell(pebble, 1), "not_bought_here"),
        (stall.sell(heirloom, 1), "bound"),
    ] {
        assert_eq!(stall.refused(&action), code, "{action:?}");
    }
    assert_eq!(stall.rig.act(ANN, ann.1, &sell).unwrap(), 40);
    assert_eq!(
        (stall.rig.purse(ann.0), stall.rig.purse(stall.shop.0)),
        (45, 260)
    );

    // Bob would pay the full price; Ann what she got.
    let bob = stall.rig.hero(BOB);
    stall
        .rig
        .act(
            BOB,
            bob.1,
            &OpenContainer {
                container: stall.shop.1,
            },
        )
        .unwrap();
    stall.rig.get(bob.0, "gold", 1);
    let for_bob = stall
        .rig
        .price(stall.shop.0, bob.0, axe, Side::Buy, 1)
        .unwrap();
    assert_eq!(for_bob.total, 96);
    let back = stall.buy("axe", 1);
    assert_eq!((back.item, back.price), (axe, 40));
    let cheap = BuyItem { price: 40, ..back };
    assert_eq!(
        stall.rig.refused(BOB, bob.1, &cheap).code.as_str(),
        "price_changed"
    );
    stall.rig.act(ANN, ann.1, &back).unwrap();
    assert_eq!(stall.rig.purse(ann.0), 5);
    assert!(
        stall
            .rig
            .app
            .world()
            .get::<Shop>(stall.shop.0)
            .unwrap()
            .buyback
            .is_empty()
    );

    // Not for ever.
    stall.rig.act(ANN, ann.1, &sell).unwrap();
    for _ in 0..30 * 20 {
        stall.rig.tick();
    }
    assert_eq!(stall.buy("axe", 1).price, 96);
    stall.rig.check_worth();
}

#[test]
fn a_shop_pays_with_what_it_has() {
    let mut stall = stall();
    let ann = stall.ann;
    for _ in 0..8 {
        let axe = stall.rig.get(ann.0, "axe", 1);
        let sell = stall.sell(axe, 1);
        match stall.rig.act(ANN, ann.1, &sell) {
            Ok(_) => {}
            Err(refusal) => assert_eq!(refusal.code.as_str(), "shop_short_of_money"),
        }
    }
    assert_eq!(stall.rig.purse(stall.shop.0), 20);
    assert_eq!(stall.rig.has(ann.0, "axe"), 1);
    stall.rig.check_worth();
}

#[test]
fn nobody_buys_from_afar_or_takes_without_paying() {
    let mut stall = stall();
    let ann = stall.ann;
    stall.rig.get(ann.0, "gold", 2);
    let buy = stall.buy("blade", 1);
    let steal = TransferItem {
        from: stall.shop.1,
        item: buy.item,
        count: None,
        to: ann.1,
        compartment: None,
    };
    assert_eq!(stall.refused(&steal), "for_sale");
    let bob = stall.rig.hero(BOB);
    assert_eq!(
        stall.rig.refused(BOB, bob.1, &buy).code.as_str(),
        "not_open"
    );
    stall
        .rig
        .act(
            ANN,
            ann.1,
            &CloseContainer {
                container: stall.shop.1,
            },
        )
        .unwrap();
    assert_eq!(stall.refused(&buy), "not_open");
    stall
        .rig
        .app
        .world_mut()
        .entity_mut(ann.0)
        .insert(Position::ground(50.0, 0.0));
    assert_eq!(stall.refused(&buy), "out_of_reach");
    // A merchant whom a player owns still serves everybody, and its owner takes what is theirs.
    stall
        .rig
        .app
        .world_mut()
        .entity_mut(stall.shop.0)
        .insert(Owner(BOB));
    stall
        .rig
        .app
        .world_mut()
        .entity_mut(ann.0)
        .insert(Position::default());
    stall
        .rig
        .act(
            ANN,
            ann.1,
            &OpenContainer {
                container: stall.shop.1,
            },
        )
        .unwrap();
    stall.rig.act(ANN, ann.1, &buy).unwrap();
    stall
        .rig
        .act(
            BOB,
            bob.1,
            &OpenContainer {
                container: stall.shop.1,
            },
        )
        .unwrap();
    let take = TransferItem {
        item: stall.rig.stack(stall.shop.0, "herb"),
        to: bob.1,
        ..steal
    };
    stall.rig.act(BOB, bob.1, &take).unwrap();
    assert_eq!(stall.rig.has(bob.0, "herb"), 10);
    stall.rig.check_worth();
}

#[test]
fn prices_follow_the_customer() {
    let mut stall = stall();
    let ann = stall.ann;
    let axe = stall.rig.get(ann.0, "axe", 1);
    let strength = StatId::of("t:body.strength");
    for (value, offered) in [(0.0, 32), (20.0, 48), (30.0, 56)] {
        let patch = PatchStat {
            target: ann.1,
            stat: strength,
            layer: PatchLayer::Base,
            change: PatchChange::Set(value),
        };
        stall
            .rig
            .app
            .world_mut()
            .act(PlayerId::LOCAL, None, &patch)
            .unwrap();
        stall.rig.tick();
        assert_eq!(stall.sell(axe, 1).price, offered, "{value}");
    }
}

#[test]
fn nobody_gets_more_than_it_costs() {
    let generous = |pack: &wayfarer_core::content::MemorySource| {
        pack.set(
            "m",
            "shops/a.ron",
            r#"{ "merchant": (
            buys: ["weapon"], sells_at: 0.5, buys_at: 2, stock: [(item: "blade")], till: 500,
        ) }"#,
        );
    };
    let mut rig = market_with(generous);
    let content = rig.app.world().resource::<ActiveContent>().0.clone();
    let warned = content
        .warnings
        .iter()
        .any(|w| w.code == "profit" && w.place.is_some());
    assert!(warned, "the author is told: {:?}", content.warnings);
    let shop = rig.merchant();
    let (ann, _) = rig.hero(ANN);
    let axe = rig.get(ann, "axe", 1);
    let price = rig.price(shop.0, ann, axe, Side::Sell, 1).unwrap();
    assert_eq!(
        price.total, 40,
        "no more than half of 80, which it would cost"
    );
    assert_eq!(price.lines.last().unwrap().op, PriceOp::AtMost);
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

#[test]
fn a_shop_is_saved() {
    let mut stall = stall();
    let ann = stall.ann;
    let axe = stall.rig.get(ann.0, "axe", 1);
    let sell = stall.sell(axe, 1);
    stall.rig.act(ANN, ann.1, &sell).unwrap();
    let saved = state::snapshot_world(stall.rig.app.world());
    let before = stall.rig.app.world().get::<Shop>(stall.shop.0).cloned();
    let mut later = market();
    let report = state::restore_world(later.app.world_mut(), &saved);
    assert!(report.problems.is_empty(), "{report:?}");
    let shop = later
        .app
        .world()
        .resource::<UidIndex>()
        .get(stall.shop.1)
        .unwrap();
    assert_eq!(later.app.world().get::<Shop>(shop).cloned(), before);
    later.tick();
    assert_eq!(later.has(shop, "axe"), 1);
}

/// Nobody sells what is in a bag for the price of the bag.
#[test]
fn only_empty_bags_are_sold() {
    let mut stall = stall();
    let ann = stall.ann;
    let bag = stall.rig.get(ann.0, "satchel", 1);
    let axe = stall.rig.get(ann.0, "axe", 1);
    stall.rig.stow(ann.0, axe, bag);
    let sell = stall.sell(bag, 1);
    assert_eq!(stall.refused(&sell), "not_empty");
    let out = stall.sell(axe, 1);
    stall.rig.act(ANN, ann.1, &out).unwrap();
    let sell = stall.sell(bag, 1);
    stall.rig.act(ANN, ann.1, &sell).unwrap();
    assert_eq!(stall.rig.has(stall.shop.0, "satchel"), 1);
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

/// What was sold, bought by another and sold again is not the bargain that it was.
#[test]
fn what_has_left_the_shop_is_not_bought_back() {
    let mut stall = stall();
    let (ann, shop) = (stall.ann, stall.shop);
    let bob = stall.rig.hero(BOB);
    let open = OpenContainer { container: shop.1 };
    stall.rig.act(BOB, bob.1, &open).unwrap();
    stall.rig.get(bob.0, "gold", 2);
    let axe = stall.rig.get(ann.0, "axe", 1);
    let sold = stall.sell(axe, 1);
    stall.rig.act(ANN, ann.1, &sold).unwrap();
    let price = |stall: &Stall, side| {
        let price = stall.rig.price(shop.0, bob.0, axe, side, 1);
        price.unwrap().total
    };
    let (shop_uid, count) = (shop.1, 1);
    let bought = BuyItem {
        shop: shop_uid,
        item: axe,
        count,
        price: price(&stall, Side::Buy),
    };
    stall.rig.act(BOB, bob.1, &bought).unwrap();
    // Bob may have made it better meanwhile.
    let again = SellItem {
        shop: shop_uid,
        item: axe,
        count,
        price: price(&stall, Side::Sell),
    };
    stall.rig.act(BOB, bob.1, &again).unwrap();
    assert_eq!(stall.buy("axe", 1).price, 96, "Ann pays what it costs");
    assert_eq!(price(&stall, Side::Buy), 40, "Bob what he got");
    stall.rig.check_worth();
}

/// What is sold may join one stack and begin another: only what is in a stack is bought back.
#[test]
fn no_more_is_bought_back_than_a_stack_has() {
    let mut stall = stall();
    let (ann, shop) = (stall.ann, stall.shop);
    // 10 are there, 20 make a stack.
    let herbs = stall.rig.get(ann.0, "herb", 15);
    let sold = stall.sell(herbs, 15);
    stall.rig.act(ANN, ann.1, &sold).unwrap();
    let world = stall.rig.app.world();
    for known in &world.get::<Shop>(shop.0).unwrap().buyback {
        let stack = stall.rig.bag(shop.0).get(known.item).unwrap();
        assert!(known.count <= stack.count, "{known:?} of {stack:?}");
        assert!(known.paid <= sold.price);
    }
}

#[test]
fn favourites_are_not_sold() {
    let mut stall = stall();
    let (ann, axe) = (stall.ann, stall.rig.get(stall.ann.0, "axe", 1));
    let mark = |favourite| MarkItem {
        item: axe,
        favourite,
    };
    stall.rig.act(ANN, ann.1, &mark(true)).unwrap();
    let sell = stall.sell(axe, 1);
    assert_eq!(stall.refused(&sell), "favourite");
    stall.rig.act(ANN, ann.1, &mark(false)).unwrap();
    stall.rig.act(ANN, ann.1, &sell).unwrap();
}

#[test]
fn mistakes_in_shops_are_told() {
    for (shop, code) in [
        ("till: 1000000000000000", "bad-number"),
        ("restock: 0", "bad-number"),
        ("buyback: -1", "bad-number"),
        (r#"stock: [(item: "herb", count: 0)]"#, "bad-number"),
        (r#"prices: [(label: "Neither")]"#, "price-step"),
    ] {
        let pack = crate::market::source();
        let text = format!(r#"{{ "merchant": ({shop}) }}"#);
        pack.set("m", "shops/a.ron", &text);
        let mut app = App::new();
        app.add_plugins((MinimalPlugins, InventoryPlugin))
            .add_pack_source(crate::rig::pack())
            .add_pack_source(pack);
        let found = app.load_content_now().unwrap_err();
        let told = found.iter().any(|d| d.code == code && d.place.is_some());
        assert!(told, "{shop}\n{found:#?}");
    }
}
