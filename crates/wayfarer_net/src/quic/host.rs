//! The host's door: accepts connections, hears their hello, gives them a seat.

use std::{sync::Arc, time::Duration};

use quinn::{Connection, Endpoint, Incoming};
use tokio::time::timeout;

use super::{
    goodbye::{End, Ended},
    hello::{
        host_side::{Rejected, hear, refuse},
        messages::Refusal,
    },
    pipe::Pipe,
    seats::{HostShared, InHello, NewClient, RefusedClient},
};
use crate::session::{CloseCode, HelloInfo};

/// Runs until the endpoint is closed.
pub(crate) async fn keep_door(endpoint: Endpoint, shared: Arc<HostShared>) {
    while let Some(incoming) = endpoint.accept().await {
        // Without this, a packet with a forged sender address would cost us a TLS handshake and
        // its victim our answer.
        if !incoming.remote_address_validated() {
            let _ = incoming.retry();
            continue;
        }
        let Ok(place) = Arc::clone(&shared.hellos).try_acquire_owned() else {
            incoming.refuse();
            continue;
        };
        let Some(in_hello) = shared.enter_hello(incoming.remote_address().ip()) else {
            incoming.refuse();
            continue;
        };
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            let seated = admit(incoming, &shared, in_hello).await;
            drop(place);
            if let Some((connection, key, seat)) = seated {
                connection.closed().await;
                shared.stand_up(&key, seat);
            }
        });
    }
}

type Seated = (Connection, crate::identity::PlayerPublicKey, u64);

async fn admit(incoming: Incoming, shared: &Arc<HostShared>, place: InHello) -> Option<Seated> {
    let address = incoming.remote_address();
    let greeted = timeout(shared.hello_timeout(), async {
        let connection = incoming.await.ok()?;
        let guest = hear(&connection, shared).await;
        Some((connection, guest))
    });
    let (connection, guest) = greeted.await.ok().flatten()?;
    let mut guest = match guest {
        Ok(guest) => guest,
        Err(rejected) => {
            turn_away(&connection, shared, rejected).await;
            return None;
        }
    };

    let ended = Ended::default();
    let (key, name) = (guest.key, guest.name.clone());
    let seat = match shared.sit(key, &connection, &ended) {
        Ok(seat) => seat,
        Err(refusal) => {
            turn_away(&connection, shared, guest.reject(refusal)).await;
            return None;
        }
    };
    drop(place);
    let host_name = shared.expectation().name;
    let welcomed = timeout(shared.hello_timeout(), guest.welcome(&host_name)).await;
    if !matches!(welcomed, Ok(Ok(()))) {
        shared.stand_up(&key, seat);
        connection.close(CloseCode::Refused.into(), b"");
        return None;
    }
    let pipe = Pipe::start(
        connection.clone(),
        End::Host,
        &shared.lanes,
        &shared.limits,
        ended,
    );
    let client = NewClient {
        key,
        name,
        address,
        seat,
        pipe,
    };
    if shared.joins.send(client).await.is_err() {
        shared.stand_up(&key, seat);
        return None;
    }
    Some((connection, key, seat))
}

async fn turn_away(connection: &Connection, shared: &HostShared, rejected: Rejected) {
    let Rejected::Refused(refusal, send) = rejected else {
        return;
    };
    // The host does not know the other's files: it reads only which packs differ.
    let told = RefusedClient {
        address: connection.remote_address(),
        refusal: refusal.clone().explain(&HelloInfo::default()),
    };
    let _ = shared.refusals.try_send(told);
    let wire = shared.expectation().hello.wire;
    let _ = timeout(shared.limits.goodbye, refuse(send, wire, &refusal)).await;
    // Whoever does not close on its own after a refusal is closed.
    let _ = timeout(Duration::from_millis(100), connection.closed()).await;
    connection.close(CloseCode::Refused.into(), words(&refusal));
}

fn words(refusal: &Refusal) -> &'static [u8] {
    match refusal {
        Refusal::WireVersion { .. } => b"other version",
        Refusal::Protocol(_) => b"other plugins",
        Refusal::Content { .. } => b"other content",
        Refusal::CodeNeeded | Refusal::WrongCode { .. } => b"wrong code",
        Refusal::TooManyTries { .. } => b"too many tries",
        Refusal::Full { .. } => b"full",
        Refusal::Banned { .. } => b"banned",
        Refusal::BadProof => b"bad proof",
        Refusal::HostClosing { .. } => b"closing",
        Refusal::BadHello { .. } => b"bad hello",
    }
}
