//! What is on a thing, and what may become of it.

use bevy_egui::egui::Ui;
use wayfarer_equipment::{
    prelude::{DisenchantItem, RemoveEnchantment},
    rules::outcome::Outcome,
};

use super::{EnchantingPanel, ask, button};
use crate::{
    build::percent,
    intent::Intent,
    model::enchanting::{ChosenGear, OnGear, SacrificeOdds},
    texts::{Label, labels},
};

pub(super) fn present(
    ui: &mut Ui,
    thing: &ChosenGear,
    state: &mut EnchantingPanel,
    intents: &mut Vec<Intent>,
) {
    let ctx = ui.ctx().clone();
    if thing.on_it.is_empty() {
        ui.weak(labels::ENCHANT_NONE.get(&ctx));
    }
    for one in &thing.on_it {
        ui.horizontal(|ui| {
            ui.strong(&one.name);
            let power = [("power", &one.power as &dyn std::fmt::Display)];
            ui.label(labels::ENCHANT_POWER.fill(&ctx, &power));
            let firm = [("value", &one.stability as &dyn std::fmt::Display)];
            ui.label(labels::ENCHANT_STABILITY.fill(&ctx, &firm));
            if !one.left.is_empty() {
                ui.weak(&one.left);
            }
        });
        if let Ok(odds) = &one.sacrifice {
            ui.weak(odds_line(ui, odds));
        }
        ui.horizontal_wrapped(|ui| row(ui, thing, one, state, intents));
    }
}

/// All outcomes with their odds, in one line.
fn odds_line(ui: &Ui, odds: &SacrificeOdds) -> String {
    let ctx = ui.ctx();
    let name = |outcome: Outcome| -> Label {
        match outcome {
            Outcome::Learned if odds.known => labels::OUTCOME_KNOWN,
            Outcome::Learned => labels::OUTCOME_LEARNED,
            Outcome::Partial => labels::OUTCOME_PARTIAL,
            Outcome::Safe => labels::OUTCOME_SAFE,
            Outcome::Destroyed => labels::OUTCOME_DESTROYED,
            Outcome::Critical => labels::OUTCOME_CRITICAL,
        }
    };
    let all = Outcome::ALL.map(|outcome| {
        let share = percent(odds.odds.share(outcome));
        format!("{} {share}", name(outcome).get(ctx))
    });
    all.join(" · ")
}

fn row(
    ui: &mut Ui,
    thing: &ChosenGear,
    one: &OnGear,
    state: &mut EnchantingPanel,
    intents: &mut Vec<Intent>,
) {
    let ctx = ui.ctx().clone();
    let station = thing.station;
    let sure = state.sure == Some(one.def);
    let label = if sure {
        labels::SACRIFICE_SURE
    } else {
        labels::SACRIFICE
    };
    let text = label.fill(&ctx, &[("enchantment", &one.name)]);
    if button(ui, &text, one.sacrifice.as_ref().err().map(String::as_str)) {
        // The thing may be gone for good: one click is not enough.
        state.sure = (!sure).then_some(one.def);
        if sure {
            intents.push(ask(
                thing.uid,
                &DisenchantItem {
                    item: thing.uid,
                    enchantment: one.def,
                    station,
                },
            ));
        }
    }
    let price = one.lift.as_deref().unwrap_or_default();
    let text = labels::LIFT.fill(&ctx, &[("enchantment", &one.name), ("price", &price)]);
    if button(ui, &text, one.lift.as_ref().err().map(String::as_str)) {
        intents.push(ask(
            thing.uid,
            &RemoveEnchantment {
                item: thing.uid,
                enchantment: one.def,
                station,
            },
        ));
    }
}
