use std::time::{Duration, Instant};

use bevy::{app::AppExit, prelude::*};
use bevy_replicon::prelude::*;
use wayfarer_net::session::*;

use super::{join::health, support::*};

#[test]
fn a_kick_comes_with_its_reason_and_after_what_was_said_before() {
    let (mut host, address) = host(host_wish());
    let wish = join_wish(address);
    let mut client = join(&mut host, wish.clone());
    let entity = player(&mut host);
    // The answer of the same frame must still arrive.
    host.world_mut().write_message(ToClients {
        targets: SendTargets::Single(ClientId::Client(entity)),
        message: Answer(77),
    });
    host.world_mut().write_message(Kick {
        client: entity,
        reason: "be\nkind".into(),
    });
    host.update();
    assert_eq!(players(&mut host), 0, "gone at once on the host");
    wait_for(&mut [&mut host, &mut client], "kick", |apps| {
        lost(apps[1]).is_some()
    });
    let reason = lost(&client).unwrap();
    assert_eq!(
        reason,
        LeaveReason::Kicked {
            reason: "be kind".into()
        }
    );
    assert!(reason.to_string().contains("be kind"));
    assert_eq!(log(&client).answers, [77]);
    // A kick is no ban.
    drop(join(&mut host, wish));
}

#[test]
fn a_disconnect_request_of_replicon_is_obeyed() {
    let (mut host, address) = host(host_wish());
    let mut client = join(&mut host, join_wish(address));
    let entity = player(&mut host);
    host.world_mut()
        .write_message(DisconnectRequest { client: entity });
    wait_for(&mut [&mut host, &mut client], "disconnect", |apps| {
        matches!(lost(apps[1]), Some(LeaveReason::Kicked { .. }))
    });
}

#[test]
fn players_are_told_why_the_host_stops_and_the_port_is_free_again() {
    let (mut host, address) = host(host_wish());
    let mut clients = [
        join(&mut host, join_wish(address)),
        join(&mut host, join_wish(address)),
    ];
    host.world_mut().write_message(StopHosting {
        reason: "dinner".into(),
    });
    // The very next wish is to host on the same port.
    host.update();
    assert_eq!(status(&host), SessionStatus::Offline);
    host.world_mut().write_message(HostSession {
        bind: address,
        ..host_wish()
    });
    let [one, two] = &mut clients;
    wait_for(&mut [&mut host, one, two], "goodbye", |apps| {
        let dinner = LeaveReason::HostClosed {
            reason: "dinner".into(),
        };
        lost(apps[1]) == Some(dinner.clone()) && lost(apps[2]) == Some(dinner)
    });
    wait_for(
        &mut [&mut host],
        "hosting again",
        |apps| matches!(status(apps[0]), SessionStatus::Hosting { local_address, .. } if local_address == address),
    );
    assert_eq!(players(&mut host), 0);
    drop(join(&mut host, join_wish(address)));
}

#[test]
fn quitting_tells_the_others_quickly() {
    let (mut host, address) = host(host_wish());
    let mut client = join(&mut host, join_wish(address));
    host.world_mut().write_message(AppExit::Success);
    let start = Instant::now();
    host.update();
    assert!(
        start.elapsed() < Duration::from_millis(450),
        "{:?}",
        start.elapsed()
    );
    drop(host);
    wait_for(&mut [&mut client], "goodbye", |apps| {
        matches!(lost(apps[0]), Some(LeaveReason::HostClosed { .. }))
    });
}

#[test]
fn a_client_that_quits_or_drops_is_noticed_at_once() {
    let (mut host, address) = host(host_wish());
    for quit in [true, false] {
        let mut client = join(&mut host, join_wish(address));
        if quit {
            client.world_mut().write_message(AppExit::Success);
            client.update();
        }
        drop(client);
        let start = Instant::now();
        wait_for(&mut [&mut host], "leaving", |apps| players(apps[0]) == 0);
        assert!(start.elapsed() < Duration::from_secs(1));
        let last = log(&host)
            .events
            .iter()
            .rev()
            .find_map(|event| match event {
                SessionEvent::PlayerLeft { reason, .. } => Some(reason.clone()),
                _ => None,
            });
        assert_eq!(last, Some(LeaveReason::Left));
    }
}

#[test]
fn a_silent_client_is_lost_after_the_silence() {
    let limits = SessionLimits {
        silence: Duration::from_millis(800),
        ..SessionLimits::default()
    };
    let (mut host, address) = host_app(app_with(limits), host_wish());
    let proxy = super::proxy::Proxy::start(address, super::proxy::Weather::default());
    let mut client = join(&mut host, join_wish(proxy.address()));
    proxy.cut();
    wait_for(&mut [&mut host, &mut client], "loss", |apps| {
        players(apps[0]) == 0 && lost(apps[1]) == Some(LeaveReason::TimedOut)
    });
    assert!(log(&host).events.iter().any(|event| {
        matches!(
            event,
            SessionEvent::PlayerLeft {
                reason: LeaveReason::TimedOut,
                ..
            }
        )
    }));
}

#[test]
fn answers_to_somebody_who_left_harm_nobody() {
    let (mut host, address) = host(host_wish());
    let mut client = join(&mut host, join_wish(address));
    let entity = player(&mut host);
    ask(&mut client, 1, 0);
    client.update();
    drop(client);
    for _ in 0..50 {
        host.world_mut().write_message(ToClients {
            targets: SendTargets::Single(ClientId::Client(entity)),
            message: Answer(1),
        });
        run_for(&mut [&mut host], Duration::from_millis(4));
    }
    assert_eq!(players(&mut host), 0);
    host.world_mut().spawn((Replicated, Health(3)));
    let mut other = join(&mut host, join_wish(address));
    wait_for(&mut [&mut host, &mut other], "the world", |apps| {
        health(apps[1]) == [Health(3)]
    });
}
