//! The purse.

use wayfarer_inventory::actions::{ExchangeCoins, TidyPurse};

use super::*;
use crate::{
    intent::Ask,
    model::inventory::{CoinModel, MoneyModel},
};

fn coin(name: &str, worth: u64, count: u64) -> CoinModel {
    CoinModel {
        def: DefId::of(name),
        name: name.into(),
        worth,
        count,
    }
}

/// 250 copper and a silver coin; gold is worth a hundred, silver ten.
fn purse() -> Stage {
    let mut stage = stage();
    let mut copper = item(50, "Copper", 250);
    copper.max_stack = 1000;
    stage.model.own.compartments[0].items.push(copper);
    stage.model.money = Some(MoneyModel {
        text: "2 gp 6 sp".into(),
        coins: vec![
            coin("Gold", 100, 0),
            coin("Silver", 10, 1),
            coin("Copper", 1, 250),
        ],
        changes: true,
        tidy: false,
    });
    stage.state.selected = Some(uid(50));
    stage
}

#[test]
fn coins_become_others() {
    let mut harness = play(purse());
    assert!(harness.query_by_label("Change into Copper …").is_none());
    harness.get_by_label("Change into Gold …").click();
    harness.run();
    harness.get_by_label("200 × Copper ➡ 2 × Gold");
    harness.state_mut().state.exchange.as_mut().unwrap().times = 1;
    harness.run();
    harness.get_by_label("100 × Copper ➡ 1 × Gold");
    harness.get_by_label("OK").click();
    harness.run();
    let change = ExchangeCoins {
        from: DefId::of("Copper"),
        count: 100,
        into: DefId::of("Gold"),
    };
    let asked = Ask::of(&change).about(Subject::Item(uid(50)));
    assert_eq!(harness.state().intents, [asked.into()]);
    assert_eq!(harness.state().state.exchange, None);
}

#[test]
fn too_few_coins_and_nobody_to_change_them() {
    let mut stage = purse();
    let money = stage.model.money.as_mut().unwrap();
    money.coins[2].count = 60;
    let mut harness = play(stage);
    let button = harness.get_by_label("Change into Gold …");
    assert!(button.accesskit_node().is_disabled());
    button.hover();
    harness.run_steps(60);
    harness.get_by_label("It takes at least 100 × Copper.");
    let silver = harness.get_by_label("Change into Silver …");
    assert!(!silver.accesskit_node().is_disabled());
    harness.state_mut().model.money.as_mut().unwrap().changes = false;
    harness.run();
    for label in ["Change into Silver …", "Tidy purse"] {
        let button = harness.get_by_label(label);
        assert!(button.accesskit_node().is_disabled(), "{label}");
    }
    // What is no money is not changed.
    harness.state_mut().state.selected = Some(uid(10));
    harness.run();
    assert!(harness.query_by_label("Change into Silver …").is_none());
}

#[test]
fn a_purse_is_tidied_once() {
    let mut harness = play(purse());
    harness.get_by_label("Money: 2 gp 6 sp");
    harness.get_by_label("Tidy purse").click();
    harness.run();
    let asked = Ask::of(&TidyPurse).about(Subject::Holder(uid(1)));
    assert_eq!(harness.state().intents, [asked.into()]);
    harness.state_mut().model.money.as_mut().unwrap().tidy = true;
    harness.run();
    let button = harness.get_by_label("Tidy purse");
    assert!(button.accesskit_node().is_disabled());
    button.hover();
    harness.run_steps(60);
    harness.get_by_label("Your coins are as few as can be.");
}
