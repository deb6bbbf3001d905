//! A session over QUIC on this machine: a host and players who act at random moments.

use std::{
    net::{Ipv4Addr, SocketAddr},
    thread::sleep,
    time::{Duration, Instant},
};

use bevy::prelude::*;
use wayfarer_core::prelude::*;
use wayfarer_inventory::prelude::Inventory;
use wayfarer_net::prelude::*;

use super::{
    game::{Actor, game},
    player::Player,
};
use crate::Failure;

const PATIENCE: Duration = Duration::from_secs(20);
const TICK: Duration = Duration::from_millis(50);

/// A game with a clock of its own that can host and join.
pub fn online_game() -> Result<App, Failure> {
    let mut app = game(NetPlugin)?;
    app.insert_resource(ClockMode::default());
    Ok(app)
}

/// The code of these sessions.
fn code() -> Result<JoinCode, Failure> {
    Ok("FERN-4KLM".parse::<JoinCode>()?)
}

/// Has an app join.
pub fn ask_to_join(app: &mut App, via: SocketAddr, keys: &PlayerKeys) -> Result<(), Failure> {
    let world = app.world_mut();
    let hello = hello_info(world);
    world.write_message(JoinSession {
        address: via.to_string(),
        code: Some(code()?),
        player: keys.clone(),
        display_name: "Pat".to_owned(),
        hello,
        known_hosts: KnownHosts::in_memory(),
    });
    Ok(())
}

/// Whether an app has joined and knows who it is there.
pub fn is_in(app: &App, keys: &PlayerKeys) -> bool {
    let world = app.world();
    matches!(
        world.resource::<SessionStatus>(),
        SessionStatus::Joined { .. }
    ) && world.resource::<LocalPlayer>().player == PlayerId(keys.public().id())
}

/// A host and its players, who run by turns in one thread.
pub struct Table {
    /// Who decides.
    pub host: App,
    /// Where.
    pub address: SocketAddr,
    /// Who acts.
    pub players: Vec<Player>,
    began: Instant,
}

impl Table {
    /// A host with a world of its own making.
    pub fn open(mut host: App) -> Result<Self, Failure> {
        let world = host.world_mut();
        let mut session = HostSession::new("bench", HostKey::generate()?, hello_info(world));
        session.bind = (Ipv4Addr::LOCALHOST, 0).into();
        session.join_code = Some(code()?);
        world.write_message(session);
        let began = Instant::now();
        loop {
            host.update();
            match host.world().resource::<SessionStatus>() {
                SessionStatus::Hosting { local_address, .. } => {
                    let address = *local_address;
                    return Ok(Self {
                        host,
                        address,
                        players: Vec::new(),
                        began,
                    });
                }
                status if began.elapsed() > PATIENCE => {
                    return Err(format!("it does not host: {status:?}").into());
                }
                _ => sleep(Duration::from_millis(1)),
            }
        }
    }

    /// Players join with a character each. Their clocks tick at moments spread evenly between two
    /// ticks of the host, because how long an answer waits for the next tick depends on it.
    pub fn seat(&mut self, via: SocketAddr, count: u32) -> Result<(), Failure> {
        let mut apps = Vec::new();
        for _ in 0..count {
            apps.push(online_game()?);
        }
        for (n, app) in (0..count).zip(apps) {
            let moment = TICK.as_micros() * u128::from(n) / u128::from(count.max(1));
            let moment = moment..moment + 1_000;
            while !moment.contains(&(self.began.elapsed().as_micros() % TICK.as_micros())) {
                sleep(Duration::from_micros(100));
            }
            let keys = PlayerKeys::generate()?;
            let actor = Actor::spawn(&mut self.host, PlayerId(keys.public().id()))?;
            let mut player = Player::new(app, keys, actor, u64::from(n) + 1);
            player.app.update();
            self.host.update();
            self.players.push(player);
        }
        for player in &mut self.players {
            if !is_in(&player.app, &player.keys) {
                ask_to_join(&mut player.app, via, &player.keys)?;
            }
        }
        self.until("all players are in", None, |table, _| {
            table.players.iter().all(|player| {
                let world = player.app.world();
                let mine = world.resource::<UidIndex>().get(player.actor.uid);
                is_in(&player.app, &player.keys)
                    && mine.is_some_and(|entity| world.get::<Inventory>(entity).is_some())
            })
        })?;
        Ok(())
    }

    /// A frame of everybody.
    pub fn frame(&mut self, guest: Option<&mut App>) {
        self.host.update();
        for player in &mut self.players {
            player.app.update();
        }
        if let Some(guest) = guest {
            guest.update();
        }
    }

    /// Frames until something holds; returns how long it took.
    pub fn until(
        &mut self,
        what: &str,
        mut guest: Option<&mut App>,
        mut done: impl FnMut(&mut Self, Option<&mut App>) -> bool,
    ) -> Result<Duration, Failure> {
        let began = Instant::now();
        loop {
            self.frame(guest.as_deref_mut());
            if done(self, guest.as_deref_mut()) {
                return Ok(began.elapsed());
            }
            if began.elapsed() > PATIENCE {
                let status = guest.map(|guest| guest.world().resource::<SessionStatus>().clone());
                return Err(format!("waited in vain until {what}: {status:?}").into());
            }
            sleep(Duration::from_millis(1));
        }
    }

    /// Everybody acts for some time; returns how long each answer took.
    pub fn play(&mut self, time: Duration) -> Result<Vec<Duration>, Failure> {
        let began = Instant::now();
        let mut took = Vec::new();
        loop {
            self.host.update();
            let asking = began.elapsed() < time;
            for player in &mut self.players {
                player.frame(asking, &mut took)?;
            }
            if !asking && self.players.iter().all(Player::is_answered) {
                return Ok(took);
            }
            if began.elapsed() > time + PATIENCE {
                return Err("not every request was answered".into());
            }
            sleep(Duration::from_millis(1));
        }
    }
}
