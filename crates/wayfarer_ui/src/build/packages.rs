use std::collections::BTreeMap;

use bevy::prelude::*;
use wayfarer_core::{
    clock::RulesClock,
    content::{ActiveContent, Content, Def},
    id::DefId,
};
use wayfarer_stats::{
    StatId,
    content::{DerivationDef, LevelCondition, StatDef, StatSetDef},
    explain::{LineSource, explain_entity},
    inputs::{Current, StatInputs},
    layout::Slot,
    ops::StatOp,
    values::StatValues,
    what_if::what_if_entity,
};

use super::effects::changes;
use crate::{
    model::packages::{PackModel, PackagesModel, SetInfo, Setting, StatInfo, WhatIfModel},
    panels::number,
    texts::labels,
};

/// All stat sets of the content by pack. Whose stats can be tried is for the caller to fill in.
pub fn packages_model(world: &World) -> PackagesModel {
    let Some(content) = world.get_resource::<ActiveContent>() else {
        return PackagesModel::default();
    };
    let otherwise = match world.get_resource() {
        Some(texts) => labels::ALWAYS.of(texts).to_owned(),
        None => labels::ALWAYS.text.to_owned(),
    };
    let packs = content.packs().iter().filter_map(|pack| {
        let sets = content.table::<StatSetDef>().iter();
        let sets: Vec<SetInfo> = sets
            .filter(|set| set.pack() == pack.name)
            .map(|set| set_info(content, set, &otherwise))
            .collect();
        let title = match pack.title.as_str() {
            "" => &pack.name,
            title => title,
        };
        (!sets.is_empty()).then(|| PackModel {
            title: title.to_owned(),
            version: format!("{} {}", pack.name, pack.version),
            sets,
        })
    });
    PackagesModel {
        packs: packs.collect(),
        ..PackagesModel::default()
    }
}

fn set_info(content: &Content, set: &Def<StatSetDef>, otherwise: &str) -> SetInfo {
    let index = content.derived::<wayfarer_stats::index::StatIndex>();
    let entries = index.into_iter().flat_map(|index| index.of_set(set.id()));
    let stats = entries.filter_map(|entry| {
        let def = entry.def(content)?;
        Some(stat_info(content, set.id(), entry.id, &entry.key, def))
    });
    let levels = set.levels.iter();
    let label = |(key, label): (
        &wayfarer_core::content::Text,
        &wayfarer_stats::content::LabelsDef,
    )| {
        let rules = label.rules.iter();
        let mut words: Vec<(String, String)> = rules
            .map(|rule| (rule.name.clone(), conditions(&rule.when)))
            .collect();
        words.push((label.otherwise.name.clone(), otherwise.to_owned()));
        let name = match label.name.as_str() {
            "" => key.as_str(),
            name => name,
        };
        (name.to_owned(), words)
    };
    SetInfo {
        id: set.id(),
        name: set.name.clone(),
        key: set.name().to_owned(),
        description: set.description.clone(),
        stats: stats.collect(),
        levels: levels
            .map(|level| (level.name.clone(), conditions(&level.when)))
            .collect(),
        labels: set.labels.iter().map(label).collect(),
    }
}

fn stat_info(content: &Content, set: DefId, id: StatId, key: &str, def: &StatDef) -> StatInfo {
    let derivations = content.table::<DerivationDef>().iter();
    let derivations: Vec<String> = derivations
        .filter(|derivation| derivation.into.id() == set && derivation.values.get(key).is_some())
        .map(|derivation| derivation.name.clone())
        .collect();
    StatInfo {
        id: id.0,
        name: match def.name.as_str() {
            "" => key.to_owned(),
            name => name.to_owned(),
        },
        description: def.description.clone(),
        unit: def.unit.clone(),
        min: def.lowest(),
        max: def.highest(),
        default: (def.formula.is_none() && def.resource.is_none()).then(|| def.start()),
        formula: def.formula.as_ref().map(|f| f.text().to_string()),
        derivations,
        resource: def.resource.as_ref().map(|resource| {
            let regen = resource.regen.as_ref();
            (
                resource.max.text().to_string(),
                regen.map(|regen| regen.text().to_string()),
            )
        }),
        tiers: def
            .tiers
            .iter()
            .map(|tier| (tier.name.clone(), tier.min.value))
            .collect(),
    }
}

