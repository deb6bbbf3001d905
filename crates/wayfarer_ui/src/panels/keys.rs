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
            let button = ui.add(egui::Button::new(text).selected(waiting));
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

#[cfg(test)]
mod tests {
    use bevy::prelude::KeyCode;
    use egui_kittest::{Harness, kittest::Queryable as _};

    use super::*;
    use crate::keys::KeyBindings;

    type Stage = (KeysModel, KeysState, Vec<Intent>);

    fn play() -> Harness<'static, Stage> {
        let model = KeysModel::of(&KeyBindings::default());
        let mut harness = Harness::builder().with_size([700.0, 600.0]).build_ui_state(
            |ui, (model, state, intents): &mut Stage| keys_panel(ui, model, state, intents),
            (model, KeysState::default(), Vec::new()),
        );
        harness.run();
        harness
    }

    #[test]
    fn click_then_press() {
        let mut harness = play();
        harness.get_by_label("Inventory: I").click();
        harness.run();
        harness.key_press(egui::Key::K);
        harness.run();
        let wanted = Intent::Rebind {
            action: UiAction::ToggleInventory,
            index: 0,
            chord: Chord::key(KeyCode::KeyK),
        };
        assert_eq!(harness.state().2, [wanted]);
        assert_eq!(harness.state().1, KeysState::default());
    }

    #[test]
    fn a_taken_key_asks_back() {
        let mut harness = play();
        harness.get_by_label("Inventory: +").click();
        harness.run();
        harness.key_press(egui::Key::C);
        harness.run();
        assert_eq!(harness.state().2, []);
        harness.get_by_label("C means “Character sheet” so far.");
        harness.get_by_label("Take it over").click();
        harness.run();
        let wanted = Intent::Rebind {
            action: UiAction::ToggleInventory,
            index: 1,
            chord: Chord::key(KeyCode::KeyC),
        };
        assert_eq!(harness.state().2, [wanted]);
    }

    #[test]
    fn a_right_click_takes_a_key_away() {
        let mut harness = play();
        harness.get_by_label("Close: Escape").click_secondary();
        harness.run();
        let wanted = Intent::Unbind {
            action: UiAction::Close,
            index: 0,
        };
        assert_eq!(harness.state().2, [wanted]);
    }
}
