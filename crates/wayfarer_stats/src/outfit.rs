//! A new character gets the sheet of its name.

use bevy::prelude::*;
use wayfarer_core::{
    content::{ActiveContent, Ref},
    id::DefId,
};

use crate::{
    content::{ActiveWorld, SheetDef},
    inputs::{Current, StatInputs},
    layout::Layouts,
    rules::resource::Now,
    values::StatValues,
};

/// Inserts inputs and settled values if there is a sheet; characters that have stats keep them.
pub(crate) fn outfit(world: &mut World, entity: Entity, def: DefId) {
    let content = world.resource::<ActiveContent>().0.clone();
    let Some(sheet) = content.table::<SheetDef>().get(def) else {
        return;
    };
    if world.get::<StatInputs>(entity).is_some() {
        return;
    }
    let mut inputs = StatInputs::new(Some(def), sheet.sets.iter().map(Ref::id));
    inputs.world = world
        .get_resource::<ActiveWorld>()
        .and_then(|active| active.0);
    let mut layouts = world.resource_mut::<Layouts>();
    let layout = layouts.get(&content, &inputs);
    let now = Now::of(world);
    let values = StatValues::new(&layout, &inputs, now);
    // What begins half empty and comes back, comes back from now on.
    for slot in layout
        .shape()
        .slots()
        .iter()
        .filter(|slot| slot.is_resource())
    {
        let stat = slot.id();
        let (value, max) = (values.get(stat), values.resource_max(stat));
        if let (Some(value), Some(max)) = (value, max)
            && values.resource_rate(stat).is_some_and(|rate| rate != 0.0)
            && value != max
        {
            let since = now.tick;
            inputs.currents.push((stat, Current { value, since }));
        }
    }
    crate::rows::sort(&mut inputs.currents);
    world.entity_mut(entity).insert((values, inputs));
}
