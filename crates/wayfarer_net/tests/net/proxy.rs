//! A bad network: a UDP proxy that drops, delays, reorders and duplicates, and can be cut.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap},
    net::{SocketAddr, UdpSocket},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use super::garbage::Dice;

/// How bad it is.
#[derive(Clone, Copy, Default)]
pub struct Weather {
    pub loss_percent: u64,
    pub duplicate_percent: u64,
    /// Each packet waits 0 to this long on its own, so later ones overtake.
    pub delay_ms: u64,
}

pub struct Proxy {
    address: SocketAddr,
    stop: Arc<AtomicBool>,
    cut: Arc<AtomicBool>,
    dropped: Arc<AtomicU64>,
    thread: Option<JoinHandle<()>>,
}

impl Proxy {
    pub fn start(host: SocketAddr, weather: Weather) -> Self {
        let front = UdpSocket::bind("127.0.0.1:0").unwrap();
        let address = front.local_addr().unwrap();
        let (stop, cut, dropped) = <(Arc<AtomicBool>, Arc<AtomicBool>, Arc<AtomicU64>)>::default();
        let shared = (Arc::clone(&stop), Arc::clone(&cut), Arc::clone(&dropped));
        let thread = thread::spawn(move || run(&front, host, weather, shared));
        Self {
            address,
            stop,
            cut,
            dropped,
            thread: Some(thread),
        }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// From now on nothing passes.
    pub fn cut(&self) {
        self.cut.store(true, Ordering::Relaxed);
    }

    pub fn dropped(&self) -> u64 {
        self.dropped.load(Ordering::Relaxed)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// One socket towards the host per client, so that the host sees different players.
struct Link {
    client: SocketAddr,
    back: UdpSocket,
}

type Flags = (Arc<AtomicBool>, Arc<AtomicBool>, Arc<AtomicU64>);

fn run(front: &UdpSocket, host: SocketAddr, weather: Weather, (stop, cut, dropped): Flags) {
    front.set_nonblocking(true).unwrap();
    let mut dice = Dice(0x1234_5678_9abc_def1);
    let mut links: Vec<Link> = Vec::new();
    let mut by_client: HashMap<SocketAddr, usize> = HashMap::new();
    // (when, number, link, to the host?, bytes)
    let mut waiting: BinaryHeap<Reverse<(Instant, u64, usize, bool, Vec<u8>)>> = BinaryHeap::new();
    let (mut number, mut buffer) = (0, [0; 2048]);
    while !stop.load(Ordering::Relaxed) {
        let mut arrived = Vec::new();
        while let Ok((length, client)) = front.recv_from(&mut buffer) {
            let link = *by_client.entry(client).or_insert_with(|| {
                let back = UdpSocket::bind("127.0.0.1:0").unwrap();
                back.set_nonblocking(true).unwrap();
                back.connect(host).unwrap();
                links.push(Link { client, back });
                links.len() - 1
            });
            arrived.push((link, true, buffer[..length].to_vec()));
        }
        for (index, link) in links.iter().enumerate() {
            while let Ok(length) = link.back.recv(&mut buffer) {
                arrived.push((index, false, buffer[..length].to_vec()));
            }
        }
        let now = Instant::now();
        for (link, to_host, bytes) in arrived {
            if cut.load(Ordering::Relaxed) || dice.next() % 100 < weather.loss_percent {
                dropped.fetch_add(1, Ordering::Relaxed);
                continue;
            }
            let copies = 1 + u64::from(dice.next() % 100 < weather.duplicate_percent);
            for _ in 0..copies {
                let delay = Duration::from_micros(dice.next() % (weather.delay_ms * 1000 + 1));
                waiting.push(Reverse((now + delay, number, link, to_host, bytes.clone())));
                number += 1;
            }
        }
        while waiting
            .peek()
            .is_some_and(|Reverse((when, ..))| *when <= Instant::now())
        {
            let Some(Reverse((_, _, link, to_host, bytes))) = waiting.pop() else {
                break;
            };
            let link = &links[link];
            let _ = if to_host {
                link.back.send(&bytes)
            } else {
                front.send_to(&bytes, link.client)
            };
        }
        thread::sleep(Duration::from_micros(500));
    }
}
