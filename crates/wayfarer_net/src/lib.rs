//! Wayfarer over the network: replication for any bevy_replicon backend and QUIC sessions

pub mod replication;
pub mod discovery;
pub mod identity;
mod quic;
pub mod session;
