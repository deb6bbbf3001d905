#![allow(clippy::unwrap_used, reason = "tests")]

use bevy_egui::egui::accesskit::Role;
use egui_kittest::{Harness, kittest::Queryable as _};

use super::*;
use crate::model::{
    Viewed,
    effects::ChangeRow,
    packages::{PackModel, Setting, StatInfo},
};

type Stage = (PackagesModel, PackagesState, Vec<Intent>);

fn play(model: PackagesModel) -> Harness<'static, Stage> {
    let mut harness = Harness::builder().with_size([900.0, 700.0]).build_ui_state(
        |ui, (model, state, intents): &mut Stage| packages_panel(ui, model, state, intents),
        (model, PackagesState::default(), Vec::new()),
    );
    harness.run();
    harness
}

fn model() -> PackagesModel {
    let strength = StatInfo {
        id: DefId(1),
        name: "Strength".into(),
        min: 0.0,
        max: 30.0,
        default: Some(10.0),
        tiers: vec![("weak".into(), 0.0), ("strong".into(), 15.0)],
        ..StatInfo::default()
    };
    let modifier = StatInfo {
        id: DefId(2),
        name: "Modifier".into(),
        min: f32::NEG_INFINITY,
        max: f32::INFINITY,
        formula: Some("strength / 2".into()),
        derivations: vec!["Feelings".into()],
        ..StatInfo::default()
    };
    let attributes = SetInfo {
        id: DefId(10),
        name: "Attributes".into(),
        key: "core:attributes".into(),
        description: "What the body can.".into(),
        stats: vec![strength, modifier],
        levels: vec![("Mighty".into(), "strength ≥ 20".into())],
        labels: vec![(
            "Bearing".into(),
            vec![("Upright".into(), "strength > 12".into())],
        )],
    };
    let mood = SetInfo {
        id: DefId(11),
        name: "Mood".into(),
        key: "core:mood".into(),
        ..SetInfo::default()
    };
    PackagesModel {
        viewed: Viewed {
            uid: wayfarer_core::id::Uid::new(9),
            name: "Sir Bors".into(),
            own: true,
            ..Viewed::default()
        },
        packs: [PackModel {
            title: "Core rules".into(),
            version: "core 0.1.0".into(),
            sets: vec![attributes, mood],
        }]
        .into(),
        settings: [(
            DefId(1),
            Setting {
                now: 12.0,
                min: 0.0,
                max: 30.0,
            },
        )]
        .into(),
        has: vec![DefId(10)],
        what_if: None,
    }
}

#[test]
fn a_set_is_shown_in_full() {
    let harness = play(model());
    for label in [
        "Core rules",
        "core:attributes",
        "What the body can.",
        "0 to 30",
        "Default 10",
        "weak 0, strong 15",
        "Formula: strength / 2",
        "Follows from: Feelings",
        "Mighty",
        "strength ≥ 20",
        "Bearing",
        "strength > 12",
    ] {
        harness.get_by_label(label);
    }
}

#[test]
fn a_slider_asks_what_if_and_can_be_reset() {
    let mut harness = play(model());
    let slider = harness.get_by_role_and_label(Role::Slider, "Strength");
    slider.focus();
    harness.run();
    harness.key_press(egui::Key::ArrowRight);
    harness.run();
    let tried = harness.state().1.tried.get(&DefId(1)).copied().unwrap();
    assert!(tried > 12.0 && tried <= 30.0, "{tried}");
    harness.state_mut().0.what_if = Some(WhatIfModel::Changes(vec![ChangeRow {
        stat: "Modifier".into(),
        before: 6.0,
        after: 10.0,
        tiers: None,
    }]));
    harness.run();
    harness.get_by_label("Modifier: 6 ➡ 10");
    harness.get_by_label("Reset").click();
    harness.run();
    assert!(harness.state().1.tried.is_empty());
    assert!(harness.query_by_label("Modifier: 6 ➡ 10").is_none());
    assert_eq!(harness.state().2, [], "nothing is asked of the host");
}

#[test]
fn what_cannot_be_says_so() {
    let mut harness = play(model());
    harness.state_mut().1.tried.insert(DefId(1), 20.0);
    harness.state_mut().0.what_if = Some(WhatIfModel::Refused("too many stats".into()));
    harness.run();
    harness.get_by_label("too many stats");
}

#[test]
fn sets_are_found_by_their_stats_and_chosen() {
    let mut harness = play(model());
    harness.state_mut().1.search = "modif".into();
    harness.run();
    assert!(harness.query_by_label("Mood").is_none());
    harness.state_mut().1.search.clear();
    harness.run();
    harness.get_by_label("Mood").click();
    harness.run();
    harness.get_by_label("core:mood");
    harness.get_by_label("Sir Bors does not have this set.");
}

#[test]
fn without_content_nothing_is_found() {
    let empty = play(PackagesModel::default());
    assert!(empty.get_all_by_label("Nothing found.").next().is_some());
}

#[test]
fn open_ends_of_tiers_are_finite() {
    for (tiers, max) in [
        (vec![], f32::INFINITY),
        (vec![5.0], f32::INFINITY),
        (vec![0.0, 10.0], f32::INFINITY),
        (vec![0.0, 10.0], 100.0),
        (vec![-5.0, 200.0], 200.0),
    ] {
        let info = StatInfo {
            max,
            tiers: tiers.iter().map(|from| (String::new(), *from)).collect(),
            ..StatInfo::default()
        };
        let ends = tiers::ends(&info);
        assert_eq!(
            ends.len(),
            if tiers.is_empty() { 0 } else { tiers.len() + 1 }
        );
        assert!(ends.iter().all(|end| end.is_finite()), "{ends:?}");
        assert!(ends.windows(2).all(|two| two[0] < two[1]), "{ends:?}");
    }
}
