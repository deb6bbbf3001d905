//! [`PublicStats`]: what strangers see.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{id::StatId, rows};

/// The values of the stats that a set marks `public: true`, for everybody near.
///
/// Written by the host, and only when a value has changed.
#[derive(Component, Clone, Debug, Default, PartialEq, Serialize, Deserialize, Reflect)]
#[reflect(Component)]
pub struct PublicStats {
    pub(crate) rows: Vec<(StatId, f32)>,
}

impl PublicStats {
    /// The value of a public stat.
    pub fn get(&self, stat: StatId) -> Option<f32> {
        rows::get(&self.rows, stat)
    }

    /// All public values, sorted by id.
    pub fn iter(&self) -> impl Iterator<Item = (StatId, f32)> {
        self.rows.iter().copied()
    }
}
