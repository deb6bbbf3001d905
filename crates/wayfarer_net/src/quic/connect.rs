//! The way in: find the address, shake hands, say hello.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use quinn::{Connection, ConnectionError, Endpoint, TransportErrorCode};
use tokio::{net::lookup_host, task::JoinSet, time::timeout};

use super::{
    channels::Lanes,
    endpoint::{SERVER_NAME, client_config, dial_from, provider},
    goodbye::{End, Ended},
    hello::client_side::{Guest, say_hello},
    pipe::Pipe,
    verifier::PinnedHost,
};
use crate::{
    identity::Fingerprint,
    session::{
        CloseCode, DEFAULT_PORT, JoinRefusal, JoinSession, SessionLimits, clean_line, clean_name,
    },
};

/// Addresses of one name that are tried.
const MAX_ADDRESSES: usize = 4;
/// Head start of each address over the next one.
const STAGGER: Duration = Duration::from_millis(250);

/// We are in.
pub(crate) struct JoinedHost {
    pub pipe: Pipe,
    pub endpoint: Endpoint,
    pub host_name: String,
    pub fingerprint: Fingerprint,
    pub first_visit: bool,
}

/// Joins; takes about twice the hello timeout at most.
pub(crate) async fn join(
    wish: JoinSession,
    lanes: Lanes,
    limits: SessionLimits,
) -> Result<JoinedHost, JoinRefusal> {
    let target = with_port(&wish.address);
    let known = wish.known_hosts.get(&target);
    let addresses = resolve(&wish.address, &target, limits.hello_timeout).await?;
    let (endpoint, connection, fingerprint) =
        race(addresses, &wish.address, &target, known, &lanes, &limits).await?;

    let name = clean_name(&wish.display_name, "Player");
    let guest = Guest {
        code: wish.code.as_ref(),
        player: &wish.player,
        name: &name,
        hello: &wish.hello,
        lanes: lanes.counts(),
    };
    let hello = timeout(limits.hello_timeout * 2, say_hello(&connection, &guest)).await;
    let host_name = match hello {
        Ok(Ok(host_name)) => host_name,
        failed => {
            connection.close(CloseCode::Left.into(), b"");
            // The host waits for this to know that its refusal was heard.
            let _ = timeout(Duration::from_millis(100), endpoint.wait_idle()).await;
            return Err(match failed {
                Ok(Err(refusal)) => refusal,
                _ => JoinRefusal::Broken {
                    why: "the host took too long to answer".into(),
                },
            });
        }
    };

    // Only a host that let us in is worth remembering; its disk is not waited for.
    if known.is_none() {
        let hosts = wish.known_hosts.clone();
        let store = move || {
            if let Err(error) = hosts.remember(&target, fingerprint) {
                tracing::warn!("the host's key is remembered only until the game ends: {error}");
            }
        };
        tokio::task::spawn_blocking(store);
    }
    let pipe = Pipe::start(connection, End::Client, &lanes, &limits, Ended::default());
    Ok(JoinedHost {
        pipe,
        endpoint,
        host_name,
        fingerprint,
        first_visit: known.is_none(),
    })
}

/// `host` → `host:port`, and IPv6 addresses get their brackets.
fn with_port(address: &str) -> String {
    let address = address.trim();
    if let Ok(ip) = address.trim_matches(['[', ']']).parse::<IpAddr>() {
        return SocketAddr::new(ip, DEFAULT_PORT).to_string();
    }
    let has_port = address
        .rsplit_once(':')
        .is_some_and(|(_, port)| !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()));
    if has_port {
        address.to_owned()
    } else {
        format!("{}:{DEFAULT_PORT}", address.trim_end_matches(':'))
    }
}

async fn resolve(
    typed: &str,
    target: &str,
    wait: Duration,
) -> Result<Vec<SocketAddr>, JoinRefusal> {
    let bad = |why: String| JoinRefusal::BadAddress {
        address: clean_line(typed, 100),
        why,
    };
    if target.starts_with(':') {
        return Err(bad("it is empty".into()));
    }
    let found = timeout(wait, lookup_host(target)).await;
    let found = found.map_err(|_| bad("no name server answers".into()))?;
    let addresses: Vec<_> = match found {
        Ok(addresses) => addresses.take(MAX_ADDRESSES).collect(),
        Err(error) => return Err(bad(error.to_string())),
    };
    if addresses.is_empty() {
        return Err(bad("the name has no address".into()));
    }
    if addresses.iter().any(|address| address.port() == 0) {
        return Err(bad("port 0 is not a port".into()));
    }
    Ok(addresses)
}

