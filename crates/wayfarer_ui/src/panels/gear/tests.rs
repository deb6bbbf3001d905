#![allow(clippy::unwrap_used, reason = "tests")]

use egui_kittest::{Harness, kittest::Queryable as _};
use wayfarer_core::id::{DefId, Uid};

use super::*;
use crate::model::{
    effects::ChangeRow,
    gear::{UpgradeLine, WornLine},
};

type Stage = (GearModel, Vec<Intent>);

fn play(model: GearModel) -> Harness<'static, Stage> {
    let mut harness = Harness::builder().with_size([700.0, 700.0]).build_ui_state(
        |ui, (model, intents): &mut Stage| gear_panel(ui, model, intents),
        (model, Vec::new()),
    );
    harness.run();
    harness
}

fn blink(remaining: f32, refusal: Option<&str>) -> AbilityLine {
    AbilityLine {
        item: Uid::new(3).unwrap(),
        item_name: "Wand".into(),
        ability: DefId(5),
        name: "Blink".into(),
        description: "Gone.".into(),
        remaining,
        target: None,
        refusal: refusal.map(str::to_owned),
    }
}

#[test]
fn abilities_are_used_and_wait() {
    let mut harness = play(GearModel {
        present: true,
        abilities: vec![blink(0.0, None)],
        ..GearModel::default()
    });
    harness.get_by_label("Blink").click();
    harness.run();
    let action = UseAbility {
        item: Uid::new(3).unwrap(),
        ability: DefId(5),
        target: None,
    };
    let asked = Ask::of(&action).about(Subject::Item(action.item));
    assert_eq!(harness.state().1, vec![asked.into()]);

    let mut harness = play(GearModel {
        present: true,
        abilities: vec![blink(2.34, Some("Not yet."))],
        ..GearModel::default()
    });
    harness.get_by_label("ready in 2.4 s");
    harness.get_by_label("Blink").click();
    harness.run();
    assert!(harness.state().1.is_empty());

    let harness = play(GearModel {
        present: true,
        abilities: vec![blink(0.0, Some("Only in combat."))],
        ..GearModel::default()
    });
    harness.get_by_label("Only in combat.");
}

#[test]
fn sets_tell_what_is_missing_and_what_to_repair() {
    let harness = play(GearModel {
        present: true,
        sets: vec![SetLine {
            name: "The Watch".into(),
            counted: 2,
            tiers: vec![
                TierLine {
                    pieces: 2,
                    name: "In step".into(),
                    active: true,
                    gives: vec!["Armour +2".into(), "Regeneration".into()],
                },
                TierLine {
                    pieces: 4,
                    gives: vec!["Attack +10 %".into()],
                    ..TierLine::default()
                },
            ],
            missing: vec!["Helm".into()],
            unsound: vec!["Boots".into()],
            restored: 1,
            ..SetLine::default()
        }],
        worn: vec![WornLine {
            name: "Boots".into(),
            percent: 12.5,
            band: "Badly damaged".into(),
        }],
        upgrades: vec![UpgradeLine {
            name: "Boots".into(),
            quality: "Military".into(),
            level: 5.0,
            better: Some((
                "Military boots".into(),
                vec![ChangeRow {
                    stat: "Speed".into(),
                    before: 30.0,
                    after: 31.5,
                    tiers: None,
                }],
            )),
        }],
        ..GearModel::default()
    });
    harness.get_by_label("2 of 4");
    harness.get_by_label("✔ 2 pieces, In step: Armour +2, Regeneration");
    harness.get_by_label("· 4 pieces: Attack +10 %");
    harness.get_by_label("Still missing: Helm");
    harness.get_by_label("Repair Boots for 1 more of its tiers.");
    harness.get_by_label("Boots: Badly damaged, 12.5 %");
    harness.get_by_label("Boots: level 5, Military quality is within reach.");
    harness.get_by_label("You carry something better: Military boots.");
    harness.get_by_label("Speed: 30 ➡ 31.5");
}

#[test]
fn nobody_and_nothing() {
    play(GearModel::default()).get_by_label("There is no character here yet.");
    let harness = play(GearModel {
        present: true,
        ..GearModel::default()
    });
    harness.get_by_label("Nothing that you wear or carry has an ability.");
}
