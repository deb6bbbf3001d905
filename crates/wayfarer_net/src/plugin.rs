//! [`NetPlugin`]: replication and sessions together, which is what most games want.

use bevy::prelude::*;
use wayfarer_core::{
    ReceivedSystems,
    content::{ContentLoaded, ContentSystems},
    id::PlayerId,
};

use crate::{
    replication::{
        ContentDiverged, RemotePlayer, ReplicationPlugin, ReplicationSystems, hello_info,
    },
    session::{
        ConnectedPlayer, LeaveSession, SessionPlugin, SessionStatus, SessionSystems, UpdateHello,
    },
};

/// [`ReplicationPlugin`] and [`SessionPlugin`], joined.
///
/// A game with its own replicon backend adds [`ReplicationPlugin`] alone and inserts
/// [`RemotePlayer`] on its clients itself.
#[derive(Default, Clone, Debug)]
pub struct NetPlugin;

/// The plugin has been added; adding it again does nothing.
#[derive(Resource)]
struct Installed;

impl Plugin for NetPlugin {
    fn build(&self, app: &mut App) {
        if app.world().contains_resource::<Installed>() {
            return;
        }
        app.insert_resource(Installed);
        if !app.is_plugin_added::<ReplicationPlugin>() {
            app.add_plugins(ReplicationPlugin);
        }
        if !app.is_plugin_added::<SessionPlugin>() {
            app.add_plugins(SessionPlugin);
        }
        app.add_observer(introduce).add_systems(
            PreUpdate,
            (
                refresh_hello
                    .run_if(on_message::<ContentLoaded>)
                    .after(ContentSystems::Swap)
                    .before(SessionSystems::Wishes),
                leave_other_rules
                    .run_if(on_message::<ContentDiverged>)
                    .after(ReplicationSystems::Deliver)
                    .before(ReceivedSystems),
            ),
        );
    }

    fn is_unique(&self) -> bool {
        false
    }
}

/// The session has proof of who a client is; replication takes its word.
fn introduce(
    add: On<Add, ConnectedPlayer>,
    players: Query<&ConnectedPlayer>,
    mut commands: Commands,
) {
    if let Ok(player) = players.get(add.entity) {
        commands.entity(add.entity).insert(RemotePlayer {
            player: PlayerId(player.player),
            name: player.name.clone(),
        });
    }
}

/// Newcomers are compared with what is loaded now, not with what was when hosting began.
fn refresh_hello(world: &mut World) {
    if matches!(
        world.get_resource::<SessionStatus>(),
        Some(SessionStatus::Hosting { .. })
    ) {
        let hello = hello_info(world);
        world.write_message(UpdateHello(hello));
    }
}

fn leave_other_rules(mut leave: MessageWriter<LeaveSession>) {
    tracing::warn!("the host plays by other content now; leaving");
    leave.write(LeaveSession);
}
