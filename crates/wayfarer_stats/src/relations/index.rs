//! [`RelationIndex`]: the kinds of relations, compiled.

use std::sync::Arc;

use smallvec::SmallVec;
use wayfarer_core::{
    content::{Content, Report},
    id::DefId,
};
use wayfarer_formula::Program;

use super::{Decay, RelationDef, Stored, compile};
use crate::{
    content::{LevelDef, StatDef, StatSetDef, TierDef},
    id::StatId,
    rows,
    rules::{level::Range, resource::Now, sum::clamped},
};

/// All kinds of relations. Computed when content is loaded; read it with
/// `content.derived::<RelationIndex>()`.
#[derive(Default, Debug)]
pub struct RelationIndex {
    /// Sorted by id.
    kinds: Vec<RelationKind>,
}

/// One kind of relation, ready to be evaluated.
#[derive(Debug)]
pub struct RelationKind {
    pub(super) id: DefId,
    pub(super) set: DefId,
    /// In the order of the set.
    pub(super) axes: Box<[Axis]>,
    /// Positions of the axes, each after those that its formula reads.
    pub(super) order: Box<[u16]>,
    /// Levels by falling priority: position in the set, and ranges by position of the axis.
    pub(super) levels: Box<[(u8, Box<[(u16, Range)]>)]>,
    pub(super) log: u16,
}

/// One axis of a kind of relation.
#[derive(Debug)]
pub struct Axis {
    pub(super) id: StatId,
    pub(super) key: Arc<str>,
    pub(super) min: f32,
    pub(super) max: f32,
    pub(super) start: f32,
    pub(super) formula: Option<Program>,
    pub(super) decay: Option<Decay>,
    pub(super) tiers: Box<[f32]>,
}

impl Axis {
    /// Its id.
    pub fn id(&self) -> StatId {
        self.id
    }

    /// Its name inside the set, `affinity`.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The value of a bond of which nothing is said; meaningless for a formula.
    pub fn start(&self) -> f32 {
        self.start
    }

    /// How it wears off, if it does.
    pub fn decay(&self) -> Option<Decay> {
        self.decay
    }

    /// A value within the limits, finite.
    pub(super) fn clamped(&self, value: f32) -> f32 {
        clamped(value, self.min, self.max)
    }

    /// What is left of a stored value, before the limits.
    pub(super) fn worn(&self, stored: Stored, now: Now) -> f32 {
        match self.decay {
            Some(decay) => decay.after(stored.value, now.seconds_since(stored.since)),
            None => stored.value,
        }
    }

    /// How a value is kept: nothing if it is what there would be anyway, now and later.
    pub(super) fn kept(&self, value: f32, since: u64) -> Option<Stored> {
        let rests = self.decay.is_none_or(|decay| decay.towards == self.start);
        let untouched = self.formula.is_none() && rests && value == self.start;
        (!untouched).then_some(Stored { value, since })
    }
}

/// Values by position of the axis.
pub(super) type Values = SmallVec<[f32; 8]>;

impl RelationIndex {
    /// Compiles the kinds of relations, and reports sets that cannot be those of a bond.
    pub(crate) fn build(content: &Content, report: &mut Report) -> Option<Self> {
        let defs = content.table::<RelationDef>().iter();
        let mut kinds: Vec<RelationKind> = defs
            .filter_map(|def| compile::compile(content, def, report))
            .collect();
        kinds.sort_unstable_by_key(|kind| kind.id);
        (!report.has_errors()).then_some(Self { kinds })
    }

    /// The kind with this id.
    pub fn get(&self, kind: DefId) -> Option<&RelationKind> {
        let at = self.kinds.binary_search_by_key(&kind, |known| known.id);
        self.kinds.get(at.ok()?)
    }

    /// All kinds, sorted by id.
    pub fn iter(&self) -> std::slice::Iter<'_, RelationKind> {
        self.kinds.iter()
    }
}

impl RelationKind {
    /// Its id.
    pub fn id(&self) -> DefId {
        self.id
    }

    /// The stat set whose axes it has.
    pub fn set(&self) -> DefId {
        self.set
    }

    /// The axes in the order of the set.
    pub fn axes(&self) -> &[Axis] {
        &self.axes
    }

    /// How many causes are remembered for each other character.
    pub fn log(&self) -> u16 {
        self.log
    }

    /// The axis with this name inside the set.
    pub fn find(&self, key: &str) -> Option<StatId> {
        let axis = self.axes.iter().find(|axis| axis.key() == key)?;
        Some(axis.id)
    }

    pub(super) fn position(&self, stat: StatId) -> Option<usize> {
        self.axes.iter().position(|axis| axis.id == stat)
    }

    pub(super) fn axis(&self, stat: StatId) -> Option<&Axis> {
        self.axes.get(self.position(stat)?)
    }

    /// The values of a bond with these stored ones.
    pub(super) fn evaluate(&self, stored: &[(StatId, Stored)], now: Now) -> Values {
        let mut values: Values = SmallVec::from_elem(0.0, self.axes.len());
        for at in self.order.iter().copied().map(usize::from) {
            let Some(axis) = self.axes.get(at) else {
                continue;
            };
            let value = match rows::get(stored, axis.id) {
                Some(stored) => axis.worn(stored, now),
                None => match &axis.formula {
                    Some(formula) => formula.eval(&values),
                    None => axis.start,
                },
            };
            values[at] = axis.clamped(value);
        }
        values
    }

    /// Position of the level that holds.
    pub(super) fn level_of(&self, values: &[f32]) -> Option<u8> {
        let holds = |when: &[(u16, Range)]| {
            when.iter().all(|(axis, range)| {
                values
                    .get(usize::from(*axis))
                    .is_some_and(|v| range.holds(*v))
            })
        };
        let found = self.levels.iter().find(|(_, when)| holds(when))?;
        Some(found.0)
    }

    fn set_def<'c>(&self, content: &'c Content) -> Option<&'c StatSetDef> {
        content
            .table::<StatSetDef>()
            .get(self.set)
            .map(|def| &**def)
    }

    pub(super) fn stat_def<'c>(&self, content: &'c Content, stat: StatId) -> Option<&'c StatDef> {
        let (_, def) = self.set_def(content)?.stats.at(self.position(stat)?)?;
        Some(def)
    }

    pub(super) fn tier_def<'c>(
        &self,
        content: &'c Content,
        stat: StatId,
        tier: u8,
    ) -> Option<&'c TierDef> {
        self.stat_def(content, stat)?.tiers.get(usize::from(tier))
    }

    pub(super) fn level_def<'c>(&self, content: &'c Content, level: u8) -> Option<&'c LevelDef> {
        self.set_def(content)?.levels.get(usize::from(level))
    }
}
