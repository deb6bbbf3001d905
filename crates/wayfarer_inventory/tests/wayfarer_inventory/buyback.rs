//! Selling, and buying back what was sold.

use wayfarer_inventory::{prelude::*, rules::Side, shop::Shop};

use crate::{
    rig::{ANN, BOB},
    shops::{Stall, stall},
};

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
