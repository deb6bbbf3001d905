//! The host's systems.

mod part;
mod receive;
mod send;
mod start;

pub(super) use part::part;
pub(super) use receive::receive;
pub(super) use send::send;
pub(super) use start::wishes;

use bevy::prelude::{Commands, Entity, MessageWriter};

use super::{LeaveReason, SessionEvent, driver::Client};

/// Forgets a client's entity and tells the game.
fn forget(
    entity: Entity,
    client: &Client,
    reason: LeaveReason,
    commands: &mut Commands,
    events: &mut MessageWriter<SessionEvent>,
) {
    commands.entity(entity).try_despawn();
    events.write(SessionEvent::PlayerLeft {
        client: entity,
        player: client.key,
        name: client.name.clone(),
        reason,
    });
}
