//! Who decides in this app, who the people are, and what each may do.

use std::collections::{BTreeMap, BTreeSet};

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    id::{PlayerId, Uid, UidIndex},
    refusal::{Code, Refusal},
};

/// Who decides in this app.
///
/// Rules run under [`Authority::Host`] only. It does not follow the network library's states: a
/// client that has lost its host must not begin to decide over what the host left behind.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Reflect)]
pub enum Authority {
    /// This app: alone, as a listen host or dedicated.
    #[default]
    Host,
    /// A host that this app is connected to.
    Client,
    /// Nobody: joining, or the connection was lost.
    None,
}

/// Run condition: this app decides.
pub fn is_host(authority: Option<Res<Authority>>) -> bool {
    authority.is_some_and(|a| *a == Authority::Host)
}

/// What a person may do, from least to most.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    Reflect,
)]
pub enum Role {
    /// Looks on; may act for nobody.
    Spectator,
    /// Acts for the characters that belong to them.
    #[default]
    Player,
    /// Acts for anybody, sees everything, may use the game master's actions.
    GameMaster,
    /// The host's own player: a game master who also rules over people.
    Host,
}

impl Role {
    /// The role's name for a sentence.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Spectator => "spectator",
            Self::Player => "player",
            Self::GameMaster => "game master",
            Self::Host => "host",
        }
    }
}

/// What the host knows of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlayerRecord {
    /// The name they gave, at most 32 characters.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Whether they are here now. Not kept in saves.
    #[serde(skip)]
    pub online: bool,
}

/// The people of this world, those away included. Saved with the world.
#[derive(Resource, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Players {
    known: BTreeMap<PlayerId, PlayerRecord>,
}

impl Default for Players {
    fn default() -> Self {
        let host = PlayerRecord {
            name: "Host".into(),
            role: Role::Host,
            online: true,
        };
        Self {
            known: BTreeMap::from([(PlayerId::LOCAL, host)]),
        }
    }
}

impl Players {
    /// Somebody has come (back). New people get `role`, known ones keep theirs.
    pub fn arrive(&mut self, player: PlayerId, name: &str, role: Role) -> &PlayerRecord {
        let record = self.known.entry(player).or_insert_with(|| PlayerRecord {
            name: String::new(),
            role,
            online: true,
        });
        record.online = true;
        record.name = name.chars().take(32).collect();
        record
    }

    /// Somebody has gone. What they own stays theirs.
    pub fn depart(&mut self, player: PlayerId) {
        if let Some(record) = self.known.get_mut(&player) {
            record.online = false;
        }
    }

    /// Changes what somebody may do; `false` when they are not known or are the host.
    pub fn set_role(&mut self, player: PlayerId, role: Role) -> bool {
        match self.known.get_mut(&player) {
            Some(record) if player != PlayerId::LOCAL && role < Role::Host => {
                record.role = role;
                true
            }
            _ => false,
        }
    }

    /// What is known of somebody.
    pub fn get(&self, player: PlayerId) -> Option<&PlayerRecord> {
        self.known.get(&player)
    }

    /// What somebody may do; strangers may do nothing.
    pub fn role(&self, player: PlayerId) -> Role {
        self.get(player).map_or(Role::Spectator, |r| r.role)
    }

    /// Everybody, by id.
    pub fn iter(&self) -> impl Iterator<Item = (PlayerId, &PlayerRecord)> {
        self.known.iter().map(|(&id, record)| (id, record))
    }
}

/// The person at this machine: [`PlayerId::LOCAL`] and host, unless the app is a client, where the
/// host says who they are to it.
#[derive(Resource, Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalPlayer {
    /// Who.
    pub player: PlayerId,
    /// What they may do.
    pub role: Role,
}

impl Default for LocalPlayer {
    fn default() -> Self {
        Self {
            player: PlayerId::LOCAL,
            role: Role::Host,
        }
    }
}

/// Whose character this is. Immutable: replace it to hand the character over.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Reflect)]
#[component(immutable)]
#[reflect(Component)]
pub struct Owner(pub PlayerId);

/// Players who look into this thing for now: an open chest, a trade, a shop. As long as they are
/// listed they see its components for [viewers](crate::state::Audience::Viewers), and no other
/// private ones: a customer sees the goods, not the merchant's curses. On the host only, neither
/// saved nor sent.
#[derive(Component, Clone, Debug, Default, PartialEq, Eq, Reflect)]
#[reflect(Component)]
pub struct Viewers(pub BTreeSet<PlayerId>);

/// The question whether somebody may act for a character.
pub type MayActFor = fn(&World, PlayerId, Role, Entity) -> bool;
/// The question whether something is within reach of a character.
pub type InReach = fn(&World, Entity, Entity) -> bool;

/// The game's own answers to "who may act for whom" and "what is in reach".
#[derive(Resource, Clone, Copy)]
pub struct Policies {
    /// May this person, with this role, act for this entity?
    pub may_act_for: MayActFor,
    /// Can the first entity reach the second?
    pub in_reach: InReach,
}

impl Default for Policies {
    fn default() -> Self {
        Self {
            may_act_for: owner_or_game_master,
            in_reach: within_arm_length,
        }
    }
}

impl Policies {
    /// `Ok` when `player` may act for the thing `actor`; otherwise the refusal.
    pub fn check_actor(
        &self,
        world: &World,
        player: PlayerId,
        role: Role,
        actor: Uid,
    ) -> Result<Entity, Refusal> {
        let entity = world
            .get_resource::<UidIndex>()
            .and_then(|index| index.get(actor))
            .ok_or_else(|| Refusal::not_found(actor))?;
        if (self.may_act_for)(world, player, role, entity) {
            Ok(entity)
        } else {
            Err(Code::NOT_OWNER.into())
        }
    }
}

/// Default policy: game masters act for anybody, players for what they own.
pub fn owner_or_game_master(world: &World, player: PlayerId, role: Role, entity: Entity) -> bool {
    match role {
        Role::Spectator => false,
        Role::Player => world.get::<Owner>(entity).is_some_and(|o| o.0 == player),
        Role::GameMaster | Role::Host => true,
    }
}

/// Where a thing is, in metres. The host moves it; clients interpolate.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, Reflect)]
#[reflect(Component)]
pub struct Position {
    /// To the right.
    pub x: f32,
    /// Up.
    pub y: f32,
    /// Towards the viewer.
    pub z: f32,
}

impl Position {
    /// A point on the ground.
    pub const fn ground(x: f32, z: f32) -> Self {
        Self { x, y: 0.0, z }
    }

    /// The distance to another point, in metres.
    pub fn distance(self, other: Self) -> f32 {
        let (x, y, z) = (self.x - other.x, self.y - other.y, self.z - other.z);
        (x * x + y * y + z * z).sqrt()
    }
}

/// How far a character can reach, in metres, under the default policy.
#[derive(Resource, Clone, Copy, Debug, PartialEq)]
pub struct ReachLimit(pub f32);

impl Default for ReachLimit {
    fn default() -> Self {
        Self(2.5)
    }
}

/// Default policy: within [`ReachLimit`]; things without a [`Position`] (a menu game) are always
/// in reach.
pub fn within_arm_length(world: &World, actor: Entity, target: Entity) -> bool {
    if actor == target {
        return true;
    }
    let (Some(a), Some(b)) = (world.get::<Position>(actor), world.get::<Position>(target)) else {
        return true;
    };
    let limit = world.get_resource::<ReachLimit>().copied();
    a.distance(*b) <= limit.unwrap_or_default().0
}
