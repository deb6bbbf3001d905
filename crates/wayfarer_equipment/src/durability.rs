//! Wear: what use, combat, blows and weather take from things, and what follows.
//!
//! - A counted use: [`use_gear`]. Combat: [`CombatRoundEnded`] for each round, and each blow that
//!   somebody takes, if the rules say so. Weather: [`Exposure`] on who is out in it.
//! - The same use, and the same round of the same combat, wears once, however often it is told.
//! - What is taken off in the last moment wears with the rest.
//! - At nothing a thing falls off its wearer, into a bag or into the overflow. It is never lost.
//! - Wear is the host's: its dice stand in the ledger, clients get the result.

mod apply;
mod collect;
mod exposure;
mod fall_off;
pub(crate) mod gate;
mod lately;
mod outlook;
mod rounds;
mod seen;
mod uses;

pub use apply::{WearCause, wear_out, wear_out_all};
pub(crate) use collect::{WearSystems, plugin};
pub use exposure::{Expose, Exposure, expose};
pub use lately::LatelyWorn;
pub(crate) use lately::remember;
pub use outlook::{Forecast, outlook};
pub use rounds::{CombatRoundEnded, Participant};
pub use seen::SeenCauses;
pub use uses::{UseOfGear, use_gear};

use wayfarer_core::content::{Content, Ref};
use wayfarer_inventory::Item;
use wayfarer_stats::effects::CalendarDef;

use crate::{
    content::{GearDef, MaterialDef, WearGroup, WearRulesDef},
    ext::{Durability, quality_of},
    rules::wear::Hardiness,
};

/// How a thing wears: the rules for its kind. `None` when it does not wear at all.
pub(crate) fn group_of<'a>(
    content: &'a Content,
    item: &Item,
) -> Option<(&'a WearRulesDef, &'a WearGroup)> {
    let rules = WearRulesDef::in_force(content)?;
    let gear = content.table::<GearDef>().get(item.def)?;
    let group = rules.groups.get(&**gear.wear.as_ref()?)?;
    Some((rules, group))
}

/// The share that is left of a thing, 0 to 1; `None` when it does not wear.
pub fn share_left(content: &Content, item: &Item) -> Option<f32> {
    group_of(content, item)?;
    Some(Durability::of(item).percent() / 100.0)
}

/// What a thing is made of.
pub(crate) fn material_of<'a>(content: &'a Content, item: &Item) -> Option<&'a MaterialDef> {
    let gear = content.table::<GearDef>().get(item.def)?;
    let def = content
        .table::<MaterialDef>()
        .get(gear.material.as_ref().map(Ref::id)?)?;
    Some(def)
}

/// What makes a thing wear more or less; `material` chooses which factor of its material counts.
fn hardiness(content: &Content, item: &Item, material: fn(&MaterialDef) -> f32) -> Hardiness {
    let gear = content.table::<GearDef>().get(item.def);
    Hardiness {
        quality: quality_of(content, item).map_or(1.0, |quality| quality.wear_factor),
        material: material_of(content, item).map_or(1.0, material),
        toughness: gear.map_or(1.0, |gear| gear.durability),
    }
}

/// Seconds of play in an hour of the world.
pub(crate) fn hour_seconds(content: &Content) -> f32 {
    let calendar = content.table::<CalendarDef>().iter().next();
    3600.0 / calendar.map_or(1.0, |calendar| calendar.scale.value.max(0.001))
}

/// Seconds of play in a day of the world.
fn day_seconds(content: &Content) -> f32 {
    let calendar = content.table::<CalendarDef>().iter().next();
    hour_seconds(content) * calendar.map_or(24.0, |calendar| calendar.hours.value)
}
