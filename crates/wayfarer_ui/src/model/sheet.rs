//! The character sheet as data.

use wayfarer_core::id::DefId;

use crate::widgets::BreakdownRow;

/// A character's stats, by set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SheetModel {
    /// The character's name; empty while there is no character.
    pub name: String,
    /// A line or two about the character.
    pub description: String,
    /// The stat sets, in the order of display.
    pub sets: Vec<SetModel>,
}

/// One stat set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetModel {
    /// Its title.
    pub name: String,
    /// The level that the character has in it, by name.
    pub level: Option<String>,
    /// Its labels and what they say; the name of a label may be empty.
    pub labels: Vec<(String, String)>,
    /// Its stats, in the order of display.
    pub stats: Vec<StatRow>,
}

/// One stat.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatRow {
    /// Which stat.
    pub id: DefId,
    /// Its name.
    pub name: String,
    /// What it is for, in a sentence; may be empty.
    pub description: String,
    /// Its value; for a resource, the most there can be.
    pub value: f32,
    /// The value as it is shown, with unit.
    pub text: String,
    /// What the value is called, such as "strong".
    pub tier: Option<String>,
    /// How much is left, for a resource.
    pub resource: Option<ResourceModel>,
    /// Why the value is what it is.
    pub breakdown: Vec<BreakdownRow>,
}

/// What is left of a resource.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ResourceModel {
    /// What is left now.
    pub current: f32,
    /// The most there can be.
    pub max: f32,
    /// How much comes back each second; negative when it drains.
    pub per_second: f32,
}
