//! What a character has towards others: how it stands, what it is called, and what has led there.

use bevy_egui::egui::{self, RichText, Ui};
use wayfarer_core::id::{DefId, Uid};

use super::{
    found, number, search,
    sheet::why,
    viewed::{ago, viewed},
};
use crate::{
    intent::Intent,
    model::{
        item::Now,
        relations::{AxisRow, BondDetails, BondRow, CauseRow, RelationsModel},
    },
    texts::labels,
    widgets::span_bar,
};

/// What the panel remembers.
#[derive(Clone, Debug, Default)]
pub struct RelationsState {
    /// The search as typed.
    pub search: String,
    /// The bond that is looked at: the other and the kind.
    pub chosen: Option<(Uid, DefId)>,
}

/// The bonds of a character. Pointing at an axis explains it.
pub fn relations_panel(
    ui: &mut Ui,
    model: &RelationsModel,
    state: &mut RelationsState,
    intents: &mut Vec<Intent>,
) {
    if !viewed(ui, &model.viewed, intents) {
        return;
    }
    if model.bonds.is_empty() {
        ui.weak(labels::NO_RELATIONS.get(ui.ctx()));
        return;
    }
    egui::Panel::left("bonds")
        .resizable(true)
        .default_size(220.0)
        .show_inside(ui, |ui| list(ui, model, state));
    egui::CentralPanel::default().show_inside(ui, |ui| chosen(ui, model, state));
}

/// The bond that was chosen.
fn chosen(ui: &mut Ui, model: &RelationsModel, state: &RelationsState) {
    let details = model
        .details
        .as_ref()
        .filter(|details| Some((details.row.other, details.row.kind)) == state.chosen);
    match details {
        Some(details) => {
            egui::ScrollArea::vertical()
                .id_salt("bond")
                .auto_shrink(false)
                .show(ui, |ui| bond(ui, details, model.now));
        }
        None => {
            ui.weak(labels::CHOOSE_ONE.get(ui.ctx()));
        }
    }
}

fn list(ui: &mut Ui, model: &RelationsModel, state: &mut RelationsState) {
    let query = search(ui, &mut state.search);
    let bonds: Vec<&BondRow> = model
        .bonds
        .iter()
        .filter(|bond| {
            let level = bond.level.as_deref().unwrap_or("");
            found(&query, &[&bond.name, &bond.kind_name, level])
        })
        .collect();
    if bonds.is_empty() {
        ui.weak(labels::NOTHING_FOUND.get(ui.ctx()));
    }
    let height = ui.spacing().interact_size.y;
    egui::ScrollArea::vertical()
        .id_salt("bonds")
        .auto_shrink(false)
        .show_rows(ui, height, bonds.len(), |ui, range| {
            for bond in bonds.get(range).unwrap_or_default() {
                let this = Some((bond.other, bond.kind));
                let chosen = state.chosen == this;
                if ui.selectable_label(chosen, title(ui, bond)).clicked() {
                    state.chosen = this.filter(|_| !chosen);
                }
            }
        });
}

fn title(ui: &Ui, bond: &BondRow) -> String {
    let of = labels::RELATION_OF.fill(ui.ctx(), &[("name", &bond.name), ("kind", &bond.kind_name)]);
    match &bond.level {
        Some(level) => format!("{of}: {level}"),
        None => of,
    }
}

fn bond(ui: &mut Ui, details: &BondDetails, now: Now) {
    ui.heading(title(ui, &details.row));
    if !details.description.is_empty() {
        ui.weak(&details.description);
    }
    for row in &details.axes {
        axis(ui, row);
    }
    if details.causes.is_empty() {
        return;
    }
    ui.separator();
    ui.strong(labels::RELATION_CAUSES.get(ui.ctx()));
    for row in &details.causes {
        cause(ui, row, now);
    }
}

fn axis(ui: &mut Ui, row: &AxisRow) {
    let tier = row.tier.as_deref().unwrap_or("");
    let response = span_bar(ui, &row.name, row.value, row.min..=row.max, tier);
    response.on_hover_ui(|ui| {
        ui.strong(&row.name);
        if !row.description.is_empty() {
            ui.weak(&row.description);
        }
        why(ui, &row.breakdown);
    });
    if let Some((rate, rest)) = row.decay {
        let (rate, rest) = (number(rate), number(rest));
        let text = labels::RELATION_DECAY.fill(ui.ctx(), &[("rate", &rate), ("rest", &rest)]);
        ui.label(RichText::new(text).small().weak());
    }
}

fn cause(ui: &mut Ui, row: &CauseRow, now: Now) {
    ui.horizontal_wrapped(|ui| {
        ui.weak(ago(ui.ctx(), row.tick, now));
        if row.amount != 0.0 {
            let amount = number(row.amount);
            let sign = if row.amount > 0.0 { "+" } else { "" };
            let color = super::change_color(ui, Some(row.amount > 0.0));
            ui.colored_label(color, format!("{} {sign}{amount}", row.axis));
        }
        ui.label(&row.what);
        if !row.who.is_empty() {
            ui.weak(labels::EFFECT_SOURCE.fill(ui.ctx(), &[("name", &row.who)]));
        }
        if !row.witnesses.is_empty() {
            let names = row.witnesses.join(", ");
            ui.weak(labels::WITNESSES.fill(ui.ctx(), &[("names", &names)]));
        }
    });
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests;
