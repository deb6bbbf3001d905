//! A host and its clients in one process, over replicon's own backend for tests: what the host
//! does for its clients, without the network.

use std::time::Duration;

use bevy::prelude::*;
use bevy_replicon::{
    prelude::*,
    test_app::{ServerTestAppExt, TestClientEntity},
};
use wayfarer_benches::measure::time;
use wayfarer_core::prelude::*;
use wayfarer_net::replication::{RemotePlayer, ReplicationPlugin};

use super::game::game;
use crate::Failure;

/// Ticks until what is far from every player has fallen asleep.
const SETTLE: u32 = 30;

/// A host and its clients.
pub struct Party {
    /// Who decides.
    pub host: App,
    /// Who asks.
    pub clients: Vec<App>,
    /// What the host sent in the last tick: channel and bytes of each message.
    pub sent: Vec<(usize, usize)>,
}

impl Party {
    /// A host that is still alone; a world can be spawned into it.
    pub fn new() -> Result<Self, Failure> {
        Ok(Self {
            host: game(ReplicationPlugin)?,
            clients: Vec::new(),
            sent: Vec::new(),
        })
    }

    /// Begins to host. Ends when the world has come to rest.
    pub fn open(&mut self) {
        let mut next = self
            .host
            .world_mut()
            .resource_mut::<NextState<ServerState>>();
        next.set(ServerState::Running);
        self.host.update();
        for _ in 0..SETTLE {
            self.tick();
        }
    }

    /// One more player.
    pub fn join(&mut self, player: PlayerId) -> Result<(), Failure> {
        let mut client = game(ReplicationPlugin)?;
        self.host.connect_client(&mut client);
        let seat = **client.world().resource::<TestClientEntity>();
        self.host.world_mut().entity_mut(seat).insert(RemotePlayer {
            player,
            name: player.to_string(),
        });
        self.clients.push(client);
        Ok(())
    }

    /// A tick of everybody; returns what the host's took: the rules and the frame that receives
    /// and sends. Carrying the messages is not in it.
    pub fn tick(&mut self) -> Duration {
        for client in &mut self.clients {
            client.world_mut().run_schedule(RulesTick);
            client.update();
            self.host.exchange_with_client(client);
        }
        let host = &mut self.host;
        let took = time(|| {
            host.world_mut().run_schedule(RulesTick);
            host.update();
        });
        let messages = host.world().resource::<ServerMessages>();
        let sent = messages.iter_sent();
        self.sent.clear();
        self.sent
            .extend(sent.map(|(_, channel, bytes)| (channel, bytes.len())));
        for client in &mut self.clients {
            self.host.exchange_with_client(client);
        }
        took
    }

    /// How many things a client has been shown.
    pub fn seen_by(&self, client: usize) -> usize {
        let world = self.clients.get(client).map(App::world);
        world.map_or(0, |world| world.resource::<UidIndex>().len())
    }
}
