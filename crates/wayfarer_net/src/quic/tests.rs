//! A host against programs that are not ours: raw QUIC connections that break the rules.

use std::{sync::Arc, time::Duration};

use bytes::{BufMut, BytesMut};
use quinn::{Connection, ConnectionError, Endpoint};
use tokio::{sync::mpsc, time::timeout};

use super::{
    attempts::Attempts,
    channels::{Lane, Lanes},
    endpoint::{SERVER_NAME, client_config, dial_from, listen, provider},
    frame::{kind, put_varint},
    goodbye::{End, from_error},
    hello::client_side::{Guest, say_hello},
    host::keep_door,
    pipe::Received,
    seats::{Expectation, HostShared, NewClient, RefusedClient},
    verifier::PinnedHost,
};
use crate::{
    identity::{BanList, HostKey, PlayerKeys},
    session::{HelloInfo, JoinRefusal, LeaveReason, SessionLimits},
};

struct Host {
    endpoint: Endpoint,
    shared: Arc<HostShared>,
    joins: mpsc::Receiver<NewClient>,
    refusals: mpsc::Receiver<RefusedClient>,
}

fn lanes() -> Lanes {
    let lane = |unreliable, max| Lane { unreliable, max };
    Lanes {
        to_host: [lane(false, 4096), lane(true, 4096), lane(false, 4096)].into(),
        to_client: [lane(false, 1 << 20), lane(true, 1 << 20)].into(),
    }
}

fn host(limits: SessionLimits) -> Host {
    let (join_sender, joins) = mpsc::channel(8);
    let (refusal_sender, refusals) = mpsc::channel(64);
    let expectation = Expectation {
        hello: Arc::default(),
        code: None,
        max_players: 8,
        name: "Cave".into(),
        closing: None,
    };
    let socket = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
    let endpoint = listen(socket, &HostKey::generate().unwrap(), &lanes(), &limits).unwrap();
    let shared = Arc::new(HostShared::new(
        expectation,
        lanes(),
        limits,
        BanList::in_memory(),
        join_sender,
        refusal_sender,
    ));
    tokio::spawn(keep_door(endpoint.clone(), Arc::clone(&shared)));
    Host {
        endpoint,
        shared,
        joins,
        refusals,
    }
}

/// A TLS connection without any hello.
async fn raw(host: &Host) -> (Endpoint, Connection) {
    let address = host.endpoint.local_addr().unwrap();
    let endpoint = dial_from(address).unwrap();
    let verifier = Arc::new(PinnedHost::new(None, provider()));
    let config = client_config(verifier, &lanes(), &SessionLimits::default()).unwrap();
    let connecting = endpoint.connect_with(config, address, SERVER_NAME).unwrap();
    let connection = connecting.await.unwrap();
    (endpoint, connection)
}

/// A connection that is in, without our pipe on this end.
async fn insider(host: &mut Host) -> (Endpoint, Connection, NewClient) {
    let (endpoint, connection) = raw(host).await;
    let keys = PlayerKeys::generate().unwrap();
    let guest = Guest {
        code: None,
        player: &keys,
        name: "Eve",
        hello: &HelloInfo::default(),
        lanes: lanes().counts(),
    };
    assert_eq!(say_hello(&connection, &guest).await, Ok("Cave".into()));
    let client = host.joins.recv().await.unwrap();
    (endpoint, connection, client)
}

async fn end_of(connection: &Connection) -> LeaveReason {
    let error = timeout(Duration::from_secs(3), connection.closed())
        .await
        .expect("closed");
    from_error(End::Client, &error)
}

fn header(kind: u8, lane: usize) -> BytesMut {
    let mut bytes = BytesMut::new();
    bytes.put_u8(kind);
    put_varint(&mut bytes, lane);
    bytes
}

