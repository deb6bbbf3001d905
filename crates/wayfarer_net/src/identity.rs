//! Who is who: players and hosts are key pairs, games are guarded by a short spoken code.
//!
//! Nothing here needs an account or a server. A player *is* an ed25519 key pair kept in the
//! profile ([`PlayerKeys`]); a host is another one ([`HostKey`]), remembered by clients at the
//! first visit ([`KnownHosts`]). A [`JoinCode`] keeps strangers out of a game.

mod bans;
mod code;
mod error;
mod file;
mod hex;
mod host_key;
mod keys;
mod known_hosts;

pub use bans::BanList;
pub use code::{JoinCode, JoinCodeError};
pub use error::IdentityError;
pub use host_key::{Fingerprint, HostKey};
pub use keys::{PlayerKeys, PlayerPublicKey};
pub use known_hosts::KnownHosts;
