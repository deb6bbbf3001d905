//! What the others notice of somebody who floods the host.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use bevy::prelude::*;
use wayfarer_benches::{
    Row,
    measure::{millis, percentile},
};
use wayfarer_core::{door::DoorMetrics, prelude::PlayerId};
use wayfarer_net::{
    prelude::{LeaveSession, PlayerKeys, SessionStatus},
    session::SessionLimits,
};

use super::{
    game::Actor,
    table::{Table, ask_to_join, is_in, online_game},
};
use crate::{Failure, Rows};

const PLAYERS: u32 = 3;
const ROUNDS: usize = 6;
/// Short enough that the host does not end the flood: it must bear it.
const TIME: Duration = Duration::from_millis(2_500);
/// Requests in each frame of 2 ms: many times what the host reads.
const PER_FRAME: u32 = 20;

/// Somebody at another computer, who joins and floods the host or stays silent.
struct Noise {
    stop: Arc<AtomicBool>,
    joined: Arc<AtomicBool>,
    thread: JoinHandle<Result<u32, String>>,
}

impl Noise {
    fn start(via: SocketAddr, keys: PlayerKeys, actor: Actor, loud: bool) -> Self {
        let (stop, joined) = <(Arc<AtomicBool>, Arc<AtomicBool>)>::default();
        let flags = (Arc::clone(&stop), Arc::clone(&joined));
        let thread = thread::spawn(move || {
            make_noise(via, &keys, actor, loud, &flags).map_err(|error| error.to_string())
        });
        Self {
            stop,
            joined,
            thread,
        }
    }

    /// Ends it; returns how much was asked for.
    fn end(self, table: &mut Table) -> Result<u32, Failure> {
        self.stop.store(true, Ordering::Relaxed);
        let thread = &self.thread;
        table.until("the flood has ended", None, |_, _| thread.is_finished())?;
        let asked = self.thread.join().map_err(|_| "the flooder panicked")?;
        Ok(asked?)
    }
}

fn make_noise(
    via: SocketAddr,
    keys: &PlayerKeys,
    actor: Actor,
    loud: bool,
    (stop, joined): &(Arc<AtomicBool>, Arc<AtomicBool>),
) -> Result<u32, Failure> {
    let mut app = online_game()?;
    // An honest client gives up long before.
    app.insert_resource(SessionLimits {
        client_queue: 256 << 20,
        ..SessionLimits::default()
    });
    ask_to_join(&mut app, via, keys)?;
    let mut asked = 0;
    while !stop.load(Ordering::Relaxed) {
        if is_in(&app, keys) {
            joined.store(true, Ordering::Relaxed);
            for _ in 0..if loud { PER_FRAME } else { 0 } {
                actor.ask(&mut app, asked);
                asked += 1;
            }
        } else if let SessionStatus::Refused(_) | SessionStatus::Lost(_) = app.world().resource() {
            let status = app.world().resource::<SessionStatus>();
            return Err(format!("the flooder is out: {status:?}").into());
        }
        app.update();
        thread::sleep(Duration::from_millis(2));
    }
    app.world_mut().write_message(LeaveSession);
    for _ in 0..10 {
        app.update();
        thread::sleep(Duration::from_millis(2));
    }
    Ok(asked)
}

/// All rows.
pub fn rows() -> Rows {
    let mut table = Table::open(online_game()?)?;
    let address = table.address;
    table.seat(address, PLAYERS)?;
    let keys = PlayerKeys::generate()?;
    let actor = Actor::spawn(&mut table.host, PlayerId(keys.public().id()))?;
    let mut waits = [Vec::new(), Vec::new()];
    for round in 0..ROUNDS * 2 {
        let loud = round % 2 == 1;
        let cut = |table: &Table| {
            let metrics = table.host.world().resource::<DoorMetrics>();
            metrics.rate_limited
        };
        let before = cut(&table);
        let noise = Noise::start(address, keys.clone(), actor, loud);
        let joined = Arc::clone(&noise.joined);
        table.until("the flooder has joined", None, |_, _| {
            joined.load(Ordering::Relaxed)
        })?;
        if let Some(waits) = waits.get_mut(usize::from(loud)) {
            waits.extend(table.play(TIME)?);
        }
        noise.end(&mut table)?;
        if loud != (cut(&table) > before + 100) {
            return Err("the flood did not reach the door, or came from somebody else".into());
        }
    }
    let [quiet, loud] = waits.map(|mut waits| millis(percentile(&mut waits, 95.0)));
    Ok(vec![Row::at_most(
        format!(
            "one client floods with {} requests a second: round trip p95 of the others over the same without the flood ({loud:.1} over {quiet:.1} ms)",
            PER_FRAME * 500
        ),
        loud / quiet,
        "",
        1.2,
    )])
}
