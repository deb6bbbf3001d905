//! The hello as the one who joins says it.

use quinn::{Connection, ConnectionError, RecvStream, SendStream};

use super::{
    exporter,
    messages::{HelloError, Introduction, Opening, Reply, read, write},
    pake::Exchange,
    player_statement,
};
use crate::{
    identity::{JoinCode, PlayerKeys},
    quic::{
        frame::FrameReader,
        goodbye::{End, from_error},
    },
    session::{HelloInfo, JoinRefusal, LeaveReason, clean_name},
};

/// What is said about oneself.
pub(crate) struct Guest<'a> {
    pub code: Option<&'a JoinCode>,
    pub player: &'a PlayerKeys,
    pub name: &'a str,
    pub hello: &'a HelloInfo,
    pub lanes: (u32, u32),
}

/// Says hello; returns the name of the game.
pub(crate) async fn say_hello(
    connection: &Connection,
    guest: &Guest<'_>,
) -> Result<String, JoinRefusal> {
    let streams = connection.open_bi().await;
    let (mut send, receive) = streams.map_err(|error| broken(connection, error.to_string()))?;
    match talk(connection, guest, &mut send, receive).await {
        Ok(result) => result,
        Err(HelloError::OtherVersion(host)) => Err(JoinRefusal::WireVersion {
            host,
            you: guest.hello.wire,
        }),
        Err(HelloError::Malformed(what)) => Err(JoinRefusal::BadHello { what: what.into() }),
        Err(HelloError::Lost(why)) => Err(broken(connection, why)),
    }
}

async fn talk(
    connection: &Connection,
    guest: &Guest<'_>,
    send: &mut SendStream,
    receive: RecvStream,
) -> Result<Result<String, JoinRefusal>, HelloError> {
    let wire = guest.hello.wire;
    let mut reader = FrameReader::new(receive);
    let no_channel = HelloError::Malformed("TLS gave no channel binding");
    let Some(statement) = player_statement(connection) else {
        return Err(no_channel);
    };
    let Some(channel) = exporter(connection, b"wayfarer code") else {
        return Err(no_channel);
    };

    let (exchange, pake) = guest.code.map(Exchange::client).unzip();
    let opening = Opening {
        key: guest.player.public().0,
        signature: guest.player.sign(&statement),
        pake,
    };
    write(send, wire, &opening).await?;

    let theirs = match read::<Reply>(&mut reader, wire).await? {
        Reply::Challenge { pake } => pake,
        Reply::Refused(refusal) => return Ok(Err(refusal.explain(guest.hello))),
        Reply::Welcome { .. } => return Err(HelloError::Malformed("a welcome out of turn")),
    };
    let shared = match (exchange, theirs) {
        (None, None) => None,
        (Some(exchange), Some(theirs)) => match exchange.finish(&theirs, channel) {
            Some(shared) => Some(shared),
            None => return Ok(Err(JoinRefusal::BadProof)),
        },
        (Some(_), None) => return Ok(Err(JoinRefusal::CodeNotAsked)),
        (None, Some(_)) => return Ok(Err(JoinRefusal::CodeNeeded)),
    };

    let packs = &guest.hello.packs;
    let introduction = Introduction {
        proof: shared.as_ref().map(super::pake::Shared::client_proof),
        name: guest.name.to_owned(),
        plugins: guest.hello.plugins.clone(),
        packs: packs.iter().map(|p| (p.name.clone(), p.hash)).collect(),
        lanes: guest.lanes,
    };
    write(send, wire, &introduction).await?;

    match read::<Reply>(&mut reader, wire).await? {
        Reply::Welcome { proof, host_name } => {
            // Whoever let us in must know the code too, or it is not the host we were told of.
            if let Some(shared) = &shared
                && !proof.is_some_and(|proof| shared.is_host_proof(&proof))
            {
                return Ok(Err(JoinRefusal::BadProof));
            }
            Ok(Ok(clean_name(&host_name, "Host")))
        }
        Reply::Refused(refusal) => Ok(Err(refusal.explain(guest.hello))),
        Reply::Challenge { .. } => Err(HelloError::Malformed("a challenge out of turn")),
    }
}

/// A host that stops in the middle of the hello says why as it closes.
fn broken(connection: &Connection, why: String) -> JoinRefusal {
    match connection.close_reason() {
        Some(error @ ConnectionError::ApplicationClosed(_)) => {
            match from_error(End::Client, &error) {
                LeaveReason::HostClosed { reason } => JoinRefusal::HostClosing { reason },
                other => JoinRefusal::Broken {
                    why: other.to_string(),
                },
            }
        }
        _ => JoinRefusal::Broken { why },
    }
}
