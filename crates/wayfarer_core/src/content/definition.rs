//! What a kind of content is, and the table of its entries.

use std::{ops::Deref, sync::Arc};

use bevy::platform::collections::HashMap;
use serde::de::DeserializeOwned;

use super::{
    link::LinkCtx,
    source_map::{Located, Place, Span},
};
use crate::id::DefId;

/// A kind of content: items, stats, spells, or a game's own.
///
/// A plain struct with `#[derive(Deserialize)]`. Unknown fields are refused at every depth, with
/// or without `deny_unknown_fields`; do not use `serde(flatten)` or `untagged`, which lose the
/// place of errors. The names `extends`, `replace`, `abstract`, `add` and `remove` belong to the
/// content system. Use [`Ref`](super::Ref) for other entries and [`Text`](super::Text) for
/// formulas and other strings that can be wrong.
pub trait Definition: DeserializeOwned + Send + Sync + 'static {
    /// The folder in a pack and the word in messages, in the plural: `items`.
    const KIND: &'static str;

    /// Called once for each entry when all names are known: parse formulas, check values.
    ///
    /// References ([`Ref`](super::Ref)) have been checked already.
    fn link(&mut self, _ctx: &mut LinkCtx<'_>) {}
}

/// One entry: the definition, its name and where it was written. Derefs to the definition.
#[derive(Debug)]
pub struct Def<D> {
    // Private, so that `def.name` outside of this module is the definition's own field.
    value: D,
    name: Arc<str>,
    id: DefId,
    place: Place,
    span: Span,
}

impl<D> Def<D> {
    pub(crate) fn new(value: D, name: &Arc<str>, place: Place, span: Span) -> Self {
        Self {
            value,
            id: DefId::of(name),
            name: Arc::clone(name),
            place,
            span,
        }
    }

    /// The stable id.
    pub fn id(&self) -> DefId {
        self.id
    }

    /// The full name, `pack:name`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The pack in the name. A later pack may have replaced the entry; [`Def::place`] tells.
    pub fn pack(&self) -> &str {
        self.name.split(':').next().unwrap_or_default()
    }

    /// Where the entry begins.
    pub fn place(&self) -> &Place {
        &self.place
    }
}

impl<D> Deref for Def<D> {
    type Target = D;

    fn deref(&self) -> &D {
        &self.value
    }
}

impl<D> Located for Def<D> {
    fn span(&self) -> Span {
        self.span
    }
}

/// All entries of a kind, sorted by name.
///
/// Indexes are dense and fast but change with every reload; ids and names stay.
#[derive(Debug)]
pub struct Table<D> {
    defs: Vec<Def<D>>,
    index: HashMap<DefId, u32>,
}

impl<D> Table<D> {
    /// A table without entries.
    pub const fn new() -> Self {
        Self {
            defs: Vec::new(),
            index: HashMap::new(),
        }
    }

    /// `defs` must be sorted by name.
    pub(crate) fn from_sorted(defs: Vec<Def<D>>) -> Self {
        let numbered = defs.iter().zip(0..);
        let index = numbered.map(|(def, index)| (def.id, index)).collect();
        Self { defs, index }
    }

    /// Lets the entry `new` be found as `old`, too. Nothing happens without such an entry, or if
    /// `old` is one itself.
    pub(crate) fn also_called(&mut self, old: DefId, new: DefId) {
        if let Some(&index) = self.index.get(&new) {
            self.index.entry(old).or_insert(index);
        }
    }

    /// Each entry as name, place of the name, and the definition to be changed.
    pub(crate) fn parts_mut(&mut self) -> impl Iterator<Item = (&str, Span, &mut D)> {
        self.defs
            .iter_mut()
            .map(|def| (&*def.name, def.span, &mut def.value))
    }

    /// The entry with this id, or that had it (`renamed` in `pack.ron`).
    pub fn get(&self, id: DefId) -> Option<&Def<D>> {
        self.at(self.index_of(id)?)
    }

    /// The entry with this full name (`pack:name`).
    pub fn get_by_name(&self, name: &str) -> Option<&Def<D>> {
        self.get(DefId::of(name)).filter(|def| def.name() == name)
    }

    /// All entries, sorted by name.
    pub fn iter(&self) -> std::slice::Iter<'_, Def<D>> {
        self.defs.iter()
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.defs.len()
    }

    /// Whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.defs.is_empty()
    }

    /// Position of the entry in [`Table::iter`], valid until the next reload.
    pub fn index_of(&self, id: DefId) -> Option<u32> {
        self.index.get(&id).copied()
    }

    /// The entry at this position.
    pub fn at(&self, index: u32) -> Option<&Def<D>> {
        self.defs.get(index as usize)
    }
}

impl<D> Default for Table<D> {
    fn default() -> Self {
        Self::new()
    }
}

impl<'a, D> IntoIterator for &'a Table<D> {
    type Item = &'a Def<D>;
    type IntoIter = std::slice::Iter<'a, Def<D>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
