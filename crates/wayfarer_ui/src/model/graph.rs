//! The stats of a character as a graph.

use std::sync::Arc;

use wayfarer_core::id::DefId;

use super::Viewed;

/// The stats of a character and what follows from what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GraphModel {
    /// Whose stats.
    pub viewed: Viewed,
    /// The stats and edges.
    pub graph: Arc<StatGraph>,
    /// What the stats are now, in the order of the nodes.
    pub values: Vec<NodeValue>,
}

/// What does not change with the values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatGraph {
    /// Another number for each graph that was built, so that a picture of it can be kept.
    pub revision: u64,
    /// Names of the sets, in the order in which they are drawn.
    pub sets: Vec<String>,
    /// The stats.
    pub nodes: Vec<GraphNode>,
}

/// One stat.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GraphNode {
    /// Which stat.
    pub id: DefId,
    /// What it is called.
    pub name: String,
    /// Its full name, `core:attributes.strength`.
    pub key: String,
    /// Position of its set in [`StatGraph::sets`].
    pub set: usize,
    /// How it follows from other stats, as text; empty if it does not.
    pub formulas: Vec<String>,
    /// The longest way to it from a stat that follows from nothing.
    pub depth: usize,
    /// The nodes that it follows from.
    pub reads: Vec<usize>,
    /// The nodes that follow from it.
    pub read_by: Vec<usize>,
}

/// What a stat is now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NodeValue {
    /// The value as it is shown, with unit.
    pub text: String,
    /// What the value is called.
    pub tier: Option<String>,
}
