use std::net::SocketAddr;

use bevy::prelude::{Entity, Message, Resource};

use super::{HostError, JoinRefusal, LeaveReason};
use crate::identity::{Fingerprint, JoinCode, PlayerPublicKey};

/// Where the session stands, for panels. Changes only when something happened.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub enum SessionStatus {
    /// Alone.
    #[default]
    Offline,
    /// Others may join.
    Hosting {
        /// The address in use; its port is the one to tell others.
        local_address: SocketAddr,
        /// The game's name.
        name: String,
        /// The code to tell others.
        join_code: Option<JoinCode>,
        /// What new players can compare.
        fingerprint: Fingerprint,
        /// Players who joined.
        players: u32,
        /// Seats.
        max_players: u32,
    },
    /// On the way in.
    Connecting {
        /// The address as typed.
        address: String,
    },
    /// In another one's game.
    Joined {
        /// The address as typed.
        address: String,
        /// The game's name.
        host_name: String,
        /// The host's key.
        fingerprint: Fingerprint,
    },
    /// Hosting failed.
    HostFailed(HostError),
    /// Joining failed.
    Refused(JoinRefusal),
    /// A session ended that had begun, not by the player's wish.
    Lost(LeaveReason),
}

/// Fact: something happened to the session.
#[derive(Message, Clone, Debug, PartialEq)]
pub enum SessionEvent {
    /// Hosting began.
    Hosting {
        /// The address in use.
        local_address: SocketAddr,
    },
    /// Hosting could not begin.
    HostFailed(HostError),
    /// Hosting ended by wish.
    HostingStopped,
    /// The host could not do what it could otherwise do (store a ban, be seen on the local
    /// network); the session goes on.
    HostWarning(String),
    /// On the host: a player is in.
    PlayerJoined {
        /// The client entity; it has `ConnectedPlayer`.
        client: Entity,
        /// Who it is.
        player: PlayerPublicKey,
        /// The chosen name.
        name: String,
    },
    /// On the host: a player is out. The entity is gone when this is read.
    PlayerLeft {
        /// The client entity it was.
        client: Entity,
        /// Who it was.
        player: PlayerPublicKey,
        /// The chosen name.
        name: String,
        /// Why.
        reason: LeaveReason,
    },
    /// On the host: somebody was not let in. Rate-limited; not every attempt is told.
    PlayerRefused {
        /// Who knocked.
        address: SocketAddr,
        /// Why not. A content difference names no files here.
        refusal: JoinRefusal,
    },
    /// We are in.
    Joined {
        /// The game's name.
        host_name: String,
        /// The host's key was not known before: it was trusted because it was the first visit.
        first_visit: bool,
    },
    /// We are not let in.
    Refused(JoinRefusal),
    /// We were in and are out, not by wish.
    Lost(LeaveReason),
    /// We left by wish.
    Left,
}
