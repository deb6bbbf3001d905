//! Mistakes in shops and what they are made of, shops that change under a running game, and what
//! the owner of a shop thinks of a customer.

use wayfarer_core::{
    content::{Diagnostic, MemorySource},
    prelude::*,
};
use wayfarer_inventory::{
    prelude::*,
    rules::Side,
    shop::{Shop, restock},
};
use wayfarer_stats::{
    StatId,
    relations::{self, Bond, Reason, Relations},
};

use crate::{
    market::market_with,
    rig::{ANN, BOB, Rig},
};

/// A market whose pack can still be changed.
fn open(change: impl FnOnce(&MemorySource)) -> (Rig, MemorySource) {
    let mut pack = None;
    let rig = market_with(|source| {
        change(source);
        pack = Some(source.clone());
    });
    (rig, pack.unwrap())
}

fn errors(path: &str, text: &str) -> Vec<Diagnostic> {
    let (mut rig, pack) = open(|_| {});
    pack.set("m", path, text);
    rig.app.load_content_now().unwrap_err()
}

#[test]
fn mistakes_are_told_with_their_place() {
    let shop = |text: &str| format!(r#"{{ "merchant": ({text}) }}"#);
    for (text, code, needle) in [
        ("restock: 0", "bad-number", "restock"),
        ("restock: -5", "bad-number", "restock"),
        (
            r#"prices: [(label: "x", times: 1, plus: 1)]"#,
            "price-step",
            "either",
        ),
        (r#"prices: [(label: "x")]"#, "price-step", "either"),
        (
            r#"stock: [(item: "blade", count: 0)]"#,
            "bad-number",
            "count",
        ),
        (
            r#"stock: [(item: "blade", count: 1, max: 0)]"#,
            "bad-number",
            "max",
        ),
        (r#"sells_at: "1d4""#, "dice", "sells_at"),
        ("sells_at: inf", "bad-number", "sells_at"),
        (r#"sells_at: "2 +""#, "formula", ""),
        ("buys_at: true", "wrong-value", "a formula in quotes"),
        (
            r#"buys_at: "t:body.strenght""#,
            "unknown-stat",
            "body.strenght",
        ),
    ] {
        let found = errors("shops/a.ron", &shop(text));
        let fits =
            |d: &Diagnostic| d.code == code && d.message.contains(needle) && d.place.is_some();
        assert!(found.iter().any(fits), "{text}\n{found:#?}");
    }
    for (path, text, code, needle) in [
        ("shops/b.ron", r#"{ "nobody": () }"#, "no-kit", "m:nobody"),
        (
            "stations/a.ron",
            r#"{ "merchant": (name: "Bench", kinds: ["bench"], fee: inf) }"#,
            "bad-number",
            "fee",
        ),
        (
            "stations/a.ron",
            r#"{ "merchant": (name: "Bench", kinds: ["bench"], fee: true) }"#,
            "wrong-value",
            "a formula in quotes",
        ),
        (
            "loot_tables/a.ron",
            r#"{ "x": (entries: [(item: "axe", count: true)]) }"#,
            "wrong-value",
            "throw dice",
        ),
    ] {
        let found = errors(path, text);
        let fits =
            |d: &Diagnostic| d.code == code && d.message.contains(needle) && d.place.is_some();
        assert!(found.iter().any(fits), "{text}\n{found:#?}");
    }
}

const FAVOUR: &str = r#"{ "favour": (name: "Favour", stats: {
    "liking": (name: "Liking", min: -100, max: 100, default: 0),
}) }"#;

fn favours(pack: &MemorySource, axis: &str) {
    pack.set("m", "stats/a.ron", FAVOUR);
    pack.set(
        "m",
        "relations/a.ron",
        r#"{ "esteem": (name: "Esteem", set: "favour") }"#,
    );
    let shop = format!(
        r#"{{ "merchant": (
            sells_at: "1.2 - 0.005 * standing",
            stock: [(item: "blade")],
            standing: (bond: "esteem", axis: "{axis}"),
        ) }}"#
    );
    pack.set("m", "shops/a.ron", shop);
}

#[test]
fn a_merchant_is_kind_to_friends() {
    let (mut rig, _) = open(|pack| favours(pack, "liking"));
    let (shop, _) = rig.merchant();
    let (ann, me) = rig.hero(ANN);
    let blade = rig.stack(shop, "blade");
    let price = |rig: &Rig| rig.price(shop, ann, blade, Side::Buy, 1).unwrap().total;
    assert_eq!(price(&rig), 60, "of a stranger nothing is known");
    for (liking, expected) in [(40.0, 50), (-40.0, 70), (0.0, 60)] {
        let done = rig.app.world_mut().transact("test.meet", |txn| {
            let (bond, axis) = (Bond::of(me, "m:esteem"), StatId::of("m:favour.liking"));
            relations::set(txn, shop, bond, axis, Some(liking), &Reason::code("met"))
        });
        done.unwrap();
        assert_eq!(price(&rig), expected, "{liking}");
    }
}

