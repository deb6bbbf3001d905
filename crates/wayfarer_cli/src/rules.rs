//! The rules without a window: what commands load content with and try things in.

use bevy::prelude::*;
use wayfarer_core::{
    clock::ClockMode,
    content::{Content, ContentAppExt, ContentRegistry, ContentSources, Diagnostic},
    prelude::CorePlugin,
};
use wayfarer_equipment::prelude::EquipmentPlugin;
use wayfarer_inventory::prelude::InventoryPlugin;
use wayfarer_stats::prelude::StatsPlugin;

use crate::packs::Packs;

/// An app with every rules plugin, over these packs, not yet loaded. Rules run by hand.
pub(crate) fn app(packs: &Packs, ignore: &[String]) -> App {
    let mut app = App::new();
    app.add_plugins((
        MinimalPlugins,
        CorePlugin,
        StatsPlugin,
        InventoryPlugin,
        EquipmentPlugin,
    ))
    .insert_resource(ClockMode::Manual { hz: 20.0 });
    let mut sources = app.world_mut().get_resource_or_init::<ContentSources>();
    for source in packs.sources() {
        sources.push(source);
    }
    let mut registry = app.world_mut().get_resource_or_init::<ContentRegistry>();
    for folder in ignore {
        // The registry keeps names for ever; a command is over soon.
        registry.ignore_folder(String::leak(folder.clone()));
    }
    app
}

/// The kinds of content that the rules plugins know.
pub(crate) fn registry(packs: &Packs, ignore: &[String]) -> ContentRegistry {
    app(packs, ignore)
        .world_mut()
        .get_resource_or_init::<ContentRegistry>()
        .clone()
}

/// Loads the content of an app.
pub(crate) fn load(app: &mut App) -> Result<std::sync::Arc<Content>, Vec<Diagnostic>> {
    app.load_content_now()
}
