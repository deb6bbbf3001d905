//! Plain data that the rules work on.

use std::sync::Arc;

use serde::Deserialize;
use wayfarer_core::id::DefId;

use crate::id::StatId;

/// One stage on the way of a blow.
#[derive(Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub enum DamageStage {
    /// Immunities: nothing is left.
    Immunity,
    /// Amounts that are taken off.
    Reduction,
    /// Shares that are taken off.
    Share,
    /// Resistances.
    Resistance,
    /// Vulnerabilities.
    Vulnerability,
    /// Fractions are rounded.
    Rounding,
    /// Temporary points take what they can.
    Temporary,
    /// The resource takes the rest.
    Resource,
}

impl DamageStage {
    /// SRD 5.1: what is taken off comes before resistances, these before vulnerabilities.
    pub const DEFAULT: [Self; 8] = [
        Self::Immunity,
        Self::Reduction,
        Self::Share,
        Self::Resistance,
        Self::Vulnerability,
        Self::Rounding,
        Self::Temporary,
        Self::Resource,
    ];

    /// Whether it meets the whole blow instead of one type of it.
    pub fn is_whole(self) -> bool {
        matches!(self, Self::Temporary | Self::Resource)
    }
}

/// How fractions are rounded.
#[derive(Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rounding {
    /// Not at all.
    #[default]
    None,
    /// To the whole number below.
    Down,
    /// To the whole number above.
    Up,
    /// To the nearest whole number, halves up.
    Nearest,
}

impl Rounding {
    /// The rounded amount.
    pub fn round(self, amount: f32) -> f32 {
        match self {
            Self::None => amount,
            Self::Down => amount.floor(),
            Self::Up => amount.ceil(),
            Self::Nearest => amount.round(),
        }
    }
}

/// The rules of a game.
#[derive(Clone, Debug, PartialEq)]
pub struct DamageRules {
    /// What a resistance multiplies by.
    pub resisted: f32,
    /// What a vulnerability multiplies by.
    pub vulnerable: f32,
    /// The stages in order.
    pub order: Arc<[DamageStage]>,
    /// How fractions are rounded.
    pub rounding: Rounding,
    /// The least that each type does, unless it was nothing or the target is immune.
    pub minimum: f32,
    /// Whether each of several resistances counts, and each of several vulnerabilities.
    pub resistances_add: bool,
    /// Whether temporary points add up.
    pub temporary_stacks: bool,
    /// Where they are written.
    pub place: Option<Arc<str>>,
}

impl Default for DamageRules {
    fn default() -> Self {
        Self {
            resisted: 0.5,
            vulnerable: 2.0,
            order: DamageStage::DEFAULT.into(),
            rounding: Rounding::None,
            minimum: 0.0,
            resistances_add: false,
            temporary_stacks: false,
            place: None,
        }
    }
}

/// What a step is due to, for programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReasonSource {
    /// What comes in, of this type.
    Type(DefId),
    /// A tag of the target.
    Tag(DefId),
    /// A formula over the target's stats.
    Formula(Arc<str>),
    /// What there is of a resource, or can be.
    Stat(StatId),
    /// The rules of the game.
    Rules,
}

/// What a step is due to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// For display: the name of a tag, a stat, a type.
    pub label: Arc<str>,
    /// For programs.
    pub source: ReasonSource,
    /// File, line and column that say so, where content does.
    pub place: Option<Arc<str>>,
}

impl Reason {
    /// A reason without a place.
    pub fn new(label: impl Into<Arc<str>>, source: ReasonSource) -> Self {
        Self {
            label: label.into(),
            source,
            place: None,
        }
    }
}

/// What one target has against one type of damage.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeDefences {
    /// The type.
    pub id: DefId,
    /// Its name, for display.
    pub name: Arc<str>,
    /// Where it is written.
    pub place: Option<Arc<str>>,
    /// Why the target is immune to it.
    pub immune: Vec<Reason>,
    /// Amounts that are taken off; negative for more.
    pub reductions: Vec<(Reason, f32)>,
    /// Shares that are taken off; negative for more.
    pub shares: Vec<(Reason, f32)>,
    /// Why the target is resistant to it.
    pub resist: Vec<Reason>,
    /// Why the target is vulnerable to it.
    pub vulnerable: Vec<Reason>,
}

impl TypeDefences {
    /// Nothing against a type.
    pub fn none(id: DefId, name: impl Into<Arc<str>>) -> Self {
        Self {
            id,
            name: name.into(),
            place: None,
            immune: Vec::new(),
            reductions: Vec::new(),
            shares: Vec::new(),
            resist: Vec::new(),
            vulnerable: Vec::new(),
        }
    }
}

/// A resource as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Pool {
    /// Which.
    pub stat: StatId,
    /// Its name, for display.
    pub label: Arc<str>,
    /// What there is.
    pub have: f32,
    /// The least there can be.
    pub min: f32,
    /// The most there can be.
    pub max: f32,
}

impl Pool {
    /// How much can be taken.
    pub fn above(&self) -> f32 {
        (self.have - self.min).max(0.0)
    }

    /// How much can be added.
    pub fn below(&self) -> f32 {
        (self.max - self.have).max(0.0)
    }

    /// What it is due to that no more can be taken or given.
    pub(super) fn reason(&self) -> Reason {
        Reason::new(Arc::clone(&self.label), ReasonSource::Stat(self.stat))
    }
}

/// What a target has against a blow.
#[derive(Clone, Debug, PartialEq)]
pub struct Defences {
    /// Against each type; nothing against those that are missing.
    pub types: Vec<TypeDefences>,
    /// Temporary points, if the target can have any.
    pub temporary: Option<Pool>,
    /// The resource that is hit.
    pub resource: Pool,
}
