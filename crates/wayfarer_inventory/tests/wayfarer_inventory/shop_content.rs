//! Shops: what authors are told.

use bevy::prelude::*;
use wayfarer_core::prelude::*;
use wayfarer_inventory::{prelude::*, rules::Side, value::PriceOp};

use crate::{market::market_with, rig::ANN};

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
