//! [`SavePlugin`].

use std::{path::PathBuf, time::Duration};

use bevy::prelude::*;
use wayfarer_core::CorePlugin;

use crate::{
    Autosave, DeleteSave, GameLoaded, GameSaved, ListSaves, LoadGame, ProfileState, SaveFailed,
    SaveGame, SaveStatus, SavesListed, Settings,
    autosave::{LastScan, SinceSave, autosave},
    loading::{Waiting, take_answers, take_requests},
    saving::{WantFull, read_reports, save_changes, save_on_request},
    settings,
    store::{Profile, Writer},
};

/// Saves the registered state of the world into a profile folder.
///
/// A folder that cannot be used is no reason not to play: [`SaveStatus`] says why nothing can be
/// saved, and everything else works.
#[derive(Clone, Debug)]
pub struct SavePlugin {
    dir: PathBuf,
}

impl SavePlugin {
    /// Saves in this folder, which is made if it does not exist.
    pub fn in_dir(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into() }
    }
}

/// The systems of this plugin, in `Last`: requests, snapshots, answers.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SaveSystems;

/// The writer thread of the profile.
#[derive(Resource)]
pub(crate) struct SaveWriter(pub(crate) Writer);

impl Plugin for SavePlugin {
    fn build(&self, app: &mut App) {
        CorePlugin::ensure(app);
        let profile = Profile::open(&self.dir)
            .map_err(|error| error.to_string())
            .and_then(|profile| {
                Writer::new(profile).map_err(|error| format!("no thread to save with: {error}"))
            });
        let status = match profile {
            Ok(writer) => {
                let writer = SaveWriter(writer);
                app.insert_resource(settings::load(&writer))
                    .insert_resource(writer);
                ProfileState::Ready(self.dir.clone())
            }
            Err(why) => {
                tracing::warn!("saving is off: {why}");
                app.init_resource::<Settings>();
                ProfileState::Unavailable(why)
            }
        };
        let now = app.world().read_change_tick();
        app.insert_resource(SaveStatus::new(status))
            .insert_resource(LastScan(now))
            .init_resource::<Autosave>()
            .init_resource::<SinceSave>()
            .init_resource::<Waiting>()
            .init_resource::<WantFull>()
            .add_message::<SaveGame>()
            .add_message::<LoadGame>()
            .add_message::<DeleteSave>()
            .add_message::<ListSaves>()
            .add_message::<GameSaved>()
            .add_message::<SaveFailed>()
            .add_message::<GameLoaded>()
            .add_message::<SavesListed>()
            .add_systems(
                Last,
                (
                    settings::store.run_if(
                        resource_changed::<Settings>.and_then(not(resource_added::<Settings>)),
                    ),
                    take_requests,
                    save_on_request,
                    autosave,
                    read_reports,
                    take_answers,
                    save_at_exit.run_if(on_message::<AppExit>),
                )
                    .chain()
                    .in_set(SaveSystems),
            );
    }
}

/// How long leaving the game may wait for the disk.
const EXIT_WAIT: Duration = Duration::from_secs(3);

fn save_at_exit(world: &mut World) {
    if *world.resource::<wayfarer_core::authority::Authority>()
        == wayfarer_core::authority::Authority::Host
    {
        save_changes(world);
    }
    if let Some(writer) = world.get_resource::<SaveWriter>()
        && let Err(error) = writer.0.flush(EXIT_WAIT)
    {
        tracing::error!("at the end of the game: {error}");
    }
}
