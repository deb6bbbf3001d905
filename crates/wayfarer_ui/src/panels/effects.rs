//! The effects on a character: how long they last, where they come from, what they do, and what
//! would become of their end. Game masters apply new ones.

use bevy_egui::egui::{self, Ui};
use wayfarer_core::id::{DefId, Uid};

use super::{found, search, viewed::viewed};
use crate::{
    intent::Intent,
    model::effects::{EffectRow, EffectsModel},
    texts::labels,
};

mod apply;
mod outlook;
mod row;
#[cfg(test)]
mod tests;

/// What the panel remembers.
#[derive(Clone, Debug, Default)]
pub struct EffectsState {
    /// The search among the effects as typed.
    pub search: String,
    /// The search among those that can be applied, as typed.
    pub choice_search: String,
    /// The effect (kind `effects`) that is to be applied.
    pub chosen: Option<DefId>,
    /// Its level as typed.
    pub level_text: String,
    /// The effect whose end is being thought about.
    pub pointed: Option<Uid>,
}

impl EffectsState {
    /// The level that is typed; 1 if nothing is, `None` if it is no number.
    pub fn level(&self) -> Option<f32> {
        match self.level_text.trim() {
            "" => Some(1.0),
            text => {
                let level = text.replace(',', ".").parse::<f32>().ok();
                level.filter(|level| level.is_finite())
            }
        }
    }
}

/// The effects on a character. Pointing at one explains it; pointing at its button shows what its
/// end would change.
pub fn effects_panel(
    ui: &mut Ui,
    model: &EffectsModel,
    state: &mut EffectsState,
    intents: &mut Vec<Intent>,
) {
    let ctx = ui.ctx().clone();
    if !viewed(ui, &model.viewed, intents) {
        return;
    }
    let query = search(ui, &mut state.search);
    if model.viewed.may_edit && !model.choices.is_empty() {
        egui::Panel::bottom("apply")
            .resizable(true)
            .default_size(220.0)
            .min_size(80.0)
            .show_inside(ui, |ui| apply::apply(ui, model, state, intents));
    }
    let rows: Vec<&EffectRow> = model
        .effects
        .iter()
        .filter(|row| found(&query, &[&row.name, row.source.as_deref().unwrap_or("")]))
        .collect();
    state.pointed = None;
    if rows.is_empty() {
        let nothing = if query.is_empty() {
            labels::NO_EFFECTS
        } else {
            labels::NOTHING_FOUND
        };
        ui.weak(nothing.get(&ctx));
        return;
    }
    egui::ScrollArea::vertical()
        .id_salt("effects")
        .auto_shrink(false)
        .show_rows(ui, row::HEIGHT, rows.len(), |ui, range| {
            for row in rows.get(range).unwrap_or_default() {
                row::row(ui, row, model, state, intents);
            }
        });
}
