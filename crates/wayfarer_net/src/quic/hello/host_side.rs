//! The hello as the host hears it.

use std::time::Instant;

use quinn::{Connection, SendStream};

use super::{
    exporter,
    messages::{HelloError, Introduction, Opening, Refusal, Reply, read, write},
    pake::{Exchange, Shared},
    player_statement,
};
use crate::{
    identity::PlayerPublicKey,
    quic::{
        frame::FrameReader,
        seats::{Expectation, HostShared},
    },
    session::{HelloInfo, PluginInfo, ProtocolDifference, clean_name},
};

/// Somebody who passed; the welcome is not said yet.
pub(crate) struct Guest {
    pub key: PlayerPublicKey,
    pub name: String,
    proof: Option<Vec<u8>>,
    send: SendStream,
    wire: u16,
}

/// Why somebody did not pass.
pub(crate) enum Rejected {
    /// Tell them.
    Refused(Refusal, SendStream),
    /// There is nobody to tell.
    Lost,
}

/// Listens to the hello up to the introduction, and judges it.
pub(crate) async fn hear(connection: &Connection, shared: &HostShared) -> Result<Guest, Rejected> {
    let Ok((mut send, receive)) = connection.accept_bi().await else {
        return Err(Rejected::Lost);
    };
    let mut reader = FrameReader::new(receive);
    let expected = shared.expectation();
    match judge(connection, shared, &expected, &mut send, &mut reader).await {
        Ok((key, introduction, proof)) => Ok(Guest {
            key,
            name: clean_name(&introduction.name, "Player"),
            proof,
            send,
            wire: expected.hello.wire,
        }),
        Err(Verdict::Refuse(refusal)) => Err(Rejected::Refused(refusal, send)),
        Err(Verdict::Hello(HelloError::Lost(_))) => Err(Rejected::Lost),
        Err(Verdict::Hello(HelloError::OtherVersion(you))) => {
            let host = expected.hello.wire;
            Err(Rejected::Refused(Refusal::WireVersion { host, you }, send))
        }
        Err(Verdict::Hello(HelloError::Malformed(what))) => {
            let what = what.to_owned();
            Err(Rejected::Refused(Refusal::BadHello { what }, send))
        }
    }
}

enum Verdict {
    Refuse(Refusal),
    Hello(HelloError),
}

impl From<HelloError> for Verdict {
    fn from(error: HelloError) -> Self {
        Self::Hello(error)
    }
}

impl From<Refusal> for Verdict {
    fn from(refusal: Refusal) -> Self {
        Self::Refuse(refusal)
    }
}

type Passed = (PlayerPublicKey, Introduction, Option<Vec<u8>>);

async fn judge(
    connection: &Connection,
    shared: &HostShared,
    expected: &Expectation,
    send: &mut SendStream,
    reader: &mut FrameReader,
) -> Result<Passed, Verdict> {
    let wire = expected.hello.wire;
    let opening: Opening = read(reader, wire).await?;
    if let Some(reason) = expected.closing.clone() {
        return Err(Refusal::HostClosing { reason }.into());
    }
    let key = PlayerPublicKey(opening.key);
    let statement = player_statement(connection).ok_or(Refusal::BadProof)?;
    if !key.verify(&statement, &opening.signature) {
        return Err(Refusal::BadProof.into());
    }
    if let Some(reason) = shared.bans.reason(&key) {
        return Err(Refusal::Banned { reason }.into());
    }

    let mut trial = Trial::begin(connection, shared, expected, &opening)?;
    let pake = trial.as_mut().and_then(|trial| trial.to_client.take());
    write(send, wire, &Reply::Challenge { pake }).await?;
    let introduction: Introduction = read(reader, wire).await?;
    let proof = match trial {
        Some(trial) => Some(trial.decide(introduction.proof.as_deref())?),
        None => None,
    };
    compare(&expected.hello, &introduction, shared.lanes.counts())?;
    Ok((key, introduction, proof))
}

