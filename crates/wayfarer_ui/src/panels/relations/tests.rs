use egui_kittest::{Harness, kittest::Queryable as _};

use super::*;
use crate::model::Viewed;

type Stage = (RelationsModel, RelationsState, Vec<Intent>);

fn play(model: RelationsModel) -> Harness<'static, Stage> {
    let mut harness = Harness::builder().with_size([800.0, 500.0]).build_ui_state(
        |ui, (model, state, intents): &mut Stage| relations_panel(ui, model, state, intents),
        (model, RelationsState::default(), Vec::new()),
    );
    harness.run();
    harness
}

fn model() -> RelationsModel {
    let row = BondRow {
        other: Uid::new(7).unwrap(),
        kind: DefId(1),
        name: "Old priest".into(),
        kind_name: "Bond".into(),
        level: Some("Friends".into()),
    };
    RelationsModel {
        viewed: Viewed {
            uid: Uid::new(9),
            name: "Sir Bors".into(),
            own: true,
            ..Viewed::default()
        },
        now: Now {
            tick: 2_400,
            hz: 20.0,
        },
        bonds: vec![row.clone()],
        details: Some(BondDetails {
            row,
            description: "How one feels.".into(),
            axes: vec![AxisRow {
                name: "Affinity".into(),
                value: 35.0,
                min: -100.0,
                max: 100.0,
                tier: Some("Friend".into()),
                decay: Some((1.5, 10.0)),
                ..AxisRow::default()
            }],
            causes: vec![CauseRow {
                tick: 1_200,
                axis: "Affinity".into(),
                amount: 5.0,
                what: "gift: a cake".into(),
                who: "Sir Bors".into(),
                witnesses: vec!["The cook".into()],
            }],
        }),
    }
}

#[test]
fn a_bond_is_chosen_and_told_in_full() {
    let mut harness = play(model());
    harness.get_by_label("Choose one of the list.");
    harness.get_by_label("Old priest – Bond: Friends").click();
    harness.run();
    harness.get_by_label("Affinity: 35, Friend");
    for label in [
        "1.5 an hour towards 10",
        "1 min 0 s ago",
        "Affinity +5",
        "gift: a cake",
        "from Sir Bors",
        "Seen by The cook",
    ] {
        harness.get_by_label(label);
    }
}

#[test]
fn the_search_finds_names_and_levels() {
    let mut harness = play(model());
    for (typed, found) in [("priest", true), ("frien", true), ("enemy", false)] {
        harness.state_mut().1.search = typed.into();
        harness.run();
        let here = harness
            .query_by_label("Old priest – Bond: Friends")
            .is_some();
        assert_eq!(here, found, "{typed}");
    }
}

#[test]
fn without_bonds_it_says_so() {
    let mut alone = model();
    alone.bonds.clear();
    play(alone).get_by_label("No relations.");
}
