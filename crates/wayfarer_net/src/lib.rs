//! Wayfarer over the network: the host decides, clients ask and see what is theirs to see.
//!
//! - [`replication`]: [`ReplicationPlugin`](replication::ReplicationPlugin) works over any
//!   `bevy_replicon` backend.
//! - [`session`]: [`SessionPlugin`](session::SessionPlugin) is a backend of its own over QUIC:
//!   host, join by address or from the list of games on the local network, a code to be let in,
//!   a key pair that is the player.
//! - [`NetPlugin`] is both.
//!
//! ```no_run
//! use bevy::prelude::*;
//! use wayfarer_core::prelude::*;
//! use wayfarer_net::prelude::*;
//!
//! fn host(world: &mut World) -> Result {
//!     let key = HostKey::generate()?;
//!     let hello = hello_info(world);
//!     world.write_message(HostSession::new("Ann's world", key, hello));
//!     Ok(())
//! }
//!
//! App::new()
//!     .add_plugins((MinimalPlugins, CorePlugin, NetPlugin))
//!     .add_systems(Startup, host)
//!     .run();
//! ```
//!
//! Single player is the same app without a session: nothing here runs then.

pub mod discovery;
pub mod identity;
mod plugin;
mod quic;
pub mod replication;
pub mod session;

pub use plugin::NetPlugin;

/// What games need.
pub mod prelude {
    pub use crate::{
        NetPlugin,
        discovery::LanGames,
        identity::{HostKey, JoinCode, KnownHosts, PlayerKeys},
        replication::{
            AwakeRadius, HostLost, PeopleOnline, RemotePlayer, ReplicationPlugin, RolePolicy,
            Welcomed, hello_info,
        },
        session::{
            BrowseLan, HostSession, JoinSession, Kick, LeaveSession, SessionEvent, SessionPlugin,
            SessionStatus, StopHosting,
        },
    };
}
