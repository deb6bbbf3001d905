use std::net::SocketAddr;

use bevy::prelude::Component;

use crate::identity::PlayerPublicKey;

/// Who is behind a connected client entity on the host. Inserted together with replicon's
/// `ConnectedClient`, after code, key, plugins and content were checked.
///
/// Being connected is not being authorised: insert replicon's `AuthorizedClient` when the game
/// wants the player in (an `On<Add, ConnectedPlayer>` observer is the place).
#[derive(Component, Clone, Debug, PartialEq, Eq)]
#[component(immutable)]
pub struct ConnectedPlayer {
    /// [`PlayerPublicKey::id`] of the key: the short stable id.
    pub player: u64,
    /// The proven identity.
    pub key: PlayerPublicKey,
    /// The name the player chose: printable, at most 32 characters, not unique.
    pub name: String,
    /// Where the player joined from.
    pub address: SocketAddr,
}
