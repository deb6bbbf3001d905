use std::fmt;

use bevy::prelude::*;
use leafwing_input_manager::prelude::{ButtonlikeChord, InputMap, ModifierKey};
use serde::{Deserialize, Serialize};

use super::{UiAction, key_of};

/// A key with the modifiers that must be held. Written `Ctrl+Shift+K`.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Reflect, Serialize, Deserialize,
)]
#[serde(deny_unknown_fields)]
pub struct Chord {
    /// The key, by its place on the keyboard.
    pub key: KeyCode,
    /// Whether Ctrl must be held.
    #[serde(default, skip_serializing_if = "is_false")]
    pub ctrl: bool,
    /// Whether Shift must be held.
    #[serde(default, skip_serializing_if = "is_false")]
    pub shift: bool,
    /// Whether Alt must be held.
    #[serde(default, skip_serializing_if = "is_false")]
    pub alt: bool,
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
fn is_false(held: &bool) -> bool {
    !*held
}

impl Chord {
    /// The key alone.
    pub const fn key(key: KeyCode) -> Self {
        Self {
            key,
            ctrl: false,
            shift: false,
            alt: false,
        }
    }

    /// How many modifiers must be held.
    pub(super) fn modifiers(self) -> u8 {
        u8::from(self.ctrl) + u8::from(self.shift) + u8::from(self.alt)
    }

    /// Whether the key went down and up since the last frame while its modifiers were held.
    pub(super) fn was_tapped(self, keyboard: &ButtonInput<KeyCode>) -> bool {
        let held = |keys: [KeyCode; 2]| {
            keyboard.any_pressed(keys)
                || keyboard.any_just_pressed(keys)
                || keyboard.any_just_released(keys)
        };
        // One that is down again is seen by leafwing in the next frame.
        keyboard.just_pressed(self.key)
            && keyboard.just_released(self.key)
            && !keyboard.pressed(self.key)
            && (!self.ctrl || held(ModifierKey::Control.keycodes()))
            && (!self.shift || held(ModifierKey::Shift.keycodes()))
            && (!self.alt || held(ModifierKey::Alt.keycodes()))
    }

    pub(super) fn bind(self, action: UiAction, map: &mut InputMap<UiAction>) {
        if !(self.ctrl || self.shift || self.alt) {
            map.insert(action, self.key);
            return;
        }
        let mut chord = ButtonlikeChord::from_single(self.key);
        for (held, modifier) in [
            (self.ctrl, ModifierKey::Control),
            (self.shift, ModifierKey::Shift),
            (self.alt, ModifierKey::Alt),
        ] {
            if held {
                chord = chord.with(modifier);
            }
        }
        map.insert(action, chord);
    }
}

impl From<KeyCode> for Chord {
    fn from(key: KeyCode) -> Self {
        Self::key(key)
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [
            (self.ctrl, "Ctrl+"),
            (self.shift, "Shift+"),
            (self.alt, "Alt+"),
        ] {
            if held {
                f.write_str(name)?;
            }
        }
        match key_of(self.key) {
            Some(key) => f.write_str(key.name()),
            None => write!(f, "{:?}", self.key),
        }
    }
}