/// Conditions as one line: `strength ≥ 20, agility < 90`.
fn conditions(when: &[LevelCondition]) -> String {
    let one = |condition: &LevelCondition| {
        let limits = [
            ("≥", &condition.min),
            (">", &condition.above),
            ("≤", &condition.max),
            ("<", &condition.below),
            ("=", &condition.is),
        ];
        let given = limits
            .into_iter()
            .filter_map(|(sign, limit)| Some((sign, limit.as_ref()?.value)));
        let parts: Vec<String> = given
            .map(|(sign, limit)| format!("{} {sign} {}", condition.stat.as_str(), number(limit)))
            .collect();
        parts.join(", ")
    };
    let all: Vec<String> = when.iter().map(one).collect();
    all.join(", ")
}

/// The sets that an entity has, and its stats that can be tried: those that do not follow from
/// others.
pub fn settings(world: &World, entity: Entity) -> (Vec<DefId>, BTreeMap<DefId, Setting>) {
    let values = world.get::<StatValues>(entity);
    let Some(layout) = values.and_then(StatValues::layout) else {
        return Default::default();
    };
    let free = layout.shape().slots().iter().filter(|s| !s.is_derived());
    let settings = free
        .filter_map(|slot| Some((slot.id().0, setting(world, entity, slot)?)))
        .collect();
    (layout.shape().sets().to_vec(), settings)
}

fn setting(world: &World, entity: Entity, slot: &Slot) -> Option<Setting> {
    let stat = slot.id();
    let explanation = explain_entity(world, entity, stat)?;
    let layers = explanation.lines.iter().rev();
    let said = layers
        .filter(|line| line.counted.counts())
        .find(|line| !matches!(line.source, LineSource::Modifier { .. } | LineSource::Clamp));
    let now = said.map_or(explanation.value, |line| line.amount);
    let most = world.get::<StatValues>(entity)?.resource_max(stat);
    let bounded = |limit: f32, otherwise: f32| if limit.is_finite() { limit } else { otherwise };
    let min = bounded(slot.min(), now.min(0.0) * 2.0);
    let max = bounded(most.unwrap_or(slot.max()), (now * 2.0).max(100.0)).max(min);
    Some(Setting {
        now: if slot.is_resource() {
            explanation.value
        } else {
            now
        },
        min,
        max,
    })
}

/// What would follow if these stats had these values; `None` if none are given. Nothing is written.
pub fn what_if_model(
    world: &World,
    entity: Entity,
    tried: &BTreeMap<DefId, f32>,
) -> Option<WhatIfModel> {
    if tried.is_empty() {
        return None;
    }
    let inputs = world.get::<StatInputs>(entity)?;
    let layout = world.get::<StatValues>(entity)?.layout()?;
    let since = world
        .get_resource::<RulesClock>()
        .map_or(0, |clock| clock.tick);
    let op = |(stat, value): (&DefId, &f32)| {
        let (stat, value) = (StatId(*stat), *value);
        // What the character does not have (any more) is not tried.
        let slot = layout.slot(stat).and_then(|slot| layout.stat(slot))?;
        Some(if slot.is_resource() {
            StatOp::SetResource {
                stat,
                current: Some(Current { value, since }),
            }
        } else if inputs.runtime(stat).is_some() {
            StatOp::SetRuntime {
                stat,
                value: Some(value),
            }
        } else {
            StatOp::SetBase {
                stat,
                value: Some(value),
            }
        })
    };
    let ops: Vec<StatOp> = tried.iter().filter_map(op).collect();
    if ops.is_empty() {
        return None;
    }
    Some(match what_if_entity(world, entity, &ops)? {
        Ok(found) => WhatIfModel::Changes(changes(world, &found)),
        Err(error) => WhatIfModel::Refused(error.to_string()),
    })
}