/// A customer's client knows what is thought of the customer, and so the price, without knowing
/// what the merchant thinks of anybody else.
#[test]
fn a_customer_knows_the_price_without_the_merchants_mind() {
    let (mut rig, _) = open(|pack| favours(pack, "liking"));
    let (shop, uid) = rig.merchant();
    let (ann, me) = rig.hero(ANN);
    let (bob, his) = rig.hero(BOB);
    rig.act(ANN, me, &OpenContainer { container: uid }).unwrap();
    let done = rig.app.world_mut().transact("test.meet", |txn| {
        for (who, liking) in [(me, 40.0), (his, -40.0)] {
            let (bond, axis) = (Bond::of(who, "m:esteem"), StatId::of("m:favour.liking"));
            relations::set(txn, shop, bond, axis, Some(liking), &Reason::code("met"))?;
        }
        Ok(())
    });
    done.unwrap();
    rig.tick();
    let blade = rig.stack(shop, "blade");
    let prices = |rig: &mut Rig| {
        let price = |rig: &Rig, who| rig.price(shop, who, blade, Side::Buy, 1).unwrap().total;
        let host = [price(rig, ann), price(rig, bob)];
        // What is the merchant's own is not sent to customers.
        let mind = rig.app.world_mut().entity_mut(shop).take::<Relations>();
        let client = [price(rig, ann), price(rig, bob)];
        rig.app.world_mut().entity_mut(shop).insert(mind.unwrap());
        (host, client)
    };
    assert_eq!(prices(&mut rig), ([50, 70], [50, 60]), "Bob is not there");
    rig.act(BOB, his, &OpenContainer { container: uid })
        .unwrap();
    rig.tick();
    assert_eq!(prices(&mut rig), ([50, 70], [50, 70]));
    let close = CloseContainer { container: uid };
    rig.act(ANN, me, &close).unwrap();
    rig.act(BOB, his, &close).unwrap();
    rig.tick();
    assert_eq!(prices(&mut rig), ([50, 70], [60, 60]), "closed");
}

#[test]
fn what_a_merchant_thinks_of_has_a_name() {
    let (mut rig, pack) = open(|pack| favours(pack, "liking"));
    favours(&pack, "likign");
    let found = rig.app.load_content_now().unwrap_err();
    let fits = |d: &Diagnostic| d.code == "no-axis" && d.message.contains("likign");
    assert!(found.iter().any(fits), "{found:#?}");
}

/// Somebody who was here before the shop was written opens it; new goods begin and cease to come.
#[test]
fn a_shop_opens_and_changes_while_the_game_runs() {
    let (mut rig, pack) = open(|pack| pack.set("m", "shops/a.ron", "{}"));
    let (shop, uid) = rig.merchant();
    let due = |rig: &Rig| {
        rig.app
            .world()
            .get::<Shop>(shop)
            .map(|shop| shop.restock_at)
    };
    assert_eq!(due(&rig), None, "no shop yet");
    let reload = |rig: &mut Rig, text: &str| {
        pack.set("m", "shops/a.ron", text);
        rig.app.load_content_now().unwrap();
    };
    reload(
        &mut rig,
        r#"{ "merchant": (stock: [(item: "blade", count: 2)], till: 20) }"#,
    );
    assert_eq!((due(&rig), rig.has(shop, "blade")), (Some(None), 2));
    assert_eq!(rig.purse(shop), 20);
    let (_, me) = rig.hero(ANN);
    rig.act(ANN, me, &OpenContainer { container: uid }).unwrap();
    reload(
        &mut rig,
        r#"{ "merchant": (stock: [(item: "blade", count: 3)], restock: 2) }"#,
    );
    let at = due(&rig).unwrap().expect("new goods will come");
    assert_eq!(rig.has(shop, "blade"), 2, "but not at once");
    while rig.app.world().resource::<RulesClock>().tick <= at {
        rig.tick();
    }
    assert_eq!(rig.has(shop, "blade"), 3);
    reload(
        &mut rig,
        r#"{ "merchant": (stock: [(item: "blade", count: 9)]) }"#,
    );
    assert_eq!(due(&rig), Some(None));
    for _ in 0..100 {
        rig.tick();
    }
    assert_eq!(rig.has(shop, "blade"), 3, "and now none come");
    rig.check_conserved();
}

/// What was sold to a shop stays for as long as it can be bought back, and no longer.
#[test]
fn new_goods_do_not_push_out_what_can_be_bought_back() {
    let (mut rig, _) = open(|_| {});
    let (shop, uid) = rig.merchant();
    let (ann, me) = rig.hero(ANN);
    rig.act(ANN, me, &OpenContainer { container: uid }).unwrap();
    let axe = rig.get(ann, "axe", 1);
    let price = rig.price(shop, ann, axe, Side::Sell, 1).unwrap().total;
    let sell = SellItem {
        shop: uid,
        item: axe,
        count: 1,
        price,
    };
    rig.act(ANN, me, &sell).unwrap();
    let again = |rig: &mut Rig| {
        let world = rig.app.world_mut();
        world.transact("test", |txn| restock(txn, shop)).unwrap();
        rig.has(shop, "axe")
    };
    assert_eq!(again(&mut rig), 1);
    // Thirty seconds.
    for _ in 0..30 * 20 + 1 {
        rig.tick();
    }
    assert_eq!(again(&mut rig), 0);
    rig.check_worth();
}
