//! [`StatId`]: the name of a stat that the wire and saves speak.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use wayfarer_core::id::DefId;

/// Stable id of a stat: the hash of its full name, `core:attributes.strength`.
///
/// On the wire it is always four bytes: a hash gains nothing from a variable length.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, bevy::reflect::Reflect,
)]
pub struct StatId(pub DefId);

impl StatId {
    /// The id of the stat with this full name, `pack:set.stat`.
    pub fn of(full_name: &str) -> Self {
        Self(DefId::of(full_name))
    }
}

impl fmt::Display for StatId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for StatId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.0.to_le_bytes().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for StatId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = <[u8; 4]>::deserialize(deserializer)?;
        Ok(Self(DefId(u32::from_le_bytes(bytes))))
    }
}
