//! The list of keys: click one, press another.

use bevy_egui::egui::{self, Ui};

use crate::{
    intent::Intent,
    keys::{Chord, UiAction, key_code_of},
    model::keys::{KeyRow, KeysModel},
    texts::labels,
};

/// What the panel remembers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KeysState {
    /// The key that is being chosen: its meaning and position.
    pub waiting: Option<(UiAction, usize)>,
    /// A chosen key that means something else so far; waiting for a decision.
    pub taken: Option<(UiAction, usize, Chord, UiAction)>,
}

/// Every action with its keys.
pub fn keys_panel(
    ui: &mut Ui,
    model: &KeysModel,
    state: &mut KeysState,
    intents: &mut Vec<Intent>,
) {
    let ctx = ui.ctx().clone();
    listen(ui, model, state, intents);
    ui.label(labels::KEYS_HELP.get(&ctx));
    egui::Grid::new("keys")
        .num_columns(3)
        .striped(true)
        .show(ui, |ui| {
            for row in &model.rows {
                show(ui, row, state, intents);
                ui.end_row();
            }
        });
    if let Some((action, index, chord, other)) = state.taken {
        let name = other.label().get(&ctx);
        let args: [(&str, &dyn std::fmt::Display); 2] = [("key", &chord), ("action", &name)];
        ui.colored_label(
            ui.visuals().warn_fg_color,
            labels::KEY_TAKEN.fill(&ctx, &args),
        );
        ui.horizontal(|ui| {
            if ui.button(labels::TAKE_OVER.get(&ctx)).clicked() {
                intents.push(Intent::Rebind {
                    action,
                    index,
                    chord,
                });
                state.taken = None;
            }
            if ui.button(labels::CANCEL.get(&ctx)).clicked() {
                state.taken = None;
            }
        });
    }
    ui.separator();
    if ui.button(labels::RESET_KEYS.get(&ctx)).clicked() {
        *state = KeysState::default();
        intents.push(Intent::ResetKeys);
    }
}

fn show(ui: &mut Ui, row: &KeyRow, state: &mut KeysState, intents: &mut Vec<Intent>) {
    let ctx = ui.ctx().clone();
    let name = row.action.label().get(&ctx);
    ui.label(name.as_ref());
    ui.horizontal(|ui| {
        // One more than there are: the last one adds.
        for index in 0..=row.chords.len() {
            let waiting = state.waiting == Some((row.action, index));
            let text = match row.chords.get(index) {
                _ if waiting => labels::PRESS_A_KEY.get(&ctx).into_owned(),
                Some(chord) => chord.to_string(),
                None => "+".to_owned(),
            };
            let button = ui.selectable_label(waiting, text);
            button.widget_info(|| {
                let key = row.chords.get(index).map(Chord::to_string);
                let key = key.unwrap_or_else(|| "+".to_owned());
                let label = format!("{name}: {key}");
                egui::WidgetInfo::selected(egui::WidgetType::Button, true, waiting, label)
            });
            let button = button.on_hover_text(labels::KEY_HOVER.get(&ctx));
            if button.clicked() {
                state.taken = None;
                state.waiting = (!waiting).then_some((row.action, index));
            }
            if button.secondary_clicked() && index < row.chords.len() {
                let action = row.action;
                intents.push(Intent::Unbind { action, index });
            }
        }
    });
    match row.conflict {
        Some(other) => {
            let other = other.label().get(&ctx);
            let text = labels::KEY_CONFLICT.fill(&ctx, &[("action", &other)]);
            ui.colored_label(ui.visuals().error_fg_color, text)
        }
        None => ui.label(""),
    };
}

/// Takes the next key while one is being chosen.
fn listen(ui: &Ui, model: &KeysModel, state: &mut KeysState, intents: &mut Vec<Intent>) {
    let Some((action, index)) = state.waiting else {
        return;
    };
    // The key must not also move the focus or close the panel.
    let pressed = ui.input_mut(|input| {
        let at = input.events.iter().position(|event| {
            matches!(event, egui::Event::Key { pressed: true, repeat: false, key, physical_key, .. }
                if key_code_of(physical_key.unwrap_or(*key)).is_some())
        })?;
        Some(input.events.remove(at))
    });
    let Some(egui::Event::Key {
        key,
        physical_key,
        modifiers,
        ..
    }) = pressed
    else {
        return;
    };
    let Some(code) = key_code_of(physical_key.unwrap_or(key)) else {
        return;
    };
    state.waiting = None;
    let chord = Chord {
        key: code,
        ctrl: modifiers.ctrl,
        shift: modifiers.shift,
        alt: modifiers.alt,
    };
    match model.meaning(chord) {
        Some(other) if other != action => state.taken = Some((action, index, chord, other)),
        _ => intents.push(Intent::Rebind {
            action,
            index,
            chord,
        }),
    }
}
