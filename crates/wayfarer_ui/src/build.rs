//! Models from the world.
//!
//! The functions are pure: `fn sheet_model(&World, Entity) -> SheetModel` and so on. The plugin
//! calls them only when what they read has changed (see [`Cached`]).

use bevy::prelude::*;

mod character;
mod content;
mod crafting;
mod details;
mod effects;
mod enchanting;
mod gear;
mod graph;
mod history;
mod hud;
mod inspector;
mod inventory;
mod items;
mod key;
mod log;
mod near;
mod packages;
mod rebuild;
mod relations;
mod repair;
mod sheet;

pub use content::content_model;
pub(crate) use crafting::can_craft;
pub use crafting::crafting_model;
pub use details::item_details;
pub(crate) use effects::refused as say;
pub use effects::{effects_model, preview_apply, preview_end};
pub(crate) use enchanting::{enchanting, percent};
pub(crate) use gear::gear;
pub use graph::{graph_model, graph_values};
pub use history::history_model;
pub use hud::HudBars;
pub use inspector::inspector_model;
pub use inventory::inventory_model;
pub(crate) use key::Key;
pub use key::KeyMaker;
pub use log::update_log;
pub(crate) use near::{is_open, is_somebody};
pub use packages::{packages_model, settings, what_if_model};
pub(crate) use rebuild::{now, rebuild};
pub use relations::{bond_details, relations_model};
pub use repair::repair_model;
pub(crate) use sheet::name_of;
pub use sheet::{refresh_resources, sheet_model};

use crate::model::{
    ContentModel, EffectsModel, FeaturesModel, GraphModel, HudModel, InspectorModel,
    InventoryModel, KeysModel, LogModel, PackagesModel, RelationsModel, SheetModel, Viewed,
};

/// A model with what it was built from. It is built again only when that has changed.
#[derive(Resource, Debug)]
pub struct Cached<M: Send + Sync + 'static> {
    /// The model.
    pub model: M,
    key: Option<Key>,
}

impl<M: Default + Send + Sync + 'static> Default for Cached<M> {
    fn default() -> Self {
        Self {
            model: M::default(),
            key: None,
        }
    }
}

impl<M: Send + Sync + 'static> Cached<M> {
    /// Has the model built again at the next opportunity.
    pub fn forget(&mut self) {
        self.key = None;
    }
}

/// What is wrong with the content.
#[derive(Resource, Debug, Default)]
pub(crate) struct ContentPanelModel(pub ContentModel);

/// The parts of the rules that can be switched off.
#[derive(Resource, Debug, Default)]
pub(crate) struct FeaturesPanelModel(pub FeaturesModel);

/// The keys.
#[derive(Resource, Debug, Default)]
pub(crate) struct KeysPanelModel(pub KeysModel);

/// The HUD.
#[derive(Resource, Debug, Default)]
pub(crate) struct HudPanelModel(pub HudModel);

/// Who the stat inspector shows; the local character when it is nobody.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Inspected(pub Option<wayfarer_core::id::Uid>);

/// The models and what keeps them up to date.
pub(crate) struct ModelsPlugin;

impl Plugin for ModelsPlugin {
    fn build(&self, app: &mut App) {
        app.init_resource::<Cached<SheetModel>>()
            .init_resource::<Cached<InventoryModel>>()
            .init_resource::<Cached<InspectorModel>>()
            .init_resource::<Cached<LogModel>>()
            .init_resource::<Cached<Viewed>>()
            .init_resource::<Cached<EffectsModel>>()
            .init_resource::<Cached<RelationsModel>>()
            .init_resource::<Cached<PackagesModel>>()
            .init_resource::<Cached<GraphModel>>()
            .init_resource::<ContentPanelModel>()
            .init_resource::<FeaturesPanelModel>()
            .init_resource::<KeysPanelModel>()
            .init_resource::<HudPanelModel>()
            .init_resource::<HudBars>()
            .init_resource::<Inspected>();
    }
}
