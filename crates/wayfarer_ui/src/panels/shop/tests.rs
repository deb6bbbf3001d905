#![allow(clippy::unwrap_used, reason = "tests")]

use egui_kittest::{Harness, kittest::Queryable as _};
use wayfarer_inventory::{
    actions::{BuyItem, SellItem},
    value::{PriceLine, PriceOp},
};

use super::*;
use crate::model::feedback::Flash;

mod world;

type Stage = (ShopModel, ShopPanel, Vec<Intent>);

fn play(model: ShopModel) -> Harness<'static, Stage> {
    let mut harness = Harness::builder().with_size([800.0, 500.0]).build_ui_state(
        |ui, (model, panel, intents): &mut Stage| panel.show(ui, model, intents),
        (model, ShopPanel::default(), Vec::new()),
    );
    harness.run();
    harness
}

fn uid(raw: u64) -> Uid {
    Uid::new(raw).unwrap()
}

fn ware(raw: u64, name: &str, amount: u64) -> Ware {
    let line = |label: &str, op, amount| PriceLine {
        label: label.into(),
        op,
        amount,
        place: Some("shops/a.ron:3:5".into()),
    };
    Ware {
        uid: uid(raw),
        name: name.into(),
        has: 3,
        count: 1,
        price: PriceView {
            amount,
            text: format!("{amount} gp"),
            bought_back: false,
            lines: vec![
                line(name, PriceOp::Plus, 50.0),
                line("Asked here", PriceOp::Times, 1.2),
            ],
        },
        blocked: None,
    }
}

fn model() -> ShopModel {
    let mut dear = ware(2, "Plate", 900);
    dear.blocked = Some(Blocked::Purse("25 gp".into()));
    let mut back = ware(3, "Charm", 6);
    back.price.bought_back = true;
    ShopModel {
        shop: Some(ShopView {
            open: true,
            till: "300 gp".into(),
            purse: "25 gp".into(),
            wares: vec![ware(1, "Blade", 60), dear, back],
            own: vec![ware(4, "Rope", 1)],
            ..ShopView::new(uid(9), "Otto")
        }),
        ..ShopModel::default()
    }
}

#[test]
fn wares_are_bought_at_the_price_that_is_shown() {
    let mut harness = play(model());
    for text in [
        "You have 25 gp",
        "They have 300 gp",
        "Blade ×3",
        "Buy back 1 for 6 gp",
    ] {
        assert!(harness.query_by_label(text).is_some(), "{text}");
    }
    harness.get_by_label("Buy 1 for 60 gp").click();
    harness.run();
    harness.get_by_label("Sell 1 for 1 gp").click();
    harness.run();
    let buy = BuyItem {
        shop: uid(9),
        item: uid(1),
        count: 1,
        price: 60,
    };
    let sell = SellItem {
        shop: uid(9),
        item: uid(4),
        count: 1,
        price: 1,
    };
    let wanted: Vec<Intent> = vec![
        Ask::of(&buy)
            .about(Subject::Item(uid(1)))
            .done("Bought: Blade.")
            .into(),
        Ask::of(&sell)
            .about(Subject::Item(uid(4)))
            .done("Sold: Rope.")
            .into(),
    ];
    assert_eq!(harness.state().2, wanted);
}

#[test]
fn what_is_too_dear_can_not_be_clicked_and_says_why() {
    let mut model = model();
    let own = &mut model.shop.as_mut().unwrap().own;
    own[0].blocked = Some(Blocked::Till("0 gp".into()));
    let mut kept = ware(5, "Ring", 4);
    kept.blocked = Some(Blocked::Rules("Ring is yours alone.".into()));
    own.push(kept);
    let mut harness = play(model);
    for (label, why) in [
        ("Buy 1 for 900 gp", "You have only 25 gp."),
        ("Sell 1 for 1 gp", "They have only 0 gp."),
        ("Sell 1 for 4 gp", "Ring is yours alone."),
    ] {
        harness.get_by_label(label).click();
        harness.get_by_label(label).hover();
        harness.run_steps(60);
        assert!(harness.query_by_label(why).is_some(), "{label}: {why}");
    }
    assert!(harness.state().2.is_empty());
}

/// However long the names and the prices are.
#[test]
fn rows_stand_below_each_other() {
    let mut model = model();
    let shop = model.shop.as_mut().unwrap();
    let long = "A very long name of a blade that nobody could ever want to read in full";
    shop.wares.push(ware(7, long, 1));
    let harness = play(model);
    let rect = |label: &str| harness.get_by_label(label).rect();
    let first = rect("Buy 1 for 60 gp");
    for label in ["Buy 1 for 900 gp", "Buy back 1 for 6 gp", "Buy 1 for 1 gp"] {
        let other = rect(label);
        assert_eq!((other.left(), other.right()), (first.left(), first.right()));
    }
    let price = rect("60 gp");
    assert_eq!(rect("900 gp").right(), price.right());
    assert!(price.right() < first.left());
    assert!(rect("Blade ×3").right() <= price.left());
}

#[test]
fn coins_are_tidied_in_the_shop_if_there_is_anything_to_tidy() {
    let mut harness = play(model());
    harness.get_by_label("Tidy purse").click();
    harness.run();
    let asked = Ask::of(&wayfarer_inventory::actions::TidyPurse);
    assert_eq!(harness.state().2, [asked.into()]);
    harness.state_mut().0.shop.as_mut().unwrap().tidy = true;
    harness.run();
    harness.get_by_label("Tidy purse").click();
    harness.get_by_label("Tidy purse").hover();
    harness.run_steps(60);
    harness.get_by_label("Your coins are as few as can be.");
    assert_eq!(harness.state().2.len(), 1);
}

#[test]
fn pointing_at_a_price_explains_it() {
    let mut harness = play(model());
    harness.get_by_label("Buy 1 for 60 gp").hover();
    harness.run_steps(60);
    for text in ["Blade: +50", "Asked here: × 1.2"] {
        assert!(harness.query_by_label(text).is_some(), "{text}");
    }
}

#[test]
fn a_closed_shop_is_asked_once_and_a_refusal_is_shown() {
    let mut closed = model();
    closed.shop.as_mut().unwrap().open = false;
    let mut harness = play(closed);
    harness.run_steps(3);
    let open = OpenContainer { container: uid(9) };
    let asked: Intent = Ask::of(&open).about(Subject::Holder(uid(9))).into();
    assert_eq!(harness.state().2, [asked]);
    let flash = Flash {
        subject: Subject::Holder(uid(9)),
        text: "Too far away.".into(),
        age: std::time::Duration::ZERO,
    };
    harness.state_mut().0.feedback.flashes.push(flash);
    harness.run();
    assert!(harness.query_by_label("Too far away.").is_some());
    harness.state_mut().0.shop = None;
    harness.run();
    harness.get_by_label("No shop is open. Walk up to a merchant and press E.");
}
