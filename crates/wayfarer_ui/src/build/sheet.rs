use bevy::prelude::*;
use wayfarer_core::{
    character::{Character, CharacterDef, DisplayName},
    content::{ActiveContent, Content},
    id::{DefId, Identity},
    text::Texts,
};
use wayfarer_stats::{
    StatId,
    api::value_of,
    content::{SheetDef, StatSetDef},
    explain::{Counted, Line, LineOp, explain_entity},
    index::{StatEntry, StatIndex},
    layout::Layout,
    values::StatValues,
};

use crate::{
    model::sheet::{ResourceModel, SetModel, SheetModel, StatRow},
    panels::number,
    texts::labels,
    widgets::BreakdownRow,
};

/// The character sheet of an entity; empty when it has no stats (yet).
pub fn sheet_model(world: &World, entity: Entity) -> SheetModel {
    let Some(content) = world.get_resource::<ActiveContent>() else {
        return SheetModel::default();
    };
    let Some(layout) = world.get::<StatValues>(entity).and_then(StatValues::layout) else {
        return SheetModel::default();
    };
    let def = world
        .get::<Character>(entity)
        .and_then(|character| content.table::<CharacterDef>().get(character.def()));
    SheetModel {
        name: name_of(world, entity),
        description: def.map_or_else(String::new, |def| def.description.clone()),
        sets: in_order(content, layout)
            .into_iter()
            .filter_map(|set| set_model(world, content, entity, set))
            .collect(),
    }
}

/// The sets as the author of the sheet lists them; others after those, by name.
fn in_order(content: &Content, layout: &Layout) -> Vec<DefId> {
    let sheet = layout.template();
    let sheet = sheet.and_then(|sheet| content.table::<SheetDef>().get(sheet));
    let listed = |set: &DefId| {
        let sets = sheet.map(|sheet| &sheet.sets);
        sets.and_then(|sets| sets.iter().position(|listed| listed.id() == *set))
    };
    let mut sets = layout.shape().sets().to_vec();
    sets.sort_by_cached_key(|set| {
        let at = listed(set).unwrap_or(usize::MAX);
        (at, content.name_of(*set).map(str::to_owned))
    });
    sets
}

/// What something is called; its uid when it has no name.
pub(crate) fn name_of(world: &World, entity: Entity) -> String {
    if let Some(name) = world.get::<DisplayName>(entity)
        && !name.0.is_empty()
    {
        return name.0.clone();
    }
    let uid = world.get::<Identity>(entity);
    uid.map_or_else(|| entity.to_string(), |uid| uid.0.to_string())
}

fn set_model(world: &World, content: &Content, entity: Entity, set: DefId) -> Option<SetModel> {
    let def = content.table::<StatSetDef>().get(set)?;
    let index = content.derived::<StatIndex>()?;
    let values = world.get::<StatValues>(entity)?;
    Some(SetModel {
        name: def.name.clone(),
        level: values.level(set).map(|level| level.name.clone()),
        labels: values
            .labels(set)
            .map(|(_, label, rule)| (label.name.clone(), rule.name.clone()))
            .collect(),
        stats: index
            .of_set(set)
            .filter_map(|entry| stat_row(world, content, entity, entry))
            .collect(),
    })
}

fn stat_row(
    world: &World,
    content: &Content,
    entity: Entity,
    entry: &StatEntry,
) -> Option<StatRow> {
    let def = entry.def(content)?;
    let values = world.get::<StatValues>(entity)?;
    let resource = resource(world, entity, entry.id);
    let value = match resource {
        Some(resource) => resource.max,
        None => values.get(entry.id)?,
    };
    let unit = match def.unit.as_str() {
        "" => String::new(),
        unit => format!(" {unit}"),
    };
    Some(StatRow {
        id: entry.id.0,
        name: match def.name.as_str() {
            "" => entry.key.to_string(),
            name => name.to_owned(),
        },
        description: def.description.clone(),
        value,
        text: format!("{}{unit}", number(value)),
        tier: values.tier(entry.id).map(|tier| tier.name.clone()),
        resource,
        breakdown: breakdown_of(world, entity, entry.id),
    })
}

/// What is left of a resource now; `None` for other stats.
pub(super) fn resource(world: &World, entity: Entity, stat: StatId) -> Option<ResourceModel> {
    let values = world.get::<StatValues>(entity)?;
    Some(ResourceModel {
        max: values.resource_max(stat)?,
        per_second: values.resource_rate(stat)?,
        current: value_of(world, entity, stat)?,
    })
}

/// Brings what is left of resources up to the moment, without building the sheet again: it comes
/// back by itself with the ticks.
pub fn refresh_resources(world: &World, entity: Entity, model: &mut SheetModel) {
    for stat in model.sets.iter_mut().flat_map(|set| &mut set.stats) {
        if stat.resource.is_some() {
            stat.resource = resource(world, entity, StatId(stat.id));
        }
    }
}

/// Why a stat is what it is.
pub(super) fn breakdown_of(world: &World, entity: Entity, stat: StatId) -> Vec<BreakdownRow> {
    let Some(explanation) = explain_entity(world, entity, stat) else {
        return Vec::new();
    };
    let default = Texts::default();
    let texts = world.get_resource::<Texts>().unwrap_or(&default);
    explanation
        .lines
        .iter()
        .map(|line| breakdown_row(texts, line))
        .collect()
}

pub(super) fn breakdown_row(texts: &Texts, line: &Line) -> BreakdownRow {
    let signed = |text: String| match line.amount > 0.0 {
        true => format!("+{text}"),
        false => text,
    };
    let amount = number(line.amount);
    let (operation, amount) = match line.op {
        LineOp::Set => (labels::STEP_SET, amount),
        LineOp::Add => (labels::STEP_ADD, signed(amount)),
        LineOp::Increase => {
            let percent = format!("{} %", number(line.amount * 100.0));
            (labels::STEP_INCREASE, signed(percent))
        }
        LineOp::Multiply => (labels::STEP_MULTIPLY, format!("×{amount}")),
        LineOp::AtLeast => (labels::STEP_AT_LEAST, amount),
        LineOp::AtMost => (labels::STEP_AT_MOST, amount),
    };
    let reason = |label: crate::texts::Label, name: &str, value: &str| {
        Some(label.of(texts).replace(name, value))
    };
    BreakdownRow {
        source: line.label.clone(),
        operation: operation.of(texts).to_owned(),
        amount,
        running: number(line.running),
        place: line.place.clone().unwrap_or_default(),
        not_counted: match &line.counted {
            Counted::Yes | Counted::NoEffect => None,
            Counted::LostTo(winner) => reason(labels::LOST_TO, "{winner}", winner),
            Counted::ConditionFalse(when) => reason(labels::ONLY_WHEN, "{when}", when),
            Counted::Suppressed => Some(labels::SUPPRESSED.of(texts).to_owned()),
            Counted::NotForResources => Some(labels::NOT_FOR_RESOURCES.of(texts).to_owned()),
        },
    }
}
