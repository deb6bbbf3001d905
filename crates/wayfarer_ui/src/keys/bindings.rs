use std::collections::BTreeMap;

use bevy::prelude::*;
use leafwing_input_manager::prelude::InputMap;

use super::{Chord, UiAction};

/// Which keys mean what. Change it, and the input map and the store follow.
#[derive(Resource, Clone, Debug, PartialEq, Eq)]
pub struct KeyBindings {
    keys: BTreeMap<UiAction, Vec<Chord>>,
}

/// One key with two meanings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The key.
    pub chord: Chord,
    /// A meaning.
    pub first: UiAction,
    /// Another meaning.
    pub second: UiAction,
}

/// Why a text is no list of keys.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("the keys could not be read: {0}")]
pub struct BindingsError(pub String);

impl Default for KeyBindings {
    fn default() -> Self {
        use KeyCode as K;
        use UiAction as A;
        let keys = [
            (A::ToggleSheet, K::KeyC),
            (A::ToggleInventory, K::KeyI),
            (A::ToggleCrafting, K::KeyB),
            (A::ToggleGear, K::KeyG),
            (A::ToggleHistory, K::KeyH),
            (A::Interact, K::KeyE),
            (A::Close, K::Escape),
            (A::ToggleSession, K::F6),
            (A::ToggleKeys, K::F1),
            (A::ToggleInspector, K::F3),
            (A::ToggleLog, K::F4),
            (A::ToggleContent, K::F5),
            (A::ToggleEffects, K::F7),
            (A::ToggleRelations, K::F8),
            (A::TogglePackages, K::F9),
            (A::ToggleGraph, K::F10),
            (A::Hotbar1, K::Digit1),
            (A::Hotbar2, K::Digit2),
            (A::Hotbar3, K::Digit3),
            (A::Hotbar4, K::Digit4),
            (A::Hotbar5, K::Digit5),
            (A::Hotbar6, K::Digit6),
            (A::Hotbar7, K::Digit7),
            (A::Hotbar8, K::Digit8),
            (A::Hotbar9, K::Digit9),
            (A::Hotbar0, K::Digit0),
        ];
        Self {
            keys: keys.map(|(action, key)| (action, vec![key.into()])).into(),
        }
    }
}

impl KeyBindings {
    /// The keys of an action; none when it has lost them all.
    pub fn of(&self, action: UiAction) -> &[Chord] {
        self.keys.get(&action).map_or(&[], Vec::as_slice)
    }

    /// What a key means.
    pub fn meaning(&self, chord: Chord) -> Option<UiAction> {
        let mut all = self.keys.iter();
        all.find(|(_, chords)| chords.contains(&chord))
            .map(|(&action, _)| action)
    }

    /// Gives a key a meaning and takes away what it meant before. `index` names the key of the
    /// action that is replaced; beyond the last one the key is added.
    pub fn bind(&mut self, action: UiAction, index: usize, chord: Chord) {
        for (&other, chords) in &mut self.keys {
            if other != action {
                chords.retain(|&known| known != chord);
            }
        }
        let chords = self.keys.entry(action).or_default();
        match chords.get_mut(index) {
            Some(known) => *known = chord,
            None => chords.push(chord),
        }
        let mut seen = Vec::new();
        chords.retain(|&known| {
            let new = !seen.contains(&known);
            seen.push(known);
            new
        });
    }

    /// Takes a key from an action; nothing happens when there is none at `index`.
    pub fn unbind(&mut self, action: UiAction, index: usize) {
        if let Some(chords) = self.keys.get_mut(&action)
            && index < chords.len()
        {
            chords.remove(index);
        }
    }

    /// Keys that mean two things. [`KeyBindings::bind`] leaves none; a stored text can have some.
    pub fn conflicts(&self) -> Vec<Conflict> {
        let mut found = Vec::new();
        let all: Vec<(Chord, UiAction)> = self
            .keys
            .iter()
            .flat_map(|(&action, chords)| chords.iter().map(move |&chord| (chord, action)))
            .collect();
        for (at, &(chord, first)) in all.iter().enumerate() {
            for &(other, second) in &all[at + 1..] {
                if chord == other && first != second {
                    found.push(Conflict {
                        chord,
                        first,
                        second,
                    });
                }
            }
        }
        found
    }

    /// The bindings as RON, to be kept by the game.
    pub fn to_ron(&self) -> String {
        // Plain enums and booleans always serialise.
        ron::ser::to_string_pretty(&self.keys, ron::ser::PrettyConfig::new().depth_limit(1))
            .unwrap_or_default()
    }

