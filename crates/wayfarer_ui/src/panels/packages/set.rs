//! One stat set in full.

use bevy_egui::egui::{self, Ui};

use super::{PackagesState, tiers::tier_bar};
use crate::{
    model::packages::{PackagesModel, SetInfo, Setting, StatInfo},
    panels::number,
    texts::labels,
};

pub(super) fn show(ui: &mut Ui, set: &SetInfo, model: &PackagesModel, state: &mut PackagesState) {
    let ctx = ui.ctx().clone();
    ui.heading(&set.name);
    ui.monospace(&set.key);
    if !set.description.is_empty() {
        ui.label(&set.description);
    }
    if !model.viewed.name.is_empty() && !model.has.contains(&set.id) {
        ui.weak(labels::NOT_HAD.fill(&ctx, &[("name", &model.viewed.name)]));
    }
    for info in &set.stats {
        ui.separator();
        ui.push_id(info.id, |ui| stat(ui, info, model, state));
    }
    if !set.levels.is_empty() {
        ui.separator();
        ui.strong(labels::LEVELS.get(&ctx));
        pairs(ui, "levels", &set.levels);
    }
    if !set.labels.is_empty() {
        ui.separator();
        ui.strong(labels::LABELS.get(&ctx));
        for (name, words) in &set.labels {
            ui.label(name);
            ui.indent(name, |ui| pairs(ui, name, words));
        }
    }
}

/// Words with their conditions.
fn pairs(ui: &mut Ui, salt: &str, rows: &[(String, String)]) {
    egui::Grid::new(salt).num_columns(2).show(ui, |ui| {
        for (word, when) in rows {
            ui.label(word);
            ui.weak(when);
            ui.end_row();
        }
    });
}

fn stat(ui: &mut Ui, info: &StatInfo, model: &PackagesModel, state: &mut PackagesState) {
    let ctx = ui.ctx().clone();
    let name = ui.horizontal_wrapped(|ui| {
        let name = ui.strong(&info.name);
        for fact in facts(&ctx, info) {
            ui.weak(fact);
        }
        name
    });
    if !info.description.is_empty() {
        ui.weak(&info.description);
    }
    if let Some(formula) = &info.formula {
        ui.monospace(labels::FORMULA.fill(&ctx, &[("formula", formula)]));
    }
    if !info.derivations.is_empty() {
        let names = info.derivations.join(", ");
        ui.label(labels::DERIVED.fill(&ctx, &[("names", &names)]));
    }
    let setting = model.settings.get(&info.id);
    if !info.tiers.is_empty() {
        let value = state.tried.get(&info.id).copied();
        let value = value.or(setting.map(|setting| setting.now));
        tier_bar(ui, info, value);
    }
    if let Some(setting) = setting {
        slider(ui, info, *setting, &name.inner, state);
    }
}

/// Limits, default and what else is known in a word.
fn facts(ctx: &egui::Context, info: &StatInfo) -> Vec<String> {
    let mut facts = Vec::new();
    let (min, max) = (number(info.min), number(info.max));
    if info.min.is_finite() || info.max.is_finite() {
        let limits = labels::LIMITS.fill(ctx, &[("min", &min), ("max", &max)]);
        facts.push(if info.unit.is_empty() {
            limits
        } else {
            format!("{limits} {}", info.unit)
        });
    }
    if let Some(default) = info.default {
        facts.push(labels::DEFAULT.fill(ctx, &[("value", &number(default))]));
    }
    if let Some((max, rate)) = &info.resource {
        facts.push(labels::USED_UP.fill(ctx, &[("max", max)]));
        if let Some(rate) = rate {
            facts.push(labels::COMES_BACK.fill(ctx, &[("rate", rate)]));
        }
    }
    facts
}

fn slider(
    ui: &mut Ui,
    info: &StatInfo,
    setting: Setting,
    name: &egui::Response,
    state: &mut PackagesState,
) {
    let mut value = state.tried.get(&info.id).copied().unwrap_or(setting.now);
    // What a game master has set beyond the limits stays where it is until it is moved.
    let (low, high) = (setting.min.min(value), setting.max.max(value));
    let slider = egui::Slider::new(&mut value, low..=high).max_decimals(1);
    let response = ui.add_enabled(low < high, slider).labelled_by(name.id);
    if response.changed() && value.is_finite() {
        if value == setting.now {
            state.tried.remove(&info.id);
        } else {
            state.tried.insert(info.id, value);
        }
    }
}
