use bevy::prelude::*;
use bevy_replicon::prelude::DisconnectRequest;

use super::forget;
use crate::session::{
    Ban, Kick, LeaveReason, SessionEvent, clean_line,
    driver::{Client, Driver, HostLink, Role},
};

/// Removes those who are to go, after what was sent to them in this frame.
pub(in crate::session) fn part(
    mut requests: MessageReader<DisconnectRequest>,
    mut kicks: MessageReader<Kick>,
    mut bans: MessageReader<Ban>,
    mut driver: ResMut<Driver>,
    mut commands: Commands,
    mut events: MessageWriter<SessionEvent>,
) {
    let Role::Host(link) = &mut driver.role else {
        requests.clear();
        kicks.clear();
        bans.clear();
        return;
    };
    let mut parting = Vec::new();
    for ban in bans.read() {
        let reason = clean_line(&ban.reason, 200);
        let Some(client) = link.clients.get(&ban.client) else {
            continue;
        };
        if let Err(error) = link.shared.bans.ban(client.key, &reason) {
            events.write(SessionEvent::HostWarning(format!(
                "the ban holds only until the game ends: {error}"
            )));
        }
        parting.push((ban.client, LeaveReason::Banned { reason }));
    }
    for kick in kicks.read() {
        let reason = clean_line(&kick.reason, 200);
        parting.push((kick.client, LeaveReason::Kicked { reason }));
    }
    for request in requests.read() {
        let reason = "the game asked for it".to_owned();
        parting.push((request.client, LeaveReason::Kicked { reason }));
    }
    for (entity, reason) in parting {
        if let Some(client) = link.clients.remove(&entity) {
            forget(entity, &client, reason.clone(), &mut commands, &mut events);
            link.part_from(client, reason);
        }
    }
}

impl HostLink {
    /// Says goodbye in the background; the seat is free at once.
    pub(super) fn part_from(&self, client: Client, reason: LeaveReason) {
        self.shared.stand_up(&client.key, client.seat);
        let wait = self.shared.limits.goodbye;
        self.runtime.spawn(client.pipe.goodbye(reason, wait));
    }
}
