//! What single things have been through.

use bevy_egui::egui::{self, Ui};
use wayfarer_core::id::Uid;
use wayfarer_inventory::{Inventory, actions::AskHistory};

use super::{found, search, viewed::ago};
use crate::{
    build::{KeyMaker, history_model},
    game_panel::{GamePanel, PanelScene},
    intent::{Ask, Intent},
    model::{
        Subject,
        history::{HistoryModel, HistoryRow},
        item::Now,
    },
    texts::{Label, labels},
    widgets::empty_state,
};

/// The panel of histories, and what it remembers.
#[derive(Clone, Debug, Default)]
pub struct HistoryPanel {
    /// The search as typed.
    pub search: String,
    /// The thing that is looked at.
    pub chosen: Option<Uid>,
}

impl GamePanel for HistoryPanel {
    const NAME: &'static str = "history";
    const TITLE: Label = labels::TITLE_HISTORY;
    type Model = HistoryModel;

    fn depends(&self, scene: &PanelScene<'_>, key: &mut KeyMaker<'_>) {
        let now = scene.now();
        let told = scene.receipt::<AskHistory>();
        let told = told
            .as_ref()
            .map(|lines| (lines.len(), lines.first().map(|line| line.tick)));
        key.also(self.chosen)
            .also((now.tick as f64 / now.hz) as u64)
            .also(told);
        if let Some(local) = scene.local {
            key.changed::<Inventory>(local);
        }
    }

    fn model(&self, scene: &PanelScene<'_>) -> HistoryModel {
        let told = self.chosen.and_then(|_| scene.receipt::<AskHistory>());
        scene
            .local
            .map(|local| HistoryModel {
                feedback: scene.feedback(),
                ..history_model(scene.world, local, self.chosen, told)
            })
            .unwrap_or_default()
    }

    fn show(&mut self, ui: &mut Ui, model: &HistoryModel, intents: &mut Vec<Intent>) {
        history_panel(ui, model, self, intents);
    }
}

/// The things of a character that have a history, and that of the one that is chosen. Choosing one
/// asks the host.
pub fn history_panel(
    ui: &mut Ui,
    model: &HistoryModel,
    state: &mut HistoryPanel,
    intents: &mut Vec<Intent>,
) {
    if model.things.is_empty() && state.chosen.is_none() {
        let ctx = ui.ctx().clone();
        let (title, hint) = (
            labels::HISTORY_NONE.get(&ctx),
            labels::HISTORY_HINT.get(&ctx),
        );
        empty_state(ui, "…", &title, &hint);
        return;
    }
    egui::Panel::left("things")
        .resizable(true)
        .default_size(200.0)
        .show_inside(ui, |ui| list(ui, model, state, intents));
    egui::CentralPanel::default().show_inside(ui, |ui| chosen(ui, model, state));
}

/// What the chosen thing has been through.
fn chosen(ui: &mut Ui, model: &HistoryModel, state: &HistoryPanel) {
    let Some(chosen) = state.chosen else {
        ui.weak(labels::HISTORY_CHOOSE.get(ui.ctx()));
        return;
    };
    if let Some(name) = &model.chosen {
        ui.heading(name);
    }
    if let Some(flash) = model.feedback.refusal(Subject::Item(chosen)) {
        ui.colored_label(ui.visuals().error_fg_color, &flash.text);
    }
    let Some(lines) = &model.lines else {
        if model.feedback.is_pending(Subject::Item(chosen)) {
            ui.spinner();
        }
        return;
    };
    if lines.is_empty() {
        ui.weak(labels::HISTORY_EMPTY.get(ui.ctx()));
    }
    egui::ScrollArea::vertical()
        .id_salt("history")
        .auto_shrink(false)
        .show(ui, |ui| {
            for row in lines {
                line(ui, row, model.now);
            }
        });
}

fn list(ui: &mut Ui, model: &HistoryModel, state: &mut HistoryPanel, intents: &mut Vec<Intent>) {
    let query = search(ui, &mut state.search);
    let things = model.things.iter();
    let things: Vec<_> = things.filter(|(_, name)| found(&query, &[name])).collect();
    if things.is_empty() {
        ui.weak(labels::NOTHING_FOUND.get(ui.ctx()));
    }
    let height = ui.spacing().interact_size.y;
    egui::ScrollArea::vertical()
        .id_salt("things")
        .auto_shrink(false)
        .show_rows(ui, height, things.len(), |ui, range| {
            for (uid, name) in things.get(range).unwrap_or_default() {
                let chosen = state.chosen == Some(*uid);
                if ui.selectable_label(chosen, name).clicked() {
                    state.chosen = Some(*uid);
                    let ask = AskHistory { item: *uid };
                    intents.push(Ask::of(&ask).about(Subject::Item(*uid)).into());
                }
            }
        });
}

fn line(ui: &mut Ui, row: &HistoryRow, now: Now) {
    ui.horizontal_wrapped(|ui| {
        ui.weak(ago(ui.ctx(), row.tick, now));
        ui.label(&row.what);
        if !row.who.is_empty() {
            ui.weak(labels::HISTORY_BY.fill(ui.ctx(), &[("name", &row.who)]));
        }
        if !row.details.is_empty() {
            ui.label(row.details.join(", "));
        }
        let way: Vec<&str> = [row.from.as_str(), row.to.as_str()]
            .into_iter()
            .filter(|place| !place.is_empty())
            .collect();
        if row.from != row.to && !way.is_empty() {
            ui.label(way.join(" ➡ "));
        }
    });
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests;
