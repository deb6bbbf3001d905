use std::net::SocketAddr;

use thiserror::Error;

/// Why hosting failed. The text tells the player what to do.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum HostError {
    /// Another program (or another window of this game) uses the port.
    #[error("port {} is in use: close the other game or choose another port", address.port())]
    PortInUse {
        /// The address asked for.
        address: SocketAddr,
    },
    /// The operating system refused the address.
    #[error("cannot listen on {address}: {why}")]
    Address {
        /// The address asked for.
        address: SocketAddr,
        /// What the operating system said.
        why: String,
    },
    /// Leave or stop the current session first.
    #[error("a session is already running: leave it before you host")]
    Busy,
    /// Replicon's plugins are missing or not finished.
    #[error("this game was built without replication: add RepliconPlugins")]
    NoReplication,
    /// Threads, randomness or TLS failed.
    #[error("cannot host on this computer: {why}")]
    Local {
        /// What failed.
        why: String,
    },
}
