#![allow(clippy::unwrap_used, reason = "tests")]

use egui_kittest::{Harness, kittest::Queryable as _};
use wayfarer_core::action::Action;
use wayfarer_inventory::{
    actions::{AcceptTrade, AnswerTrade, AskTrade, CancelTrade, OfferTrade},
    trade::TradePhase,
};

use super::*;
use crate::{intent::Ask, model::Subject};

mod world;

type Stage = (TradeModel, TradePanel, Vec<Intent>);

fn play(model: TradeModel) -> Harness<'static, Stage> {
    let mut harness = Harness::builder().with_size([800.0, 600.0]).build_ui_state(
        |ui, (model, panel, intents): &mut Stage| panel.show(ui, model, intents),
        (model, TradePanel::default(), Vec::new()),
    );
    harness.run();
    harness
}

fn uid(raw: u64) -> Uid {
    Uid::new(raw).unwrap()
}

fn row(raw: u64, name: &str, count: u32) -> OfferRow {
    OfferRow {
        uid: uid(raw),
        name: name.into(),
        count,
        inside: Vec::new(),
        description: "Something.".into(),
        refusal: None,
    }
}

fn model(phase: TradePhase) -> TradeModel {
    let mut bag = row(5, "Satchel", 1);
    bag.inside = vec!["Axe".into()];
    TradeModel {
        trade: Some(TradeView {
            uid: uid(9),
            phase,
            revision: 4,
            asked_by_me: false,
            with: "Bob".into(),
            own: OfferSide {
                items: vec![row(1, "Blade", 1)],
                worth: "50 gp".into(),
                ..OfferSide::default()
            },
            other: OfferSide {
                items: vec![bag],
                amount: 30,
                money: "30 gp".into(),
                worth: "130 gp".into(),
                agreed: true,
            },
            failed: None,
            bags: vec![row(2, "Herb", 6)],
            purse: 100,
        }),
        ..TradeModel::default()
    }
}

fn ask<A: Action>(action: &A) -> Intent {
    Ask::of(action).about(Subject::Holder(uid(9))).into()
}

#[track_caller]
fn click(harness: &mut Harness<'static, Stage>, label: &str, wanted: Intent) {
    harness.get_by_label(label).click();
    harness.run();
    assert_eq!(
        harness.state_mut().2.drain(..).collect::<Vec<_>>(),
        [wanted]
    );
}

#[test]
fn a_question_is_answered() {
    let mut harness = play(model(TradePhase::Asked));
    assert!(harness.query_by_label("Bob would like to trade.").is_some());
    let trade = uid(9);
    click(
        &mut harness,
        "Trade",
        ask(&AnswerTrade { trade, yes: true }),
    );
    click(
        &mut harness,
        "No, thank you",
        ask(&AnswerTrade { trade, yes: false }),
    );
    harness.state_mut().0.trade.as_mut().unwrap().asked_by_me = true;
    harness.run();
    assert!(
        harness
            .query_by_label("Bob has not answered yet.")
            .is_some()
    );
    click(&mut harness, "Cancel", ask(&CancelTrade { trade }));
}

#[test]
fn both_sides_are_shown_and_offers_change() {
    let mut harness = play(model(TradePhase::Offer));
    for text in [
        "You give",
        "Bob gives",
        "Satchel",
        "1 inside",
        "Money: 30 gp",
        "agrees",
        "has not agreed yet",
        "Worth about 130 gp",
    ] {
        assert!(harness.query_by_label(text).is_some(), "{text}");
    }
    let trade = uid(9);
    let offer = |items: Vec<(Uid, u32)>| {
        ask(&OfferTrade {
            trade,
            items,
            money: 0,
        })
    };
    click(&mut harness, "Take Blade back", offer(vec![]));
    click(
        &mut harness,
        "Offer Herb ×6",
        offer(vec![(uid(1), 1), (uid(2), 6)]),
    );
    harness.state_mut().1.money = 25;
    harness.run();
    let items = vec![(uid(1), 1)];
    click(
        &mut harness,
        "Offer this much",
        ask(&OfferTrade {
            trade,
            items,
            money: 25,
        }),
    );
}

/// The agreement names what is on the screen, in both phases; and only once.
#[test]
fn agreeing_names_what_is_shown() {
    for (phase, label) in [
        (TradePhase::Offer, "Agree"),
        (TradePhase::Review, "Agree for good"),
    ] {
        let mut harness = play(model(phase));
        let accept = AcceptTrade {
            trade: uid(9),
            phase,
            revision: 4,
        };
        click(&mut harness, label, ask(&accept));
        harness.state_mut().0.trade.as_mut().unwrap().own.agreed = true;
        harness.run();
        harness.get_by_label(label).click();
        harness.run();
        assert!(harness.state().2.is_empty(), "agreed already");
        harness.get_by_label(label).hover();
        harness.run_steps(60);
        harness.get_by_label("You have agreed. Now it is up to Bob.");
    }
}

#[test]
fn why_it_could_not_be_done_is_said() {
    let mut model = model(TradePhase::Offer);
    model.trade.as_mut().unwrap().failed = Some("There is no room for it.".into());
    let harness = play(model);
    assert!(harness.query_by_label("There is no room for it.").is_some());
}

#[test]
fn who_is_near_can_be_asked() {
    let partners = vec![(uid(7), "Tamsin".into())];
    let mut harness = play(TradeModel {
        partners,
        ..TradeModel::default()
    });
    let wanted = Ask::of(&AskTrade { with: uid(7) }).about(Subject::Holder(uid(7)));
    click(&mut harness, "Ask Tamsin to trade", wanted.into());
    let harness = play(TradeModel::default());
    harness.get_by_label("Nobody is near to trade with. Walk up to another player or a merchant.");
}

#[test]
fn nothing_for_nothing_is_no_trade() {
    let mut empty = model(TradePhase::Offer);
    let trade = empty.trade.as_mut().unwrap();
    trade.own = OfferSide::default();
    trade.other = OfferSide::default();
    let mut harness = play(empty);
    harness.get_by_label("Agree").click();
    harness.get_by_label("Agree").hover();
    harness.run_steps(60);
    harness.get_by_label("Neither of you offers anything yet.");
    assert!(harness.state().2.is_empty());
    // One side is enough: that is a present.
    let trade = harness.state_mut().0.trade.as_mut().unwrap();
    trade.other.amount = 5;
    harness.run();
    harness.get_by_label("Agree").click();
    harness.run();
    assert_eq!(harness.state().2.len(), 1);
}

#[test]
fn what_can_not_be_offered_says_why() {
    let mut bound = model(TradePhase::Offer);
    let herb = &mut bound.trade.as_mut().unwrap().bags[0];
    herb.refusal = Some("Herb is yours alone.".into());
    let mut harness = play(bound);
    harness.get_by_label("Offer Herb ×6").click();
    harness.get_by_label("Offer Herb ×6").hover();
    harness.run_steps(60);
    harness.get_by_label("Herb is yours alone.");
    assert!(harness.state().2.is_empty());
}
