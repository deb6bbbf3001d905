//! The plugin.

use std::sync::Arc;

use bevy::prelude::*;
use wayfarer_core::{
    CorePlugin,
    character::CharacterAppExt,
    content::{Content, ContentAppExt, ContentRegistry, Report},
    id::DefId,
    text::TextAppExt,
};
use wayfarer_stats::{
    StatsPlugin,
    origin::{Origin, OriginAppExt},
};

use crate::{
    actions, cling,
    constraint::{ItemConstraintAppExt, ItemConstraints},
    container,
    content::{CompartmentDef, ItemDef, KitDef, LoadCurveDef, check_kits, check_stat},
    dealing, facts, history,
    inventory::Inventory,
    load, making, marks,
    measure::Measures,
    naming::ItemNamers,
    outfit::outfit,
    protocol,
    refusals::TEXTS,
    release::owner_gone,
    work,
};

/// Items, compartments, containers, loads. Brings the plugins it stands on.
#[derive(Default, Clone, Debug)]
pub struct InventoryPlugin;

impl InventoryPlugin {
    /// Adds the plugin unless it is there.
    pub fn ensure(app: &mut App) {
        if !app.is_plugin_added::<Self>() {
            app.add_plugins(Self);
        }
    }
}

/// The measures of all items, as part of the content.
pub(crate) struct MeasureTable(pub(crate) Arc<Measures>);

impl Plugin for InventoryPlugin {
    fn build(&self, app: &mut App) {
        if app.world().contains_resource::<Installed>() {
            return;
        }
        app.insert_resource(Installed);
        CorePlugin::ensure(app);
        StatsPlugin::ensure(app);
        app.init_resource::<ItemConstraints>()
            .init_resource::<ItemNamers>()
            .register_type::<Inventory>()
            .register_texts(TEXTS)
            .register_definition::<ItemDef>()
            .register_definition::<CompartmentDef>()
            .register_definition::<LoadCurveDef>()
            .register_definition::<KitDef>()
            .register_content_derive("inventory.measures", |content, _| {
                Some(MeasureTable(Measures::of_content(content)))
            })
            .register_item_constraint("inventory.favourite", marks::protect)
            .register_content_check("inventory.kits", check_kits)
            .register_content_check("inventory.stats", check_stats)
            .on_content_swap(load::content_swapped)
            .register_outfit("2 inventory", outfit)
            .register_modifier_origin("load_curves", load_origin)
            .add_observer(owner_gone);
        // Packs made for the equipment plugin work without it.
        let mut content = app.world_mut().resource_mut::<ContentRegistry>();
        for folder in ["slots", "gear", "equip_rules"] {
            content.ignore_folder(folder);
        }
        protocol::plugin(app);
        facts::plugin(app);
        actions::plugin(app);
        container::plugin(app);
        load::plugin(app);
        cling::plugin(app);
        history::plugin(app);
        making::plugin(app);
        work::plugin(app);
        dealing::plugin(app);
    }

    fn is_unique(&self) -> bool {
        false
    }
}

/// The plugin has been added; adding it again is harmless.
#[derive(Resource)]
struct Installed;

/// Content check: do the stats exist that limits and load curves name?
fn check_stats(content: &Content, report: &mut Report) {
    for compartment in content.table::<CompartmentDef>() {
        for amount in compartment.amounts() {
            amount.check_stats(content, report);
        }
    }
    for kit in content.table::<KitDef>() {
        if let Some(amount) = &kit.weight_limit {
            amount.check_stats(content, report);
        }
        let remains = kit.remains.as_ref();
        let on_them = remains.and_then(|remains| remains.loot.as_ref());
        for loot in kit.loot.iter().chain(on_them) {
            loot.level.check_stats(content, report);
        }
        if let Some(remains) = remains {
            let resource = &remains.resource;
            check_stat(content, report, resource, resource, remains.resource_id());
            if content.table::<KitDef>().get(remains.leaves.id()).is_none() {
                let message = format!("`{}` has no kit, so it holds nothing", remains.leaves);
                report.error(&remains.leaves, "no-kit", message, None);
            }
        }
    }
    for curve in content.table::<LoadCurveDef>() {
        for change in &curve.changes {
            let stat = &change.stat;
            check_stat(content, report, stat, stat, change.stat_id());
        }
    }
}

/// How an explanation names the load.
fn load_origin(content: &Content, def: DefId, _: u16) -> Option<Origin> {
    let curve = content.table::<LoadCurveDef>().get(def)?;
    Some(Origin {
        label: curve.name.clone(),
        place: Some(curve.place().to_string()),
    })
}
