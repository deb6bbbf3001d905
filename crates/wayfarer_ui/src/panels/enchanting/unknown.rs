//! What is not known about a thing, and whether one has made it one's own.

use bevy_egui::egui::Ui;
use wayfarer_core::id::Uid;
use wayfarer_equipment::prelude::{AttuneItem, IdentifyBy, IdentifyItem, UnattuneItem};

use super::{ask, button};
use crate::{
    build::percent, intent::Intent, model::enchanting::Unknown, panels::number, texts::labels,
};

pub(super) fn unknown(
    ui: &mut Ui,
    item: Uid,
    unknown: &Unknown,
    busy: Option<&str>,
    intents: &mut Vec<Intent>,
) {
    let ctx = ui.ctx().clone();
    let steps = [
        ("value", &unknown.known as &dyn std::fmt::Display),
        ("max", &unknown.steps),
    ];
    ui.label(labels::IDENTIFY_KNOWN.fill(&ctx, &steps));
    let mut wish = |by| intents.push(ask(item, &IdentifyItem { item, by }));
    ui.horizontal_wrapped(|ui| {
        let refusal = busy.or(unknown.study.as_ref().err().map(String::as_str));
        let (chance, seconds) = unknown.study.as_ref().copied().unwrap_or_default();
        let (chance, seconds) = (percent(chance), number(seconds));
        let args: [(&str, &dyn std::fmt::Display); 2] =
            [("chance", &chance), ("seconds", &seconds)];
        if button(ui, &labels::IDENTIFY_STUDY.fill(&ctx, &args), refusal) {
            wish(IdentifyBy::Study);
        }
    });
    if let Some((station, price)) = &unknown.station {
        ui.horizontal_wrapped(|ui| {
            let shown = price.as_deref().unwrap_or_default();
            let text = labels::IDENTIFY_ASK.fill(&ctx, &[("price", &shown)]);
            if button(ui, &text, price.as_ref().err().map(String::as_str)) {
                wish(IdentifyBy::Station(*station));
            }
        });
    }
    for (helper, name) in &unknown.helpers {
        let text = labels::IDENTIFY_USE.fill(&ctx, &[("item", name)]);
        if ui.button(text).clicked() {
            wish(IdentifyBy::Helper(*helper));
        }
    }
}

pub(super) fn attuning(
    ui: &mut Ui,
    item: Uid,
    attuned: bool,
    refusal: Option<&str>,
    intents: &mut Vec<Intent>,
) {
    let ctx = ui.ctx().clone();
    if attuned {
        ui.label(labels::ATTUNED.get(&ctx));
        if ui.button(labels::UNATTUNE.get(&ctx)).clicked() {
            intents.push(ask(item, &UnattuneItem { item }));
        }
        return;
    }
    ui.label(labels::NOT_ATTUNED.get(&ctx));
    ui.horizontal_wrapped(|ui| {
        if button(ui, &labels::ATTUNE.get(&ctx), refusal) {
            intents.push(ask(item, &AttuneItem { item }));
        }
    });
}
