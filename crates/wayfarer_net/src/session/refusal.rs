use thiserror::Error;

use super::{ContentDifference, ProtocolDifference};
use crate::identity::Fingerprint;

/// Why joining failed. The text tells the player what to do.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum JoinRefusal {
    /// The programs speak different versions of the session protocol.
    #[error(
        "the host speaks version {host} of the game's network protocol, you speak {you}: {}",
        if host > you { "update your game" } else { "ask the host to update" }
    )]
    WireVersion {
        /// The host's.
        host: u16,
        /// Ours.
        you: u16,
    },
    /// Different rules plugins.
    #[error("the game's plugins differ: {0}")]
    Protocol(ProtocolDifference),
    /// Different content packs.
    #[error("the game's content differs: {0}")]
    Content(ContentDifference),
    /// The game is closed and no code was given. Does not count as a try.
    #[error("this game asks for a join code: ask the host for it")]
    CodeNeeded,
    /// A code was given and the host asks for none. Going on would trust a host that did not
    /// prove that it knows the code.
    #[error("this game asks for no join code: leave the code empty if you trust this address")]
    CodeNotAsked,
    /// Not the host's code.
    #[error(
        "wrong join code, {tries_left} {} left: ask the host for the code and type it again",
        if *tries_left == 1 { "try" } else { "tries" }
    )]
    WrongCode {
        /// Tries left before a pause.
        tries_left: u32,
    },
    /// Too many wrong codes from this address.
    #[error("too many wrong join codes from your address: try again in {retry_in_s} s")]
    TooManyTries {
        /// Seconds until the next try.
        retry_in_s: u32,
    },
    /// No seat is free.
    #[error("the game is full ({max} players): wait until somebody leaves")]
    Full {
        /// Seats for players who join.
        max: u32,
    },
    /// The host let this player in once and does not any more.
    #[error("the host banned you: {reason}")]
    Banned {
        /// In the host's words.
        reason: String,
    },
    /// The host could not verify our key, or the host does not know the code it asks for.
    #[error(
        "the proof of identity failed: somebody may be listening in; do not type the code again on this network"
    )]
    BadProof,
    /// The host is shutting down.
    #[error("the host is closing the game: {reason}")]
    HostClosing {
        /// In the host's words.
        reason: String,
    },
    /// The host said that our hello makes no sense.
    #[error(
        "the host did not understand this program ({what}): check that both have the same build"
    )]
    BadHello {
        /// In the host's words.
        what: String,
    },
    /// Too many are joining at this moment.
    #[error("the host is busy with others who are joining: try again in a moment")]
    HostBusy,
    /// Nothing came back.
    #[error(
        "no answer from {address}: check that the host is running, that the address and port are right, and that its firewall lets UDP through"
    )]
    NoAnswer {
        /// The address as typed.
        address: String,
    },
    /// Not an address, or no such name.
    #[error("{address:?} cannot be reached ({why}): type host:port, for example 192.168.0.7:27155")]
    BadAddress {
        /// The address as typed.
        address: String,
        /// What is wrong with it.
        why: String,
    },
    /// The host's key is not the one it showed last time.
    #[error(
        "the host at {address} is not the one you visited before (its key was {known}, now it is {offered}): if the host was reinstalled or the address belongs to another computer now, forget the old key and join again; otherwise somebody may be pretending to be your host"
    )]
    HostKeyChanged {
        /// The address as it is remembered.
        address: String,
        /// What was remembered.
        known: Fingerprint,
        /// What was shown now.
        offered: Fingerprint,
    },
    /// Something answers there, but it is not a Wayfarer host.
    #[error("what answers at {address} is no game host ({why}): check the address and port")]
    NotAHost {
        /// The address as typed.
        address: String,
        /// What happened.
        why: String,
    },
    /// The connection broke during the hello.
    #[error("the connection broke while joining ({why}): try again")]
    Broken {
        /// What happened.
        why: String,
    },
    /// This program is hosting.
    #[error("you are hosting a game: stop hosting before you join another one")]
    Hosting,
    /// This program cannot join: no replication plugins, no socket, no randomness.
    #[error("cannot join from this computer: {why}")]
    Local {
        /// What is missing.
        why: String,
    },
}
