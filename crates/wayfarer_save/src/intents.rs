//! What a game asks of the save plugin, and what it is told.

use bevy::prelude::*;

use crate::store::{SlotInfo, Which};

/// Save everything into a slot; later autosaves go there too.
#[derive(Message, Clone, Debug)]
pub struct SaveGame {
    /// The slot: 1 to 32 of `a-z`, `0-9`, `_`, `-`.
    pub slot: String,
    /// A line for the player in the list of saves.
    pub label: String,
}

impl SaveGame {
    /// Save into `slot`.
    pub fn new(slot: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            slot: slot.into(),
            label: label.into(),
        }
    }
}

/// Replace the running world by a saved one. On a host or alone only.
#[derive(Message, Clone, Debug)]
pub struct LoadGame {
    /// The slot.
    pub slot: String,
    /// The newest generation, or the one before.
    pub which: Which,
}

/// Delete a slot with everything in it.
#[derive(Message, Clone, Debug)]
pub struct DeleteSave {
    /// The slot.
    pub slot: String,
}

/// Look at all slots; the answer is [`SavesListed`].
#[derive(Message, Clone, Copy, Debug, Default)]
pub struct ListSaves;

/// A save is on disk.
#[derive(Message, Clone, Debug)]
pub struct GameSaved {
    /// The slot.
    pub slot: String,
    /// Counts the full checkpoints of the slot.
    pub generation: u64,
    /// Bytes written.
    pub bytes: u64,
    /// How long the writer took.
    pub took: std::time::Duration,
    /// Whether it was a full checkpoint.
    pub full: bool,
}

/// Something about saving or loading did not work. The game plays on; a failed save is tried
/// again by itself.
#[derive(Message, Clone, Debug)]
pub struct SaveFailed {
    /// The slot, if it is about one.
    pub slot: Option<String>,
    /// What is wrong and what to do, for the player.
    pub text: String,
}

/// A saved world is running.
#[derive(Message, Clone, Debug)]
pub struct GameLoaded {
    /// The slot.
    pub slot: String,
    /// The generation.
    pub generation: u64,
    /// What was damaged, missing or mended, as sentences; empty when all is well.
    pub problems: Vec<String>,
}

/// The slots of the profile.
#[derive(Message, Clone, Debug)]
pub struct SavesListed(pub Vec<SlotInfo>);
