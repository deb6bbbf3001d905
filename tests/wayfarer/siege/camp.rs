//! A host, a villain and somebody honest, each an app of its own, with sockets between them.

use std::{
    net::{Ipv4Addr, SocketAddr},
    time::{Duration, Instant},
};

use bevy::prelude::*;
use bevy_replicon::prelude::*;
use serde_bytes::ByteBuf;
use wayfarer::{
    core::{
        clock::Paused,
        door::{Answers, DoorLimits, DoorMetrics, Inbox, Request, RequestId},
        state::{WorldRecord, snapshot_world, state_hash},
    },
    net::session::SessionLimits,
    prelude::*,
};

use crate::whole::{
    part::{give_characters, me},
    payloads, rig,
};

/// Puts bytes where the client's own requests go.
#[derive(Resource, Default)]
pub struct Wire {
    /// What an honest request looks like, by which the channel is found.
    marker: Vec<u8>,
    channel: Option<usize>,
    /// What leaves next, after the client's own.
    pub send: Vec<Vec<u8>>,
}

fn tap(mut wire: ResMut<Wire>, mut messages: ResMut<ClientMessages>) {
    let sent: Vec<_> = messages.drain_sent().collect();
    for (channel, bytes) in sent {
        let marker = &wire.marker;
        if !marker.is_empty() && bytes.windows(marker.len()).any(|part| part == marker) {
            wire.channel = Some(channel);
        }
        messages.send(channel, bytes);
    }
    if let Some(channel) = wire.channel {
        for bytes in std::mem::take(&mut wire.send) {
            messages.send(channel, bytes);
        }
    }
}

pub struct Siege {
    pub host: App,
    pub villain: App,
    pub honest: App,
    /// Where the host listens.
    pub address: SocketAddr,
    pub evil: Uid,
    pub good: Uid,
    sequence: u32,
    /// The most that ever waited at the host's door, in and out.
    pub most: (usize, usize),
}

pub fn client(address: SocketAddr, limits: SessionLimits, name: &str) -> App {
    let mut app = rig::game(ClockMode::default());
    app.insert_resource(limits)
        .init_resource::<Wire>()
        .add_systems(
            PostUpdate,
            tap.after(ClientSystems::Send)
                .before(ClientSystems::SendPackets),
        );
    let hello = hello_info(app.world());
    app.world_mut().write_message(JoinSession {
        address: address.to_string(),
        code: None,
        player: PlayerKeys::generate().unwrap(),
        display_name: name.into(),
        hello,
        known_hosts: KnownHosts::in_memory(),
    });
    app
}

impl Siege {
    pub fn new(session: SessionLimits, door: DoorLimits) -> Self {
        let mut host = rig::game(ClockMode::default());
        host.insert_resource(session).insert_resource(door);
        let hello = hello_info(host.world());
        let mut wish = HostSession::new("besieged", HostKey::generate().unwrap(), hello);
        wish.bind = (Ipv4Addr::LOCALHOST, 0).into();
        host.world_mut().write_message(wish);
        let mut address = None;
        assert!(rig::until(&mut host, 10, |host| {
            if let SessionStatus::Hosting { local_address, .. } = host.world().resource() {
                address = Some(*local_address);
            }
            address.is_some()
        }));
        let address: SocketAddr = address.unwrap();
        // The villain's program keeps to no limit of its own.
        let lawless = SessionLimits {
            client_message: 1 << 20,
            client_queue: 256 << 20,
            ..SessionLimits::default()
        };
        let mut siege = Self {
            host,
            villain: client(address, lawless, "Vic"),
            honest: client(address, SessionLimits::default(), "Hope"),
            address,
            evil: payloads::nobody(),
            good: payloads::nobody(),
            sequence: 0,
            most: (0, 0),
        };
        siege.until("both are in", |siege| {
            give_characters(&mut siege.host);
            match (me(&mut siege.villain), me(&mut siege.honest)) {
                (Some(evil), Some(good)) => {
                    (siege.evil, siege.good) = (evil, good);
                    true
                }
                _ => false,
            }
        });
        siege.find_channel();
        // People get hungry by themselves; what is to change here is asked for.
        siege.host.insert_resource(Paused(true));
        siege
    }

