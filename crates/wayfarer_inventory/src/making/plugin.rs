//! Registration.

use bevy::prelude::*;
use wayfarer_core::{
    action::ActionAppExt,
    content::ContentAppExt,
    state::{Audience, StateAppExt},
    text::TextAppExt,
};

use super::ItemMakers;
use crate::{
    actions::RollLoot,
    content::{LootTableDef, StationDef},
    loot::{Filled, check_loot},
    refusals::MAKING_TEXTS,
};

/// Loot, stations, and what makes items.
pub(crate) fn plugin(app: &mut App) {
    app.init_resource::<ItemMakers>()
        .register_texts(MAKING_TEXTS)
        .register_definition::<StationDef>()
        .register_definition::<LootTableDef>()
        .register_content_check("inventory.loot", check_loot)
        .register_action::<RollLoot>();
    app.register_state::<Filled>("inventory.filled", 1, Audience::HostOnly);
}
