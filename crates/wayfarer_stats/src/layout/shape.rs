//! [`Shape`]: a combination of stat sets, compiled.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use bevy::platform::collections::HashMap;
use wayfarer_core::{content::Content, id::DefId};
use wayfarer_formula::Program;

use super::{Condition, DerivedStat, labels::SetLabels};
use crate::{id::StatId, rules::level::Range};

/// Most stats that one character can have.
pub(crate) const MAX_SLOTS: usize = 1024;

/// Texts of conditions come from items; a game with more than this compiles some again.
const MAX_CONDITIONS: usize = 4096;

/// The stats of one combination of sets.
pub struct Shape {
    pub(super) content: Arc<Content>,
    pub(super) sets: Box<[DefId]>,
    /// The world, if stats are computed in another way there.
    pub(super) world: Option<DefId>,
    pub(super) slots: Box<[Slot]>,
    /// Defaults of stats that formulas name and the sets do not have; slots after the last.
    pub(super) constants: Box<[f32]>,
    pub(super) lookup: Box<[u16]>,
    pub(super) levels: Box<[SetLevels]>,
    pub(super) labels: Box<[SetLabels]>,
    /// Sorted by stat.
    pub(super) derived: Box<[(StatId, DerivedStat)]>,
    pub(super) public: Box<[(StatId, u16)]>,
    pub(super) exclusive: Box<[DefId]>,
    pub(super) conditions: Mutex<HashMap<Box<str>, Option<Arc<Condition>>>>,
}

/// One stat of a shape.
#[derive(Debug)]
pub struct Slot {
    pub(crate) id: StatId,
    pub(crate) set: DefId,
    pub(crate) name: Arc<str>,
    pub(crate) min: f32,
    pub(crate) max: f32,
    /// The default; NaN for a formula or a resource that begins full.
    pub(crate) start: f32,
    pub(crate) formula: Option<Program>,
    /// Boxed: few stats have one, and all slots together should stay in the cache.
    pub(crate) resource: Option<Box<SlotResource>>,
    /// Where tiers begin, ascending.
    pub(crate) tiers: Box<[f32]>,
    /// The ids of the tiers.
    pub(crate) tier_ids: Box<[Arc<str>]>,
    /// Bit per element of [`Shape::levels`] that looks at the stat.
    pub(crate) levels: u64,
    /// What changes with this stat: itself first, then the rest in order.
    pub(crate) closure: Box<[u16]>,
    pub(crate) public: bool,
}

#[derive(Debug)]
pub(crate) struct SlotResource {
    pub(crate) max: Program,
    pub(crate) regen: Option<Program>,
}

impl Slot {
    /// The id of a tier by its position.
    pub(crate) fn tier_id(&self, tier: u8) -> Option<Arc<str>> {
        self.tier_ids.get(usize::from(tier)).cloned()
    }

    /// Its id.
    pub fn id(&self) -> StatId {
        self.id
    }

    /// The set it belongs to.
    pub fn set(&self) -> DefId {
        self.set
    }

    /// Its full name, `core:attributes.strength`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Lowest value; may be minus infinity.
    pub fn min(&self) -> f32 {
        self.min
    }

    /// Highest value; may be infinity. A resource has its own limit besides.
    pub fn max(&self) -> f32 {
        self.max
    }

    /// Whether it follows from other stats, by its own formula or by derivations.
    pub fn is_derived(&self) -> bool {
        self.formula.is_some()
    }

    /// Whether it is used up and comes back.
    pub fn is_resource(&self) -> bool {
        self.resource.is_some()
    }

    /// Whether somebody would notice that a resource comes back by itself: strangers, tiers,
    /// levels, formulas.
    pub(crate) fn is_watched(&self) -> bool {
        self.public || !self.tiers.is_empty() || self.levels != 0 || self.closure.len() > 1
    }
}

/// The levels of one set, in the order in which they are tried.
#[derive(Debug)]
pub struct SetLevels {
    /// The set.
    pub set: DefId,
    pub(super) rules: Box<[LevelRule]>,
    /// By position in the definition.
    pub(super) ids: Box<[Arc<str>]>,
}

#[derive(Debug)]
pub(super) struct LevelRule {
    /// Position in the definition.
    pub(super) index: u8,
    pub(super) when: Box<[(u16, Range)]>,
}

impl SetLevels {
    /// The id of a level by its position in the set's definition.
    pub(crate) fn id(&self, level: u8) -> Option<Arc<str>> {
        self.ids.get(usize::from(level)).cloned()
    }

