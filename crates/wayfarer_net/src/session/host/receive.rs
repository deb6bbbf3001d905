use bevy::prelude::*;
use bevy_replicon::{
    prelude::{ConnectedClient, ServerMessages, ServerState},
    shared::backend::connected_client::NetworkId,
};

use super::forget;
use crate::{
    quic::{pipe::Received, seats::NewClient},
    session::{
        ConnectedPlayer, LeaveReason, SessionEvent, SessionStatus,
        driver::{Client, Driver, HostLink, Role},
    },
};

/// Messages taken from one client in one frame; the rest waits, and the client with it.
const PER_FRAME: usize = 512;

/// Takes what clients sent, lets new ones in and forgets those who are gone.
pub(in crate::session) fn receive(
    mut driver: ResMut<Driver>,
    mut commands: Commands,
    mut events: MessageWriter<SessionEvent>,
    mut status: ResMut<SessionStatus>,
    messages: Option<ResMut<ServerMessages>>,
    state: Option<Res<State<ServerState>>>,
) {
    let Role::Host(link) = &mut driver.role else {
        return;
    };
    let (Some(mut messages), Some(state)) = (messages, state) else {
        return;
    };
    // Replicon begins to work one transition after we asked for it.
    if *state.get() != ServerState::Running {
        return;
    }
    let mut gone = Vec::new();
    for (entity, client) in &mut link.clients {
        let mut taken = 0;
        while taken < PER_FRAME {
            match client.pipe.receive() {
                Received::Message(lane, message) => {
                    messages.insert_received(*entity, lane, message);
                    taken += 1;
                }
                Received::Nothing => break,
                // Replicon forgets a client's last messages with the client: first they are read.
                Received::Ended(_) if taken > 0 => break,
                Received::Ended(reason) => {
                    gone.push((*entity, reason));
                    break;
                }
            }
        }
    }
    for (entity, reason) in gone {
        if let Some(client) = link.clients.remove(&entity) {
            forget(entity, &client, reason, &mut commands, &mut events);
        }
    }
    while let Ok(client) = link.joins.try_recv() {
        seat(link, client, &mut commands, &mut events);
    }
    while let Ok(refused) = link.refusals.try_recv() {
        events.write(SessionEvent::PlayerRefused {
            address: refused.address,
            refusal: refused.refusal,
        });
    }
    let count = u32::try_from(link.clients.len()).unwrap_or(u32::MAX);
    if matches!(&*status, SessionStatus::Hosting { players, .. } if *players != count)
        && let SessionStatus::Hosting { players, .. } = &mut *status
    {
        *players = count;
    }
}

fn seat(
    link: &mut HostLink,
    new: NewClient,
    commands: &mut Commands,
    events: &mut MessageWriter<SessionEvent>,
) {
    // The old connection of a player who came back may not have noticed yet that it is old.
    let old: Vec<_> = link
        .clients
        .iter()
        .filter(|(_, client)| client.key == new.key)
        .map(|(entity, _)| *entity)
        .collect();
    for entity in old {
        if let Some(client) = link.clients.remove(&entity) {
            forget(entity, &client, LeaveReason::Replaced, commands, events);
            link.part_from(client, LeaveReason::Replaced);
        }
    }
    let max_size = new.pipe.datagram_size();
    let entity = commands
        .spawn((
            ConnectedClient { max_size },
            NetworkId::new(new.key.id()),
            ConnectedPlayer {
                player: new.key.id(),
                key: new.key,
                name: new.name.clone(),
                address: new.address,
            },
        ))
        .id();
    events.write(SessionEvent::PlayerJoined {
        client: entity,
        player: new.key,
        name: new.name.clone(),
    });
    let client = Client {
        key: new.key,
        name: new.name,
        seat: new.seat,
        pipe: new.pipe,
        max_size,
    };
    link.clients.insert(entity, client);
}
