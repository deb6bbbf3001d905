//! Where game masters apply effects.

use bevy_egui::egui::{self, Ui};

use super::{EffectsState, outlook};
use crate::{
    intent::Intent,
    model::{
        Subject,
        effects::{EffectChoice, EffectsModel},
    },
    panels::found,
    texts::labels,
};

/// Choose, see what it would do, do it.
pub(super) fn apply(
    ui: &mut Ui,
    model: &EffectsModel,
    state: &mut EffectsState,
    intents: &mut Vec<Intent>,
) {
    let ctx = ui.ctx().clone();
    ui.horizontal(|ui| {
        let title = ui.strong(labels::APPLY_WHAT.get(&ctx));
        let field = egui::TextEdit::singleline(&mut state.choice_search)
            .hint_text(labels::SEARCH.get(&ctx).as_ref())
            .desired_width(120.0);
        ui.add(field).labelled_by(title.id);
        let label = ui.label(labels::LEVEL.get(&ctx));
        let field = egui::TextEdit::singleline(&mut state.level_text)
            .hint_text("1")
            .desired_width(40.0);
        ui.add(field).labelled_by(label.id);
        button(ui, model, state, intents);
    });
    let query = state.choice_search.trim().to_lowercase();
    let choices: Vec<&EffectChoice> = model
        .choices
        .iter()
        .filter(|choice| found(&query, &[&choice.name, &choice.key]))
        .collect();
    ui.columns(2, |columns| {
        let [list, then] = columns else { return };
        let height = list.spacing().interact_size.y;
        egui::ScrollArea::vertical()
            .id_salt("choices")
            .auto_shrink(false)
            .show_rows(list, height, choices.len(), |ui, range| {
                for choice in choices.get(range).unwrap_or_default() {
                    let chosen = state.chosen == Some(choice.id);
                    let response = ui.selectable_label(chosen, &choice.name);
                    if response.clicked() {
                        state.chosen = (!chosen).then_some(choice.id);
                    }
                    response.on_hover_ui(|ui| {
                        ui.monospace(&choice.key);
                        if !choice.description.is_empty() {
                            ui.label(&choice.description);
                        }
                    });
                }
            });
        egui::ScrollArea::vertical()
            .id_salt("then")
            .auto_shrink(false)
            .show(then, |ui| preview(ui, model, state));
    });
}

fn button(ui: &mut Ui, model: &EffectsModel, state: &EffectsState, intents: &mut Vec<Intent>) {
    let subject = state.chosen.map(Subject::NewEffect);
    let pending = subject.is_some_and(|subject| model.feedback.is_pending(subject));
    let wish = model.viewed.uid.zip(state.chosen).zip(state.level());
    let button = egui::Button::new(labels::APPLY.get(ui.ctx()));
    let clicked = ui.add_enabled(wish.is_some() && !pending, button).clicked();
    if clicked && let Some(((character, effect), level)) = wish {
        intents.push(Intent::ApplyEffect {
            character,
            effect,
            level,
        });
    }
    if pending {
        ui.spinner();
    }
}

fn preview(ui: &mut Ui, model: &EffectsModel, state: &EffectsState) {
    let Some(chosen) = state.chosen else {
        return;
    };
    if let Some(flash) = model.feedback.refusal(Subject::NewEffect(chosen)) {
        ui.colored_label(ui.visuals().error_fg_color, &flash.text);
    }
    match &model.applying {
        Some((of, then)) if *of == chosen => outlook::outlook(ui, then, model.now, true),
        _ => {
            ui.weak("…");
        }
    }
}
