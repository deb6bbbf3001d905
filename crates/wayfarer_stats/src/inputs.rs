//! [`StatInputs`]: everything that was ever said about a character's stats, and nothing derived.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use wayfarer_core::id::{DefId, Uid};

use crate::{dirty::queue_inserted, id::StatId, modifier::Modifier, rows, values::StatValues};

/// Most modifiers on one character.
pub const MAX_MODIFIERS: usize = 1024;
/// Most modifiers of one stat of one character.
pub const MAX_MODIFIERS_PER_STAT: usize = 255;
/// Most rows in one layer of one character.
pub const MAX_ROWS: usize = 4096;
/// Longest condition of a modifier, in bytes.
pub const MAX_CONDITION_BYTES: usize = 256;

/// How much of a resource there was, and when. What there is now is computed when it is read.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Reflect)]
pub struct Current {
    /// The amount at tick `since`.
    pub value: f32,
    /// The [`RulesClock`](wayfarer_core::clock::RulesClock) tick of `value`.
    pub since: u64,
}

/// The inputs of a character's stats: which sets it has, its template, permanent values, runtime
/// overrides, modifiers, and what is left of its resources.
///
/// Changed by [`StatOp`](crate::ops::StatOp)s only; sent to the owner as those ops. Everything that
/// can be computed is in [`StatValues`]. Values for stats that the content does not know (any
/// more) are kept as they are. Not reflected on purpose: an inspector that writes to it would make
/// clients differ.
#[derive(Component, Clone, Debug, Default, Serialize, Deserialize)]
#[serde(try_from = "Stored")]
#[component(on_insert = queue_inserted)]
#[require(StatValues)]
pub struct StatInputs {
    pub(crate) sets: Vec<DefId>,
    pub(crate) template: Option<DefId>,
    pub(crate) world: Option<DefId>,
    pub(crate) base: Vec<(StatId, f32)>,
    pub(crate) runtime: Vec<(StatId, f32)>,
    pub(crate) currents: Vec<(StatId, Current)>,
    pub(crate) modifiers: Vec<Modifier>,
    pub(crate) expiries: Vec<(Uid, u64)>,
    pub(crate) revision: u32,
    #[serde(skip)]
    pub(crate) pending: Pending,
}

impl PartialEq for StatInputs {
    /// What has still to be settled makes no difference.
    fn eq(&self, other: &Self) -> bool {
        self.sets == other.sets
            && self.template == other.template
            && self.world == other.world
            && self.base == other.base
            && self.runtime == other.runtime
            && self.currents == other.currents
            && self.modifiers == other.modifiers
            && self.expiries == other.expiries
            && self.revision == other.revision
    }
}

impl StatInputs {
    /// The inputs of a new character: these sets, and the sheet that `template` names.
    pub fn new(template: Option<DefId>, sets: impl IntoIterator<Item = DefId>) -> Self {
        let mut sets: Vec<DefId> = sets.into_iter().collect();
        sets.sort_unstable();
        sets.dedup();
        Self {
            sets,
            template,
            ..Self::default()
        }
    }

    /// The stat sets, sorted.
    pub fn sets(&self) -> &[DefId] {
        &self.sets
    }

    /// The sheet whose values are the template layer.
    pub fn template(&self) -> Option<DefId> {
        self.template
    }

    /// The world whose variations apply. The host keeps it at
    /// [`ActiveWorld`](crate::content::ActiveWorld), so that the owner's client knows it too.
    pub fn world(&self) -> Option<DefId> {
        self.world
    }

    /// The permanent value of a stat, if it has one of its own.
    pub fn base(&self, stat: StatId) -> Option<f32> {
        rows::get(&self.base, stat)
    }

    /// All permanent values, sorted by id.
    pub fn base_rows(&self) -> &[(StatId, f32)] {
        &self.base
    }

    /// The runtime override of a stat.
    pub fn runtime(&self, stat: StatId) -> Option<f32> {
        rows::get(&self.runtime, stat)
    }

    /// All runtime overrides, sorted by id.
    pub fn runtime_rows(&self) -> &[(StatId, f32)] {
        &self.runtime
    }

    /// What was last known of a resource; `None` while it was never touched.
    pub fn current(&self, stat: StatId) -> Option<Current> {
        rows::get(&self.currents, stat)
    }

    /// All touched resources, sorted by id.
    pub fn current_rows(&self) -> &[(StatId, Current)] {
        &self.currents
    }

