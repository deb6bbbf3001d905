//! What the player may know about saving at any time.

use std::{path::PathBuf, time::Duration};

use bevy::prelude::*;

use crate::store::SlotName;

/// Whether there is a place to save to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProfileState {
    /// This folder is ours.
    Ready(PathBuf),
    /// Nothing can be saved; the text says why and what to do.
    Unavailable(String),
}

/// The state of saving.
#[derive(Resource, Clone, Debug)]
pub struct SaveStatus {
    /// Where saves go.
    pub profile: ProfileState,
    /// The slot that autosaves go to; set by saving or loading.
    pub slot: Option<SlotName>,
    /// The line for the list of saves.
    pub label: String,
    /// Saves handed to the writer and not yet on disk.
    pub waiting: u32,
    /// The last trouble, until a save succeeds.
    pub trouble: Option<String>,
    /// How long the main thread took for the last snapshot.
    pub last_snapshot: Duration,
}

impl SaveStatus {
    pub(crate) fn new(profile: ProfileState) -> Self {
        let trouble = match &profile {
            ProfileState::Ready(_) => None,
            ProfileState::Unavailable(why) => Some(why.clone()),
        };
        Self {
            profile,
            slot: None,
            label: String::new(),
            waiting: 0,
            trouble,
            last_snapshot: Duration::ZERO,
        }
    }
}
