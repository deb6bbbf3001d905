//! Merchants: prices with reasons, buying, selling, buying back, new goods.

use bevy::prelude::*;
use wayfarer_core::{action::HostWorldExt, prelude::*, state};
use wayfarer_inventory::{prelude::*, rules::Side, shop::Shop, value::PriceOp};
use wayfarer_stats::{
    StatId,
    actions::{PatchChange, PatchLayer, PatchStat},
    tags::{TagIndex, Tags},
};

use crate::{
    market::market,
    rig::{ANN, BOB, Rig},
};

pub struct Stall {
    pub rig: Rig,
    pub shop: (Entity, Uid),
    pub ann: (Entity, Uid),
}

pub fn stall() -> Stall {
    let mut rig = market();
    let shop = rig.merchant();
    let ann = rig.hero(ANN);
    let open = OpenContainer { container: shop.1 };
    rig.act(ANN, ann.1, &open).unwrap();
    Stall { rig, shop, ann }
}

impl Stall {
    pub fn buy(&self, name: &str, count: u32) -> BuyItem {
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

    pub fn sell(&self, item: Uid, count: u32) -> SellItem {
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

    pub fn refused<A: Action>(&mut self, action: &A) -> String {
        let refusal = self.rig.refused(ANN, self.ann.1, action);
        refusal.code.as_str().to_owned()
    }
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

/// Some merchants do not serve everybody: neither buying nor selling, whatever the price.
#[test]
fn who_is_not_welcome_is_not_served() {
    let mut rig = crate::market::market_with(|pack| {
        pack.set(
            "m",
            "shops/a.ron",
            r#"{ "merchant": (buys: ["weapon"], stock: [(item: "herb", count: 5)], till: 100,
                customers: (all: ["mighty"])) }"#,
        );
    });
    let shop = rig.merchant();
    let ann = rig.hero(ANN);
    rig.get(ann.0, "gold", 5);
    let axe = rig.get(ann.0, "axe", 1);
    rig.act(ANN, ann.1, &OpenContainer { container: shop.1 })
        .unwrap();
    let mut stall = Stall { rig, shop, ann };
    let buy = stall.buy("herb", 1);
    let sell = stall.sell(axe, 1);
    assert_eq!(stall.refused(&buy), "not_welcome");
    assert_eq!(stall.refused(&sell), "not_welcome");
    let content = stall.rig.app.world().resource::<ActiveContent>().0.clone();
    let index = content.derived::<TagIndex>().unwrap();
    let mighty = Tags::of(index, [DefId::of("m:mighty")]);
    stall.rig.app.world_mut().entity_mut(ann.0).insert(mighty);
    let buy = stall.buy("herb", 1);
    stall.rig.act(ANN, ann.1, &buy).unwrap();
    stall.rig.act(ANN, ann.1, &sell).unwrap();
    stall.rig.check_worth();
}
