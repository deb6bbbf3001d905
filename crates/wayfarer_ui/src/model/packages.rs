//! The stat sets of the content as data, and what would follow from other values.

use std::{collections::BTreeMap, sync::Arc};

use wayfarer_core::id::DefId;

use super::{Viewed, effects::ChangeRow};

/// All stat sets by pack.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PackagesModel {
    /// Whose stats can be tried.
    pub viewed: Viewed,
    /// The packs that have stat sets.
    pub packs: Arc<[PackModel]>,
    /// The stats of the character that can be tried, with what they are now.
    pub settings: BTreeMap<DefId, Setting>,
    /// The sets that the character has.
    pub has: Vec<DefId>,
    /// What would follow from the values that were tried; `None` when none were.
    pub what_if: Option<WhatIfModel>,
}

/// One pack.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PackModel {
    /// Its name for people.
    pub title: String,
    /// Name and version.
    pub version: String,
    /// Its stat sets.
    pub sets: Vec<SetInfo>,
}

/// One stat set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetInfo {
    /// Which.
    pub id: DefId,
    /// What it is called.
    pub name: String,
    /// Its full name, `core:attributes`.
    pub key: String,
    /// What it is about, in a sentence.
    pub description: String,
    /// Its stats.
    pub stats: Vec<StatInfo>,
    /// Its levels: name and conditions.
    pub levels: Vec<(String, String)>,
    /// Its labels: name, and its words with their conditions.
    pub labels: Vec<(String, Vec<(String, String)>)>,
}

/// One stat of a set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatInfo {
    /// Which.
    pub id: DefId,
    /// What it is called.
    pub name: String,
    /// What it is for, in a sentence.
    pub description: String,
    /// Unit; may be empty.
    pub unit: String,
    /// Lowest value; may be minus infinity.
    pub min: f32,
    /// Highest value; may be infinity.
    pub max: f32,
    /// What it is when nobody says anything; `None` for what follows from others.
    pub default: Option<f32>,
    /// Its formula.
    pub formula: Option<String>,
    /// Derivations that are for it, by name.
    pub derivations: Vec<String>,
    /// Limit and regeneration, if it is used up.
    pub resource: Option<(String, Option<String>)>,
    /// Its tiers: name and lowest value, ascending.
    pub tiers: Vec<(String, f32)>,
}

/// A stat of the character that can be tried.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Setting {
    /// What was said about it last, before modifiers.
    pub now: f32,
    /// Lowest value to try; finite.
    pub min: f32,
    /// Highest value to try; finite.
    pub max: f32,
}

/// What would follow.
#[derive(Clone, Debug, PartialEq)]
pub enum WhatIfModel {
    /// These stats would change.
    Changes(Vec<ChangeRow>),
    /// It cannot be.
    Refused(String),
}