/// Tries all addresses of a name, each a bit later than the one before; the first that answers
/// wins. ("localhost" is two addresses, and nobody listens on one of them.)
async fn race(
    addresses: Vec<SocketAddr>,
    typed: &str,
    target: &str,
    known: Option<Fingerprint>,
    lanes: &Lanes,
    limits: &SessionLimits,
) -> Result<(Endpoint, Connection, Fingerprint), JoinRefusal> {
    let mut runners = JoinSet::new();
    for (index, address) in (0_u32..).zip(addresses) {
        let verifier = Arc::new(PinnedHost::new(known, provider()));
        let local = |why: String| JoinRefusal::Local { why };
        let config = client_config(Arc::clone(&verifier), lanes, limits).map_err(local)?;
        let (typed, target) = (clean_line(typed, 100), target.to_owned());
        runners.spawn(async move {
            tokio::time::sleep(STAGGER * index).await;
            let endpoint = dial_from(address).map_err(|error| local(error.to_string()))?;
            let connecting = endpoint
                .connect_with(config, address, SERVER_NAME)
                .map_err(|error| local(error.to_string()))?;
            let connection = connecting.await;
            match (connection, known, verifier.offered()) {
                (Ok(connection), _, Some(offered)) => Ok((endpoint, connection, offered)),
                (Err(_), Some(known), Some(offered)) if known != offered => {
                    Err(JoinRefusal::HostKeyChanged {
                        address: target,
                        known,
                        offered,
                    })
                }
                (Err(error), ..) => Err(explain(typed, &error)),
                (Ok(_), _, None) => Err(local("TLS showed no key".into())),
            }
        });
    }
    let mut best = None;
    while let Some(outcome) = runners.join_next().await {
        match outcome {
            Ok(Ok(joined)) => return Ok(joined),
            Ok(Err(refusal)) if best.as_ref().is_none_or(|b| rank(&refusal) > rank(b)) => {
                best = Some(refusal);
            }
            _ => {}
        }
    }
    Err(best.unwrap_or(JoinRefusal::Local {
        why: "the attempt was cut off".into(),
    }))
}

/// Of several failures the player is told the one that says most.
fn rank(refusal: &JoinRefusal) -> u8 {
    match refusal {
        JoinRefusal::HostKeyChanged { .. } => 4,
        JoinRefusal::HostBusy => 3,
        JoinRefusal::NotAHost { .. } => 2,
        JoinRefusal::NoAnswer { .. } => 1,
        _ => 0,
    }
}

fn explain(address: String, error: &ConnectionError) -> JoinRefusal {
    match error {
        ConnectionError::TimedOut | ConnectionError::Reset => JoinRefusal::NoAnswer { address },
        ConnectionError::ConnectionClosed(close)
            if close.error_code == TransportErrorCode::CONNECTION_REFUSED =>
        {
            JoinRefusal::HostBusy
        }
        other => JoinRefusal::NotAHost {
            address,
            why: clean_line(&other.to_string(), 200),
        },
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn addresses_get_their_port() {
        let cases = [
            ("host", "host:27155"),
            (" host:5 ", "host:5"),
            ("host:", "host:27155"),
            ("10.0.0.1", "10.0.0.1:27155"),
            ("10.0.0.1:99", "10.0.0.1:99"),
            ("::1", "[::1]:27155"),
            ("[::1]", "[::1]:27155"),
            ("[::1]:99", "[::1]:99"),
        ];
        for (typed, target) in cases {
            assert_eq!(with_port(typed), target, "{typed}");
        }
    }

    #[tokio::test]
    async fn bad_addresses_say_what_to_type() {
        for typed in ["", "host:99999", "no such name:5", "127.0.0.1:0"] {
            let wait = Duration::from_secs(2);
            let refusal = resolve(typed, &with_port(typed), wait).await;
            let text = refusal.unwrap_err().to_string();
            assert!(text.contains("type host:port"), "{text}");
        }
    }
}