    /// Position, in the set's definition, of the level that holds.
    pub(crate) fn level(&self, values: &[f32]) -> u8 {
        let holds = |&(slot, range): &(u16, Range)| {
            values
                .get(usize::from(slot))
                .is_some_and(|value| range.holds(*value))
        };
        self.rules
            .iter()
            .find(|rule| rule.when.iter().all(holds))
            .map_or(crate::rules::level::NONE, |rule| rule.index)
    }
}

impl Shape {
    /// The sets, sorted.
    pub fn sets(&self) -> &[DefId] {
        &self.sets
    }

    /// The world that it is for; none if the world has no rules of its own.
    pub fn world(&self) -> Option<DefId> {
        self.world
    }

    /// How derivations give a stat; `None` if none does.
    pub fn derived(&self, stat: StatId) -> Option<&DerivedStat> {
        let at = self.derived.binary_search_by_key(&stat, |row| row.0).ok()?;
        self.derived.get(at).map(|row| &row.1)
    }

    pub(crate) fn labels(&self) -> &[SetLabels] {
        &self.labels
    }

    /// The stats, each after those it depends on.
    pub fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// The slots that the stat in a slot follows from, ascending: what its formula or its
    /// derivations read, and what a resource's maximum and regeneration do. Empty for a slot that
    /// there is not.
    pub fn reads(&self, slot: u16) -> Vec<u16> {
        let Some(of) = self.slots.get(usize::from(slot)) else {
            return Vec::new();
        };
        let resource = of.resource.as_deref();
        let programs = of
            .formula
            .iter()
            .chain(resource.map(|resource| &resource.max))
            .chain(resource.and_then(|resource| resource.regen.as_ref()));
        // Behind the slots stand the defaults of stats that the character does not have.
        let known = |read: &u16| usize::from(*read) < self.slots.len();
        let mut reads: Vec<u16> = programs
            .flat_map(Program::dependencies)
            .copied()
            .filter(known)
            .collect();
        reads.sort_unstable();
        reads.dedup();
        reads
    }

    /// Sets that have levels, in a fixed order.
    pub fn levels(&self) -> &[SetLevels] {
        &self.levels
    }

    /// The content it was compiled from.
    pub fn content(&self) -> &Arc<Content> {
        &self.content
    }

    pub(crate) fn constants(&self) -> &[f32] {
        &self.constants
    }

    /// Public stats, sorted by id.
    pub(crate) fn public(&self) -> &[(StatId, u16)] {
        &self.public
    }

    /// The slot of a stat; `None` if no set here has it.
    #[inline]
    pub fn slot(&self, stat: StatId) -> Option<u16> {
        let mask = self.lookup.len().wrapping_sub(1);
        let mut at = stat.0.0 as usize & mask;
        // The table is at most half full, so an empty place ends the search.
        loop {
            let slot = *self.lookup.get(at)?;
            if self.slots.get(usize::from(slot))?.id == stat {
                return Some(slot);
            }
            at = (at + 1) & mask;
        }
    }

    pub(super) fn fill_lookup(slots: &[Slot]) -> Box<[u16]> {
        let size = (slots.len() * 2).next_power_of_two().max(2);
        let mut table = vec![u16::MAX; size].into_boxed_slice();
        for (slot, index) in slots.iter().zip(0..) {
            let mut at = slot.id.0.0 as usize & (size - 1);
            while table[at] != u16::MAX {
                at = (at + 1) & (size - 1);
            }
            table[at] = index;
        }
        table
    }

    /// Whether several bonuses of a type count.
    pub(crate) fn stacks(&self, bonus: DefId) -> bool {
        self.exclusive.binary_search(&bonus).is_err()
    }

    /// The compiled condition or number; `None` if the text is no formula over known stats.
    pub(crate) fn condition(&self, text: &str) -> Option<Arc<Condition>> {
        let mut known = self
            .conditions
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(condition) = known.get(text) {
            return condition.clone();
        }
        let compiled = Condition::compile(self, text).map(Arc::new);
        if known.len() >= MAX_CONDITIONS {
            known.clear();
        }
        known.insert(text.into(), compiled.clone());
        compiled
    }
}

impl fmt::Debug for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shape")
            .field("sets", &self.sets)
            .field("slots", &self.slots.len())
            .finish_non_exhaustive()
    }
}
