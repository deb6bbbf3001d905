#![allow(clippy::unwrap_used, reason = "tests")]

use egui_kittest::{Harness, kittest::Queryable as _};

use super::*;
use crate::model::effects::ChangeRow;

type Stage = (RepairModel, RepairPanel, Vec<Intent>);

fn play(model: RepairModel) -> Harness<'static, Stage> {
    let mut harness = Harness::builder().with_size([500.0, 900.0]).build_ui_state(
        |ui, (model, state, intents): &mut Stage| repair_panel(ui, model, state, intents),
        (model, RepairPanel::default(), Vec::new()),
    );
    harness.run();
    harness
}

fn uid(raw: u64) -> Uid {
    Uid::new(raw).unwrap()
}

fn model() -> RepairModel {
    let sword = RepairRow {
        item: Some(uid(1)),
        name: "Iron sword".into(),
        percent: 8.0,
        condition: "Broken".into(),
        urgency: "Critical".into(),
        pressing: true,
        points: 30.0,
        price: "3 gp".into(),
        reasons: vec!["Basic quality: +150".into()],
        chance: 67.5,
        botch: 4.0,
        rank: "Journeyman".into(),
        seconds: 71.5,
        materials: vec![("metal".into(), 2, 5), ("leather".into(), 1, 1)],
        back: vec![ChangeRow {
            stat: "Attack".into(),
            before: 10.0,
            after: 13.0,
            tiers: None,
        }],
        within: true,
        ..RepairRow::default()
    };
    let helm = RepairRow {
        item: Some(uid(2)),
        name: "Helm".into(),
        percent: 60.0,
        condition: "Worn".into(),
        urgency: "Minor".into(),
        price: "9 gp".into(),
        materials: vec![("metal".into(), 4, 3)],
        tool: Some(("master tools".into(), false)),
        refusal: Some("4 of metal are needed; there are 3.".into()),
        ..RepairRow::default()
    };
    RepairModel {
        somebody: true,
        place: "The old smithy".into(),
        station: Some(uid(9)),
        purse: "5 gp".into(),
        rows: vec![sword, helm],
        ..RepairModel::default()
    }
}

#[test]
fn everything_about_a_repair_is_shown() {
    let harness = play(model());
    for label in [
        "The old smithy",
        "You have 5 gp.",
        "Iron sword",
        "Broken: 8 of 100, Critical",
        "Restores 30 % in 72 s. Works with 67.5 %, does damage with 4 %.",
        "Material: 2 × metal (you have 5)",
        "Material: 1 × leather (you have 1)",
        "You get back:",
        "Attack: 10 ➡ 13",
        "Worn: 60 of 100, Minor",
        "Material: 4 × metal (you have 3)",
        "Tool: master tools (you have none)",
        "4 of metal are needed; there are 3.",
        "beyond the budget",
    ] {
        assert!(
            harness.query_all_by_label(label).next().is_some(),
            "{label}"
        );
    }
}

#[test]
fn a_click_asks_for_it_and_what_cannot_be_is_grey() {
    let mut harness = play(model());
    harness.get_by_label("Repair Iron sword for 3 gp").click();
    harness.get_by_label("Repair Helm for 9 gp").click();
    harness.run();
    let wanted = RepairItem {
        item: uid(1),
        station: Some(uid(9)),
        points: None,
        extras: false,
    };
    let ask = Ask::of(&wanted).about(Subject::Item(uid(1)));
    assert_eq!(harness.state().2, [ask.into()]);
}

#[test]
fn one_thing_at_a_time() {
    let mut model = model();
    model.working = Some("Repairing".into());
    let mut harness = play(model);
    harness.get_by_label("Repair Iron sword for 3 gp").click();
    harness.get_by_label("Repair Iron sword for 3 gp").hover();
    harness.run_steps(60);
    harness.get_by_label("Finish or stop what you are doing first.");
    harness.get_by_label("Stop").click();
    harness.run();
    assert_eq!(harness.state().2, [Ask::of(&StopWork).into()]);
    harness.get_by_label("At work: Repairing");
}

#[test]
fn a_refusal_shows_at_its_thing() {
    let mut model = model();
    model.feedback.flashes.push(crate::model::feedback::Flash {
        subject: Subject::Item(uid(1)),
        text: "It costs more by now.".into(),
        age: std::time::Duration::ZERO,
    });
    play(model).get_by_label("It costs more by now.");
}

#[test]
fn nothing_is_damaged_and_nobody_is_there() {
    let mut whole = model();
    whole.rows.clear();
    whole.place.clear();
    let harness = play(whole);
    assert!(
        harness
            .query_all_by_label_contains("Nothing is damaged")
            .next()
            .is_some()
    );
    harness.get_by_label(
        "You are not at a forge or a workbench. Walk up to one and press E for what you cannot \
         repair here.",
    );
    play(RepairModel::default()).get_by_label("There is no character here yet.");
}

#[test]
fn a_budget_is_a_number() {
    for (typed, budget) in [("", None), (" 300 ", Some(300)), ("x", None), ("-4", None)] {
        let budget_of = RepairPanel {
            extras: BTreeSet::new(),
            budget: typed.into(),
        };
        assert_eq!(budget_of.budget(), budget, "{typed}");
    }
}

#[test]
fn finer_things_are_used_when_ticked() {
    let mut model = model();
    model.rows[0].extras = "Quality oil (+10 % chance, +5 % more at once)".into();
    let mut harness = play(model);
    let label = "Use Quality oil (+10 % chance, +5 % more at once)";
    harness.get_by_label(label).click();
    harness.run();
    assert!(harness.state().1.extras.contains(&uid(1)));
    // The model is built anew with it; the click asks for what was planned.
    harness.state_mut().0.rows[0].with_extras = true;
    harness.run();
    harness.get_by_label("Repair Iron sword for 3 gp").click();
    harness.run();
    let wanted = RepairItem {
        item: uid(1),
        station: Some(uid(9)),
        points: None,
        extras: true,
    };
    let ask = Ask::of(&wanted).about(Subject::Item(uid(1)));
    assert_eq!(harness.state().2, [ask.into()]);
    harness.get_by_label(label).click();
    harness.run();
    assert!(harness.state().1.extras.is_empty());
}
