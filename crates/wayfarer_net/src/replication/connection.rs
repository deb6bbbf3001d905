//! Authority follows the connection, and what was remote goes with it.

use bevy::prelude::*;
use bevy_replicon::prelude::*;
use wayfarer_core::{
    aggregate::ReplicationActive,
    authority::{Authority, LocalPlayer, Role},
    door::{Answers, Outbox, Pending},
    feature::Features,
    id::PlayerId,
};

use super::{PeopleOnline, ReplicationSystems, WireWelcome};

/// The host has let us in.
#[derive(Message, Clone, Copy, Debug)]
pub struct Welcomed {
    /// Who we are to this host.
    pub player: PlayerId,
    /// What we may do there. Told again when it changes.
    pub role: Role,
}

/// The connection to the host is gone, with everything that was shown of its world.
#[derive(Message, Clone, Copy, Debug)]
pub struct HostLost;

pub(super) fn build(app: &mut App) {
    app.add_systems(OnEnter(ClientState::Connecting), begin_join)
        .add_systems(
            OnEnter(ClientState::Connected),
            joined.before(ClientSystems::Receive),
        )
        .add_systems(
            OnExit(ClientState::Connected),
            lost.before(ClientSystems::Reset),
        )
        .add_systems(OnEnter(ServerState::Running), hosting)
        .add_systems(OnExit(ServerState::Running), stopped)
        .add_systems(
            PreUpdate,
            read_welcome
                .in_set(ReplicationSystems::Deliver)
                .run_if(resource_equals(Authority::Client)),
        );
}

fn begin_join(mut authority: ResMut<Authority>) {
    *authority = Authority::None;
}

fn joined(
    mut authority: ResMut<Authority>,
    mut outbox: ResMut<Outbox>,
    mut pending: ResMut<Pending>,
) {
    // Another connection, another life: its request ids must not meet remembered answers.
    outbox.renew();
    pending.clear();
    *authority = Authority::Client;
}

/// Despawns what was remote before anything else can run on it.
pub(super) fn lost(world: &mut World) {
    *world.resource_mut::<Authority>() = Authority::None;
    let mut remote = world.query_filtered::<Entity, With<Remote>>();
    let gone: Vec<Entity> = remote.iter(world).collect();
    for entity in gone {
        // A despawn can take related entities with it.
        if let Ok(entity) = world.get_entity_mut(entity) {
            entity.despawn();
        }
    }
    world.resource_mut::<Outbox>().renew();
    world.resource_mut::<Pending>().clear();
    world.insert_resource(Answers::default());
    world.insert_resource(PeopleOnline::default());
    world.insert_resource(LocalPlayer::default());
    world.insert_resource(Features::default());
    world.write_message(HostLost);
}

fn hosting(mut active: ResMut<ReplicationActive>, mut authority: ResMut<Authority>) {
    active.0 = true;
    *authority = Authority::Host;
}

fn stopped(
    mut active: ResMut<ReplicationActive>,
    shown: Query<Entity, With<Replicated>>,
    mut commands: Commands,
) {
    active.0 = false;
    for entity in &shown {
        commands.entity(entity).remove::<Replicated>();
    }
}

fn read_welcome(
    mut words: MessageReader<WireWelcome>,
    mut told: MessageWriter<Welcomed>,
    mut me: ResMut<LocalPlayer>,
) {
    for word in words.read() {
        *me = LocalPlayer {
            player: word.player,
            role: word.role,
        };
        told.write(Welcomed {
            player: word.player,
            role: word.role,
        });
    }
}
