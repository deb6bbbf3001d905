//! The own stats.

use bevy::prelude::*;
use wayfarer_core::{content::ActiveContent, id::Uid};
use wayfarer_stats::{
    api::value_of,
    index::{StatEntry, StatIndex},
    prelude::StatValues,
};

use super::item_name;
use crate::{
    number::short,
    out::{Out, printable},
};

/// Prints what is used up and what has a name for its value: what somebody looks at first.
pub(crate) fn print_interesting(world: &World, entity: Entity, out: &mut Out) {
    let lines = lines(world, entity, |values, entry| {
        entry.is_resource || values.tier(entry.id).is_some()
    });
    if !lines.is_empty() {
        out.line(format!("  stats: {}", lines.join(", ")));
    }
}

/// Prints every stat whose name begins with `name`.
pub(crate) fn print_all(
    world: &World,
    actor: Uid,
    name: &str,
    out: &mut Out,
) -> Result<(), String> {
    let entity = item_name::entity(world, actor).ok_or("the character is not in sight")?;
    let wanted = name.to_lowercase();
    let lines = lines(world, entity, |_, entry| {
        let short = entry.name.split_once(':').map_or("", |(_, rest)| rest);
        [&*entry.name, short, &*entry.key]
            .into_iter()
            .any(|name| name.to_lowercase().starts_with(&wanted))
    });
    if lines.is_empty() {
        return Err(format!(
            "the character has no stat that begins with `{name}`"
        ));
    }
    for line in lines {
        out.line(format!("  {line}"));
    }
    Ok(())
}

/// `Health 12 / 20`, `Strength 18 (mighty)`.
fn lines(
    world: &World,
    entity: Entity,
    wanted: impl Fn(&StatValues, &StatEntry) -> bool,
) -> Vec<String> {
    let content = &world.resource::<ActiveContent>().0;
    let (Some(values), Some(index)) = (
        world.get::<StatValues>(entity),
        content.derived::<StatIndex>(),
    ) else {
        return Vec::new();
    };
    index
        .iter()
        .filter(|entry| wanted(values, entry))
        .filter_map(|entry| {
            let value = value_of(world, entity, entry.id)?;
            let name = entry
                .def(content)
                .map_or(&*entry.key, |def| def.name.as_str());
            let mut text = format!("{} {}", printable(name), short(value));
            if let Some(max) = values.resource_max(entry.id) {
                text += &format!(" / {}", short(max));
            }
            if let Some(tier) = values.tier(entry.id) {
                text += &format!(" ({})", printable(&tier.name));
            }
            Some(text)
        })
        .collect()
}