async fn send_raw(connection: &Connection, bytes: &[u8]) {
    let mut stream = connection.open_uni().await.unwrap();
    let _ = stream.write_all(bytes).await;
    let _ = stream.finish();
    // Dropping a stream that was not read would reset it.
    let _ = timeout(Duration::from_millis(500), stream.stopped()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rule_breakers_are_thrown_out_with_words() {
    let mut oversized = header(kind::LANE, 0);
    put_varint(&mut oversized, 4097);
    let mut truncated = header(kind::LANE, 0);
    put_varint(&mut truncated, 100);
    truncated.put_slice(&[1; 99]);
    let mut number = header(kind::LANE, 0);
    number.put_slice(&[0xff; 8]);
    let mut single = header(kind::SINGLE, 1);
    single.put_slice(&[0; 5000]);
    let cases: [(&str, &[u8], &str); 8] = [
        ("a frame above the limit", &oversized, "4097"),
        ("a frame that ends early", &truncated, "ends inside"),
        ("a length without end", &number, "malformed length"),
        ("an unreliable message above the limit", &single, "allowed"),
        ("no such channel", &header(kind::LANE, 3), "does not exist"),
        (
            "an unreliable channel as a stream",
            &header(kind::LANE, 1),
            "unknown kind",
        ),
        (
            "a reliable channel as a single message",
            &header(kind::SINGLE, 0),
            "unknown kind",
        ),
        ("no such kind", &header(9, 0), "unknown kind"),
    ];
    let mut host = host(SessionLimits::default());
    for (what, bytes, words) in cases {
        let (_endpoint, connection, mut client) = insider(&mut host).await;
        send_raw(&connection, bytes).await;
        let reason = end_of(&connection).await;
        let LeaveReason::Violation { what: told } = &reason else {
            panic!("{what}: {reason:?}");
        };
        assert!(told.contains(words), "{what}: {told}");
        let end = loop {
            match client.pipe.receive() {
                Received::Ended(reason) => break reason,
                Received::Message(..) => panic!("{what}: nothing may come through"),
                Received::Nothing => tokio::time::sleep(Duration::from_millis(1)).await,
            }
        };
        assert_eq!(end, reason, "{what}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_streams_for_one_channel_and_bad_datagrams_end_it() {
    let mut host = host(SessionLimits::default());
    let (_endpoint, connection, _client) = insider(&mut host).await;
    send_raw(&connection, &header(kind::LANE, 2)).await;
    send_raw(&connection, &header(kind::LANE, 2)).await;
    assert!(matches!(
        end_of(&connection).await,
        LeaveReason::Violation { .. }
    ));

    for datagram in [
        &[0_u8, 1][..],
        &[7, 1],
        &[0xff, 0xff, 0xff, 0xff, 0xff],
        &[],
    ] {
        let (_endpoint, connection, _client) = insider(&mut host).await;
        connection.send_datagram(datagram.to_vec().into()).unwrap();
        let reason = end_of(&connection).await;
        assert!(
            matches!(reason, LeaveReason::Violation { .. }),
            "{datagram:?}: {reason:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn garbage_in_the_hello_is_refused_and_counted_for_nothing() {
    let mut host = host(SessionLimits::default());
    let mut too_long = BytesMut::new();
    put_varint(&mut too_long, (64 << 10) + 1);
    let mut other = BytesMut::from(&b"\x0cHTTP/1.1 GET"[..]);
    other.put_slice(&[b'x'; 100]);
    let mut empty = BytesMut::new();
    put_varint(&mut empty, 6);
    empty.put_slice(b"WAYF\x01\x00");
    for bytes in [&too_long[..], &other, &empty, &[0xff; 300], &[0]] {
        let (_endpoint, connection) = raw(&host).await;
        let (mut send, mut receive) = connection.open_bi().await.unwrap();
        let _ = send.write_all(bytes).await;
        let answer = timeout(Duration::from_secs(3), receive.read_to_end(64 << 10)).await;
        assert!(
            matches!(answer, Ok(Ok(bytes)) if bytes.starts_with(b"WAYF") || bytes[1..].starts_with(b"WAYF"))
        );
        connection.close(0_u32.into(), b"");
        let told = timeout(Duration::from_secs(3), host.refusals.recv())
            .await
            .unwrap();
        assert!(matches!(
            told.unwrap().refusal,
            JoinRefusal::BadHello { .. }
        ));
    }
    assert!(host.joins.try_recv().is_err());
    insider(&mut host).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_says_nothing_is_thrown_out_and_blocks_nobody() {
    let limits = SessionLimits {
        hello_timeout: Duration::from_millis(600),
        hellos_per_address: 3,
        ..SessionLimits::default()
    };
    let mut host = host(limits);
    let mut silent = Vec::new();
    for _ in 0..3 {
        silent.push(raw(&host).await);
    }
    // Three are in the hello from this address: the fourth is told to come back later.
    let address = host.endpoint.local_addr().unwrap();
    let endpoint = dial_from(address).unwrap();
    let verifier = Arc::new(PinnedHost::new(None, provider()));
    let config = client_config(verifier, &lanes(), &SessionLimits::default()).unwrap();
    let fourth = endpoint
        .connect_with(config, address, SERVER_NAME)
        .unwrap()
        .await;
    assert!(
        matches!(fourth, Err(ConnectionError::ConnectionClosed(_))),
        "{fourth:?}"
    );

    for (_, connection) in &silent {
        let _ = timeout(Duration::from_secs(3), connection.closed())
            .await
            .expect("timed out");
    }
    insider(&mut host).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_signature_of_another_connection_is_worthless() {
    use super::hello::messages::{Opening, Refusal, Reply, read, write};
    let host = host(SessionLimits::default());
    let keys = PlayerKeys::generate().unwrap();
    // A hostile host that was given this signature in its own TLS session passes it on.
    let (_first, elsewhere) = raw(&host).await;
    let mut exporter = [0; 32];
    elsewhere
        .export_keying_material(&mut exporter, b"wayfarer player", b"")
        .unwrap();
    let statement = [b"wayfarer player v1".as_slice(), &exporter].concat();

    let (_second, connection) = raw(&host).await;
    let (mut send, receive) = connection.open_bi().await.unwrap();
    let opening = Opening {
        key: keys.public().0,
        signature: keys.sign(&statement),
        pake: None,
    };
    write(&mut send, 1, &opening).await.unwrap();
    let mut reader = super::frame::FrameReader::new(receive);
    let reply: Reply = read(&mut reader, 1).await.unwrap();
    assert!(
        matches!(reply, Reply::Refused(Refusal::BadProof)),
        "{reply:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_stops_reading_is_dropped_not_buffered() {
    let limits = SessionLimits {
        host_queue: 1 << 20,
        ..SessionLimits::default()
    };
    let mut host = host(limits);
    let (_endpoint, _connection, mut client) = insider(&mut host).await;
    let mut sent = 0;
    let full = loop {
        match client.pipe.send(0, vec![0; 64 << 10].into()) {
            Ok(()) => sent += 64 << 10,
            Err(problem) => break problem,
        }
        assert!(sent < 64 << 20, "it must end");
        tokio::time::sleep(Duration::from_micros(200)).await;
    };
    assert_eq!(full, super::outbox::SendProblem::Full);
    assert_eq!(host.shared.limits.host_queue, 1 << 20);
    let unfit = client.pipe.send(99, vec![0].into());
    assert_eq!(unfit, Err(super::outbox::SendProblem::Unfit { max: 0 }));
}

#[test]
fn attempts_are_per_host() {
    let attempts = Attempts::new(0, Duration::from_secs(1));
    let now = std::time::Instant::now();
    assert_eq!(
        attempts.begin([1, 1, 1, 1].into(), now),
        Ok(0),
        "at least one try"
    );
}
