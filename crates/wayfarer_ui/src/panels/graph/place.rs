//! Where each stat stands.

use bevy_egui::egui::{Pos2, Rect, Vec2, pos2, vec2};

use crate::model::graph::StatGraph;

/// Size of a node at zoom 1.
pub(super) const NODE: Vec2 = vec2(170.0, 22.0);
/// Between two nodes of a column, and above those of another set.
const GAP: f32 = 5.0;
const SET_GAP: f32 = 22.0;
/// Between columns of different depth, and of the same.
const COLUMN_GAP: f32 = 90.0;
const SPLIT_GAP: f32 = 16.0;
/// A column that is longer is split, so that the picture stays about as wide as it is high.
const LONGEST: usize = 28;

/// A graph with places.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Placed {
    /// The revision of the graph and whether only connected nodes are placed.
    pub of: (u64, bool),
    /// Where each node stands; `None` for those that are left out.
    pub nodes: Vec<Option<Rect>>,
    /// Where the name of a set is written, and which.
    pub heads: Vec<(Pos2, usize)>,
    /// Lines from a node to one that follows from it.
    pub edges: Vec<(usize, usize)>,
    /// The lower right corner.
    pub size: Vec2,
}

/// Places the nodes: columns by depth, in each sorted by set.
pub(super) fn place(graph: &StatGraph, connected_only: bool) -> Placed {
    let mut placed = Placed {
        of: (graph.revision, connected_only),
        nodes: vec![None; graph.nodes.len()],
        ..Placed::default()
    };
    let deepest = graph.nodes.iter().map(|node| node.depth).max().unwrap_or(0);
    let mut columns: Vec<Vec<usize>> = vec![Vec::new(); deepest + 1];
    for (at, node) in graph.nodes.iter().enumerate() {
        let connected = !node.reads.is_empty() || !node.read_by.is_empty();
        if connected || !connected_only {
            columns[node.depth].push(at);
        }
        let edges = node.reads.iter().filter(|read| **read < graph.nodes.len());
        placed.edges.extend(edges.map(|read| (*read, at)));
    }
    let mut left = 0.0;
    for column in &mut columns {
        column.sort_by_key(|at| (graph.nodes[*at].set, *at));
        for part in column.chunks(LONGEST) {
            let bottom = stack(graph, part, left, &mut placed);
            placed.size = placed.size.max(vec2(left + NODE.x, bottom));
            left += NODE.x + SPLIT_GAP;
        }
        left += COLUMN_GAP - SPLIT_GAP;
    }
    placed
}

/// One below the other; returns where it ends.
fn stack(graph: &StatGraph, nodes: &[usize], left: f32, placed: &mut Placed) -> f32 {
    let mut top = 0.0;
    let mut set = None;
    for at in nodes {
        let own = graph.nodes[*at].set;
        if set != Some(own) {
            placed.heads.push((pos2(left, top), own));
            top += SET_GAP;
            set = Some(own);
        }
        placed.nodes[*at] = Some(Rect::from_min_size(pos2(left, top), NODE));
        top += NODE.y + GAP;
    }
    top
}
