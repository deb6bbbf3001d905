//! What the host's tasks share: what is expected, who sits where.

use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use quinn::Connection;
use tokio::sync::{Semaphore, mpsc};

use super::{
    attempts::{Attempts, group},
    bucket::TokenBucket,
    channels::Lanes,
    goodbye::{self, Ended},
    hello::messages::Refusal,
    pipe::Pipe,
};
use crate::{
    identity::{BanList, JoinCode, PlayerPublicKey},
    session::{HelloInfo, JoinRefusal, LeaveReason, SessionLimits},
};

/// Somebody who is in.
pub(crate) struct NewClient {
    pub key: PlayerPublicKey,
    pub name: String,
    pub address: SocketAddr,
    pub seat: u64,
    pub pipe: Pipe,
}

/// Somebody who is not.
pub(crate) struct RefusedClient {
    pub address: SocketAddr,
    pub refusal: JoinRefusal,
}

/// What is asked of those who join.
#[derive(Clone)]
pub(crate) struct Expectation {
    pub hello: Arc<HelloInfo>,
    pub code: Option<JoinCode>,
    pub max_players: u32,
    pub name: String,
    /// The reason, once the host stops.
    pub closing: Option<String>,
}

pub(crate) struct HostShared {
    pub lanes: Lanes,
    pub limits: SessionLimits,
    pub bans: BanList,
    pub attempts: Attempts,
    pub joins: mpsc::Sender<NewClient>,
    pub refusals: mpsc::Sender<RefusedClient>,
    /// How many may be in the hello.
    pub hellos: Arc<Semaphore>,
    expectation: Mutex<Expectation>,
    seats: Mutex<HashMap<PlayerPublicKey, Seat>>,
    guests: Mutex<HashMap<IpAddr, Guests>>,
    next_seat: AtomicU64,
}

/// Who came from one address.
struct Guests {
    inside: usize,
    bucket: TokenBucket,
}

/// Addresses remembered at most.
const MAX_ADDRESSES: usize = 4096;

struct Seat {
    number: u64,
    connection: Connection,
    ended: Ended,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl HostShared {
    pub(crate) fn new(
        expectation: Expectation,
        lanes: Lanes,
        limits: SessionLimits,
        bans: BanList,
        joins: mpsc::Sender<NewClient>,
        refusals: mpsc::Sender<RefusedClient>,
    ) -> Self {
        Self {
            attempts: Attempts::new(limits.code_tries, limits.code_window),
            hellos: Arc::new(Semaphore::new(limits.hellos.clamp(1, 10_000))),
            lanes,
            limits,
            bans,
            joins,
            refusals,
            expectation: Mutex::new(expectation),
            seats: Mutex::default(),
            guests: Mutex::default(),
            next_seat: AtomicU64::new(0),
        }
    }

    pub(crate) fn expectation(&self) -> Expectation {
        lock(&self.expectation).clone()
    }

    pub(crate) fn expect(&self, change: impl FnOnce(&mut Expectation)) {
        change(&mut lock(&self.expectation));
    }

    /// Takes a seat; who had it with the same key is told and goes.
    pub(crate) fn sit(
        &self,
        key: PlayerPublicKey,
        connection: &Connection,
        ended: &Ended,
    ) -> Result<u64, Refusal> {
        let expected = self.expectation();
        if let Some(reason) = expected.closing {
            return Err(Refusal::HostClosing { reason });
        }
        let mut seats = lock(&self.seats);
        let taken = seats.keys().filter(|other| **other != key).count();
        let max = expected.max_players;
        if taken >= max as usize {
            return Err(Refusal::Full { max });
        }
        // The short ids of players are used as names in many places: two of one would be mixed up.
        if seats
            .keys()
            .any(|other| *other != key && other.id() == key.id())
        {
            return Err(Refusal::BadProof);
        }
        let number = self.next_seat.fetch_add(1, Ordering::Relaxed);
        let seat = Seat {
            number,
            connection: connection.clone(),
            ended: Arc::clone(ended),
        };
        if let Some(old) = seats.insert(key, seat) {
            let _ = old.ended.set(LeaveReason::Replaced);
            let wait = self.limits.goodbye;
            tokio::spawn(async move {
                goodbye::say(&old.connection, Vec::new(), &LeaveReason::Replaced, wait).await;
            });
        }
        Ok(number)
    }

    /// Leaves a seat, unless somebody else sits there by now.
    pub(crate) fn stand_up(&self, key: &PlayerPublicKey, number: u64) {
        let mut seats = lock(&self.seats);
        if seats.get(key).is_some_and(|seat| seat.number == number) {
            seats.remove(key);
        }
    }

    /// Counts somebody in the hello; `None` when too many are, from there.
    pub(crate) fn enter_hello(self: &Arc<Self>, address: IpAddr) -> Option<InHello> {
        let address = group(address);
        let now = Instant::now();
        let mut all = lock(&self.guests);
        if all.len() >= MAX_ADDRESSES {
            all.retain(|_, guests| guests.inside > 0 || !guests.bucket.is_full(now));
        }
        if all.len() >= MAX_ADDRESSES && !all.contains_key(&address) {
            return None;
        }
        let guests = all.entry(address).or_insert_with(|| Guests {
            inside: 0,
            bucket: TokenBucket::new(self.limits.hellos_per_second, now),
        });
        if guests.inside >= self.limits.hellos_per_address.max(1)
            || guests.bucket.take(1.0, now).is_err()
        {
            return None;
        }
        guests.inside += 1;
        Some(InHello {
            shared: Arc::clone(self),
            address,
        })
    }

    /// How long the hello may take.
    pub(crate) fn hello_timeout(&self) -> Duration {
        self.limits.hello_timeout
    }
}

/// Somebody is in the hello as long as this lives.
pub(crate) struct InHello {
    shared: Arc<HostShared>,
    address: IpAddr,
}

impl Drop for InHello {
    fn drop(&mut self) {
        let mut all = lock(&self.shared.guests);
        if let Some(guests) = all.get_mut(&self.address) {
            guests.inside = guests.inside.saturating_sub(1);
        }
    }
}
