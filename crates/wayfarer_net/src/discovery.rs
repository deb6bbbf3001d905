//! Games on the local network (mDNS, as printers do it): shown by hosts, listed for players.
//!
//! Everything here is optional: without multicast (no network, a strict firewall) there is a
//! warning in [`LanGames`], and addresses can still be typed.

mod advert;
mod browser;
mod record;

use std::net::SocketAddr;

use bevy::prelude::Resource;

pub(crate) use advert::{Advert, AdvertRecord};
pub(crate) use browser::{LanBrowser, browse};

/// The service's name on the network.
const SERVICE: &str = "_wayfarer._udp.local.";

/// Games found on the local network. Filled while browsing is on (`BrowseLan`).
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct LanGames {
    /// What was found, ordered by name.
    pub games: Vec<LanGame>,
    /// Why nothing can be found or shown, if so.
    pub warning: Option<String>,
}

/// A game on the local network, as its host describes it. Nothing of it is proven before joining.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LanGame {
    /// The name of the game; printable, at most 32 characters.
    pub name: String,
    /// Where it can be reached; the best one first, never empty.
    pub addresses: Vec<SocketAddr>,
    /// Players who joined.
    pub players: u32,
    /// Seats.
    pub max_players: u32,
    /// Whether a join code is asked for.
    pub needs_code: bool,
    /// The host's wire version; only the same one can be joined.
    pub wire: u16,
    /// The record's name on the network, which tells games of the same name apart.
    pub id: String,
}
