use std::net::{Ipv4Addr, SocketAddr};

use bevy::prelude::{Entity, Message};

use super::HelloInfo;
use crate::identity::{BanList, HostKey, JoinCode, KnownHosts, PlayerKeys};

/// The UDP port used when an address names none.
pub const DEFAULT_PORT: u16 = 27_155;

/// Wish: host a game on this computer. Answered by `SessionEvent::Hosting` or `HostFailed`.
#[derive(Message, Clone, Debug)]
pub struct HostSession {
    /// Where to listen; port 0 lets the system choose.
    pub bind: SocketAddr,
    /// Players who may join, not counting the one who hosts. 0 lets nobody in.
    pub max_players: u32,
    /// Who does not know it stays out; `None` is an open game.
    pub join_code: Option<JoinCode>,
    /// The game's name as others see it; at most 32 characters are kept.
    pub name: String,
    /// Whether the local network may find the game.
    pub advertise_on_lan: bool,
    /// What those who join must have.
    pub expectation: HelloInfo,
    /// The host's identity.
    pub host_key: HostKey,
    /// Who is not welcome.
    pub bans: BanList,
}

impl HostSession {
    /// An open game for up to 8 players on [`DEFAULT_PORT`] of all IPv4 interfaces.
    #[must_use]
    pub fn new(name: impl Into<String>, host_key: HostKey, expectation: HelloInfo) -> Self {
        Self {
            bind: (Ipv4Addr::UNSPECIFIED, DEFAULT_PORT).into(),
            max_players: 8,
            join_code: None,
            name: name.into(),
            advertise_on_lan: false,
            expectation,
            host_key,
            bans: BanList::in_memory(),
        }
    }
}

/// Wish: join a game. Answered by `SessionEvent::Joined` or `Refused`. Ends a session or an
/// attempt to join that is under way; refused while hosting.
#[derive(Message, Clone, Debug)]
pub struct JoinSession {
    /// `host`, `host:port`, `1.2.3.4:port` or `[::1]:port`.
    pub address: String,
    /// What the host told, `None` for an open game.
    pub code: Option<JoinCode>,
    /// Who joins.
    pub player: PlayerKeys,
    /// How others see the player; at most 32 characters are kept.
    pub display_name: String,
    /// What this program has.
    pub hello: HelloInfo,
    /// Where the keys of hosts are remembered.
    pub known_hosts: KnownHosts,
}

/// Wish: leave the game that was joined, or give up joining.
#[derive(Message, Clone, Copy, Debug, Default)]
pub struct LeaveSession;

/// Wish: stop hosting.
#[derive(Message, Clone, Debug)]
pub struct StopHosting {
    /// What the players read; at most 200 characters.
    pub reason: String,
}

/// Wish: remove a player, who may come back.
#[derive(Message, Clone, Debug)]
pub struct Kick {
    /// The connected client.
    pub client: Entity,
    /// What the player reads; at most 200 characters.
    pub reason: String,
}

/// Wish: remove a player for good. The key goes on the host's `BanList`.
#[derive(Message, Clone, Debug)]
pub struct Ban {
    /// The connected client.
    pub client: Entity,
    /// What the player reads, now and on each try to come back; at most 200 characters.
    pub reason: String,
}

/// Wish, while hosting: from now on expect this of those who join (after a content reload).
/// Players who are in stay in; kick those who cannot follow.
#[derive(Message, Clone, Debug)]
pub struct UpdateHello(pub HelloInfo);

/// Wish: start or stop looking for games on the local network.
#[derive(Message, Clone, Copy, Debug, PartialEq, Eq)]
pub enum BrowseLan {
    /// Fill `LanGames`.
    Start,
    /// Forget what was found.
    Stop,
}
