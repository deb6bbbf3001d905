//! [`Modifier`]: what an item, an effect or a place does to one stat.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};
use wayfarer_core::id::{DefId, Uid};

use crate::id::StatId;

/// How a modifier enters the sum. The order of the variants is the order of evaluation:
/// an override replaces everything up to `More`; floors and caps come after it.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    bevy::reflect::Reflect,
)]
pub enum ModifierKind {
    /// The stat is this. Of several the highest priority counts, then the latest source.
    Override,
    /// Added to the base.
    Flat,
    /// Shares that are added up before they multiply: two of 0.1 make × 1.2.
    Increased,
    /// A factor of its own: two of 0.5 make × 0.25, and 1.5 is half as much again.
    More,
    /// The stat is at least this. The highest counts.
    Floor,
    /// The stat is at most this. The lowest counts, and it wins over a floor.
    Cap,
}

impl ModifierKind {
    /// The field name of this kind in RON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Override => "override",
            Self::Flat => "flat",
            Self::Increased => "increased",
            Self::More => "more",
            Self::Floor => "floor",
            Self::Cap => "cap",
        }
    }

    /// The amount that changes nothing.
    const fn neutral(self) -> f32 {
        match self {
            Self::More => 1.0,
            _ => 0.0,
        }
    }

    /// Whether `amount` betters the stat (`Some(true)`), worsens it, or does neither. Only these
    /// three kinds take part in the rule that the best of a bonus type counts.
    pub(crate) fn sign(self, amount: f32) -> Option<bool> {
        match self {
            Self::Flat | Self::Increased | Self::More => {
                (amount != self.neutral()).then_some(amount > self.neutral())
            }
            Self::Override | Self::Floor | Self::Cap => None,
        }
    }
}

/// One change of one stat, with where it comes from. Plain data: it is stored, saved and sent to
/// the owner as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, bevy::reflect::Reflect)]
pub struct Modifier {
    /// What changes.
    pub stat: StatId,
    /// How it enters the sum.
    pub kind: ModifierKind,
    /// How much. Finite.
    pub amount: f32,
    /// Bonus type (kind `bonus_types`); `None` is untyped and always stacks.
    pub bonus: Option<DefId>,
    /// Higher is later; decides between overrides.
    pub priority: i16,
    /// The thing that does it: an item, a spell, a place. Removing a source removes all of its
    /// modifiers.
    pub source: Uid,
    /// The definition that says so, for the explanation.
    pub origin: DefId,
    /// Position in the source's list; distinguishes two equal lines.
    pub index: u16,
    /// Counts only while this formula over the owner's stats is not 0. At most
    /// [`MAX_CONDITION_BYTES`](crate::inputs::MAX_CONDITION_BYTES).
    pub when: Option<String>,
    /// How it is treated.
    pub marks: Marks,
}

/// How a modifier is treated. One byte, wherever it is stored.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, bevy::reflect::Reflect,
)]
#[serde(from = "u8", into = "u8")]
pub struct Marks {
    /// The owner may not know where this comes from (an unidentified curse).
    pub sealed: bool,
    /// It does not count for now: the effect that it belongs to is suppressed.
    pub suppressed: bool,
}

impl From<u8> for Marks {
    /// Bits that this version does not know are dropped.
    fn from(bits: u8) -> Self {
        Self {
            sealed: bits & 1 != 0,
            suppressed: bits & 2 != 0,
        }
    }
}

impl From<Marks> for u8 {
    fn from(marks: Marks) -> Self {
        Self::from(marks.sealed) | Self::from(marks.suppressed) << 1
    }
}

impl Modifier {
    /// An untyped, unconditional modifier of priority 0.
    pub fn new(stat: StatId, kind: ModifierKind, amount: f32, source: Uid) -> Self {
        Self {
            stat,
            kind,
            amount,
            bonus: None,
            priority: 0,
            source,
            origin: DefId(0),
            index: 0,
            when: None,
            marks: Marks::default(),
        }
    }

    /// The one order in which modifiers are kept and evaluated, on every machine.
    pub(crate) fn order(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }

    pub(crate) fn key(&self) -> (StatId, ModifierKind, i16, Uid, u16) {
        (self.stat, self.kind, self.priority, self.source, self.index)
    }
}
