use bevy::prelude::*;
use bevy_egui::input::EguiWantsInput;
use leafwing_input_manager::prelude::{ActionState, InputMap};

use super::{KeyBindings, UiAction};
use crate::plugin::PanelStates;

/// Actions that were pressed by a key which is up again already.
#[derive(Resource, Default, Debug)]
pub(crate) struct Tapped(Vec<UiAction>);

/// Where key systems run, in `PreUpdate` after leafwing's.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeysSystems {
    /// What was pressed is looked at; in `Update`.
    React,
}

/// Run condition for a game's own key systems: a text field or a menu has the keyboard.
pub fn ui_takes_keyboard(wants: Option<Res<EguiWantsInput>>) -> bool {
    wants.is_some_and(|wants| wants.wants_any_keyboard_input())
}

/// One entity carries the interface's input.
pub(crate) fn spawn_input(mut commands: Commands, bindings: Res<KeyBindings>) {
    commands.spawn((Name::new("Wayfarer keys"), bindings.input_map()));
}

/// The input map follows the bindings.
pub(crate) fn apply_bindings(bindings: Res<KeyBindings>, mut maps: Query<&mut InputMap<UiAction>>) {
    for mut map in &mut maps {
        *map = bindings.input_map();
    }
}

/// What is typed into a field, or chosen as a new key, means nothing else.
pub(crate) fn gate_keys(
    wants: Option<Res<EguiWantsInput>>,
    panels: Res<PanelStates>,
    keyboard: Option<Res<ButtonInput<KeyCode>>>,
    mut states: Query<&mut ActionState<UiAction>>,
) {
    let asked = panels.keys.waiting.is_some() || panels.inventory.asks();
    let typing = asked || ui_takes_keyboard(wants);
    // The key that ended the typing is still held: it counts for nothing until it is let go.
    let held = keyboard.is_some_and(|keyboard| keyboard.get_pressed().next().is_some());
    for mut state in &mut states {
        if typing && !state.disabled() {
            state.disable();
        } else if !typing && state.disabled() && !held {
            state.enable();
        }
    }
}

/// A key that goes down and up again within one frame (a slow frame, a quick finger) counts too:
/// leafwing only looks at what is held when the frame begins, and would never hear of it.
pub(crate) fn press_tapped(
    bindings: Res<KeyBindings>,
    keyboard: Option<Res<ButtonInput<KeyCode>>>,
    mut tapped: ResMut<Tapped>,
    mut states: Query<&mut ActionState<UiAction>>,
) {
    let Some(keyboard) = keyboard else { return };
    if keyboard.get_just_released().next().is_none() {
        return;
    }
    for action in bindings.tapped(&keyboard) {
        for mut state in &mut states {
            // Pressed already: by another of its keys, which is still held.
            if !state.disabled() && !state.pressed(&action) {
                state.press(&action);
                tapped.0.push(action);
            }
        }
    }
}

/// Nobody else tells leafwing that a tapped key is up.
pub(crate) fn release_tapped(
    mut tapped: ResMut<Tapped>,
    mut states: Query<&mut ActionState<UiAction>>,
) {
    for action in tapped.0.drain(..) {
        for mut state in &mut states {
            state.release(&action);
        }
    }
}
