use std::{
    collections::HashMap,
    io,
    net::UdpSocket,
    sync::Arc,
    time::{Duration, Instant},
};

use bevy::prelude::*;
use bevy_replicon::prelude::{RepliconChannels, ServerMessages, ServerState};
use tokio::sync::mpsc;

use super::forget;
use crate::{
    discovery::{Advert, AdvertRecord, LanGames},
    quic::{
        channels::Lanes,
        endpoint::listen,
        host::keep_door,
        seats::{Expectation, HostShared},
    },
    session::{
        HostError, HostSession, LeaveReason, SessionEvent, SessionLimits, SessionStatus,
        StopHosting, UpdateHello, clean_line, clean_name,
        driver::{Driver, HostLink, Role},
    },
};

/// How long a wish to host waits for the port of the session before.
const PORT_WAIT: Duration = Duration::from_secs(3);

/// Starts and stops hosting.
pub(in crate::session) fn wishes(
    mut hosts: MessageReader<HostSession>,
    mut stops: MessageReader<StopHosting>,
    mut hellos: MessageReader<UpdateHello>,
    mut commands: Commands,
    mut driver: ResMut<Driver>,
    mut status: ResMut<SessionStatus>,
    mut events: MessageWriter<SessionEvent>,
    mut lan: ResMut<LanGames>,
    mut next: Option<ResMut<NextState<ServerState>>>,
    channels: Option<Res<RepliconChannels>>,
    messages: Option<Res<ServerMessages>>,
    limits: Res<SessionLimits>,
) {
    if let Some(stop) = stops.read().last() {
        let was_waiting = driver.waiting.take().is_some();
        if matches!(driver.role, Role::Host(_)) || was_waiting {
            let reason = LeaveReason::HostClosed {
                reason: clean_line(&stop.reason, 200),
            };
            if let Role::Host(link) = &driver.role {
                for (entity, client) in &link.clients {
                    forget(*entity, client, reason.clone(), &mut commands, &mut events);
                }
            }
            driver.end(reason, limits.goodbye);
            if let Some(next) = &mut next {
                next.as_mut().set_if_neq(ServerState::Stopped);
            }
            *status = SessionStatus::Offline;
            events.write(SessionEvent::HostingStopped);
        }
    }
    if let Some(UpdateHello(hello)) = hellos.read().last()
        && let Role::Host(link) = &driver.role
    {
        let hello = Arc::new(hello.clone());
        link.shared.expect(|expected| expected.hello = hello);
    }

    let wish = match hosts.read().last() {
        Some(wish) => (wish.clone(), Instant::now()),
        None => match driver.waiting.take() {
            Some(waiting) => waiting,
            None => return,
        },
    };
    let (wish, since) = wish;
    let started = match (&channels, messages.is_some(), next.is_some()) {
        (Some(channels), true, true) => start(&wish, &mut driver, channels, &limits),
        _ => Err(HostError::NoReplication),
    };
    match started {
        Ok(mut link) => {
            if wish.advertise_on_lan {
                advertise(&wish, &mut link, &mut events, &mut lan);
            }
            if let Some(next) = &mut next {
                next.as_mut().set_if_neq(ServerState::Running);
            }
            let local_address = link.local_address;
            *status = SessionStatus::Hosting {
                local_address,
                name: clean_name(&wish.name, "Game"),
                join_code: wish.join_code.clone(),
                fingerprint: link.fingerprint,
                players: 0,
                max_players: wish.max_players,
            };
            driver.role = Role::Host(Box::new(link));
            events.write(SessionEvent::Hosting { local_address });
        }
        // The session before is still saying goodbye on this port.
        Err(HostError::PortInUse { .. }) if driver.is_parting() && since.elapsed() < PORT_WAIT => {
            driver.waiting = Some((wish, since));
        }
        Err(error) => {
            if error != HostError::Busy {
                *status = SessionStatus::HostFailed(error.clone());
            }
            events.write(SessionEvent::HostFailed(error));
        }
    }
}

fn start(
    wish: &HostSession,
    driver: &mut Driver,
    channels: &RepliconChannels,
    limits: &SessionLimits,
) -> Result<HostLink, HostError> {
    if !matches!(driver.role, Role::Alone) {
        return Err(HostError::Busy);
    }
    let address = wish.bind;
    let local = |why: String| HostError::Local { why };
    let socket = UdpSocket::bind(address).map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => HostError::PortInUse { address },
        _ => HostError::Address {
            address,
            why: error.to_string(),
        },
    })?;
    let runtime = driver.runtime().map_err(local)?;
    let _inside = runtime.enter();
    let lanes = Lanes::new(channels, limits);
    let endpoint = listen(socket, &wish.host_key, &lanes, limits).map_err(local)?;
    let local_address = endpoint.local_addr().map_err(|e| local(e.to_string()))?;

    let expectation = Expectation {
        hello: Arc::new(wish.expectation.clone()),
        code: wish.join_code.clone(),
        max_players: wish.max_players,
        name: clean_name(&wish.name, "Game"),
        closing: None,
    };
    let (join_sender, joins) = mpsc::channel(64);
    let (refusal_sender, refusals) = mpsc::channel(64);
    let shared = Arc::new(HostShared::new(
        expectation,
        lanes,
        limits.clone(),
        wish.bans.clone(),
        join_sender,
        refusal_sender,
    ));
    runtime.spawn(keep_door(endpoint.clone(), Arc::clone(&shared)));
    Ok(HostLink {
        runtime: runtime.clone(),
        endpoint,
        shared,
        joins,
        refusals,
        clients: HashMap::new(),
        advert: None,
        local_address,
        fingerprint: wish.host_key.fingerprint(),
    })
}

/// A game that cannot be shown can still be joined by address.
fn advertise(
    wish: &HostSession,
    link: &mut HostLink,
    events: &mut MessageWriter<SessionEvent>,
    lan: &mut LanGames,
) {
    let record = AdvertRecord {
        name: clean_name(&wish.name, "Game"),
        players: 0,
        max_players: wish.max_players,
        needs_code: wish.join_code.is_some(),
        wire: wish.expectation.wire,
    };
    match Advert::start(record, link.local_address, link.fingerprint) {
        Ok(advert) => link.advert = Some(advert),
        Err(why) => {
            let warning =
                format!("the local network cannot see the game ({why}): tell others the address");
            lan.warning = Some(warning.clone());
            events.write(SessionEvent::HostWarning(warning));
        }
    }
}
