//! The runtime thread and what runs on it.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use bevy::prelude::{Entity, Resource};
use quinn::Endpoint;
use tokio::{
    runtime::{Builder, Handle, Runtime},
    sync::{mpsc, oneshot},
    task::{AbortHandle, JoinHandle},
    time::timeout,
};

use super::{CloseCode, HostSession, JoinRefusal, JoinSession, LeaveReason};
use crate::{
    discovery::Advert,
    identity::{Fingerprint, PlayerPublicKey},
    quic::{
        connect::JoinedHost,
        pipe::Pipe,
        seats::{HostShared, NewClient, RefusedClient},
    },
};

/// How long the port of a session that ended may stay taken.
const PORT_KEPT: Duration = Duration::from_secs(3);

/// Owns the one background thread of the network, and the session on it.
#[derive(Resource, Default)]
pub(crate) struct Driver {
    runtime: Option<Runtime>,
    pub role: Role,
    /// Goodbyes under way.
    farewells: Vec<JoinHandle<()>>,
    /// When the last goodbye began.
    parted: Option<Instant>,
    /// A wish to host that waits for the port that the last session still holds.
    pub waiting: Option<(HostSession, Instant)>,
    /// A wish to join that waits for the end of the session before.
    pub next_join: Option<JoinSession>,
    /// When statistics were last computed.
    pub counted: Option<Instant>,
}

/// What this program is in the session.
#[derive(Default)]
pub(crate) enum Role {
    #[default]
    Alone,
    Host(Box<HostLink>),
    Joining(Joining),
    Client(Box<ClientLink>),
}

pub(crate) struct HostLink {
    pub runtime: Handle,
    pub endpoint: Endpoint,
    pub shared: Arc<HostShared>,
    pub joins: mpsc::Receiver<NewClient>,
    pub refusals: mpsc::Receiver<RefusedClient>,
    pub clients: HashMap<Entity, Client>,
    pub advert: Option<Advert>,
    pub local_address: SocketAddr,
    pub fingerprint: Fingerprint,
}

/// A connected client on the host.
pub(crate) struct Client {
    pub key: PlayerPublicKey,
    pub name: String,
    pub seat: u64,
    pub pipe: Pipe,
    pub max_size: usize,
}

pub(crate) struct Joining {
    pub outcome: oneshot::Receiver<Result<JoinedHost, JoinRefusal>>,
    pub task: AbortHandle,
    pub address: String,
}

pub(crate) struct ClientLink {
    pub pipe: Pipe,
    pub endpoint: Endpoint,
}

impl Driver {
    /// The runtime, started at the first call.
    pub(crate) fn runtime(&mut self) -> Result<Handle, String> {
        if let Some(runtime) = &self.runtime {
            return Ok(runtime.handle().clone());
        }
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .max_blocking_threads(4)
            .thread_name("wayfarer-net")
            .enable_all()
            .build()
            .map_err(|error| error.to_string())?;
        let handle = runtime.handle().clone();
        self.runtime = Some(runtime);
        Ok(handle)
    }

    /// The outcome of an attempt to join, once there is one.
    pub(crate) fn joined(&mut self) -> Option<Result<JoinedHost, JoinRefusal>> {
        let Role::Joining(joining) = &mut self.role else {
            return None;
        };
        match joining.outcome.try_recv() {
            Ok(outcome) => Some(outcome),
            Err(oneshot::error::TryRecvError::Empty) => None,
            Err(oneshot::error::TryRecvError::Closed) => Some(Err(JoinRefusal::Local {
                why: "the attempt was cut off".into(),
            })),
        }
    }

    /// Runs a goodbye in the background.
    pub(crate) fn farewell(&mut self, work: impl Future<Output = ()> + Send + 'static) {
        self.farewells.retain(|task| !task.is_finished());
        self.parted = Some(Instant::now());
        if let Some(runtime) = &self.runtime {
            self.farewells.push(runtime.spawn(work));
        }
    }

    /// Whether the last session may still hold its port.
    pub(crate) fn is_parting(&self) -> bool {
        self.farewells.iter().any(|task| !task.is_finished())
            || self.parted.is_some_and(|at| at.elapsed() < PORT_KEPT)
    }

    /// Ends the session, telling the others why, without waiting for them.
    pub(crate) fn end(&mut self, reason: LeaveReason, wait: Duration) {
        match std::mem::take(&mut self.role) {
            Role::Alone => {}
            Role::Host(link) => self.farewell(end_host(*link, reason, wait)),
            Role::Joining(joining) => joining.task.abort(),
            Role::Client(link) => self.farewell(end_client(*link, reason, wait)),
        }
    }

    /// Ends everything, waiting at most `wait`. For the end of the program.
    pub(crate) fn shut_down(&mut self, wait: Duration) {
        let reason = match self.role {
            Role::Host(_) => LeaveReason::HostClosed {
                reason: "the host quit".into(),
            },
            _ => LeaveReason::Left,
        };
        self.waiting = None;
        self.end(reason, wait);
        let farewells = std::mem::take(&mut self.farewells);
        if let Some(runtime) = self.runtime.take() {
            // Inside somebody else's runtime blocking would panic; then the last words are
            // best effort.
            if Handle::try_current().is_err() && !farewells.is_empty() {
                let all = async {
                    for farewell in farewells {
                        let _ = farewell.await;
                    }
                };
                let _ = runtime.block_on(async { timeout(wait, all).await });
            }
            runtime.shutdown_background();
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.shut_down(Duration::from_millis(300));
    }
}

async fn end_host(mut link: HostLink, reason: LeaveReason, wait: Duration) {
    let words = reason.words().to_owned();
    link.advert = None;
    link.shared
        .expect(|expected| expected.closing = Some(words.clone()));
    link.joins.close();
    let mut goodbyes = Vec::new();
    for client in std::mem::take(&mut link.clients).into_values() {
        goodbyes.push(tokio::spawn(client.pipe.goodbye(reason.clone(), wait)));
    }
    while let Ok(client) = link.joins.try_recv() {
        goodbyes.push(tokio::spawn(client.pipe.goodbye(reason.clone(), wait)));
    }
    for goodbye in goodbyes {
        let _ = goodbye.await;
    }
    link.endpoint
        .close(CloseCode::HostClosed.into(), words.as_bytes());
    // The socket is ours until the last goodbye was said twice; a new game may want its port.
    let _ = timeout(PORT_KEPT, link.endpoint.wait_idle()).await;
}

pub(crate) async fn end_client(link: ClientLink, reason: LeaveReason, wait: Duration) {
    link.pipe.goodbye(reason, wait).await;
    let _ = timeout(
        wait.min(Duration::from_millis(300)),
        link.endpoint.wait_idle(),
    )
    .await;
}
