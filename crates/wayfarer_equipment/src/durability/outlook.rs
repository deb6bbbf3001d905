//! When a thing will break if it goes on like this.

use bevy::prelude::*;
use wayfarer_core::{
    clock::{ClockMode, RulesClock},
    content::Content,
};
use wayfarer_inventory::Item;

use super::{day_seconds, group_of};
use crate::{
    ext::{Durability, Usage},
    rules::wear::{days_left, uses_left},
};

/// When a thing will break, judged by what it has been through.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// Times that it can be used or fought with; `None` as long as it was never used.
    pub uses: Option<f64>,
    /// Days of the world; `None` as long as it was never used.
    pub days: Option<f64>,
    /// How worrying that is, its place in the list of the wear rules, 0 the most worrying.
    pub rank: Option<usize>,
    /// Its name for players; empty when the rules have none.
    pub name: String,
}

/// The outlook of a thing; `None` for what does not wear. The same on the host and on clients.
pub fn outlook(world: &World, content: &Content, item: &Item) -> Option<Forecast> {
    let (rules, _) = group_of(content, item)?;
    let usage = item.ext::<Usage>().unwrap_or_default();
    let left = Durability::of(item).left;
    let now = world
        .get_resource::<RulesClock>()
        .map_or(0, |clock| clock.tick);
    let hz = world
        .get_resource::<ClockMode>()
        .copied()
        .unwrap_or_default()
        .hz();
    let seconds = now.saturating_sub(usage.since) as f64 / hz;
    let days = days_left(left, usage.wear, seconds / f64::from(day_seconds(content)));
    let within = |limit: Option<f32>| match (days, limit) {
        (Some(days), Some(limit)) => days <= f64::from(limit),
        (None, Some(_)) => false,
        (_, None) => true,
    };
    let found = rules.outlook.iter().position(|step| within(step.days));
    let name = found.and_then(|rank| rules.outlook.get(rank));
    Some(Forecast {
        uses: uses_left(left, usage.wear, usage.uses),
        days,
        rank: found,
        name: name.map_or_else(String::new, |step| step.name.clone()),
    })
}
