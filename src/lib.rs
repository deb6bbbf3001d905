//! Wayfarer: the role-playing toolkit for Bevy.
//!
//! Stats, equipment and inventory as plugins: rules are data (RON), the host decides, every number
//! can explain itself, nothing is ever lost or duplicated.
//!
//! ```
//! use bevy::prelude::*;
//! use wayfarer::prelude::*;
//!
//! let mut app = App::new();
//! app.add_plugins((MinimalPlugins, wayfarer::RulesPlugins));
//! app.world_mut().spawn((Character::new("demo:knight"), Owner(PlayerId::LOCAL)));
//! ```
//!
//! Each plugin is a crate of its own and works without the others; this package re-exports them,
//! one feature each. `ARCHITECTURE.md` tells how it hangs together.

use bevy::{app::PluginGroupBuilder, prelude::*};

pub use wayfarer_core as core;
#[cfg(feature = "equipment")]
pub use wayfarer_equipment as equipment;
#[cfg(feature = "inventory")]
pub use wayfarer_inventory as inventory;
#[cfg(feature = "net")]
pub use wayfarer_net as net;
#[cfg(feature = "save")]
pub use wayfarer_save as save;
#[cfg(feature = "stats")]
pub use wayfarer_stats as stats;
#[cfg(feature = "ui")]
pub use wayfarer_ui as ui;

mod packs;

pub use packs::core_pack;

/// The rules: content, stats, inventory, equipment, as far as their features are on. No window,
/// no network, no disk.
#[derive(Default)]
pub struct RulesPlugins;

impl PluginGroup for RulesPlugins {
    fn build(self) -> PluginGroupBuilder {
        let group = PluginGroupBuilder::start::<Self>().add(wayfarer_core::CorePlugin);
        #[cfg(feature = "stats")]
        let group = group.add(wayfarer_stats::prelude::StatsPlugin);
        #[cfg(feature = "inventory")]
        let group = group.add(wayfarer_inventory::prelude::InventoryPlugin);
        #[cfg(feature = "equipment")]
        let group = group.add(wayfarer_equipment::prelude::EquipmentPlugin);
        group
    }
}

/// The rules, and network and panels where their features are on. Saving needs a folder and is
/// added by the game: `SavePlugin::in_dir(..)`.
///
/// Add it after `DefaultPlugins`.
#[derive(Default)]
pub struct WayfarerPlugins;

impl PluginGroup for WayfarerPlugins {
    fn build(self) -> PluginGroupBuilder {
        let group = PluginGroupBuilder::start::<Self>().add_group(RulesPlugins);
        #[cfg(feature = "net")]
        let group = group.add(wayfarer_net::NetPlugin);
        #[cfg(feature = "ui")]
        let group = group.add(wayfarer_ui::UiPlugin::default());
        group
    }
}

/// Everything a game usually needs.
pub mod prelude {
    pub use crate::{RulesPlugins, WayfarerPlugins, core_pack};
    pub use wayfarer_core::prelude::*;
    #[cfg(feature = "equipment")]
    pub use wayfarer_equipment::prelude::*;
    #[cfg(feature = "inventory")]
    pub use wayfarer_inventory::prelude::*;
    #[cfg(feature = "net")]
    pub use wayfarer_net::prelude::*;
    #[cfg(feature = "save")]
    pub use wayfarer_save::prelude::*;
    #[cfg(feature = "stats")]
    pub use wayfarer_stats::prelude::*;
}
