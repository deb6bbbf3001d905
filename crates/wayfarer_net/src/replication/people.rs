//! Who is at the table, told to everybody when it changes.

use bevy::prelude::*;
use bevy_replicon::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    authority::{Authority, Players, Role},
    clock::{RulesSystems, RulesTick},
    id::PlayerId,
};

use super::{RemotePlayer, ReplicationSystems, WirePeople};

/// One person at the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Who.
    pub player: PlayerId,
    /// The name they go by.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Whether they are here now.
    pub online: bool,
    /// Round trip in milliseconds, as the host measures it.
    pub ping_ms: Option<u16>,
}

/// Everybody whom the host knows, on the host and on clients.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleOnline(pub Vec<Person>);

/// Somebody came, went or changed.
#[derive(Resource, Default)]
pub(super) struct AnnouncePeople(pub bool);

pub(super) fn build(app: &mut App) {
    app.init_resource::<AnnouncePeople>()
        .add_systems(
            RulesTick,
            announce
                .in_set(RulesSystems::Send)
                .run_if(super::is_hosting),
        )
        .add_systems(
            PreUpdate,
            listen
                .in_set(ReplicationSystems::Deliver)
                .run_if(resource_equals(Authority::Client)),
        );
}

/// Round trips change all the time; every this many ticks they are told, if they have changed.
const EVERY: u32 = 100;

fn announce(
    players: Res<Players>,
    clients: Query<(&RemotePlayer, Option<&ConnectedClientStats>)>,
    mut due: ResMut<AnnouncePeople>,
    mut since: Local<u32>,
    mut online: ResMut<PeopleOnline>,
    mut out: MessageWriter<ToClients<WirePeople>>,
) {
    *since += 1;
    if !due.0 && (*since < EVERY || clients.is_empty()) {
        return;
    }
    let due = std::mem::take(&mut due.0);
    *since = 0;
    let people: Vec<Person> = players
        .iter()
        .map(|(player, record)| Person {
            player,
            name: record.name.clone(),
            role: record.role,
            online: record.online,
            ping_ms: clients
                .iter()
                .find(|(remote, _)| remote.player == player)
                .and_then(|(_, stats)| Some((stats?.rtt * 1000.0).round() as u16)),
        })
        .collect();
    let changed = online.set_if_neq(PeopleOnline(people.clone()));
    if !due && !changed {
        return;
    }
    out.write(ToClients {
        targets: SendTargets::CLIENTS_ONLY,
        message: WirePeople(people),
    });
}

fn listen(mut words: MessageReader<WirePeople>, mut online: ResMut<PeopleOnline>) {
    if let Some(last) = words.read().last() {
        online.0.clone_from(&last.0);
    }
}
