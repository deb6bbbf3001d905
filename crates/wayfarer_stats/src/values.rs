//! [`StatValues`]: what follows from the inputs.

use std::sync::Arc;

use bevy::prelude::*;
use smallvec::SmallVec;
use wayfarer_core::id::DefId;

use crate::{
    content::{LabelRule, LabelsDef, LevelDef, StatSetDef, TierDef},
    id::StatId,
    index::StatIndex,
    inputs::{Current, StatInputs},
    layout::{Condition, Layout, Shape, Slot},
    rules::{
        level,
        resource::{self, Now},
        sum::Fold,
        tier,
    },
};

mod compute;
mod gather;
mod settle_one;
mod sink;
mod sweep;
#[cfg(test)]
mod tests;
mod writer;

pub(crate) use sink::{Changes, NoSink, Sink};
pub use writer::StatWriter;

/// The values of a character's stats, with tiers and levels. Derived: neither saved nor sent, but
/// computed by the host and the owner's client from [`StatInputs`] with this same code.
///
/// Marked as changed only when a value has changed.
#[derive(Component, Clone, Debug, Default)]
pub struct StatValues {
    layout: Option<Arc<Layout>>,
    /// By slot, then the layout's constants.
    values: Box<[f32]>,
    cells: Box<[Cell]>,
    /// The modifiers that count, of the stats that have any.
    folds: Vec<Fold>,
    /// For each fold those that count when conditional ones do not. Empty if none is conditional.
    plain_folds: Vec<Fold>,
    /// Where each fold comes from.
    runs: Vec<Run>,
    /// For each modifier of the inputs the gate it stands behind; empty if none has a condition.
    gate_of: Box<[u8]>,
    gates: Box<[Gate]>,
    /// The values without conditional modifiers, which conditions look at: up to date for what they
    /// depend on. Empty without any.
    plain: Box<[f32]>,
    /// By position in the shape's list of sets with levels.
    levels: SmallVec<[u8; 4]>,
    resources: SmallVec<[ResourceNow; 2]>,
    /// Waits on the dirty list.
    pub(crate) queued: bool,
    /// Waits on the list of what comes back by itself.
    pub(crate) returning: bool,
}

/// What belongs to one slot.
#[derive(Clone, Copy, Debug)]
struct Cell {
    /// The value of the highest layer that says something; NaN if none does and the stat follows
    /// a formula or is a full resource.
    base: f32,
    /// Position of its fold; [`UNMODIFIED`] if no modifier counts.
    fold: u16,
    tier: u8,
}

/// No fold.
const UNMODIFIED: u16 = u16::MAX;

/// The modifiers of one slot, as a part of the inputs.
#[derive(Clone, Copy, Debug)]
struct Run {
    slot: u16,
    first: u16,
    count: u16,
}

/// Not behind a gate.
const OPEN: u8 = u8::MAX;

/// A condition of one or more modifiers.
#[derive(Clone, Debug)]
struct Gate {
    condition: Option<Arc<Condition>>,
    holds: bool,
}

/// The limits of a resource as they were last settled.
#[derive(Clone, Copy, Debug)]
struct ResourceNow {
    stat: StatId,
    slot: u16,
    min: f32,
    max: f32,
    rate: f32,
}

impl StatValues {
    /// The layout the values are for; `None` until they were settled for the first time.
    pub fn layout(&self) -> Option<&Arc<Layout>> {
        self.layout.as_ref()
    }

    /// The value of a stat; `None` if the character does not have it. For a resource this is what
    /// there was when it was settled last: see [`current`](Self::current).
    #[inline]
    pub fn get(&self, stat: StatId) -> Option<f32> {
        let slot = self.layout.as_ref()?.slot(stat)?;
        self.at(slot)
    }

    /// The value in a slot of the layout.
    #[inline]
    pub fn at(&self, slot: u16) -> Option<f32> {
        let slot = usize::from(slot);
        (slot < self.cells.len()).then(|| self.values[slot])
    }

    /// The value of the stat with this name, written as in a formula.
    pub fn by_name(&self, name: &str) -> Option<f32> {
        self.get(self.find(name)?)
    }

    /// The id of a stat of this character by name, written as in a formula.
    pub fn find(&self, name: &str) -> Option<StatId> {
        let shape = self.layout.as_ref()?.shape();
        let index = shape.content().derived::<StatIndex>()?;
        index.resolve_in(shape.sets(), name).ok()
    }

    /// All stats and their values, in slot order.
    pub fn iter(&self) -> impl Iterator<Item = (StatId, f32)> {
        let slots = self.layout.iter().flat_map(|layout| layout.shape().slots());
        slots
            .zip(&self.values)
            .map(|(slot, value)| (slot.id, *value))
    }

