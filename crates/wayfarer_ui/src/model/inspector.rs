//! Stats with all their layers, for game masters and debugging.

use wayfarer_core::id::{DefId, Uid};

use super::feedback::Feedback;
use crate::widgets::BreakdownRow;

/// The stats of one entity, layer by layer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InspectorModel {
    /// Who is looked at; `None` when nobody is.
    pub target: Option<Uid>,
    /// Everybody that can be looked at: uid and name.
    pub targets: Vec<(Uid, String)>,
    /// Whether values may be changed: the player is a game master.
    pub may_edit: bool,
    /// The stats.
    pub rows: Vec<InspectorRow>,
    /// What waits for an answer and what was refused.
    pub feedback: Feedback,
}

/// One stat, layer by layer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InspectorRow {
    /// Which stat.
    pub id: DefId,
    /// Its full name, `pack:set.stat`.
    pub name: String,
    /// What the template says.
    pub template: Option<f32>,
    /// What the world adds to the template.
    pub world: Option<f32>,
    /// The character's own permanent value.
    pub base: Option<f32>,
    /// The value that was set at run time.
    pub runtime: Option<f32>,
    /// How many modifiers there are, those that do not count included.
    pub modifiers: usize,
    /// The value in the end.
    pub value: f32,
    /// Why.
    pub breakdown: Vec<BreakdownRow>,
}