/// A try at the code: counted from its beginning, taken back unless the code was wrong.
struct Trial<'a> {
    shared: &'a HostShared,
    connection: &'a Connection,
    pake: Shared,
    to_client: Option<Vec<u8>>,
    tries_left: u32,
    wrong: bool,
}

impl<'a> Trial<'a> {
    fn begin(
        connection: &'a Connection,
        shared: &'a HostShared,
        expected: &Expectation,
        opening: &Opening,
    ) -> Result<Option<Self>, Refusal> {
        let Some(code) = &expected.code else {
            return Ok(None);
        };
        let theirs = opening.pake.as_deref().ok_or(Refusal::CodeNeeded)?;
        let channel = exporter(connection, b"wayfarer code").ok_or(Refusal::BadProof)?;
        let address = connection.remote_address().ip();
        let tries_left = shared
            .attempts
            .begin(address, Instant::now())
            .map_err(|retry_in_s| Refusal::TooManyTries { retry_in_s })?;
        let (exchange, to_client) = Exchange::host(code);
        let Some(pake) = exchange.finish(theirs, channel) else {
            return Err(Refusal::BadProof);
        };
        Ok(Some(Self {
            shared,
            connection,
            pake,
            to_client: Some(to_client),
            tries_left,
            wrong: false,
        }))
    }

    /// The host's own proof, for a client that knows the code.
    fn decide(mut self, proof: Option<&[u8]>) -> Result<Vec<u8>, Refusal> {
        if proof.is_some_and(|proof| self.pake.is_client_proof(proof)) {
            return Ok(self.pake.host_proof());
        }
        self.wrong = true;
        let tries_left = self.tries_left;
        Err(Refusal::WrongCode { tries_left })
    }
}

impl Drop for Trial<'_> {
    fn drop(&mut self) {
        // Before the client's proof the host has told nothing about the code, so a connection
        // that broke off was no guess.
        if !self.wrong {
            self.shared
                .attempts
                .take_back(self.connection.remote_address().ip());
        }
    }
}

fn compare(host: &HelloInfo, theirs: &Introduction, lanes: (u32, u32)) -> Result<(), Refusal> {
    let mut difference = ProtocolDifference::between(&host.plugins, &theirs.plugins);
    if difference.is_empty() && theirs.lanes != lanes {
        // The game registered its own messages, which no plugin in the list stands for.
        let plugin = |lanes: (u32, u32)| PluginInfo {
            name: "network channels".into(),
            version: format!("{}+{}", lanes.0, lanes.1),
            hash: u64::from(lanes.0) << 32 | u64::from(lanes.1),
        };
        difference = ProtocolDifference::between(&[plugin(lanes)], &[plugin(theirs.lanes)]);
    }
    if !difference.is_empty() {
        return Err(Refusal::Protocol(difference.shortened()));
    }
    let same = host.packs.len() == theirs.packs.len()
        && host.packs.iter().all(|pack| {
            let same = |(name, hash): &(String, u64)| *name == pack.name && *hash == pack.hash;
            theirs.packs.iter().any(same)
        });
    if same {
        Ok(())
    } else {
        Err(Refusal::content(&host.packs, &theirs.packs))
    }
}

impl Guest {
    /// Tells somebody who passed that they are in.
    pub(crate) async fn welcome(&mut self, host_name: &str) -> Result<(), HelloError> {
        let reply = Reply::Welcome {
            proof: self.proof.take(),
            host_name: host_name.to_owned(),
        };
        write(&mut self.send, self.wire, &reply).await?;
        let _ = self.send.finish();
        Ok(())
    }

    /// Somebody who passed, but for whom there is no seat.
    pub(crate) fn reject(self, refusal: Refusal) -> Rejected {
        Rejected::Refused(refusal, self.send)
    }
}

/// Says no, and waits until it was heard.
pub(crate) async fn refuse(mut send: SendStream, wire: u16, refusal: &Refusal) {
    if write(&mut send, wire, &Reply::Refused(refusal.clone()))
        .await
        .is_ok()
    {
        let _ = send.finish();
        let _ = send.stopped().await;
    }
}
