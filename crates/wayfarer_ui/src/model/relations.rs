//! What a character has towards others, as data.

use wayfarer_core::id::{DefId, Uid};

use super::{Viewed, item::Now};
use crate::widgets::BreakdownRow;

/// The bonds of a character.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RelationsModel {
    /// Whose bonds.
    pub viewed: Viewed,
    /// The moment.
    pub now: Now,
    /// The bonds, by the other's name.
    pub bonds: Vec<BondRow>,
    /// The bond that is looked at.
    pub details: Option<BondDetails>,
}

/// One bond in the list.
#[derive(Clone, Debug, PartialEq)]
pub struct BondRow {
    /// The other character.
    pub other: Uid,
    /// The kind of bond (kind `relations`).
    pub kind: DefId,
    /// What the other is called; the uid if that is not known.
    pub name: String,
    /// What the kind of bond is called.
    pub kind_name: String,
    /// The level of the bond.
    pub level: Option<String>,
}

/// One bond in full.
#[derive(Clone, Debug, PartialEq)]
pub struct BondDetails {
    /// Its line in the list.
    pub row: BondRow,
    /// What the kind of bond means.
    pub description: String,
    /// The axes in the order of the set.
    pub axes: Vec<AxisRow>,
    /// What has happened, newest first.
    pub causes: Vec<CauseRow>,
}

/// One axis of a bond.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AxisRow {
    /// Which.
    pub id: DefId,
    /// What it is called.
    pub name: String,
    /// What it is for, in a sentence.
    pub description: String,
    /// Its value now.
    pub value: f32,
    /// Lowest value; may be minus infinity.
    pub min: f32,
    /// Highest value; may be infinity.
    pub max: f32,
    /// What the value is called.
    pub tier: Option<String>,
    /// How much it moves in an hour, and where to; `None` if it stays or rests.
    pub decay: Option<(f32, f32)>,
    /// Why the value is what it is.
    pub breakdown: Vec<BreakdownRow>,
}

/// One thing that has happened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CauseRow {
    /// The tick of it.
    pub tick: u64,
    /// The axis that changed.
    pub axis: String,
    /// By how much.
    pub amount: f32,
    /// What it was.
    pub what: String,
    /// Who did it; empty if nobody is known.
    pub who: String,
    /// Who saw it.
    pub witnesses: Vec<String>,
}
