#![allow(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use egui_kittest::{Harness, kittest::Queryable as _};
use wayfarer_core::id::{DefId, Uid};

use super::*;
use crate::model::{
    Viewed,
    graph::{GraphNode, NodeValue, StatGraph},
};

type Stage = (GraphModel, GraphState, Vec<Intent>);

fn play(model: GraphModel) -> Harness<'static, Stage> {
    let mut harness = Harness::builder().with_size([900.0, 600.0]).build_ui_state(
        |ui, (model, state, intents): &mut Stage| graph_panel(ui, model, state, intents),
        (model, GraphState::default(), Vec::new()),
    );
    harness.run();
    harness
}

/// `wide` stats that follow from nothing, and behind each a chain of `deep` that follow from each
/// other; the last stat stands alone.
fn model(wide: usize, deep: usize) -> GraphModel {
    let mut nodes = Vec::new();
    for chain in 0..wide {
        for depth in 0..=deep {
            let at = nodes.len();
            nodes.push(GraphNode {
                id: DefId(at as u32 + 1),
                name: format!("Stat {chain}.{depth}"),
                key: format!("core:set.stat_{chain}_{depth}"),
                set: chain % 2,
                formulas: if depth > 0 {
                    vec![format!("stat_{chain}_{} * 2", depth - 1)]
                } else {
                    Vec::new()
                },
                depth,
                reads: if depth > 0 { vec![at - 1] } else { Vec::new() },
                read_by: if depth < deep {
                    vec![at + 1]
                } else {
                    Vec::new()
                },
            });
        }
    }
    nodes.push(GraphNode {
        id: DefId(0),
        name: "Alone".into(),
        ..GraphNode::default()
    });
    let values = nodes.iter().map(|_| NodeValue {
        text: "7".into(),
        tier: Some("fair".into()),
    });
    GraphModel {
        viewed: Viewed {
            uid: Uid::new(9),
            name: "Sir Bors".into(),
            own: true,
            ..Viewed::default()
        },
        values: values.collect(),
        graph: Arc::new(StatGraph {
            revision: 1,
            sets: vec!["Body".into(), "Mind".into()],
            nodes,
        }),
    }
}

#[test]
fn everything_stands_right_of_what_it_follows_from() {
    for (wide, deep) in [(1, 0), (3, 4), (80, 1), (1, 40)] {
        let model = model(wide, deep);
        let placed = place::place(&model.graph, false);
        assert_eq!(placed.edges.len(), wide * deep);
        for (from, to) in &placed.edges {
            let (from, to) = (placed.nodes[*from].unwrap(), placed.nodes[*to].unwrap());
            assert!(from.right() < to.left());
        }
        let rects: Vec<Rect> = placed.nodes.iter().flatten().copied().collect();
        for (at, one) in rects.iter().enumerate() {
            assert!(one.right() <= placed.size.x && one.bottom() <= placed.size.y);
            assert!(!rects[at + 1..].iter().any(|other| one.intersects(*other)));
        }
        let connected = place::place(&model.graph, true);
        assert_eq!(connected.nodes.last(), Some(&None));
    }
}

#[test]
fn an_empty_graph_has_no_places() {
    let placed = place::place(&StatGraph::default(), false);
    assert!(placed.nodes.is_empty() && placed.edges.is_empty());
}

#[test]
fn a_click_inspects_and_pointing_explains() {
    let mut harness = play(model(2, 1));
    harness.get_by_label("Stat 1.1: 7, fair").hover();
    for _ in 0..30 {
        harness.step();
    }
    harness.get_by_label("core:set.stat_1_1");
    harness.get_by_label("Formula: stat_1_0 * 2");
    harness.get_by_label("Follows from: Stat 1.0");
    harness.get_by_label("Stat 1.1: 7, fair").click();
    harness.run();
    let wanted = Intent::InspectStat {
        character: Uid::new(9).unwrap(),
        stat: DefId(4),
    };
    assert_eq!(harness.state().2, [wanted]);
}

#[test]
fn places_are_kept_until_the_graph_is_another() {
    let mut harness = play(model(2, 1));
    harness.state_mut().1.pan = vec2(30.0, 40.0);
    harness.run();
    let kept = |harness: &Harness<'static, Stage>| harness.state().1.placed.clone().unwrap();
    let before = kept(&harness);
    harness.state_mut().0.values.clear();
    harness.run();
    assert_eq!(kept(&harness), before);
    assert_eq!(harness.state().1.pan, vec2(30.0, 40.0));
    let mut other = model(3, 1);
    Arc::make_mut(&mut other.graph).revision = 2;
    harness.state_mut().0 = other;
    harness.run();
    assert_ne!(kept(&harness), before);
    harness.get_by_label("Only what is connected").click();
    harness.run();
    assert!(harness.query_by_label("Alone: 7, fair").is_none());
}

#[test]
fn without_a_character_it_says_so() {
    play(GraphModel::default()).get_by_label("There is no character here yet.");
}
