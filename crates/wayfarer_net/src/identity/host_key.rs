use std::{fmt, path::Path, sync::Arc};

use rcgen::{CertificateParams, KeyPair, PublicKeyData};
use ring::digest;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

use super::{IdentityError, file, hex};

const MAX_FILE: u64 = 4096;

/// The key pair that a host shows to those who join, kept over restarts.
///
/// Clients remember its [`Fingerprint`] at the first visit; a host that loses the file looks like
/// an impostor to them. Cheap to clone.
#[derive(Clone)]
pub struct HostKey {
    pkcs8: Arc<[u8]>,
    fingerprint: Fingerprint,
}

impl HostKey {
    /// Makes a new host identity.
    ///
    /// # Errors
    /// [`IdentityError::Crypto`].
    pub fn generate() -> Result<Self, IdentityError> {
        let pair = KeyPair::generate_for(&rcgen::PKCS_ED25519).map_err(crypto)?;
        Ok(Self::from_pair(&pair))
    }

    /// Takes an identity from PKCS#8 bytes, as [`Self::to_pkcs8`] returns them.
    ///
    /// # Errors
    /// [`IdentityError::NotAKey`].
    pub fn from_pkcs8(bytes: &[u8]) -> Result<Self, IdentityError> {
        parse(bytes).map(|pair| Self::from_pair(&pair))
    }

    /// Loads the identity from a file, or makes one and stores it there (readable by the owner
    /// only). A damaged file is reported, never overwritten.
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

    /// What clients remember and what hosts can read out to them.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// A self-signed certificate for the key, and the key, for TLS.
    pub(crate) fn certificate(
        &self,
    ) -> Result<(CertificateDer<'static>, PrivateKeyDer<'static>), IdentityError> {
        let pair = parse(&self.pkcs8)?;
        let certificate = CertificateParams::new(vec!["wayfarer".to_owned()])
            .and_then(|parameters| parameters.self_signed(&pair))
            .map_err(crypto)?;
        let key = PrivatePkcs8KeyDer::from(self.pkcs8.to_vec());
        Ok((certificate.der().clone(), key.into()))
    }

    fn from_pair(pair: &KeyPair) -> Self {
        Self {
            pkcs8: pair.serialized_der().into(),
            fingerprint: Fingerprint::of_public_key(&pair.subject_public_key_info()),
        }
    }
}

fn parse(bytes: &[u8]) -> Result<KeyPair, IdentityError> {
    KeyPair::from_pkcs8_der_and_sign_algo(&PrivatePkcs8KeyDer::from(bytes), &rcgen::PKCS_ED25519)
        .map_err(|_| IdentityError::NotAKey)
}

fn crypto(error: rcgen::Error) -> IdentityError {
    IdentityError::Crypto(error.to_string())
}

impl fmt::Debug for HostKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HostKey({})", self.fingerprint)
    }
}

/// SHA-256 of a host's public key (as X.509 writes it).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint(pub [u8; 32]);

impl Fingerprint {
    pub(crate) fn of_public_key(info: &[u8]) -> Self {
        let mut bytes = [0; 32];
        bytes.copy_from_slice(digest::digest(&digest::SHA256, info).as_ref());
        Self(bytes)
    }

    pub(super) fn to_hex(self) -> String {
        hex::encode(&self.0)
    }

    pub(super) fn from_hex(text: &str) -> Option<Self> {
        hex::decode32(text).map(Self)
    }
}

impl fmt::Display for Fingerprint {
    /// The first 16 bytes in groups of two: enough to compare aloud.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, pair) in self.0[..16].chunks(2).enumerate() {
            if index > 0 {
                f.write_str(" ")?;
            }
            f.write_str(&hex::encode(pair))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({self})")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_survives_the_file_and_matches_the_certificate() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("host.key");
        let first = HostKey::load_or_create(&path).unwrap();
        let again = HostKey::load_or_create(&path).unwrap();
        assert_eq!(first.fingerprint(), again.fingerprint());
        assert_ne!(
            first.fingerprint(),
            HostKey::generate().unwrap().fingerprint()
        );

        let (certificate, _) = first.certificate().unwrap();
        let parsed = rustls::server::ParsedCertificate::try_from(&certificate).unwrap();
        let seen = Fingerprint::of_public_key(&parsed.subject_public_key_info());
        assert_eq!(seen, first.fingerprint());
        assert_eq!(Fingerprint::from_hex(&seen.to_hex()), Some(seen));
    }

    #[test]
    fn a_damaged_file_is_reported() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("host.key");
        std::fs::write(&path, [0; 48]).unwrap();
        assert!(matches!(
            HostKey::load_or_create(&path),
            Err(IdentityError::Damaged { .. })
        ));
    }
}
