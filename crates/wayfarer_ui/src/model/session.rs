//! The people at the table, as data. The game fills it; this crate knows no network.

use bevy::prelude::Resource;
use wayfarer_core::{authority::Role, id::PlayerId};

/// Who plays, and over what.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct SessionModel {
    /// How this game is connected.
    pub connection: Connection,
    /// Who this player is.
    pub me: PlayerId,
    /// Everybody, those away included.
    pub people: Vec<Person>,
    /// A sentence about the last thing that happened, such as why a join failed.
    pub notice: Option<String>,
    /// The address of a host that was refused because its key is not the one it showed at the
    /// first visit. The join form then offers to forget the old key.
    pub changed_host: Option<String>,
    /// Games found on the local network.
    pub lan: Vec<LanGame>,
    /// Whether the local network is being searched.
    pub browsing: bool,
    /// Whether the game can be saved here and now.
    pub can_save: bool,
}

/// How this game is connected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Connection {
    /// Alone.
    #[default]
    Offline,
    /// Others may join.
    Hosting {
        /// What to tell others: address and port.
        address: String,
        /// The code to tell others; empty when everybody may join.
        code: String,
    },
    /// On the way in.
    Connecting {
        /// Where to.
        address: String,
    },
    /// In another one's game.
    Joined {
        /// The game's name.
        host: String,
        /// Where.
        address: String,
    },
}

/// One person.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Person {
    /// Who.
    pub id: PlayerId,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Whether they are here.
    pub online: bool,
    /// Round trip in milliseconds; `None` for oneself and those away.
    pub latency_ms: Option<f32>,
    /// The characters that are theirs.
    pub characters: Vec<String>,
}

/// A game on the local network.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LanGame {
    /// Its name.
    pub name: String,
    /// Where to join.
    pub address: String,
    /// Players in it, and seats.
    pub players: (u32, u32),
    /// Whether a code is asked for.
    pub needs_code: bool,
    /// Why it can not be joined (another version); `None` when it can.
    pub blocked: Option<String>,
}

impl SessionModel {
    /// What this player may do.
    pub fn my_role(&self) -> Role {
        let me = self.people.iter().find(|person| person.id == self.me);
        me.map_or(Role::default(), |person| person.role)
    }
}