    /// What there is of a resource now; the plain value of any other stat.
    pub fn current(&self, inputs: &StatInputs, stat: StatId, now: Now) -> Option<f32> {
        match (self.resource(stat), inputs.current(stat)) {
            (Some(limits), Some(stored)) => Some(limits.current(stored, now)),
            _ => self.get(stat),
        }
    }

    /// How much there can be of a resource; `None` for other stats.
    pub fn resource_max(&self, stat: StatId) -> Option<f32> {
        self.resource(stat).map(|limits| limits.max)
    }

    /// How much of a resource comes back in a second; `None` for other stats.
    pub fn resource_rate(&self, stat: StatId) -> Option<f32> {
        self.resource(stat).map(|limits| limits.rate)
    }

    fn resource(&self, stat: StatId) -> Option<&ResourceNow> {
        self.resources.iter().find(|known| known.stat == stat)
    }

    /// The tier of a stat.
    pub fn tier(&self, stat: StatId) -> Option<&TierDef> {
        let layout = self.layout.as_ref()?;
        let cell = self.cells.get(usize::from(layout.slot(stat)?))?;
        tier_def(layout, stat, cell.tier)
    }

    /// The level of a set.
    pub fn level(&self, set: DefId) -> Option<&LevelDef> {
        let layout = self.layout.as_ref()?;
        let at = layout.shape().levels().iter().position(|l| l.set == set)?;
        level_def(layout, set, *self.levels.get(at)?)
    }

    /// What a label of a set says now, found anew at each call. `None` if the character does not
    /// have the set, or the set no such label.
    pub fn label(&self, set: DefId, label: &str) -> Option<&LabelRule> {
        let mut all = self.labels(set);
        all.find(|(key, ..)| *key == label).map(|(_, _, rule)| rule)
    }

    /// All labels of a set: key, definition, and what it says now.
    pub fn labels(&self, set: DefId) -> impl Iterator<Item = (&str, &LabelsDef, &LabelRule)> {
        let shape = self.layout.as_ref().map(|layout| layout.shape());
        let labels = shape.into_iter().flat_map(Shape::labels);
        let def = shape.and_then(|shape| shape.content().table::<StatSetDef>().get(set));
        labels
            .filter(move |label| label.set == set)
            .filter_map(move |label| {
                let (key, labels) = def?.labels.at(label.index)?;
                let rule = label.rule(&self.values);
                let rule = rule.map_or(Some(&labels.otherwise), |rule| labels.rules.get(rule));
                Some((key.as_str(), labels, rule?))
            })
    }

    /// The values by slot and the layout's constants, as formulas read them.
    pub(crate) fn raw(&self) -> &[f32] {
        &self.values
    }

    /// Whether the condition of a modifier, by its position in the inputs, is met.
    pub(crate) fn modifier_holds(&self, index: usize) -> bool {
        match self.gate_of.get(index) {
            None | Some(&OPEN) => true,
            Some(gate) => self
                .gates
                .get(usize::from(*gate))
                .is_some_and(|gate| gate.holds),
        }
    }

    /// Whether a resource that somebody watches is on its way back.
    pub(crate) fn is_returning(&self, inputs: &StatInputs, now: Now) -> bool {
        if inputs.currents.is_empty() {
            return false;
        }
        self.resources.iter().any(|limits| {
            let slot = self.layout.as_ref().and_then(|l| l.stat(limits.slot));
            let watched = !self.gates.is_empty() || slot.is_some_and(Slot::is_watched);
            let goal = if limits.rate > 0.0 {
                limits.max
            } else {
                limits.min
            };
            let stored = inputs.current(limits.stat);
            watched
                && limits.rate != 0.0
                && stored.is_some_and(|stored| limits.current(stored, now) != goal)
        })
    }
}

impl ResourceNow {
    fn current(&self, stored: Current, now: Now) -> f32 {
        let seconds = now.seconds_since(stored.since);
        resource::current(stored.value, self.rate, seconds, self.min, self.max)
    }
}

pub(crate) fn tier_def(layout: &Layout, stat: StatId, tier: u8) -> Option<&TierDef> {
    if tier == tier::NONE {
        return None;
    }
    let content = layout.shape().content();
    let entry = content.derived::<StatIndex>()?.get(stat)?;
    entry.def(content)?.tiers.get(usize::from(tier))
}

pub(crate) fn level_def(layout: &Layout, set: DefId, index: u8) -> Option<&LevelDef> {
    if index == level::NONE {
        return None;
    }
    let set = layout.shape().content().table::<StatSetDef>().get(set)?;
    set.levels.get(usize::from(index))
}
