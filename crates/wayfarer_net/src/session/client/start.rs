use bevy::prelude::*;
use bevy_replicon::prelude::{ClientMessages, ClientState, RepliconChannels};
use tokio::sync::oneshot;

use crate::{
    quic::{channels::Lanes, connect::join},
    session::{
        JoinRefusal, JoinSession, LeaveReason, LeaveSession, SessionEvent, SessionLimits,
        SessionStatus, clean_line,
        driver::{Driver, Joining, Role},
    },
};

/// Starts to join and leaves.
pub(in crate::session) fn wishes(
    mut joins: MessageReader<JoinSession>,
    mut leaves: MessageReader<LeaveSession>,
    mut driver: ResMut<Driver>,
    mut status: ResMut<SessionStatus>,
    mut events: MessageWriter<SessionEvent>,
    mut next: Option<ResMut<NextState<ClientState>>>,
    channels: Option<Res<RepliconChannels>>,
    messages: Option<Res<ClientMessages>>,
    limits: Res<SessionLimits>,
) {
    let wish = joins.read().last().cloned();
    let leaving = leaves.read().count() > 0;
    let is_client = matches!(driver.role, Role::Joining(_) | Role::Client(_));
    if is_client && (leaving || wish.is_some()) {
        driver.end(LeaveReason::Left, limits.goodbye);
        if let Some(next) = &mut next {
            next.as_mut().set_if_neq(ClientState::Disconnected);
        }
        *status = SessionStatus::Offline;
        events.write(SessionEvent::Left);
        // Replicon must see the end of the old session before the new one begins.
        if let Some(wish) = wish {
            driver.next_join = Some(wish);
        }
        return;
    }
    if leaving {
        driver.next_join = None;
    }
    let Some(wish) = wish.or_else(|| driver.next_join.take()) else {
        return;
    };
    let address = clean_line(&wish.address, 100);
    let refusal = match (&driver.role, &channels, messages.is_some(), &mut next) {
        (Role::Host(_), ..) => JoinRefusal::Hosting,
        (_, Some(channels), true, Some(next)) => match driver.runtime() {
            Ok(runtime) => {
                let lanes = Lanes::new(channels, &limits);
                let work = join(wish, lanes, limits.clone());
                let (sender, outcome) = oneshot::channel();
                let task = runtime.spawn(async move {
                    let _ = sender.send(work.await);
                });
                driver.role = Role::Joining(Joining {
                    outcome,
                    task: task.abort_handle(),
                    address: address.clone(),
                });
                next.as_mut().set_if_neq(ClientState::Connecting);
                *status = SessionStatus::Connecting { address };
                return;
            }
            Err(why) => JoinRefusal::Local { why },
        },
        _ => JoinRefusal::Local {
            why: "this game was built without replication: add RepliconPlugins".into(),
        },
    };
    if refusal != JoinRefusal::Hosting {
        *status = SessionStatus::Refused(refusal.clone());
    }
    events.write(SessionEvent::Refused(refusal));
}
