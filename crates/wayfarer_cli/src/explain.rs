//! `wayfarer explain`: why a character's stat is what it is, by the very rules of the game.

use std::path::PathBuf;

use bevy::prelude::*;
use clap::Args;
use wayfarer_core::content::did_you_mean;
use wayfarer_stats::prelude::{StatIndex, StatInputs, StatValues, explain_entity};

use crate::{
    check::report,
    end::End,
    number::short,
    out::Out,
    packs::{MorePacks, Packs},
    rules,
};

mod character;
mod table;

/// Explain a stat of a character: value, tier, and every line that makes it, with the place in
/// the packs that says so, and why a line does not count.
///
/// The character is a file like
/// `(template: "demo:knight", base: {"attributes.strength": 18}, wear: ["demo:ring_of_strength"])`.
/// It is made in a game without a window, through the same rules as in the real one.
#[derive(Args, Debug)]
pub(crate) struct ExplainArgs {
    /// A folder of packs, or one pack
    assets: PathBuf,
    /// The file with the character
    character: PathBuf,
    /// The stat: `strength`, `attributes.strength` or `core:attributes.strength`
    #[arg(required_unless_present = "all")]
    stat: Option<String>,
    /// List every stat of the character with its value instead
    #[arg(long, conflicts_with = "stat")]
    all: bool,
    #[command(flatten)]
    more: MorePacks,
}

/// Runs the command.
pub(crate) fn run(args: &ExplainArgs, out: &mut Out) -> Result<End, End> {
    let packs = Packs::find(&args.assets, &args.more)?;
    let description = character::read(&args.character)?;
    let mut app = rules::app(&packs, &args.more.ignore);
    if let Err(found) = rules::load(&mut app) {
        for diagnostic in &found {
            report(diagnostic, out);
        }
        return Err(End::Failed(
            "the packs have errors, so there are no rules to explain by".to_owned(),
        ));
    }
    app.finish();
    app.cleanup();
    let entity = character::make(&mut app, &description)?;
    let world = app.world();
    match &args.stat {
        Some(stat) => one(world, entity, stat, out),
        None => all(world, entity, out),
    }
}

fn one(world: &World, entity: Entity, name: &str, out: &mut Out) -> Result<End, End> {
    let (Some(inputs), Some(values)) = (
        world.get::<StatInputs>(entity),
        world.get::<StatValues>(entity),
    ) else {
        return Err(no_sheet());
    };
    let content = values.layout().map(|layout| layout.shape().content());
    let index = content.and_then(|content| content.derived::<StatIndex>());
    let index = index.ok_or_else(no_sheet)?;
    let stat = index.resolve_in(inputs.sets(), name).map_err(|error| {
        // The nearest of the character's own stats is a better guess than the nearest of all.
        let own = values.iter().filter_map(|(stat, _)| index.get(stat));
        let keys: Vec<&str> = own.map(|entry| &*entry.key).collect();
        let near = did_you_mean(name, keys).map(|near| format!("did you mean `{near}`?"));
        let help = error.help.or(near);
        End::usage(
            error.message,
            help.unwrap_or_else(|| "`--all` lists the stats of the character".to_owned()),
        )
    })?;
    let why = explain_entity(world, entity, stat).ok_or_else(no_sheet)?;
    let full_name = index.name(stat);
    table::print(&why, &full_name, out);
    Ok(End::Good)
}

/// Every stat in the order of its set, with value and tier.
fn all(world: &World, entity: Entity, out: &mut Out) -> Result<End, End> {
    let values = world.get::<StatValues>(entity).ok_or_else(no_sheet)?;
    let layout = values.layout().ok_or_else(no_sheet)?;
    let content = layout.shape().content();
    let index = content.derived::<StatIndex>().ok_or_else(no_sheet)?;
    let own: Vec<_> = index
        .iter()
        .filter(|entry| layout.slot(entry.id).is_some())
        .collect();
    let width = own.iter().map(|entry| entry.name.chars().count()).max();
    let width = width.unwrap_or(0);
    for entry in own {
        let now = wayfarer_stats::api::value_of(world, entity, entry.id);
        let mut text = short(now.unwrap_or(0.0));
        if let Some(max) = values.resource_max(entry.id) {
            text = format!("{text} / {}", short(max));
        }
        if let Some(def) = entry.def(content)
            && !def.unit.is_empty()
        {
            text = format!("{text} {}", def.unit);
        }
        let tier = values.tier(entry.id).map_or("", |tier| tier.name.as_str());
        let line = format!("{:<width$}  {text:<14}  {tier}", &*entry.name);
        out.line(line.trim_end());
    }
    Ok(End::Good)
}

fn no_sheet() -> End {
    End::Failed(
        "the character has no stats: no pack has an entry of its name in `sheets`".to_owned(),
    )
}
