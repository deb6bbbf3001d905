use bevy::{platform::collections::HashMap, prelude::*};
use wayfarer_core::{content::Content, id::DefId};
use wayfarer_stats::{
    StatId,
    api::value_of,
    content::{StatDef, StatSetDef},
    index::StatIndex,
    layout::Shape,
    values::StatValues,
};

use crate::{
    model::graph::{GraphNode, NodeValue, StatGraph},
    panels::number,
};

/// The stats of an entity and what follows from what; empty when it has no stats (yet). The
/// revision is for the caller to count.
pub fn graph_model(world: &World, entity: Entity) -> StatGraph {
    let layout = world.get::<StatValues>(entity).and_then(StatValues::layout);
    layout.map_or_else(StatGraph::default, |layout| of_shape(layout.shape()))
}

fn of_shape(shape: &Shape) -> StatGraph {
    let content = shape.content();
    let position: HashMap<DefId, usize> = shape.sets().iter().copied().zip(0..).collect();
    let set_name = |set: &DefId| {
        let def = content.table::<StatSetDef>().get(*set);
        def.map_or_else(|| set.to_string(), |def| def.name.clone())
    };
    let mut nodes: Vec<GraphNode> = Vec::with_capacity(shape.slots().len());
    // Each slot comes after those that it depends on.
    for (slot, at) in shape.slots().iter().zip(0u16..) {
        let reads: Vec<usize> = shape.reads(at).into_iter().map(usize::from).collect();
        let depths = reads
            .iter()
            .filter_map(|read| Some(nodes.get(*read)?.depth + 1));
        let depth = depths.max().unwrap_or(0);
        for read in &reads {
            if let Some(read) = nodes.get_mut(*read) {
                read.read_by.push(usize::from(at));
            }
        }
        let def = definition(content, slot.id());
        nodes.push(GraphNode {
            id: slot.id().0,
            name: match def.map(|def| def.name.as_str()) {
                None | Some("") => slot.name().to_owned(),
                Some(name) => name.to_owned(),
            },
            key: slot.name().to_owned(),
            set: position.get(&slot.set()).copied().unwrap_or(0),
            formulas: formulas(shape, slot.id(), def),
            depth,
            reads,
            read_by: Vec::new(),
        });
    }
    StatGraph {
        revision: 0,
        sets: shape.sets().iter().map(set_name).collect(),
        nodes,
    }
}

fn definition(content: &Content, stat: StatId) -> Option<&StatDef> {
    content.derived::<StatIndex>()?.get(stat)?.def(content)
}

/// How a stat follows from others, as it was written.
fn formulas(shape: &Shape, stat: StatId, def: Option<&StatDef>) -> Vec<String> {
    if let Some(derived) = shape.derived(stat) {
        let parts = derived.parts().iter().filter(|part| part.counts());
        return parts.map(|part| part.text().to_owned()).collect();
    }
    let Some(def) = def else {
        return Vec::new();
    };
    let resource = def.resource.as_ref();
    let own = def.formula.iter();
    own.chain(resource.map(|resource| &resource.max))
        .chain(resource.and_then(|resource| resource.regen.as_ref()))
        .map(|formula| formula.text().to_string())
        .collect()
}

/// What the stats of a graph are now, in the order of its nodes.
pub fn graph_values(world: &World, entity: Entity, graph: &StatGraph) -> Vec<NodeValue> {
    let values = world.get::<StatValues>(entity);
    let content = values
        .and_then(StatValues::layout)
        .map(|layout| layout.shape().content());
    let of = |node: &GraphNode| {
        let stat = StatId(node.id);
        let Some(value) = value_of(world, entity, stat) else {
            return NodeValue::default();
        };
        let unit = content
            .and_then(|content| definition(content, stat))
            .map_or("", |def| def.unit.as_str());
        let max = values.and_then(|values| values.resource_max(stat));
        let mut text = number(value);
        if let Some(max) = max {
            text += &format!(" / {}", number(max));
        }
        if !unit.is_empty() {
            text += &format!(" {unit}");
        }
        let tier = values.and_then(|values| values.tier(stat));
        NodeValue {
            text,
            tier: tier.map(|tier| tier.name.clone()),
        }
    };
    graph.nodes.iter().map(of).collect()
}
