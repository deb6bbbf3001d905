//! Compiled content: what the rules read.

use std::{
    any::{Any, TypeId},
    sync::Arc,
};

use bevy::platform::collections::HashMap;

use super::{
    definition::{Definition, Table},
    diagnostic::Diagnostic,
    pack::PackInfo,
    source_map::{Located, Place, SourceMap},
};
use crate::id::DefId;

/// A pack, its version, the hash of its files, and the hash of each file by path.
pub type PackHash = (String, String, u64, Vec<(String, u64)>);

/// All definitions of all packs, checked. Immutable; a reload makes a new one.
#[derive(Default)]
pub struct Content {
    pub(crate) tables: HashMap<TypeId, Box<dyn Any + Send + Sync>>,
    pub(crate) derived: HashMap<TypeId, Box<dyn Any + Send + Sync>>,
    pub(crate) names: HashMap<DefId, Arc<str>>,
    pub(crate) renamed: HashMap<DefId, DefId>,
    pub(crate) packs: Vec<PackInfo>,
    pub(crate) pack_hashes: Vec<PackHash>,
    pub(crate) hash: u64,
    pub(crate) sources: Arc<SourceMap>,
    /// What authors should look at although the content can be used.
    pub warnings: Vec<Diagnostic>,
}

impl Content {
    /// The table of a kind; empty if the kind is not registered or no pack has any.
    pub fn table<D: Definition>(&self) -> &Table<D> {
        let table = self.tables.get(&TypeId::of::<D>());
        table
            .and_then(|table| table.downcast_ref())
            .unwrap_or(const { &Table::new() })
    }

    /// A value computed from the content by
    /// [`ContentRegistry::derive`](super::ContentRegistry::derive).
    pub fn derived<T: Send + Sync + 'static>(&self) -> Option<&T> {
        self.derived.get(&TypeId::of::<T>())?.downcast_ref()
    }

    /// The full name behind an id, of whatever kind.
    pub fn name_of(&self, id: DefId) -> Option<&str> {
        self.names.get(&id).map(AsRef::as_ref)
    }

    /// The id that an entry has now, given one that it has or had (`renamed` in `pack.ron`).
    pub fn current(&self, id: DefId) -> DefId {
        self.renamed.get(&id).copied().unwrap_or(id)
    }

    /// Ids that entries had, with those that they have now. Tables find an entry by either; what
    /// compares ids with each other asks [`current`](Self::current) first.
    pub const fn renamed(&self) -> &HashMap<DefId, DefId> {
        &self.renamed
    }

    /// Hash of the text of all files, line endings normalised. Host and client with equal hashes
    /// have the same rules.
    pub fn hash(&self) -> u64 {
        self.hash
    }

    /// Name, version, hash and file hashes of each pack, in the order of packs.
    pub fn pack_hashes(&self) -> &[PackHash] {
        &self.pack_hashes
    }

    /// The packs, dependencies first.
    pub fn packs(&self) -> &[PackInfo] {
        &self.packs
    }

    /// Where something was written.
    pub fn place_of(&self, at: impl Located) -> Option<Place> {
        self.sources.place(at.span())
    }
}

impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Content")
            .field("packs", &self.packs)
            .field("names", &self.names.len())
            .field("hash", &format_args!("{:016x}", self.hash))
            .finish_non_exhaustive()
    }
}
