use bevy::prelude::*;
use bevy_replicon::prelude::{ClientSystems, DisconnectRequest, ServerSystems};
use wayfarer_core::content::ContentSystems;

use super::{
    Ban, BrowseLan, HostSession, JoinSession, Kick, LeaveSession, SessionEvent, SessionLimits,
    SessionStatus, StopHosting, UpdateHello, client, driver::Driver, exit, host, statistics,
};
use crate::discovery::{LanBrowser, LanGames, browse};

/// Sessions over QUIC as a replicon backend: host, join, leave, find games on the local network.
///
/// Nothing runs, no thread and no socket, before the first wish. Beside another backend it keeps
/// its hands off replicon's states and messages until it hosts or joins. Adding it twice does no
/// harm. Replicon's plugins may be added before or after.
#[derive(Clone, Copy, Debug, Default)]
pub struct SessionPlugin;

/// Where the session looks at what the game wants of it.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum SessionSystems {
    /// `PreUpdate`, before anything is received.
    Wishes,
}

impl Plugin for SessionPlugin {
    fn is_unique(&self) -> bool {
        false
    }

    fn build(&self, app: &mut App) {
        if app.world().contains_resource::<Driver>() {
            return;
        }
        app.init_resource::<Driver>()
            .init_resource::<SessionStatus>()
            .init_resource::<SessionLimits>()
            .init_resource::<LanGames>()
            .init_resource::<LanBrowser>()
            .add_message::<SessionEvent>()
            .add_message::<HostSession>()
            .add_message::<JoinSession>()
            .add_message::<LeaveSession>()
            .add_message::<StopHosting>()
            .add_message::<UpdateHello>()
            .add_message::<Kick>()
            .add_message::<Ban>()
            .add_message::<BrowseLan>()
            .add_message::<DisconnectRequest>()
            .add_systems(
                PreUpdate,
                (
                    (host::wishes, client::wishes)
                        .chain()
                        .in_set(SessionSystems::Wishes)
                        .after(ContentSystems::Swap)
                        .before(ServerSystems::ReceivePackets)
                        .before(ClientSystems::ReceivePackets),
                    host::receive
                        .in_set(ServerSystems::ReceivePackets)
                        .before(client::receive),
                    client::receive.in_set(ClientSystems::ReceivePackets),
                    browse
                        .after(SessionSystems::Wishes)
                        .before(ServerSystems::ReceivePackets)
                        .before(ClientSystems::ReceivePackets),
                ),
            )
            .add_systems(
                PostUpdate,
                (
                    (host::send, host::part)
                        .chain()
                        .in_set(ServerSystems::SendPackets),
                    client::send
                        .in_set(ClientSystems::SendPackets)
                        .after(host::part),
                    statistics::count.after(host::part).after(client::send),
                ),
            )
            // It only talks to the socket, at the very end; nobody else in `Last` does.
            .add_systems(Last, exit::say_goodbye.ambiguous_with_all());
    }
}
