use bevy::prelude::*;
use bevy_replicon::prelude::{ClientMessages, ClientState};

use crate::{
    quic::pipe::Received,
    session::{
        LeaveReason, SessionEvent, SessionStatus,
        driver::{ClientLink, Driver, Role},
    },
};

/// Messages taken in one frame; the rest waits, and the host with it.
const PER_FRAME: usize = 8192;

/// Hears whether we are in, takes what the host sent, notices the end.
pub(in crate::session) fn receive(
    mut driver: ResMut<Driver>,
    mut events: MessageWriter<SessionEvent>,
    mut status: ResMut<SessionStatus>,
    messages: Option<ResMut<ClientMessages>>,
    next: Option<ResMut<NextState<ClientState>>>,
) {
    if matches!(driver.role, Role::Alone | Role::Host(_)) {
        return;
    }
    let (Some(mut messages), Some(mut next)) = (messages, next) else {
        return;
    };
    match driver.joined() {
        None => {}
        Some(Ok(joined)) => {
            let address = match &driver.role {
                Role::Joining(joining) => joining.address.clone(),
                _ => String::new(),
            };
            *status = SessionStatus::Joined {
                address,
                host_name: joined.host_name.clone(),
                fingerprint: joined.fingerprint,
            };
            events.write(SessionEvent::Joined {
                host_name: joined.host_name,
                first_visit: joined.first_visit,
            });
            driver.role = Role::Client(Box::new(ClientLink {
                pipe: joined.pipe,
                endpoint: joined.endpoint,
            }));
            next.as_mut().set_if_neq(ClientState::Connected);
        }
        Some(Err(refusal)) => {
            driver.role = Role::Alone;
            next.as_mut().set_if_neq(ClientState::Disconnected);
            *status = SessionStatus::Refused(refusal.clone());
            events.write(SessionEvent::Refused(refusal));
        }
    }
    let Role::Client(link) = &mut driver.role else {
        return;
    };
    for _ in 0..PER_FRAME {
        match link.pipe.receive() {
            Received::Message(lane, message) => messages.insert_received(lane, message),
            Received::Nothing => break,
            Received::Ended(reason) => {
                lose(&mut driver, reason, &mut next, &mut status, &mut events);
                break;
            }
        }
    }
}

/// The session is over, and not by our wish.
pub(super) fn lose(
    driver: &mut Driver,
    reason: LeaveReason,
    next: &mut NextState<ClientState>,
    status: &mut SessionStatus,
    events: &mut MessageWriter<SessionEvent>,
) {
    driver.role = Role::Alone;
    next.set_if_neq(ClientState::Disconnected);
    *status = SessionStatus::Lost(reason.clone());
    events.write(SessionEvent::Lost(reason));
}
