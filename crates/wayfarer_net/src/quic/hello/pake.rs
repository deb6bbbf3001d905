//! Proof that both know the join code, without showing it (SPAKE2 on the Ed25519 group).

use ring::hmac;
use spake2::{Ed25519Group, Identity, Password, Spake2};

use crate::identity::JoinCode;

/// One side's half of the exchange.
pub(super) struct Exchange(Spake2<Ed25519Group>);

/// Both halves together: a key that is the same on both sides if the code was.
pub(super) struct Shared {
    key: hmac::Key,
    channel: [u8; 32],
}

impl Exchange {
    /// Returns the state and what to send.
    pub(super) fn client(code: &JoinCode) -> (Self, Vec<u8>) {
        let (state, message) = Spake2::start_a(&Password::new(code.secret()), &id(0), &id(1));
        (Self(state), message)
    }

    /// Returns the state and what to send.
    pub(super) fn host(code: &JoinCode) -> (Self, Vec<u8>) {
        let (state, message) = Spake2::start_b(&Password::new(code.secret()), &id(0), &id(1));
        (Self(state), message)
    }

    /// `channel` binds the confirmations to this TLS session. `None` for a malformed message.
    pub(super) fn finish(self, theirs: &[u8], channel: [u8; 32]) -> Option<Shared> {
        let secret = self.0.finish(theirs).ok()?;
        let key = hmac::Key::new(hmac::HMAC_SHA256, &secret);
        Some(Shared { key, channel })
    }
}

fn id(side: usize) -> Identity {
    Identity::new([b"wayfarer client", b"wayfarer host__"][side])
}

impl Shared {
    pub(super) fn client_proof(&self) -> Vec<u8> {
        hmac::sign(&self.key, &self.text("client"))
            .as_ref()
            .to_vec()
    }

    pub(super) fn host_proof(&self) -> Vec<u8> {
        hmac::sign(&self.key, &self.text("host")).as_ref().to_vec()
    }

    pub(super) fn is_client_proof(&self, proof: &[u8]) -> bool {
        hmac::verify(&self.key, &self.text("client"), proof).is_ok()
    }

    pub(super) fn is_host_proof(&self, proof: &[u8]) -> bool {
        hmac::verify(&self.key, &self.text("host"), proof).is_ok()
    }

    fn text(&self, side: &str) -> Vec<u8> {
        [b"wayfarer code ", side.as_bytes(), &self.channel].concat()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn exchange(client: &str, host: &str, channels: [[u8; 32]; 2]) -> (Shared, Shared) {
        let (client, to_host) = Exchange::client(&client.parse().unwrap());
        let (host, to_client) = Exchange::host(&host.parse().unwrap());
        let client = client.finish(&to_client, channels[0]).unwrap();
        (client, host.finish(&to_host, channels[1]).unwrap())
    }

    #[test]
    fn same_code_same_channel() {
        let (client, host) = exchange("kelp 42", "KELP-42", [[1; 32]; 2]);
        assert!(host.is_client_proof(&client.client_proof()));
        assert!(client.is_host_proof(&host.host_proof()));
        assert!(
            !client.is_host_proof(&client.client_proof()),
            "no reflection"
        );
        assert!(!host.is_client_proof(&[]));
    }

    #[test]
    fn other_code_or_other_channel_fails() {
        let (client, host) = exchange("KELP-42", "KELP-43", [[1; 32]; 2]);
        assert!(!host.is_client_proof(&client.client_proof()));
        let (client, host) = exchange("KELP-42", "KELP-42", [[1; 32], [2; 32]]);
        assert!(
            !host.is_client_proof(&client.client_proof()),
            "passed on by a man in the middle"
        );
    }

    #[test]
    fn malformed_messages_are_refused() {
        let code: JoinCode = "KELP-42".parse().unwrap();
        for bad in [
            vec![],
            vec![0x41; 33],
            vec![0x42; 32],
            vec![0xff; 33],
            vec![0x42; 5000],
        ] {
            let (client, mine) = Exchange::client(&code);
            assert_ne!(mine, bad);
            let accepted = client.finish(&bad, [0; 32]).is_some();
            // A 33-byte message for the right side may happen to be a point of the curve.
            assert!(!accepted || (bad.len() == 33 && bad[0] == 0x42));
        }
    }
}
