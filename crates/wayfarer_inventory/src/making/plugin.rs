//! Registration.

use bevy::prelude::*;
use wayfarer_core::{
    action::ActionAppExt,
    content::ContentAppExt,
    protocol::ProtocolAppExt,
    state::{Audience, StateAppExt},
    text::TextAppExt,
};

use super::ItemMakers;
use crate::{
    actions::{AskHistory, CraftItem, RollLoot},
    content::{LootTableDef, RecipeDef, StationDef},
    craft::{Crafting, Recipes, check_recipes},
    loot::{Filled, check_loot},
    refusals::MAKING_TEXTS,
    remains::somebody_fell,
    work::WorkAppExt,
};

/// Loot, stations, and what makes items.
pub(crate) fn plugin(app: &mut App) {
    const PLUGIN: &str = "wayfarer_inventory";
    app.add_observer(somebody_fell)
        .init_resource::<ItemMakers>()
        .register_texts(MAKING_TEXTS)
        .register_definition::<StationDef>()
        .register_definition::<LootTableDef>()
        .register_content_check("inventory.loot", check_loot)
        .register_definition::<RecipeDef>()
        .register_content_check("inventory.recipes", check_recipes)
        .register_type::<Recipes>()
        .register_work::<Crafting>()
        .register_action::<RollLoot>()
        .register_action::<AskHistory>()
        .register_action::<CraftItem>()
        .declare_replicated::<Recipes>(PLUGIN, "inventory.recipes", 1, Audience::Owner);
    app.register_state::<Recipes>("inventory.recipes", 1, Audience::Owner);
    app.register_state::<Filled>("inventory.filled", 1, Audience::HostOnly);
}
