use bevy::prelude::*;
use bevy_replicon::prelude::ServerMessages;

use super::forget;
use crate::{
    quic::outbox::SendProblem,
    session::{
        LeaveReason, SessionEvent,
        driver::{Driver, Role},
    },
};

/// Hands replicon's messages to the connections.
pub(in crate::session) fn send(
    mut driver: ResMut<Driver>,
    mut commands: Commands,
    mut events: MessageWriter<SessionEvent>,
    messages: Option<ResMut<ServerMessages>>,
) {
    let (Role::Host(link), Some(mut messages)) = (&mut driver.role, messages) else {
        return;
    };
    let mut slow = Vec::new();
    for (entity, lane, message) in messages.drain_sent() {
        // An answer to somebody who left in the meantime is for nobody.
        let Some(client) = link.clients.get_mut(&entity) else {
            continue;
        };
        let length = message.len();
        match client.pipe.send(lane, message) {
            Ok(()) => {}
            Err(SendProblem::Full) => slow.push(entity),
            Err(SendProblem::Unfit { max }) => {
                tracing::error!(
                    "a message of {length} bytes on channel {lane} is not sent: {max} allowed"
                );
            }
        }
    }
    for entity in slow {
        if let Some(client) = link.clients.remove(&entity) {
            forget(
                entity,
                &client,
                LeaveReason::TooSlow,
                &mut commands,
                &mut events,
            );
            link.part_from(client, LeaveReason::TooSlow);
        }
    }
}
