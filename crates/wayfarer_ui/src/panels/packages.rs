//! The stat sets of the content by pack, and what would follow if the character's stats were other
//! than they are. Nothing is written.

use std::collections::BTreeMap;

use bevy_egui::egui::{self, Ui};
use wayfarer_core::id::DefId;

use super::{
    found, search,
    viewed::{changes, viewed},
};
use crate::{
    intent::Intent,
    model::packages::{PackagesModel, SetInfo, WhatIfModel},
    texts::labels,
};

mod set;
#[cfg(test)]
mod tests;
mod tiers;

/// What the panel remembers.
#[derive(Clone, Debug, Default)]
pub struct PackagesState {
    /// The search as typed.
    pub search: String,
    /// The set that is looked at; the first when there is none.
    pub chosen: Option<DefId>,
    /// The stats that are tried, with their values.
    pub tried: BTreeMap<DefId, f32>,
}

/// The stat sets, and what would follow from other values.
pub fn packages_panel(
    ui: &mut Ui,
    model: &PackagesModel,
    state: &mut PackagesState,
    intents: &mut Vec<Intent>,
) {
    // Sets can be read without a character too.
    if !model.viewed.name.is_empty() {
        viewed(ui, &model.viewed, intents);
    }
    let query = search(ui, &mut state.search);
    egui::Panel::left("sets")
        .resizable(true)
        .default_size(230.0)
        .show_inside(ui, |ui| {
            egui::ScrollArea::vertical()
                .id_salt("sets")
                .auto_shrink(false)
                .show(ui, |ui| list(ui, model, state, &query));
        });
    if !state.tried.is_empty() {
        egui::Panel::bottom("what if")
            .resizable(true)
            .default_size(150.0)
            .min_size(60.0)
            .show_inside(ui, |ui| what_if(ui, model, state));
    }
    let sets = || model.packs.iter().flat_map(|pack| &pack.sets);
    let chosen = sets().find(|set| Some(set.id) == state.chosen);
    let Some(set) = chosen.or_else(|| sets().next()) else {
        ui.weak(labels::NOTHING_FOUND.get(ui.ctx()));
        return;
    };
    egui::CentralPanel::default().show_inside(ui, |ui| {
        egui::ScrollArea::vertical()
            .id_salt(("set", set.id))
            .auto_shrink(false)
            .show(ui, |ui| set::show(ui, set, model, state));
    });
}

fn list(ui: &mut Ui, model: &PackagesModel, state: &mut PackagesState, query: &str) {
    let mut any = false;
    for pack in model.packs.iter() {
        // A hit in the pack's title shows the whole pack.
        let whole = found(query, &[&pack.title, &pack.version]);
        let fits = |set: &&SetInfo| {
            let stats = set.stats.iter().map(|stat| stat.name.as_str());
            let texts: Vec<&str> = [set.name.as_str(), &set.key]
                .into_iter()
                .chain(stats)
                .collect();
            whole || found(query, &texts)
        };
        let sets: Vec<&SetInfo> = pack.sets.iter().filter(fits).collect();
        if sets.is_empty() {
            continue;
        }
        any = true;
        ui.strong(&pack.title);
        ui.weak(&pack.version);
        for set in sets {
            let chosen = state.chosen == Some(set.id);
            let response = ui.selectable_label(chosen, &set.name);
            if response.clicked() {
                state.chosen = Some(set.id);
            }
            if !set.description.is_empty() {
                response.on_hover_text(&set.description);
            }
        }
        ui.add_space(6.0);
    }
    if !any {
        ui.weak(labels::NOTHING_FOUND.get(ui.ctx()));
    }
}

fn what_if(ui: &mut Ui, model: &PackagesModel, state: &mut PackagesState) {
    ui.horizontal(|ui| {
        ui.strong(labels::WHAT_IF.get(ui.ctx()));
        if ui.button(labels::RESET.get(ui.ctx())).clicked() {
            state.tried.clear();
        }
        ui.weak(labels::WHAT_IF_HINT.get(ui.ctx()));
    });
    egui::ScrollArea::vertical()
        .id_salt("what if")
        .auto_shrink(false)
        .show(ui, |ui| match &model.what_if {
            Some(WhatIfModel::Changes(rows)) => changes(ui, rows),
            Some(WhatIfModel::Refused(why)) => {
                ui.colored_label(ui.visuals().error_fg_color, why);
            }
            // It comes with the next frame.
            None => {
                ui.weak("…");
            }
        });
}
