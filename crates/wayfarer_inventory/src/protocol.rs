//! What of this crate is saved, what is replicated, and to whom.

use bevy::prelude::*;
use wayfarer_core::{
    action::ActionAppExt,
    aggregate::AggregateAppExt,
    protocol::ProtocolAppExt,
    state::{Audience, StateAppExt},
};

use crate::{container::Container, inventory::Inventory, marks::Marks, world_item::WorldItem};

const PLUGIN: &str = "wayfarer_inventory";

pub(crate) fn plugin(app: &mut App) {
    app.register_aggregate::<Inventory>()
        .register_revision::<Inventory>();
    app.register_state::<Inventory>("inventory.items", 1, Audience::Viewers);
    app.register_state::<WorldItem>("inventory.world_item", 1, Audience::Public);
    app.register_state::<Container>("inventory.container", 1, Audience::Public);
    app.register_state::<Marks>("inventory.marks", 1, Audience::Owner);
    app.on_restored("inventory.mend", crate::mend::restored);
    app.declare_replicated_ops::<Inventory>(PLUGIN, "inventory.items", 1, Audience::Viewers)
        .declare_replicated::<WorldItem>(PLUGIN, "inventory.world_item", 1, Audience::Public)
        .declare_replicated::<Marks>(PLUGIN, "inventory.marks", 1, Audience::Owner)
        .declare_replicated::<Container>(PLUGIN, "inventory.container", 1, Audience::Public);
}
