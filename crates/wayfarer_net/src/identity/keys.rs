use std::{fmt, path::Path, sync::Arc};

use ring::{
    digest,
    rand::SystemRandom,
    signature::{self, Ed25519KeyPair, KeyPair, UnparsedPublicKey},
};
use serde::{Deserialize, Serialize};

use super::{IdentityError, file, hex};

/// PKCS#8 files of ed25519 keys are below 120 bytes.
const MAX_FILE: u64 = 4096;

/// The key pair that *is* a player: whoever holds it is that player on every host.
///
/// Only the public half ever leaves the machine. Cheap to clone.
#[derive(Clone)]
pub struct PlayerKeys {
    pair: Arc<Ed25519KeyPair>,
    pkcs8: Arc<[u8]>,
}

impl PlayerKeys {
    /// Makes a new identity.
    ///
    /// # Errors
    /// [`IdentityError::Crypto`] when the system has no randomness to give.
    pub fn generate() -> Result<Self, IdentityError> {
        let pkcs8 = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new())
            .map_err(|_| IdentityError::Crypto("no randomness".into()))?;
        Self::from_pkcs8(pkcs8.as_ref())
    }

    /// Takes an identity from PKCS#8 bytes, as [`Self::to_pkcs8`] returns them.
    ///
    /// # Errors
    /// [`IdentityError::NotAKey`].
    pub fn from_pkcs8(bytes: &[u8]) -> Result<Self, IdentityError> {
        let pair = Ed25519KeyPair::from_pkcs8(bytes).map_err(|_| IdentityError::NotAKey)?;
        Ok(Self {
            pair: Arc::new(pair),
            pkcs8: bytes.into(),
        })
    }

    /// Loads the identity from a file, or makes one and stores it there.
    ///
    /// On Unix only the owner may read the file. A damaged file is never overwritten: that would
    /// silently make the player a stranger to every host.
    ///
    /// # Errors
    /// [`IdentityError::File`], [`IdentityError::Damaged`], [`IdentityError::Crypto`].
    pub fn load_or_create(path: impl AsRef<Path>) -> Result<Self, IdentityError> {
        let path = path.as_ref();
        let bytes = match file::read(path, MAX_FILE)? {
            Some(bytes) => bytes,
            None => file::create(path, &Self::generate()?.pkcs8, MAX_FILE)?,
        };
        Self::from_pkcs8(&bytes).map_err(|_| IdentityError::Damaged {
            path: path.to_owned(),
            why: "not an ed25519 key".into(),
        })
    }

    /// The secret key as PKCS#8 bytes, for stores other than a file.
    #[must_use]
    pub fn to_pkcs8(&self) -> &[u8] {
        &self.pkcs8
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> PlayerPublicKey {
        let mut bytes = [0; 32];
        bytes.copy_from_slice(self.pair.public_key().as_ref());
        PlayerPublicKey(bytes)
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.pair.sign(message).as_ref().to_vec()
    }
}

impl fmt::Debug for PlayerKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The secret half must never reach a log.
        write!(f, "PlayerKeys({})", self.public())
    }
}

/// The public half of a player's key pair: the player's identity on every host.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PlayerPublicKey(pub [u8; 32]);

impl PlayerPublicKey {
    /// A short stable id: the first 8 bytes (little endian) of the key's SHA-256.
    ///
    /// Good for indexes and logs. 64 bits are not proof of identity: compare whole keys where it
    /// matters who somebody is.
    #[must_use]
    pub fn id(&self) -> u64 {
        let hash = digest::digest(&digest::SHA256, &self.0);
        let mut first = [0; 8];
        first.copy_from_slice(&hash.as_ref()[..8]);
        u64::from_le_bytes(first)
    }

    /// The key from 64 hexadecimal digits, as [`fmt::Display`] writes it.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        hex::decode32(text).map(Self)
    }

    pub(crate) fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&signature::ED25519, &self.0)
            .verify(message, signature)
            .is_ok()
    }
}

impl fmt::Display for PlayerPublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(&self.0))
    }
}

impl fmt::Debug for PlayerPublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PlayerPublicKey({self})")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn signature_binds_key_and_message() {
        let (one, two) = (
            PlayerKeys::generate().unwrap(),
            PlayerKeys::generate().unwrap(),
        );
        let signature = one.sign(b"here");
        assert!(one.public().verify(b"here", &signature));
        assert!(!one.public().verify(b"there", &signature));
        assert!(!two.public().verify(b"here", &signature));
        assert!(!one.public().verify(b"here", &signature[1..]));
        assert!(!PlayerPublicKey([0; 32]).verify(b"here", &signature));
        assert_ne!(one.public().id(), two.public().id());
    }

    #[test]
    fn file_keeps_the_identity_and_damage_is_reported() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("player.key");
        let first = PlayerKeys::load_or_create(&path).unwrap();
        let again = PlayerKeys::load_or_create(&path).unwrap();
        assert_eq!(first.public(), again.public());
        assert_eq!(
            PlayerPublicKey::from_hex(&first.public().to_string()),
            Some(first.public())
        );

        std::fs::write(&path, b"not a key").unwrap();
        let error = PlayerKeys::load_or_create(&path).unwrap_err();
        assert!(matches!(error, IdentityError::Damaged { .. }), "{error}");
        assert_eq!(
            std::fs::read(&path).unwrap(),
            b"not a key",
            "never overwritten"
        );
    }

    #[test]
    fn debug_text_hides_the_secret() {
        let keys = PlayerKeys::generate().unwrap();
        assert_eq!(
            format!("{keys:?}"),
            format!("PlayerKeys({})", keys.public())
        );
    }
}
