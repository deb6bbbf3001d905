use bevy::prelude::*;
use bevy_replicon::prelude::{ClientMessages, ClientState};

use super::receive::lose;
use crate::{
    quic::outbox::SendProblem,
    session::{
        LeaveReason, SessionEvent, SessionLimits, SessionStatus,
        driver::{Driver, Role, end_client},
    },
};

/// Hands replicon's messages to the connection.
pub(in crate::session) fn send(
    mut driver: ResMut<Driver>,
    mut events: MessageWriter<SessionEvent>,
    mut status: ResMut<SessionStatus>,
    messages: Option<ResMut<ClientMessages>>,
    next: Option<ResMut<NextState<ClientState>>>,
    limits: Res<SessionLimits>,
) {
    let (Role::Client(link), Some(mut messages)) = (&mut driver.role, messages) else {
        return;
    };
    let mut full = false;
    for (lane, message) in messages.drain_sent() {
        let length = message.len();
        match link.pipe.send(lane, message) {
            Ok(()) => {}
            Err(SendProblem::Full) => full = true,
            Err(SendProblem::Unfit { max }) => {
                tracing::error!(
                    "a message of {length} bytes on channel {lane} is not sent: {max} allowed"
                );
            }
        }
    }
    if full && let Some(mut next) = next {
        // What was lost cannot be sent again: the two sides would not agree any more.
        if let Role::Client(link) = std::mem::take(&mut driver.role) {
            driver.farewell(end_client(*link, LeaveReason::TooSlow, limits.goodbye));
        }
        let reason = LeaveReason::TooSlow;
        lose(&mut driver, reason, &mut next, &mut status, &mut events);
    }
}
