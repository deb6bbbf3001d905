//! Paying, change, purses in bags, exchange.

use wayfarer_core::{action::HostWorldExt, prelude::*};
use wayfarer_inventory::{
    currency::{Money, coins_for, pay_whatever_fits},
    ext::{ItemExt, ItemExtAppExt},
    prelude::*,
};

use crate::{
    market::{m, market, market_with},
    rig::{ANN, BOB, Rig},
};

#[test]
fn a_price_is_paid_with_change() {
    let mut rig = market();
    let (ann, _) = rig.hero(ANN);
    let (bob, _) = rig.hero(BOB);
    rig.get(ann, "gold", 1);
    rig.get(bob, "copper", 80);
    rig.get(bob, "silver", 3);
    rig.pay(ann, 37, Some(bob)).unwrap();
    assert_eq!(rig.coins(ann), [0, 3, 33], "fewest coins come back");
    assert_eq!(rig.coins(bob), [1, 0, 47]);
    // Exactly what there is.
    rig.pay(ann, 63, Some(bob)).unwrap();
    assert_eq!((rig.purse(ann), rig.purse(bob)), (0, 210));
    let refusal = rig.pay(ann, 1, Some(bob)).unwrap_err();
    assert_eq!(refusal.code.as_str(), "insufficient_funds");
    rig.pay(ann, 0, Some(bob)).unwrap();
    rig.check_worth();
}

#[test]
fn a_coin_is_changed_when_nobody_has_change_and_used_up_money_has_its_line() {
    let mut rig = market();
    let (ann, _) = rig.hero(ANN);
    let (bob, _) = rig.hero(BOB);
    rig.get(ann, "gold", 2);
    rig.pay(ann, 37, Some(bob)).unwrap();
    assert_eq!((rig.coins(ann), rig.coins(bob)), ([1, 6, 3], [0, 3, 7]));
    rig.pay(ann, 70, None).unwrap();
    assert_eq!(rig.coins(ann), [0, 9, 3]);
    rig.check_worth();
}

#[test]
fn where_coins_are_not_broken_there_has_to_be_change() {
    let mut rig = market_with(|pack| {
        pack.set(
            "core",
            "pack.ron",
            r#"(name: "core", version: "0.1.0", depends: ["m"])"#,
        );
        pack.set(
            "core",
            "trade_rules/a.ron",
            r#"{ "default": (currency: "m:coins", break_coins: false) }"#,
        );
    });
    let (ann, me) = rig.hero(ANN);
    let (bob, _) = rig.hero(BOB);
    rig.get(ann, "gold", 1);
    let refusal = rig.pay(ann, 37, Some(bob)).unwrap_err();
    assert_eq!(refusal.code.as_str(), "no_change");
    rig.get(bob, "copper", 63);
    rig.pay(ann, 37, Some(bob)).unwrap();
    assert_eq!(rig.coins(ann), [0, 0, 63]);
    assert_eq!(rig.refused(ANN, me, &TidyPurse).code.as_str(), "no_change");
    rig.check_worth();
}

#[derive(serde::Serialize, serde::Deserialize, Debug)]
struct Engraved;
impl ItemExt for Engraved {
    const NAME: &'static str = "test.engraved";
}

#[test]
fn a_keepsake_is_no_money() {
    let mut rig = Rig::with(|app| {
        app.add_pack_source(crate::market::source())
            .register_item_ext::<Engraved>();
    });
    let (ann, _) = rig.hero(ANN);
    let gold = rig.get(ann, "gold", 1);
    let kind = Engraved::kind();
    let bytes = Some(serde_bytes::ByteBuf::new());
    let world = rig.app.world_mut();
    let op = wayfarer_inventory::ItemOp::SetExt {
        uid: gold,
        kind,
        bytes,
    };
    world
        .transact("test", |txn| txn.op::<Inventory>(ann, op))
        .unwrap();
    assert_eq!(rig.purse(ann), 0);
    assert_eq!(
        rig.pay(ann, 1, None).unwrap_err().code.as_str(),
        "insufficient_funds"
    );
}

/// The purse is full of one stack: the coin goes before its change comes, and what does not fit
/// is not paid.
#[test]
fn change_that_does_not_fit_is_not_paid_for() {
    let mut rig = market();
    let (poor, _) = rig.spawn((Character::new("m:poor"), Owner(ANN)));
    let (bob, _) = rig.hero(BOB);
    rig.get(poor, "silver", 1);
    rig.get(bob, "copper", 50);
    rig.pay(poor, 1, Some(bob)).unwrap();
    assert_eq!(rig.coins(poor), [0, 0, 9], "one stack for one stack");
    rig.pay(poor, 9, Some(bob)).unwrap();
    rig.get(poor, "gold", 1);
    // 99 in change are two stacks, and one pocket does not hold them.
    rig.get(bob, "silver", 9);
    let refusal = rig.pay(poor, 1, Some(bob)).unwrap_err();
    assert_eq!(refusal.code.as_str(), "exceeds_count");
    assert_eq!(rig.coins(poor), [1, 0, 0]);
    rig.check_worth();
}

