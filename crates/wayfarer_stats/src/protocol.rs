//! What is kept and sent, and to whom.

use bevy::prelude::*;
use wayfarer_core::{
    action::ActionAppExt,
    aggregate::AggregateAppExt,
    protocol::ProtocolAppExt,
    state::{Audience, StateAppExt},
};

use crate::{content::ActiveWorld, inputs::StatInputs, public::PublicStats, settle::committed};

const PLUGIN: &str = "wayfarer_stats";

pub(crate) fn register(app: &mut App) {
    app.register_aggregate::<StatInputs>()
        .register_revision::<StatInputs>()
        .on_committed::<StatInputs>(committed);
    app.register_state::<StatInputs>("stats.inputs", 1, Audience::Owner);
    app.register_state_resource::<ActiveWorld>("stats.world", 1, true);
    app.declare_replicated_ops::<StatInputs>(PLUGIN, "stats.inputs", 1, Audience::Owner)
        .declare_replicated::<PublicStats>(PLUGIN, "stats.public", 1, Audience::Public);
    crate::relations::register(app, PLUGIN);
}
