//! Network clients as people: proven, known, authorised, and gone.

use bevy::prelude::*;
use bevy_replicon::prelude::*;
use wayfarer_core::{
    authority::{Players, Role},
    door::{Inbox, Origin},
    id::PlayerId,
};

use super::{Viewer, WireWelcome, people::AnnouncePeople};

/// Who a network client is. Inserted on the client's entity by the session, or by the game's own
/// backend, and only with proof: everything this player owns is theirs from then on.
#[derive(Component, Clone, Debug, PartialEq, Eq)]
#[component(immutable)]
pub struct RemotePlayer {
    /// The same in every session.
    pub player: PlayerId,
    /// The name they go by, at most 32 characters.
    pub name: String,
}

/// What new people may do; those known already keep their role.
#[derive(Resource, Clone, Copy, Debug, PartialEq, Eq)]
pub struct RolePolicy {
    /// The role of a newcomer.
    pub newcomer: Role,
}

impl Default for RolePolicy {
    fn default() -> Self {
        Self {
            newcomer: Role::Player,
        }
    }
}

pub(super) fn build(app: &mut App) {
    app.add_observer(on_proven)
        .add_observer(on_gone)
        .add_systems(
            PreUpdate,
            follow_roles
                .in_set(super::ReplicationSystems::Deliver)
                .run_if(super::is_hosting)
                .run_if(resource_changed::<Players>),
        );
}

fn on_proven(
    insert: On<Insert, RemotePlayer>,
    clients: Query<&RemotePlayer>,
    policy: Res<RolePolicy>,
    mut players: ResMut<Players>,
    mut announce: ResMut<AnnouncePeople>,
    mut welcome: MessageWriter<ToClients<WireWelcome>>,
    mut commands: Commands,
) {
    let Ok(remote) = clients.get(insert.entity) else {
        return;
    };
    // Nobody on the network is the host's own player, whatever they claim.
    let newcomer = policy.newcomer.min(Role::GameMaster);
    if remote.player == PlayerId::LOCAL {
        tracing::warn!("a client claimed to be the local player and was left out");
        return;
    }
    let role = players.arrive(remote.player, &remote.name, newcomer).role;
    announce.0 = true;
    let viewer = Viewer {
        player: remote.player,
        role,
    };
    // The viewer first: authorising makes every filter look at it.
    commands
        .entity(insert.entity)
        .insert(viewer)
        .insert(AuthorizedClient);
    welcome.write(ToClients {
        targets: SendTargets::Single(ClientId::Client(insert.entity)),
        message: WireWelcome {
            player: remote.player,
            role,
        },
    });
}

fn on_gone(
    remove: On<Remove, RemotePlayer>,
    clients: Query<(Entity, &RemotePlayer)>,
    mut players: ResMut<Players>,
    mut inbox: ResMut<Inbox>,
    mut announce: ResMut<AnnouncePeople>,
) {
    inbox.forget(Origin::Remote(remove.entity));
    let Ok((_, gone)) = clients.get(remove.entity) else {
        return;
    };
    // Someone who came back on a new connection before the old one ended is still here.
    let still_here = clients
        .iter()
        .any(|(client, other)| client != remove.entity && other.player == gone.player);
    if !still_here {
        players.depart(gone.player);
    }
    announce.0 = true;
}

/// A changed role changes what the client sees at once.
fn follow_roles(
    players: Res<Players>,
    clients: Query<(Entity, &Viewer)>,
    mut announce: ResMut<AnnouncePeople>,
    mut welcome: MessageWriter<ToClients<WireWelcome>>,
    mut commands: Commands,
) {
    for (client, viewer) in &clients {
        let role = players.role(viewer.player);
        if role != viewer.role {
            commands.entity(client).insert(Viewer { role, ..*viewer });
            welcome.write(ToClients {
                targets: SendTargets::Single(ClientId::Client(client)),
                message: WireWelcome {
                    player: viewer.player,
                    role,
                },
            });
            announce.0 = true;
        }
    }
}
