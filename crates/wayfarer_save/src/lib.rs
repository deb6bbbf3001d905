//! Saves that survive: two generations per slot, checksums on every record, a writer thread of
//! its own, and the game plays on when the disk does not.
//!
//! - [`store`] is the storage: profiles, slots, generations, damage. It knows no game.
//! - [`SavePlugin`] saves what [`wayfarer_core::state`] has registered: in full when asked, and
//!   only what has changed in between.
//!
//! ```no_run
//! use bevy::prelude::*;
//! use wayfarer_save::prelude::*;
//!
//! App::new()
//!     .add_plugins((MinimalPlugins, SavePlugin::in_dir("my_profile")))
//!     .add_systems(Startup, |mut save: MessageWriter<SaveGame>| {
//!         save.write(SaveGame::new("first", "Ashford, level 1"));
//!     })
//!     .run();
//! ```

mod autosave;
mod header;
mod intents;
mod loading;
mod plugin;
mod saving;
mod settings;
mod status;
pub mod store;

pub use autosave::Autosave;
pub use header::SaveHeader;
pub use intents::{
    DeleteSave, GameLoaded, GameSaved, ListSaves, LoadGame, SaveFailed, SaveGame, SavesListed,
};
pub use plugin::{SavePlugin, SaveSystems};
pub use settings::Settings;
pub use status::{ProfileState, SaveStatus};

/// What games need.
pub mod prelude {
    pub use crate::{
        Autosave, DeleteSave, GameLoaded, GameSaved, ListSaves, LoadGame, SaveFailed, SaveGame,
        SavePlugin, SaveStatus, SavesListed, Settings,
        store::{SlotInfo, Which},
    };
}
