//! [`PublicEffects`]: what strangers see.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::id::DefId;

/// The effects that a definition marks `public: true`, with their stacks, for everybody near.
///
/// Written by the host, and only when something has changed. Suppressed effects are not seen.
#[derive(Component, Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Reflect)]
#[reflect(Component)]
pub struct PublicEffects {
    pub(super) rows: Vec<(DefId, u16)>,
}

impl PublicEffects {
    /// Whether somebody is seen to have this effect.
    pub fn has(&self, effect: DefId) -> bool {
        self.rows.iter().any(|row| row.0 == effect)
    }

    /// Every effect that is seen, with its stacks.
    pub fn iter(&self) -> impl Iterator<Item = (DefId, u16)> + '_ {
        self.rows.iter().copied()
    }
}
