//! [`UiPlugin`]: the panels in a Bevy app.

use bevy::prelude::*;
use bevy_egui::{EguiPlugin, EguiPostUpdateSet, EguiPrimaryContextPass};
use leafwing_input_manager::{plugin::InputManagerSystem, prelude::InputManagerPlugin};
use wayfarer_core::{AskingSystems, CorePlugin, content::ContentSystems, text::TextAppExt};
use wayfarer_equipment::EquipmentPlugin;

use crate::{
    answers::{self, Answers},
    build::{self, ModelsPlugin},
    dispatch,
    game_panel::{GamePanelAppExt, GamePanels, Visiting},
    hotbar,
    intent::{Intent, Intents},
    keys::{self, KeyBindings, KeysSystems, UiAction},
    model::{SessionModel, hud::NearbyPrompt},
    open::{self, PanelsOpen},
    panels::{
        EnchantingPanel, GearPanel, RepairPanel, crafting::CraftPanel, history::HistoryPanel,
        shop::ShopPanel, trade::TradePanel,
    },
    texts::labels,
    toasts::{self, Toasts},
};

mod draw;

pub use draw::PanelStates;

/// The character whose sheet and inventory are shown, and who acts. The game sets it.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LocalCharacter(pub Option<Entity>);

/// Where the interface's systems run, all in `PostUpdate`, in this order.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UiSystems {
    /// Models follow what has changed. A game fills its [`SessionModel`] and [`NearbyPrompt`]
    /// before.
    Models,
    /// What was clicked becomes requests, for the next tick.
    Dispatch,
}

/// Panels, HUD and keys. Works alone, on a host and on a client.
///
/// Add it after `DefaultPlugins`. egui needs a camera; the plugin adds none.
#[derive(Clone, Debug)]
pub struct UiPlugin {
    /// Whether the name, bars, hints and messages are drawn.
    pub hud: bool,
    /// Whether panels look like the rest of Wayfarer's; without it they take egui's own look or
    /// that of the game.
    pub theme: bool,
}

impl Default for UiPlugin {
    fn default() -> Self {
        Self {
            hud: true,
            theme: true,
        }
    }
}

/// What [`UiPlugin`] was told.
#[derive(Resource, Clone, Copy, Debug)]
pub(crate) struct UiOptions {
    pub hud: bool,
    pub theme: bool,
}

impl Plugin for UiPlugin {
    fn is_unique(&self) -> bool {
        false
    }

    fn build(&self, app: &mut App) {
        if app.world().contains_resource::<UiOptions>() {
            return;
        }
        if !app.is_plugin_added::<EguiPlugin>() {
            app.add_plugins(EguiPlugin::default());
        }
        UiLogicPlugin::ensure(app);
        app.insert_resource(UiOptions {
            hud: self.hud,
            theme: self.theme,
        })
        .add_systems(EguiPrimaryContextPass, draw::draw);
    }
}

/// Everything of [`UiPlugin`] but the drawing: models, keys, intents. For games with a drawing of
/// their own, and for tests without a window.
#[derive(Clone, Copy, Debug, Default)]
pub struct UiLogicPlugin;

impl UiLogicPlugin {
    /// Adds the plugin unless it is there.
    pub fn ensure(app: &mut App) {
        if !app.is_plugin_added::<Self>() {
            app.add_plugins(Self);
        }
    }
}

impl Plugin for UiLogicPlugin {
    fn build(&self, app: &mut App) {
        CorePlugin::ensure(app);
        EquipmentPlugin::ensure(app);
        if !app.is_plugin_added::<InputManagerPlugin<UiAction>>() {
            app.add_plugins(InputManagerPlugin::<UiAction>::default());
        }
        app.add_plugins(ModelsPlugin)
            .init_resource::<LocalCharacter>()
            .init_resource::<PanelsOpen>()
            .init_resource::<PanelStates>()
            .init_resource::<GamePanels>()
            .register_panel::<CraftPanel>()
            .register_panel::<HistoryPanel>()
            .init_resource::<Visiting>()
            .register_panel::<RepairPanel>()
            .register_panel::<EnchantingPanel>()
            .register_panel::<GearPanel>()
            .init_resource::<Intents>()
            .init_resource::<Answers>()
            .init_resource::<Toasts>()
            .init_resource::<KeyBindings>()
            .init_resource::<keys::Tapped>()
            .init_resource::<SessionModel>()
            .init_resource::<NearbyPrompt>()
            .add_message::<Intent>()
            .register_texts(labels::TEXTS)
            .register_panel::<ShopPanel>()
            .register_panel::<TradePanel>()
            .configure_sets(
                PostUpdate,
                (
                    UiSystems::Models.before(EguiPostUpdateSet::EndPass),
                    UiSystems::Dispatch.after(EguiPostUpdateSet::EndPass),
                )
                    .chain()
                    .in_set(AskingSystems),
            )
            .add_systems(Startup, (keys::load_bindings, keys::spawn_input).chain())
            .add_systems(
                PreUpdate,
                (
                    keys::apply_bindings.run_if(resource_changed::<KeyBindings>),
                    keys::gate_keys,
                    keys::press_tapped,
                )
                    .chain()
                    .after(InputManagerSystem::Update)
                    .before(ContentSystems::Swap),
            )
            .add_systems(
                PreUpdate,
                keys::release_tapped
                    .after(InputManagerSystem::Tick)
                    .before(InputManagerSystem::Update),
            )
            .add_systems(
                Update,
                (open::react_to_keys, hotbar::use_hotbar)
                    .chain()
                    .in_set(KeysSystems::React),
            )
            .add_systems(
                PostUpdate,
                (
                    (
                        answers::receive,
                        toasts::age,
                        open::close_containers,
                        build::rebuild,
                    )
                        .chain()
                        .in_set(UiSystems::Models),
                    dispatch::dispatch.in_set(UiSystems::Dispatch),
                ),
            );
    }
}

#[cfg(test)]
mod tests;
