use std::collections::BTreeMap;

use bevy::prelude::*;
use wayfarer_core::{
    content::{ActiveContent, Content, Spanned},
    id::{DefId, Identity},
};
use wayfarer_stats::{
    StatId,
    api::value_of,
    content::{ActiveWorld, Entries, SheetDef, WorldDef},
    index::StatIndex,
    inputs::StatInputs,
    values::StatValues,
};

use super::sheet::breakdown_of;
use crate::model::inspector::{InspectorModel, InspectorRow};

/// The stats of an entity, layer by layer. Who else can be looked at, and whether values may be
/// changed, is for the caller to fill in.
pub fn inspector_model(world: &World, entity: Entity) -> InspectorModel {
    let mut model = InspectorModel {
        target: world.get::<Identity>(entity).map(|uid| uid.0),
        ..InspectorModel::default()
    };
    if let Some(content) = world.get_resource::<ActiveContent>() {
        model.rows = rows(world, content, entity).unwrap_or_default();
    }
    model
}

fn rows(world: &World, content: &Content, entity: Entity) -> Option<Vec<InspectorRow>> {
    let inputs = world.get::<StatInputs>(entity)?;
    let sets = world.get::<StatValues>(entity)?.layout()?.shape().sets();
    let index = content.derived::<StatIndex>()?;
    let sheet = inputs
        .template()
        .and_then(|template| content.table::<SheetDef>().get(template));
    let named = |values: Option<&Entries<Spanned<f32>>>| -> BTreeMap<StatId, f32> {
        let values = values.into_iter().flat_map(Entries::iter);
        values
            .filter_map(|(name, value)| Some((index.resolve_in(sets, name).ok()?, value.value)))
            .collect()
    };
    let template = named(sheet.map(|sheet| &sheet.base));
    let active: Option<DefId> = world
        .get_resource::<ActiveWorld>()
        .and_then(|world| world.0);
    let variation = active
        .and_then(|id| content.table::<WorldDef>().get(id))
        .zip(sheet)
        .and_then(|(world, sheet)| world.variation.get(sheet.name()));
    let varied = named(variation);
    let mut rows = Vec::new();
    for entry in sets.iter().flat_map(|&set| index.of_set(set)) {
        let stat = entry.id;
        let Some(value) = value_of(world, entity, stat) else {
            continue;
        };
        let modifiers = inputs.modifiers().iter();
        rows.push(InspectorRow {
            id: stat.0,
            name: entry.name.to_string(),
            template: template.get(&stat).copied(),
            world: varied.get(&stat).copied(),
            base: inputs.base(stat),
            // What is left of a resource is its runtime value.
            runtime: inputs
                .runtime(stat)
                .or_else(|| inputs.current(stat).map(|current| current.value)),
            modifiers: modifiers.filter(|modifier| modifier.stat == stat).count(),
            value,
            breakdown: breakdown_of(world, entity, stat),
        });
    }
    Some(rows)
}
