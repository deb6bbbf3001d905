//! Limits and defaults of stats as a world has them.

use std::collections::BTreeMap;

use wayfarer_core::{
    content::{Content, Def, Spanned},
    id::DefId,
};

use crate::{
    content::{StatDef, WorldDef, WorldStatDef},
    id::StatId,
    index::StatIndex,
    rules::sum::clamped,
};

/// What a world says about stats. Without one, and about other stats, what their sets say.
#[derive(Debug, Default)]
pub(crate) struct WorldRules<'c> {
    world: Option<&'c Def<WorldDef>>,
    stats: BTreeMap<StatId, &'c WorldStatDef>,
}

impl<'c> WorldRules<'c> {
    /// The rules of a world; names that stand for no stat have been reported.
    pub(crate) fn of(content: &'c Content, index: &StatIndex, world: Option<DefId>) -> Self {
        let world = world.and_then(|world| content.table::<WorldDef>().get(world));
        let stats = world.into_iter().flat_map(|world| world.stats.iter());
        let stats = stats.filter_map(|(name, stat)| Some((index.resolve(None, name).ok()?, stat)));
        Self {
            world,
            stats: stats.collect(),
        }
    }

    /// The world, if its rules differ from those outside of it.
    pub(crate) fn changing(content: &Content, world: Option<DefId>) -> Option<DefId> {
        let def = content.table::<WorldDef>().get(world?)?;
        def.changes_rules().then(|| def.id())
    }

    pub(crate) fn world(&self) -> Option<&'c Def<WorldDef>> {
        self.world
    }

    /// Lowest value, or minus infinity.
    pub(crate) fn lowest(&self, stat: StatId, def: &StatDef) -> f32 {
        let own = self.number(stat, |stat| stat.min.as_ref());
        own.map_or_else(|| def.lowest(), |own| own.value)
    }

    /// Highest value, or infinity.
    pub(crate) fn highest(&self, stat: StatId, def: &StatDef) -> f32 {
        let own = self.number(stat, |stat| stat.max.as_ref());
        own.map_or_else(|| def.highest(), |own| own.value)
    }

    /// The default that is written.
    pub(crate) fn written(&self, stat: StatId, def: &StatDef) -> Option<f32> {
        let own = self.own_default(stat).or(def.default.as_ref());
        own.map(|default| default.value)
    }

    /// The default that the world itself says.
    pub(crate) fn own_default(&self, stat: StatId) -> Option<&'c Spanned<f32>> {
        self.number(stat, |stat| stat.default.as_ref())
    }

    /// The value of a character of whom nothing else is said.
    pub(crate) fn start(&self, stat: StatId, def: &StatDef) -> f32 {
        let default = self.written(stat, def).unwrap_or(0.0);
        clamped(default, self.lowest(stat, def), self.highest(stat, def))
    }

    fn number(
        &self,
        stat: StatId,
        of: impl FnOnce(&'c WorldStatDef) -> Option<&'c Spanned<f32>>,
    ) -> Option<&'c Spanned<f32>> {
        self.stats.get(&stat).copied().and_then(of)
    }
}
