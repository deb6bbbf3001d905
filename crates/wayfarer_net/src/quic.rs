//! The transport: replicon's channels over one QUIC connection per player.
//!
//! * Ordered and unordered channels: one long-lived stream per channel and direction, frames with
//!   a length before them. Nothing is lost, channels do not wait for each other.
//! * Unreliable channels: one datagram per message, with the channel before it; a message that
//!   fits no datagram gets a stream of its own.
//! * Goodbye: a stream of its own, so that the reason of a kick arrives although packets are lost.
//!
//! A connection begins with the hello ([`hello`]) on the first bidirectional stream. Until it is
//! through, nothing else is read. Everything that waits anywhere has a bound.

pub(crate) mod attempts;
pub(crate) mod bucket;
pub(crate) mod channels;
pub(crate) mod connect;
pub(crate) mod endpoint;
pub(crate) mod frame;
pub(crate) mod goodbye;
pub(crate) mod hello;
pub(crate) mod host;
pub(crate) mod inbox;
pub(crate) mod outbox;
pub(crate) mod pipe;
pub(crate) mod police;
pub(crate) mod reader;
pub(crate) mod seats;
pub(crate) mod verifier;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]
mod tests;
