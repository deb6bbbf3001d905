#![allow(clippy::unwrap_used, reason = "tests")]

use egui_kittest::{Harness, kittest::Queryable as _};
use wayfarer_core::id::DefId;
use wayfarer_equipment::{
    prelude::{DisenchantItem, EnchantItem, IdentifyBy, IdentifyItem, RemoveEnchantment},
    rules::outcome::{Edges, sacrifice_odds},
};

use super::*;
use crate::model::enchanting::{
    ChosenGear, GearLine, LayOdds, OnGear, SacrificeOdds, ToLay, Unknown,
};

type Stage = (EnchantingModel, EnchantingPanel, Vec<Intent>);

const KEEN: DefId = DefId(7);

fn uid(n: u64) -> Uid {
    Uid::new(n).unwrap()
}

fn play(model: EnchantingModel) -> Harness<'static, Stage> {
    let mut harness = Harness::builder()
        .with_size([1100.0, 800.0])
        .build_ui_state(
            |ui, (model, state, intents): &mut Stage| enchanting_panel(ui, model, state, intents),
            (model, EnchantingPanel::default(), Vec::new()),
        );
    harness.run();
    harness
}

fn odds() -> LayOdds {
    LayOdds {
        chance: 0.65,
        power: (65, 80.0, 95),
        price: "2 gp".into(),
        failed: "1 gp".into(),
        materials: "3 × Dust".into(),
        lose: 0.5,
        seconds: 20.0,
        renews: false,
    }
}

fn chosen() -> ChosenGear {
    let edges = Edges {
        partial: 0.2,
        safe: 0.5,
        destroyed: 0.9,
    };
    ChosenGear {
        uid: uid(3),
        name: "Magical blade".into(),
        station: Some(uid(9)),
        used: Some(1),
        slots: 2,
        on_it: vec![OnGear {
            def: KEEN,
            name: "Keen edge".into(),
            power: 80,
            stability: 75,
            left: String::new(),
            sacrifice: Ok(SacrificeOdds {
                odds: sacrifice_odds(0.5, edges, 0.01),
                known: false,
                progress: 0,
            }),
            lift: Ok("5 sp".into()),
        }],
        to_lay: vec![ToLay {
            def: DefId(8),
            name: "Ember heart".into(),
            description: "Warm.".into(),
            kind: "Military · Elements".into(),
            own: Ok(odds()),
            keeper: Some(Err("Insufficient funds.".into())),
        }],
        unknown: None,
        attuned: None,
    }
}

fn model() -> EnchantingModel {
    EnchantingModel {
        present: true,
        place: Some("Ysolde".into()),
        items: vec![
            GearLine {
                uid: uid(3),
                name: "Magical blade".into(),
                worn: true,
            },
            GearLine {
                uid: uid(4),
                name: "Cap".into(),
                worn: false,
            },
        ],
        chosen: Some(chosen()),
        ..EnchantingModel::default()
    }
}

fn asked<A: wayfarer_core::action::Action>(item: u64, action: &A) -> Vec<Intent> {
    vec![ask(uid(item), action)]
}

#[test]
fn the_odds_stand_there_before_anything_is_asked() {
    let harness = play(model());
    harness.get_by_label(
        "Chance 65 % · Power 65 to 95, 80 on average · costs 2 gp, 1 gp on failure · \
         3 × Dust (lost in 50 % of failures) · 20 s",
    );
    harness.get_by_label(
        "Learned 50 % · Half understood 10 % · Nothing happens 15 % · Lost 20 % · Disaster 5 %",
    );
    assert!(harness.state().2.is_empty());
}

#[test]
fn things_are_chosen() {
    let mut harness = play(model());
    harness.get_by_label("Cap").click();
    harness.run();
    assert_eq!(harness.state().1.chosen, Some(uid(4)));
}

#[test]
fn laying_asks_and_what_cannot_be_says_why() {
    let mut harness = play(model());
    harness.get_by_label("Enchant with Ember heart").click();
    harness
        .get_by_label("Have Ysolde enchant it with Ember heart")
        .click();
    harness.get_by_label("Insufficient funds.");
    harness.run();
    let action = EnchantItem {
        item: uid(3),
        enchantment: DefId(8),
        station: Some(uid(9)),
        keeper: false,
    };
    assert_eq!(harness.state().2, asked(3, &action));
}

/// One thing at a time; what takes no time can still be done.
#[test]
fn whoever_works_begins_nothing_else() {
    let mut busy = model();
    busy.working = Some(("Enchanting".into(), 0.5));
    let mut harness = play(busy);
    harness.get_by_label("Enchant with Ember heart").click();
    harness.get_by_label("Enchant with Ember heart").hover();
    harness.run_steps(60);
    let why = "Finish or stop what you are doing first.";
    assert!(harness.query_all_by_label(why).next().is_some());
    assert!(harness.state().2.is_empty());
}

#[test]
fn taking_apart_asks_twice() {
    let mut harness = play(model());
    harness
        .get_by_label("Take it apart to learn Keen edge …")
        .click();
    harness.run();
    assert!(harness.state().2.is_empty(), "one click only warns");
    harness
        .get_by_label("Really take it apart for Keen edge? It may be lost.")
        .click();
    harness.run();
    let action = DisenchantItem {
        item: uid(3),
        enchantment: KEEN,
        station: Some(uid(9)),
    };
    assert_eq!(harness.state().2, asked(3, &action));
}

#[test]
fn taking_off_is_one_click() {
    let mut harness = play(model());
    harness.get_by_label("Remove Keen edge (5 sp)").click();
    harness.run();
    let action = RemoveEnchantment {
        item: uid(3),
        enchantment: KEEN,
        station: Some(uid(9)),
    };
    assert_eq!(harness.state().2, asked(3, &action));
}

#[test]
fn secrets_are_found_out() {
    let mut unknown = model();
    unknown.chosen = Some(ChosenGear {
        used: None,
        on_it: Vec::new(),
        to_lay: Vec::new(),
        unknown: Some(Unknown {
            known: 1,
            steps: 3,
            study: Ok((0.25, 20.0)),
            station: Some((uid(9), Err("Nobody here knows more.".into()))),
            helpers: vec![(uid(5), "Scroll of insight".into())],
        }),
        attuned: Some((false, None)),
        ..chosen()
    });
    let mut harness = play(unknown);
    harness.get_by_label("You know 1 of its 3 secrets.");
    harness.get_by_label("Nobody here knows more.");
    harness.get_by_label("Study it (25 %, 20 s)").click();
    harness.run();
    let study = IdentifyItem {
        item: uid(3),
        by: IdentifyBy::Study,
    };
    assert_eq!(harness.state().2, asked(3, &study));
    harness.state_mut().2.clear();
    harness.get_by_label("Use Scroll of insight").click();
    harness.run();
    let scroll = IdentifyItem {
        item: uid(3),
        by: IdentifyBy::Helper(uid(5)),
    };
    assert_eq!(harness.state().2, asked(3, &scroll));
    harness.state_mut().2.clear();
    harness.get_by_label("Attune").click();
    harness.run();
    let attune = wayfarer_equipment::prelude::AttuneItem { item: uid(3) };
    assert_eq!(harness.state().2, asked(3, &attune));
}

#[test]
fn nothing_to_show() {
    let harness = play(EnchantingModel::default());
    harness.get_by_label("There is no character here yet.");
    let empty = EnchantingModel {
        present: true,
        ..EnchantingModel::default()
    };
    let harness = play(empty);
    harness.get_by_label("You have nothing to enchant");
    harness
        .get_by_label("You are at no place for enchanting. Walk up to an enchanter and press E.");
}
