use serde::{Deserialize, Serialize};

/// The version of the messages on the wire; both sides must have the same.
pub const WIRE_VERSION: u16 = 1;

/// What two programs must agree on before they can play together.
///
/// Filled by the game (or by the replication part of this crate); compared by the host before
/// anything else is decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelloInfo {
    /// Normally [`WIRE_VERSION`].
    pub wire: u16,
    /// The rules plugins in use. Order does not matter.
    pub plugins: Vec<PluginInfo>,
    /// The content packs in use, with their hashes. Order does not matter.
    pub packs: Vec<PackInfo>,
}

impl Default for HelloInfo {
    fn default() -> Self {
        Self {
            wire: WIRE_VERSION,
            plugins: Vec::new(),
            packs: Vec::new(),
        }
    }
}

/// A rules plugin and the hash of what it puts on the wire.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PluginInfo {
    /// E.g. `wayfarer_magic`; at most 64 characters are shown.
    pub name: String,
    /// E.g. `0.2.0`; shown to the player, not compared when the hashes are equal.
    pub version: String,
    /// Hash of the replicated types and messages.
    pub hash: u64,
}

/// A content pack and the hash of what is in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PackInfo {
    /// E.g. `demo`.
    pub name: String,
    /// Hash of the whole pack; what is compared.
    pub hash: u64,
    /// The files, to spell out a difference. May be empty.
    pub files: Vec<FileInfo>,
}

/// A file of a content pack.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileInfo {
    /// Path inside the pack, e.g. `items/swords.ron`.
    pub path: String,
    /// Hash of the text.
    pub hash: u64,
}
