//! Content that no longer knows stats which characters have.

use std::collections::BTreeSet;

use bevy::prelude::*;
use wayfarer_core::content::Content;

use crate::{id::StatId, index::StatIndex, inputs::StatInputs};

/// Stats that characters have values or modifiers for and that the content does not know. They are
/// kept; each is told of once.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq)]
pub struct UnknownStats(pub BTreeSet<StatId>);

/// Warns of each stat that the new content has lost.
pub(crate) fn warn_of_unknown(world: &mut World, old: &Content, new: &Content) {
    let empty = StatIndex::default();
    let known = new.derived::<StatIndex>().unwrap_or(&empty);
    let before = old.derived::<StatIndex>().unwrap_or(&empty);
    let mut lost = BTreeSet::new();
    let mut query = world.query::<&StatInputs>();
    for inputs in query.iter(world) {
        let rows = inputs.base.iter().chain(&inputs.runtime).map(|row| row.0);
        let all = rows
            .chain(inputs.currents.iter().map(|row| row.0))
            .chain(inputs.modifiers.iter().map(|modifier| modifier.stat));
        lost.extend(all.filter(|stat| known.get(*stat).is_none()));
    }
    let mut unknown = world.get_resource_or_init::<UnknownStats>();
    for stat in lost.difference(&unknown.0) {
        tracing::warn!(
            "the content no longer has the stat {}; values of characters are kept",
            before.name(*stat)
        );
    }
    unknown.0 = lost;
}