#[test]
fn coins_are_exchanged_for_their_worth() {
    let mut rig = market();
    let (ann, me) = rig.hero(ANN);
    rig.get(ann, "gold", 2);
    rig.get(ann, "copper", 95);
    let exchange = |from: &str, count, into: &str| ExchangeCoins {
        from: m(from),
        count,
        into: m(into),
    };
    for (action, code) in [
        (exchange("gold", 0, "copper"), "invalid_amount"),
        (exchange("gold", 3, "copper"), "invalid_amount"),
        (exchange("gold", 1, "gold"), "invalid_amount"),
        (exchange("copper", 15, "silver"), "uneven"),
        (exchange("copper", 95, "gold"), "uneven"),
        (exchange("blade", 1, "gold"), "not_money"),
        (exchange("gold", 1, "unheard_of"), "not_money"),
    ] {
        let refusal = rig.refused(ANN, me, &action);
        assert_eq!(refusal.code.as_str(), code, "{action:?}");
    }
    assert_eq!(
        rig.act(ANN, me, &exchange("copper", 90, "silver")).unwrap(),
        9
    );
    assert_eq!(
        rig.act(ANN, me, &exchange("gold", 1, "silver")).unwrap(),
        10
    );
    assert_eq!(rig.coins(ann), [1, 19, 5]);
    rig.act(ANN, me, &TidyPurse).unwrap();
    assert_eq!(rig.coins(ann), [2, 9, 5]);
    rig.act(ANN, me, &TidyPurse).unwrap();
    assert_eq!(rig.purse(ann), 295);
    rig.check_worth();
}

#[test]
fn money_in_words() {
    let rig = market();
    let content = rig.app.world().resource::<ActiveContent>().0.clone();
    let money = Money::of(&content).unwrap();
    for (amount, text) in [
        (0, "0 c"),
        (7, "7 c"),
        (110, "1 g 1 s"),
        (1234, "12 g 3 s 4 c"),
    ] {
        assert_eq!(money.show(amount), text);
    }
    assert_eq!(coins_for(&content, 205), [(m("gold"), 2), (m("copper"), 5)]);
    // Without money everything costs too much, and nothing is free.
    let mut rig = Rig::new();
    let (ann, me) = rig.hero(ANN);
    assert_eq!(
        rig.pay(ann, 1, None).unwrap_err().code.as_str(),
        "insufficient_funds"
    );
    assert_eq!(rig.refused(ANN, me, &TidyPurse).code.as_str(), "not_found");
}

#[test]
fn mistakes_in_currencies_are_told() {
    for (coins, code) in [
        ("", "no-coins"),
        (r#"(item: "gold", worth: 10)"#, "bad-number"),
        (
            r#"(item: "gold", worth: 25), (item: "silver", worth: 10), (item: "copper", worth: 1)"#,
            "bad-number",
        ),
        (
            r#"(item: "gold", worth: 1), (item: "silver", worth: 1)"#,
            "bad-number",
        ),
        (
            r#"(item: "gold", worth: 10), (item: "gold", worth: 1)"#,
            "twice",
        ),
        (r#"(item: "gold", worth: 0)"#, "bad-number"),
    ] {
        let pack = crate::market::source();
        let text = format!(r#"{{ "coins": (name: "Coins", coins: [{coins}]) }}"#);
        pack.set("m", "currencies/a.ron", &text);
        let mut app = bevy::prelude::App::new();
        app.add_plugins((bevy::prelude::MinimalPlugins, InventoryPlugin))
            .add_pack_source(crate::rig::pack())
            .add_pack_source(pack);
        let found = app.load_content_now().unwrap_err();
        assert!(
            found.iter().any(|d| d.code == code && d.place.is_some()),
            "{coins}\n{found:#?}"
        );
    }
}

/// Coins in a bag are money too, and so is the change that comes back.
#[test]
fn coins_in_a_bag_count() {
    let mut rig = market();
    let (ann, _) = rig.hero(ANN);
    let (bob, _) = rig.hero(BOB);
    let bag = rig.get(ann, "satchel", 1);
    let gold = rig.get(ann, "gold", 1);
    rig.stow(ann, gold, bag);
    rig.get(ann, "copper", 4);
    assert_eq!(rig.purse(ann), 104);
    rig.pay(ann, 30, Some(bob)).unwrap();
    assert_eq!((rig.purse(ann), rig.purse(bob)), (74, 30));
    rig.check_worth();
}

/// What the dice have decided is paid, room or not: the change lies in the overflow.
#[test]
fn what_is_decided_is_paid() {
    let mut rig = market();
    let (poor, _) = rig.spawn((Character::new("m:poor"), Owner(ANN)));
    rig.get(poor, "gold", 2);
    let pay = |rig: &mut Rig, price, to| {
        let world = rig.app.world_mut();
        world.transact("test.pay", |txn| pay_whatever_fits(txn, poor, price, to))
    };
    // One pocket holds the gold that is left, and not the silver and the copper.
    let refusal = rig.pay(poor, 37, None).unwrap_err();
    assert_eq!(refusal.code.as_str(), "exceeds_count");
    pay(&mut rig, 37, None).unwrap();
    assert_eq!(rig.coins(poor), [1, 6, 3]);
    assert_eq!(rig.bag(poor).at(Place::Overflow).count(), 2);
    rig.check_worth();
    // Nor does it matter whether the payee has room; what overflowed is money like any other.
    let (other, _) = rig.spawn(Character::new("m:poor"));
    rig.get(other, "axe", 1);
    pay(&mut rig, 163, Some(other)).unwrap();
    assert_eq!((rig.purse(poor), rig.purse(other)), (0, 163));
    rig.check_worth();
    let refusal = pay(&mut rig, 1, Some(other)).unwrap_err();
    assert_eq!(refusal.code.as_str(), "insufficient_funds");
}
