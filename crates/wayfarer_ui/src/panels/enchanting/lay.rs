//! What could be laid on a thing: the odds and the price before anything is risked.

use std::fmt::Display;

use bevy_egui::egui::{Context, Ui};
use wayfarer_equipment::prelude::EnchantItem;

use super::{ask, button};
use crate::{
    build::percent,
    intent::Intent,
    model::enchanting::{ChosenGear, EnchantingModel, LayOdds, ToLay},
    panels::number,
    texts::labels,
};

pub(super) fn lay(
    ui: &mut Ui,
    thing: &ChosenGear,
    model: &EnchantingModel,
    busy: Option<&str>,
    intents: &mut Vec<Intent>,
) {
    let ctx = ui.ctx().clone();
    if thing.to_lay.is_empty() {
        ui.weak(labels::ENCHANT_KNOW_NONE.get(&ctx));
    }
    for one in &thing.to_lay {
        ui.horizontal(|ui| {
            ui.strong(&one.name).on_hover_text(&one.description);
            ui.weak(&one.kind);
        });
        let place = model.place.as_deref().unwrap_or_default();
        for (odds, keeper) in [(Some(&one.own), false), (one.keeper.as_ref(), true)] {
            let Some(odds) = odds else { continue };
            way(ui, thing, one, odds, (keeper, place), busy, intents);
        }
    }
}

fn way(
    ui: &mut Ui,
    thing: &ChosenGear,
    one: &ToLay,
    odds: &Result<LayOdds, String>,
    (keeper, place): (bool, &str),
    busy: Option<&str>,
    intents: &mut Vec<Intent>,
) {
    let ctx = ui.ctx().clone();
    if let Ok(odds) = odds {
        ui.weak(odds_line(&ctx, odds));
    }
    let label = match odds {
        _ if keeper => labels::ENCHANT_BY,
        Ok(odds) if odds.renews => labels::ENCHANT_RENEW,
        _ => labels::ENCHANT_DO,
    };
    let text = label.fill(&ctx, &[("enchantment", &one.name), ("keeper", &place)]);
    ui.horizontal_wrapped(|ui| {
        let refusal = busy.or(odds.as_ref().err().map(String::as_str));
        if button(ui, &text, refusal) {
            let action = EnchantItem {
                item: thing.uid,
                enchantment: one.def,
                station: thing.station,
                keeper,
            };
            intents.push(ask(thing.uid, &action));
        }
    });
}

/// The chance, the powers, and what it costs either way.
fn odds_line(ctx: &Context, odds: &LayOdds) -> String {
    let (least, mean, most) = odds.power;
    let mut all = vec![
        labels::ODDS_SUCCESS.fill(ctx, &[("chance", &percent(odds.chance))]),
        labels::ODDS_POWER.fill(
            ctx,
            &[
                ("least", &least as &dyn Display),
                ("most", &most),
                ("mean", &number(mean)),
            ],
        ),
        labels::ODDS_PRICE.fill(ctx, &[("price", &odds.price), ("failed", &odds.failed)]),
    ];
    if !odds.materials.is_empty() {
        let lose = percent(odds.lose);
        let args: [(&str, &dyn Display); 2] = [("materials", &odds.materials), ("lose", &lose)];
        all.push(labels::ODDS_MATERIALS.fill(ctx, &args));
    }
    if odds.seconds > 0.0 {
        all.push(format!("{} s", number(odds.seconds)));
    }
    all.join(" · ")
}
