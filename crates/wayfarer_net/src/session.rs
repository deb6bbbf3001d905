//! Hosting, joining and leaving a game, as words a player understands.
//!
//! Add [`SessionPlugin`] beside replicon's plugins, write an intent ([`HostSession`],
//! [`JoinSession`], [`LeaveSession`], …), watch [`SessionStatus`] and read [`SessionEvent`]s.
//! Every connected player is an entity with replicon's `ConnectedClient` and our
//! [`ConnectedPlayer`]; the game decides when to insert replicon's `AuthorizedClient`:
//!
//! ```no_run
//! use bevy::prelude::*;
//! use bevy_replicon::prelude::*;
//! use wayfarer_net::session::ConnectedPlayer;
//!
//! fn let_in(joined: On<Add, ConnectedPlayer>, mut commands: Commands) {
//!     commands.entity(joined.entity).insert(AuthorizedClient);
//! }
//! ```

mod client;
mod difference;
mod driver;
mod exit;
mod hello;
mod host;
mod host_error;
mod intents;
mod leave;
mod limits;
mod player;
mod plugin;
mod refusal;
mod statistics;
mod status;
mod text;

pub use difference::{ContentDifference, PackDifference, PluginMismatch, ProtocolDifference};
pub use hello::{FileInfo, HelloInfo, PackInfo, PluginInfo, WIRE_VERSION};
pub use host_error::HostError;
pub use intents::{
    Ban, BrowseLan, DEFAULT_PORT, HostSession, JoinSession, Kick, LeaveSession, StopHosting,
    UpdateHello,
};
pub use leave::LeaveReason;
pub use limits::SessionLimits;
pub use player::ConnectedPlayer;
pub use plugin::SessionPlugin;
pub use refusal::JoinRefusal;
pub use status::{SessionEvent, SessionStatus};

pub(crate) use leave::CloseCode;
pub(crate) use plugin::SessionSystems;
pub(crate) use text::{clean_line, clean_name};
