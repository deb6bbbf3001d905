use egui_kittest::{Harness, kittest::Queryable as _};

use super::*;

type Stage = (HistoryModel, HistoryPanel, Vec<Intent>);

fn play(model: HistoryModel) -> Harness<'static, Stage> {
    let mut harness = Harness::builder().with_size([800.0, 400.0]).build_ui_state(
        |ui, (model, state, intents): &mut Stage| history_panel(ui, model, state, intents),
        (model, HistoryPanel::default(), Vec::new()),
    );
    harness.run();
    harness
}

fn model() -> HistoryModel {
    HistoryModel {
        now: Now {
            tick: 2_400,
            hz: 20.0,
        },
        things: vec![
            (Uid::new(7).unwrap(), "Iron sword".into()),
            (Uid::new(9).unwrap(), "Old map".into()),
        ],
        chosen: None,
        feedback: crate::model::Feedback::default(),
        lines: Some(vec![HistoryRow {
            tick: 1_200,
            what: "picked up".into(),
            details: vec!["40 ➡ 70 %".into(), "for 3 gp".into()],
            who: "Sir Bors".into(),
            from: "on the ground".into(),
            to: "Sir Bors".into(),
        }]),
    }
}

#[test]
fn choosing_a_thing_asks_for_its_history() {
    let mut harness = play(model());
    harness.get_by_label("Choose a thing on the left to see what it has been through.");
    harness.get_by_label("Iron sword").click();
    harness.run();
    let item = Uid::new(7).unwrap();
    let asked = Ask::of(&AskHistory { item }).about(Subject::Item(item));
    assert_eq!(harness.state().2, [asked.into()]);
    for label in [
        "1 min 0 s ago",
        "picked up",
        "40 ➡ 70 %, for 3 gp",
        "by Sir Bors",
        "on the ground ➡ Sir Bors",
    ] {
        harness.get_by_label(label);
    }
}

#[test]
fn what_has_no_history_says_so() {
    let mut harness = play(HistoryModel {
        lines: Some(Vec::new()),
        ..model()
    });
    harness.state_mut().1.chosen = Uid::new(9);
    harness.state_mut().1.search = "map".into();
    harness.run();
    harness.get_by_label("Nothing has happened to it yet.");
    assert!(harness.query_by_label("Iron sword").is_none());
    play(HistoryModel::default()).get_by_label(
        "You carry nothing that has a history. Weapons, armour and other single things have one; \
         what stacks has none.",
    );
}
