#![allow(clippy::unwrap_used, reason = "tests")]

use egui_kittest::{Harness, kittest::Queryable as _};

use super::*;
use crate::model::{
    Viewed,
    effects::{ChangeRow, EffectChoice, EffectEnd, EffectOutlook, ModifierRow},
    item::Now,
};

type Stage = (EffectsModel, EffectsState, Vec<Intent>);

fn play(model: EffectsModel) -> Harness<'static, Stage> {
    let mut harness = Harness::builder().with_size([700.0, 700.0]).build_ui_state(
        |ui, (model, state, intents): &mut Stage| effects_panel(ui, model, state, intents),
        (model, EffectsState::default(), Vec::new()),
    );
    harness.run();
    harness
}

fn uid(raw: u64) -> Uid {
    Uid::new(raw).unwrap()
}

fn row(raw: u64, name: &str) -> EffectRow {
    EffectRow {
        uid: uid(raw),
        name: name.into(),
        description: "Does something.".into(),
        stacks: 1,
        level: 1.0,
        since: 0,
        until: EffectEnd::Forever,
        source: None,
        suppressed: None,
        tags: Vec::new(),
        modifiers: Vec::new(),
        dismissable: false,
    }
}

fn model(may_edit: bool) -> EffectsModel {
    let blessed = EffectRow {
        stacks: 3,
        level: 2.5,
        until: EffectEnd::Tick(1_500),
        source: Some("Old priest".into()),
        modifiers: vec![ModifierRow {
            stat: "Strength".into(),
            amount: "+2".into(),
            when: None,
        }],
        dismissable: true,
        ..row(1, "Blessed")
    };
    let frozen = EffectRow {
        until: EffectEnd::Turns(1),
        suppressed: Some("suppressed by Warmth".into()),
        ..row(2, "Frozen")
    };
    EffectsModel {
        viewed: Viewed {
            uid: Some(uid(9)),
            name: "Sir Bors".into(),
            own: true,
            may_edit,
            ..Viewed::default()
        },
        now: Now {
            tick: 100,
            hz: 20.0,
        },
        effects: vec![blessed, frozen],
        choices: if may_edit {
            ["Burning", "Haste"]
                .into_iter()
                .zip(1..)
                .map(|(name, id)| EffectChoice {
                    id: DefId(id),
                    name: name.into(),
                    key: format!("core:{}", name.to_lowercase()),
                    description: String::new(),
                })
                .collect()
        } else {
            std::sync::Arc::default()
        },
        ..EffectsModel::default()
    }
}

#[test]
fn effects_tell_how_long_from_whom_and_what() {
    let harness = play(model(false));
    for label in [
        "Blessed",
        "×3",
        "level 2.5",
        "from Old priest",
        "1 min 10 s",
        "Strength +2",
        "Frozen",
        "1 turn",
        "suppressed by Warmth",
    ] {
        harness.get_by_label(label);
    }
    assert!(harness.query_by_label("Remove").is_none());
    assert!(harness.query_by_label("Apply").is_none());
}

#[test]
fn dismissing_shows_what_follows_and_asks() {
    let mut harness = play(model(false));
    // Only the one whose definition says so has the button.
    harness.get_by_label("Dismiss").hover();
    harness.run();
    assert_eq!(harness.state().1.pointed, Some(uid(1)));
    let change = ChangeRow {
        stat: "Strength".into(),
        before: 14.0,
        after: 12.0,
        tiers: Some(("strong".into(), "weak".into())),
    };
    harness.state_mut().0.ending = Some((
        uid(1),
        EffectOutlook::Would {
            until: EffectEnd::AtOnce,
            stacks: 0,
            does: vec!["Finds out 1 step.".into()],
            changes: vec![change],
        },
    ));
    for _ in 0..30 {
        harness.step();
    }
    harness.get_by_label("Strength: 14 ➡ 12 (strong ➡ weak)");
    harness.get_by_label("Finds out 1 step.");
    harness.get_by_label("Dismiss").click();
    harness.run();
    assert_eq!(harness.state().2, [Intent::DismissEffect(uid(1))]);
}

#[test]
fn a_game_master_applies_what_can_be_applied() {
    let mut harness = play(model(true));
    harness.state_mut().1.choice_search = "burn".into();
    harness.run();
    assert!(harness.query_by_label("Haste").is_none());
    harness.get_by_label("Burning").click();
    harness.run();
    assert_eq!(harness.state().1.chosen, Some(DefId(1)));
    harness.state_mut().0.applying = Some((
        DefId(1),
        EffectOutlook::Refused("Sir Bors is fireproof.".into()),
    ));
    harness.run();
    harness.get_by_label("Sir Bors is fireproof.");
    harness.state_mut().1.level_text = "2,5".into();
    harness.run();
    harness.get_by_label("Apply").click();
    harness.run();
    let wanted = Intent::ApplyEffect {
        character: uid(9),
        effect: DefId(1),
        level: 2.5,
    };
    assert_eq!(harness.state().2, [wanted]);
    harness.state_mut().1.level_text = "much".into();
    harness.run();
    harness.get_by_label("Apply").click();
    harness.run();
    assert_eq!(harness.state().2.len(), 1, "no number, no request");
}

#[test]
fn a_game_master_removes() {
    let mut one = model(true);
    one.effects.truncate(1);
    let mut harness = play(one);
    harness.get_by_label("Remove").click();
    harness.run();
    let wanted = Intent::RemoveEffect {
        character: uid(9),
        effect: uid(1),
    };
    assert_eq!(harness.state().2, [wanted]);
}

#[test]
fn time_left_is_a_share() {
    let now = Now { tick: 50, hz: 20.0 };
    for (since, until, share) in [
        (0, EffectEnd::Tick(100), Some(0.5)),
        (0, EffectEnd::Tick(10), Some(0.0)),
        (60, EffectEnd::Tick(100), Some(1.0)),
        (100, EffectEnd::Tick(100), None),
        (0, EffectEnd::Turns(3), None),
    ] {
        assert_eq!(row::share_left(since, until, now), share);
    }
}

#[test]
fn without_a_character_it_says_so() {
    play(EffectsModel::default()).get_by_label("There is no character here yet.");
}

/// Loose, and of a build that is not optimised; printed to be looked at.
#[test]
fn two_hundred_effects_are_drawn_without_a_hitch() {
    let mut many = model(true);
    many.effects = (1..=200)
        .map(|raw| row(raw, &format!("Effect {raw}")))
        .collect();
    let mut harness = play(many);
    let started = std::time::Instant::now();
    for _ in 0..20 {
        harness.step();
    }
    let frame = started.elapsed() / 20;
    println!("200 effects: {frame:?} a frame");
    assert!(
        harness.query_by_label("Effect 150").is_none(),
        "out of view"
    );
    assert!(frame < std::time::Duration::from_millis(100), "{frame:?}");
}
