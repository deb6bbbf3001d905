//! What of this crate is saved, what is replicated, and to whom.

use bevy::prelude::*;
use wayfarer_core::{
    action::ActionAppExt,
    aggregate::AggregateAppExt,
    protocol::ProtocolAppExt,
    state::{Audience, StateAppExt},
};

use crate::{equipment::Equipment, look::WornLook};

const PLUGIN: &str = "wayfarer_equipment";

pub(crate) fn plugin(app: &mut App) {
    app.register_aggregate::<Equipment>()
        .register_revision::<Equipment>();
    app.register_state::<Equipment>("equipment.state", 1, Audience::Owner);
    app.register_state::<WornLook>("equipment.look", 1, Audience::Public);
    app.declare_replicated_ops::<Equipment>(PLUGIN, "equipment.state", 1, Audience::Owner)
        .declare_replicated::<WornLook>(PLUGIN, "equipment.look", 1, Audience::Public);
}