    /// All modifiers, in the order of evaluation.
    pub fn modifiers(&self) -> &[Modifier] {
        &self.modifiers
    }

    /// The modifiers of one source.
    pub fn modifiers_of(&self, source: Uid) -> impl Iterator<Item = &Modifier> {
        self.modifiers.iter().filter(move |m| m.source == source)
    }

    /// The tick at which the modifiers of a source end, if they do.
    pub fn expiry(&self, source: Uid) -> Option<u64> {
        rows::get(&self.expiries, source)
    }

    /// The earliest tick at which modifiers end.
    pub(crate) fn next_expiry(&self) -> Option<u64> {
        self.expiries.iter().map(|row| row.1).min()
    }

    /// Whether a change has not been settled yet.
    pub(crate) fn is_pending(&self) -> bool {
        self.pending.all || self.pending.modifiers || !self.pending.stats.is_empty()
    }
}

/// What the next settling has to look at. Not part of the value.
#[derive(Clone, Debug)]
pub(crate) struct Pending {
    /// Everything: the inputs are new.
    pub(crate) all: bool,
    /// The list of modifiers.
    pub(crate) modifiers: bool,
    /// These stats.
    pub(crate) stats: SmallVec<[StatId; 4]>,
}

/// More changed stats than this are settled by a rebuild, which is cheaper then.
const MANY: usize = 16;

impl Default for Pending {
    /// Inputs that come from anywhere but an op are new.
    fn default() -> Self {
        Self {
            all: true,
            modifiers: false,
            stats: SmallVec::new(),
        }
    }
}

impl Pending {
    /// All is settled.
    pub(crate) fn nothing() -> Self {
        Self {
            all: false,
            modifiers: false,
            stats: SmallVec::new(),
        }
    }

    pub(crate) fn stat(&mut self, stat: StatId) {
        if self.all || self.stats.contains(&stat) {
            return;
        }
        if self.stats.len() < MANY {
            self.stats.push(stat);
        } else {
            self.all = true;
        }
    }
}

/// The stored form, before anyone has checked it.
#[derive(Deserialize)]
struct Stored {
    sets: Vec<DefId>,
    template: Option<DefId>,
    world: Option<DefId>,
    base: Vec<(StatId, f32)>,
    runtime: Vec<(StatId, f32)>,
    currents: Vec<(StatId, Current)>,
    modifiers: Vec<Modifier>,
    expiries: Vec<(Uid, u64)>,
    revision: u32,
}

impl TryFrom<Stored> for StatInputs {
    type Error = &'static str;

    fn try_from(mut stored: Stored) -> Result<Self, Self::Error> {
        let numbers = stored.base.iter().chain(&stored.runtime).map(|row| row.1);
        let finite = numbers
            .chain(stored.currents.iter().map(|row| row.1.value))
            .chain(stored.modifiers.iter().map(|m| m.amount))
            .all(f32::is_finite);
        if !finite {
            return Err("a stat that is not a finite number");
        }
        let unique = rows::sort(&mut stored.base)
            & rows::sort(&mut stored.runtime)
            & rows::sort(&mut stored.currents)
            & rows::sort(&mut stored.expiries);
        stored.modifiers.sort_unstable_by(Modifier::order);
        let distinct = stored
            .modifiers
            .windows(2)
            .all(|pair| pair[0].key() != pair[1].key());
        if !fits(&stored.modifiers) {
            return Err("too many modifiers");
        }
        if !unique || !distinct {
            return Err("a stat or modifier that occurs twice");
        }
        stored.sets.sort_unstable();
        stored.sets.dedup();
        Ok(Self {
            sets: stored.sets,
            template: stored.template,
            world: stored.world,
            base: stored.base,
            runtime: stored.runtime,
            currents: stored.currents,
            modifiers: stored.modifiers,
            expiries: stored.expiries,
            revision: stored.revision,
            pending: Pending::default(),
        })
    }
}

/// Whether there are no more modifiers, sorted as they are kept, than the limits allow.
pub(crate) fn fits(modifiers: &[Modifier]) -> bool {
    // So few could all be on one stat.
    modifiers.len() <= MAX_MODIFIERS_PER_STAT
        || modifiers.len() <= MAX_MODIFIERS
            && modifiers
                .chunk_by(|a, b| a.stat == b.stat)
                .all(|run| run.len() <= MAX_MODIFIERS_PER_STAT)
}
