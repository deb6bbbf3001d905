use std::sync::{Arc, Mutex, PoisonError};

use rustls::{
    CertificateError, DigitallySignedStruct, Error, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::{CryptoProvider, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime},
    server::ParsedCertificate,
};

use crate::identity::Fingerprint;

/// Accepts one host key: the one seen at the first visit, or any at the first visit.
///
/// No certificate authority is involved; names and dates in the certificate mean nothing. TLS
/// still proves that the host owns the key.
#[derive(Debug)]
pub(crate) struct PinnedHost {
    known: Option<Fingerprint>,
    offered: Mutex<Option<Fingerprint>>,
    provider: Arc<CryptoProvider>,
}

impl PinnedHost {
    pub(crate) fn new(known: Option<Fingerprint>, provider: Arc<CryptoProvider>) -> Self {
        Self {
            known,
            offered: Mutex::default(),
            provider,
        }
    }

    /// The key that the host showed.
    pub(crate) fn offered(&self) -> Option<Fingerprint> {
        *self.offered.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ServerCertVerifier for PinnedHost {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let certificate = ParsedCertificate::try_from(end_entity)?;
        let offered = Fingerprint::of_public_key(&certificate.subject_public_key_info());
        *self.offered.lock().unwrap_or_else(PoisonError::into_inner) = Some(offered);
        if self.known.is_some_and(|known| known != offered) {
            return Err(Error::InvalidCertificate(
                CertificateError::ApplicationVerificationFailure,
            ));
        }
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _cert: &CertificateDer<'_>,
        _dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(Error::General("QUIC has no TLS 1.2".into()))
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, cert, dss, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}
