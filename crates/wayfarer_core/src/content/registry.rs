//! What there can be in content: kinds, checks, derived values.

use std::{
    any::{Any, TypeId, type_name},
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use bevy::prelude::*;

use super::{
    compile::{Build, Linking, build_table, link_table, rename_table},
    definition::Definition,
    lookup::Content,
    merge::Resolved,
    renamed::Renamed,
    report::Report,
};

pub(crate) type AnyTable = Box<dyn Any + Send + Sync>;
pub(crate) type CheckFn = Arc<dyn Fn(&Content, &mut Report) + Send + Sync>;
pub(crate) type DeriveFn =
    Arc<dyn Fn(&Content, &mut Report) -> Option<(TypeId, AnyTable)> + Send + Sync>;
pub(crate) type SwapFn = fn(&mut World, &Content, &Content);

/// How the entries of one kind become a table.
#[derive(Clone, Copy)]
pub(crate) struct Kind {
    pub(crate) type_id: TypeId,
    pub(crate) type_name: &'static str,
    pub(crate) build: for<'a> fn(&mut Build<'_>, &[Resolved<'a>]) -> AnyTable,
    pub(crate) link: fn(&mut AnyTable, &mut Linking<'_>),
    pub(crate) rename: fn(&mut AnyTable, &Renamed),
}

/// The kinds of content, with checks and derived values. Filled while plugins are built, by us and
/// by games alike.
#[derive(Resource, Clone, Default)]
pub struct ContentRegistry {
    pub(crate) kinds: BTreeMap<&'static str, Kind>,
    /// Folders to which two types lay claim: (folder, first type, second type).
    pub(crate) conflicts: Vec<(&'static str, &'static str, &'static str)>,
    pub(crate) ignored: BTreeSet<&'static str>,
    pub(crate) checks: BTreeMap<&'static str, CheckFn>,
    pub(crate) derives: BTreeMap<&'static str, DeriveFn>,
    pub(crate) swaps: Vec<SwapFn>,
}

impl ContentRegistry {
    /// Makes `<pack>/<D::KIND>/` a folder of definitions `D`. Repeating it has no effect; another
    /// type for the same folder is an error of the content.
    pub fn register<D: Definition>(&mut self) -> &mut Self {
        let kind = Kind {
            type_id: TypeId::of::<D>(),
            type_name: type_name::<D>(),
            build: build_table::<D>,
            link: link_table::<D>,
            rename: rename_table::<D>,
        };
        let first = self.kinds.entry(D::KIND).or_insert(kind);
        if first.type_id != kind.type_id {
            let conflict = (D::KIND, first.type_name, kind.type_name);
            self.conflicts.push(conflict);
        }
        self
    }

    /// Lets packs have a folder that this program does not use, such as `spells` in a game without
    /// magic. Its files are not read.
    pub fn ignore_folder(&mut self, folder: &'static str) -> &mut Self {
        self.ignored.insert(folder);
        self
    }

    /// Adds a check of the whole content: unreachable entries, impossible combinations.
    ///
    /// Checks run in the order of their names, after all derived values, and only if the single
    /// entries have no errors. A name that is there already is replaced.
    pub fn check(
        &mut self,
        name: &'static str,
        check: impl Fn(&Content, &mut Report) + Send + Sync + 'static,
    ) -> &mut Self {
        self.checks.insert(name, Arc::new(check));
        self
    }

    /// Adds a value that is computed from the content once and kept in it, such as the layouts of
    /// stat sheets; read it with [`Content::derived`].
    ///
    /// Derived values are computed in the order of their names (`stats.1_layout` before
    /// `stats.2_tiers`); each can read the earlier ones. A name that is there already is replaced.
    /// Return `None` together with an error in the report.
    pub fn derive<T: Send + Sync + 'static>(
        &mut self,
        name: &'static str,
        derive: impl Fn(&Content, &mut Report) -> Option<T> + Send + Sync + 'static,
    ) -> &mut Self {
        let boxed = move |content: &Content, report: &mut Report| {
            let value = derive(content, report)?;
            Some((TypeId::of::<T>(), Box::new(value) as AnyTable))
        };
        self.derives.insert(name, Arc::new(boxed));
        self
    }

    /// Calls `swap(world, old, new)` when new content has become active, between two ticks, to
    /// carry instances over. In the order of registration; the same function only once.
    pub fn on_swap(&mut self, swap: fn(&mut World, &Content, &Content)) -> &mut Self {
        if !self
            .swaps
            .iter()
            .any(|known| std::ptr::fn_addr_eq(*known, swap))
        {
            self.swaps.push(swap);
        }
        self
    }
}

impl std::fmt::Debug for ContentRegistry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ContentRegistry")
            .field("kinds", &self.kinds.keys())
            .field("checks", &self.checks.keys())
            .field("derives", &self.derives.keys())
            .finish_non_exhaustive()
    }
}
