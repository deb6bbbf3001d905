//! The hello: who you are, what you have, and that you know the code; before anything else.
//!
//! Four messages on one stream, each at most 64 KiB, each beginning with `WAYF` and the wire
//! version (so that even versions that share nothing else can name each other):
//!
//! ```text
//! client → Opening      player key, signature over the TLS exporter, SPAKE2 element
//! host   → Challenge    SPAKE2 element of the host (if it asks for a code)
//! client → Introduction confirmation of the code, name, plugins, pack hashes, lane counts
//! host   → Welcome      confirmation of the code by the host, name of the game
//! ```
//!
//! or a refusal in place of any message of the host. Signature and confirmations cover the TLS
//! exporter, so nobody in the middle can pass them on. The code is never sent and cannot be
//! guessed from what is: each guess costs a connection and a counted try.

pub(crate) mod client_side;
pub(crate) mod host_side;
pub(crate) mod messages;
mod pake;

use quinn::Connection;

/// The player's signature covers this and the exporter.
fn player_statement(connection: &Connection) -> Option<Vec<u8>> {
    let mut statement = b"wayfarer player v1".to_vec();
    statement.extend_from_slice(&exporter(connection, b"wayfarer player")?);
    Some(statement)
}

/// Bytes that only the two ends of this one TLS session know.
fn exporter(connection: &Connection, label: &[u8]) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    let exported = connection.export_keying_material(&mut bytes, label, b"");
    exported.ok().map(|()| bytes)
}