    /// By an honest request, to see where it goes.
    fn find_channel(&mut self) {
        let action = DropItem {
            item: Uid::new(0x5eed_5eed_5eed).unwrap(),
            count: Some(77),
        };
        let world = self.villain.world_mut();
        world.resource_mut::<Wire>().marker = postcard::to_stdvec(&action).unwrap();
        let evil = self.evil;
        world.resource_mut::<Outbox>().send(Some(evil), &action);
        let before = self.metrics().received;
        self.until("the first request arrives", |siege| {
            siege.metrics().received > before
        });
        assert!(self.villain.world().resource::<Wire>().channel.is_some());
    }

    pub fn metrics(&self) -> DoorMetrics {
        self.host.world().resource::<DoorMetrics>().clone()
    }

    pub fn hash(&self) -> u64 {
        state_hash(self.host.world())
    }

    /// What of the saved state is not as it was, for failures.
    pub fn changes(&self, before: &WorldRecord) -> Vec<String> {
        let now = snapshot_world(self.host.world());
        let mut changed: Vec<String> = now
            .resources
            .iter()
            .filter(|&(name, part)| before.resources.get(name) != Some(part))
            .map(|(name, _)| name.clone())
            .collect();
        for entity in &now.entities {
            let was = before.entities.iter().find(|e| e.uid == entity.uid);
            for (name, part) in &entity.parts {
                if was.and_then(|was| was.parts.get(name)) != Some(part) {
                    changed.push(format!("{} {name}", entity.uid));
                }
            }
        }
        changed
    }

    pub fn update(&mut self) {
        self.villain.update();
        self.honest.update();
        self.host.update();
        let world = self.host.world();
        let waiting = world.resource::<Inbox>().len();
        let leaving = world.resource::<Answers>().remote.len();
        self.most = (self.most.0.max(waiting), self.most.1.max(leaving));
    }

    pub fn until(&mut self, what: &str, mut done: impl FnMut(&mut Self) -> bool) {
        let end = Instant::now() + Duration::from_secs(30);
        while !done(self) {
            assert!(
                Instant::now() < end,
                "waited in vain until {what}: {:?}, {:?}",
                self.villain.world().resource::<SessionStatus>(),
                self.metrics(),
            );
            self.update();
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    pub fn run_for(&mut self, time: Duration) {
        let end = Instant::now() + time;
        while Instant::now() < end {
            self.update();
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    pub fn request(&mut self, actor: Option<Uid>, action: DefId, payload: Vec<u8>) -> Request {
        self.sequence += 1;
        Request {
            id: RequestId {
                nonce: 0xbad,
                sequence: self.sequence,
            },
            actor,
            expect: Default::default(),
            action,
            payload: ByteBuf::from(payload),
        }
    }

    /// Sends bytes in place of a request.
    pub fn send_bytes(&mut self, bytes: Vec<u8>) {
        // As the wire's own message says it: a length, and the bytes.
        let message = postcard::to_stdvec(&ByteBuf::from(bytes)).unwrap();
        self.send_message(message);
    }

    pub fn send_message(&mut self, message: Vec<u8>) {
        let mut wire = self.villain.world_mut().resource_mut::<Wire>();
        wire.send.push(message);
    }

    pub fn send(&mut self, request: &Request) {
        self.send_bytes(postcard::to_stdvec(request).unwrap());
    }

    /// Waits until the host has looked at everything sent so far: it does so in order.
    pub fn settle(&mut self) {
        let last = self.request(None, DefId(0), Vec::new());
        self.send(&last);
        self.until("the host has seen it all", |siege| {
            let ledger = siege.host.world().resource::<Ledger>();
            ledger.iter().rev().any(|line| line.request.id == last.id)
        });
    }

    /// The honest player asks for something and waits; how long it took.
    pub fn play<A: Action>(&mut self, action: &A) -> (Answered, Duration) {
        let good = self.good;
        let asked = Instant::now();
        let id = self
            .honest
            .world_mut()
            .resource_mut::<Outbox>()
            .send(Some(good), action);
        let mut answer = None;
        self.until("the honest player is answered", |siege| {
            let mut told = siege
                .honest
                .world_mut()
                .resource_mut::<Messages<Answered>>();
            answer = answer.take().or(told.drain().find(|told| told.id == id));
            answer.is_some()
        });
        (answer.unwrap(), asked.elapsed())
    }
}