    /// Reads what [`KeyBindings::to_ron`] wrote. Actions that the text does not name keep their
    /// first keys, so that an action of a newer version has one.
    ///
    /// # Errors
    /// The text is damaged.
    pub fn from_ron(text: &str) -> Result<Self, BindingsError> {
        let stored: BTreeMap<UiAction, Vec<Chord>> =
            ron::from_str(text).map_err(|error| BindingsError(error.to_string()))?;
        let mut bindings = Self::default();
        let taken: Vec<Chord> = stored.values().flatten().copied().collect();
        for (action, chords) in &mut bindings.keys {
            if !stored.contains_key(action) {
                // A default must not steal a key that the player gave to something else.
                chords.retain(|chord| !taken.contains(chord));
            }
        }
        bindings.keys.extend(stored);
        Ok(bindings)
    }

    /// What was meant by keys that went down and up since the last frame. Of two meanings of a
    /// key the one with more modifiers counts, as it does with leafwing.
    pub(super) fn tapped(&self, keyboard: &ButtonInput<KeyCode>) -> Vec<UiAction> {
        let all = || {
            self.keys
                .iter()
                .flat_map(|(&action, chords)| chords.iter().map(move |&chord| (action, chord)))
                .filter(|(_, chord)| chord.was_tapped(keyboard))
        };
        let outdone = |chord: Chord| {
            all().any(|(_, other)| other.key == chord.key && other.modifiers() > chord.modifiers())
        };
        all()
            .filter(|&(_, chord)| !outdone(chord))
            .map(|(action, _)| action)
            .collect()
    }

    pub(crate) fn input_map(&self) -> InputMap<UiAction> {
        let mut map = InputMap::default();
        for (&action, chords) in &self.keys {
            for chord in chords {
                chord.bind(action, &mut map);
            }
        }
        map
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_complete_and_free_of_conflicts() {
        let bindings = KeyBindings::default();
        for action in UiAction::ALL {
            assert!(!bindings.of(action).is_empty(), "{action:?}");
        }
        assert_eq!(bindings.conflicts(), []);
    }

    #[test]
    fn a_key_has_one_meaning() {
        let mut bindings = KeyBindings::default();
        let c = Chord::key(KeyCode::KeyC);
        bindings.bind(UiAction::Interact, 0, c);
        assert_eq!(bindings.meaning(c), Some(UiAction::Interact));
        assert_eq!(bindings.of(UiAction::ToggleSheet), []);
        assert_eq!(bindings.conflicts(), []);
        bindings.bind(UiAction::Interact, 9, Chord::key(KeyCode::KeyF));
        bindings.bind(UiAction::Interact, 1, c);
        assert_eq!(bindings.of(UiAction::Interact), [c], "no key twice");
        bindings.unbind(UiAction::Interact, 5);
        bindings.unbind(UiAction::Interact, 0);
        assert_eq!(bindings.of(UiAction::Interact), []);
    }

    #[test]
    fn bindings_survive_being_stored() {
        let mut bindings = KeyBindings::default();
        let chord = Chord {
            ctrl: true,
            ..Chord::key(KeyCode::KeyK)
        };
        bindings.bind(UiAction::ToggleLog, 0, chord);
        bindings.unbind(UiAction::Close, 0);
        let text = bindings.to_ron();
        assert_eq!(KeyBindings::from_ron(&text).unwrap(), bindings, "{text}");
        assert_eq!(chord.to_string(), "Ctrl+K");
    }

    #[test]
    fn an_old_text_gets_the_keys_of_new_actions_but_loses_none() {
        let text = "{toggle_sheet: [(key: KeyI)]}";
        let bindings = KeyBindings::from_ron(text).unwrap();
        let i = Chord::key(KeyCode::KeyI);
        assert_eq!(bindings.meaning(i), Some(UiAction::ToggleSheet));
        assert_eq!(bindings.of(UiAction::ToggleInventory), []);
        assert_eq!(bindings.of(UiAction::Interact).len(), 1);
        assert!(KeyBindings::from_ron("{toggle_nothing: []}").is_err());
        assert!(KeyBindings::from_ron("(((").is_err());
    }

    #[test]
    fn stored_conflicts_are_found() {
        let text = "{toggle_sheet: [(key: KeyX)], interact: [(key: KeyX)]}";
        let conflicts = KeyBindings::from_ron(text).unwrap().conflicts();
        assert_eq!(conflicts.len(), 1);
        assert_eq!(conflicts[0].chord, Chord::key(KeyCode::KeyX));
    }
}
