use std::path::PathBuf;

use thiserror::Error;

/// Why a key, a list of known hosts or a ban list could not be loaded, made or stored.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum IdentityError {
    /// The file could not be read or written.
    #[error("cannot use {}: {why}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        why: String,
    },
    /// The file is there, but what is in it is not a key that we wrote.
    #[error(
        "{} is damaged ({why}): restore it from a backup, or delete it to get a new identity (hosts will then see you as a new player)",
        path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// The given bytes are not a PKCS#8 ed25519 key.
    #[error("these bytes are not an ed25519 key (PKCS#8)")]
    NotAKey,
    /// The operating system's source of randomness, or the TLS library, failed.
    #[error("could not make a key: {0}")]
    Crypto(String),
}
