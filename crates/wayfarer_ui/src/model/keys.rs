//! The list of keys as data.

use crate::keys::{Chord, KeyBindings, UiAction};

/// Every action with its keys.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KeysModel {
    /// The actions in the order of display.
    pub rows: Vec<KeyRow>,
}

/// One action with its keys.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyRow {
    /// The action.
    pub action: UiAction,
    /// Its keys.
    pub chords: Vec<Chord>,
    /// Another action with one of its keys.
    pub conflict: Option<UiAction>,
}

impl KeysModel {
    /// The list for these bindings.
    pub fn of(bindings: &KeyBindings) -> Self {
        let conflicts = bindings.conflicts();
        let rows = UiAction::ALL.map(|action| KeyRow {
            action,
            chords: bindings.of(action).to_vec(),
            conflict: conflicts.iter().find_map(|conflict| {
                match (conflict.first == action, conflict.second == action) {
                    (true, _) => Some(conflict.second),
                    (_, true) => Some(conflict.first),
                    _ => None,
                }
            }),
        });
        Self { rows: rows.into() }
    }

    /// What a key means in this list.
    pub fn meaning(&self, chord: Chord) -> Option<UiAction> {
        let mut rows = self.rows.iter();
        rows.find(|row| row.chords.contains(&chord))
            .map(|row| row.action)
    }
}
