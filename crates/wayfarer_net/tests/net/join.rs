use std::time::Duration;

use bevy::prelude::*;
use bevy_replicon::prelude::*;
use wayfarer_net::{identity::*, session::*};

use super::{
    proxy::{Proxy, Weather},
    support::*,
};

#[test]
fn joined_players_see_the_world_and_are_heard() {
    let code: JoinCode = "kelp-42".parse().unwrap();
    let (mut host, address) = host(HostSession {
        join_code: Some(code),
        ..host_wish()
    });
    let keys = PlayerKeys::generate().unwrap();
    let mut client = join(
        &mut host,
        JoinSession {
            code: Some(" KELP 42".parse().unwrap()),
            player: keys.clone(),
            display_name: "  Ann\u{202e} \n of Hay ".into(),
            ..join_wish(address)
        },
    );

    let entity = player(&mut host);
    let seen = host.world().get::<ConnectedPlayer>(entity).unwrap();
    assert_eq!(seen.name, "Ann of Hay");
    assert_eq!((seen.key, seen.player), (keys.public(), keys.public().id()));
    let SessionStatus::Joined { host_name, .. } = status(&client) else {
        panic!("not joined");
    };
    assert_eq!(host_name, "Tom's cave");
    assert!(log(&client).events.iter().any(|event| {
        matches!(
            event,
            SessionEvent::Joined {
                first_visit: true,
                ..
            }
        )
    }));
    assert!(matches!(
        status(&host),
        SessionStatus::Hosting { players: 1, .. }
    ));

    // Host to client: insertion (stream), mutation (datagram).
    let knight = host.world_mut().spawn((Replicated, Health(10))).id();
    wait_for(&mut [&mut host, &mut client], "the knight", |apps| {
        health(apps[1]) == [Health(10)]
    });
    for next in 11..=15 {
        host.world_mut().get_mut::<Health>(knight).unwrap().0 = next;
        run_for(&mut [&mut host, &mut client], Duration::from_millis(10));
    }
    wait_for(
        &mut [&mut host, &mut client],
        "the knight's wounds",
        |apps| health(apps[1]) == [Health(15)],
    );

    // Client to host and back.
    for number in 0..50 {
        ask(&mut client, number, 900);
    }
    wait_for(&mut [&mut host, &mut client], "answers", |apps| {
        log(apps[1]).answers.len() == 50
    });
    assert!(log(&client).answers.iter().copied().eq(0..50), "in order");
    assert!(log(&host).asked.iter().all(|(from, _)| *from == entity));

    // Statistics arrive for panels.
    wait_for(&mut [&mut host, &mut client], "statistics", |apps| {
        let host = apps[0]
            .world()
            .get::<ConnectedClientStats>(entity)
            .unwrap()
            .rtt
            > 0.0;
        host && apps[1].world().resource::<ClientStats>().rtt > 0.0
    });
    assert!(
        host.world()
            .get::<ConnectedClient>(entity)
            .unwrap()
            .max_size
            > 1100
    );
}

pub fn health(app: &mut App) -> Vec<Health> {
    let world = app.world_mut();
    world.query::<&Health>().iter(world).cloned().collect()
}

#[test]
fn large_messages_travel_in_both_kinds_of_lanes() {
    let (mut host, address) = host(host_wish());
    let mut client = join(&mut host, join_wish(address));
    // 2 000 entities at once: one update message of many packets.
    for index in 0..2000 {
        host.world_mut().spawn((Replicated, Health(index)));
    }
    wait_for(&mut [&mut host, &mut client], "the world", |apps| {
        health(apps[1]).len() == 2000
    });
    // An unreliable message above one packet gets a stream of its own.
    client.world_mut().write_message(Shout(vec![7; 3000]));
    wait_for(&mut [&mut host, &mut client], "a long shout", |apps| {
        log(apps[0]).shouts == 1
    });
}

#[test]
fn the_same_player_replaces_the_old_connection() {
    let (mut host, address) = host(HostSession {
        max_players: 1,
        ..host_wish()
    });
    let wish = join_wish(address);
    let mut old = join(&mut host, wish.clone());
    let old_entity = player(&mut host);

    let mut new = joining(wish);
    wait_for(
        &mut [&mut host, &mut old, &mut new],
        "replacement",
        |apps| lost(apps[1]) == Some(LeaveReason::Replaced) && is_joined(apps[2]),
    );
    assert_ne!(player(&mut host), old_entity);
    assert!(log(&host).events.iter().any(|event| matches!(event,
        SessionEvent::PlayerLeft { client, reason: LeaveReason::Replaced, .. } if *client == old_entity)));
    ask(&mut new, 5, 0);
    wait_for(&mut [&mut host, &mut new], "answer", |apps| {
        log(apps[1]).answers == [5]
    });
}

#[test]
fn a_killed_client_comes_back_at_once() {
    let (mut host, address) = host(HostSession {
        max_players: 1,
        ..host_wish()
    });
    let wish = join_wish(address);
    let proxy = Proxy::start(address, Weather::default());
    let old = join(
        &mut host,
        JoinSession {
            address: proxy.address().to_string(),
            ..wish.clone()
        },
    );
    // No goodbye: the program is gone, as far as the host can tell.
    proxy.cut();
    drop(old);
    let start = std::time::Instant::now();
    let mut new = join_replacing(&mut host, wish);
    assert!(
        start.elapsed() < Duration::from_secs(2),
        "{:?}",
        start.elapsed()
    );
    assert_eq!(players(&mut host), 1);
    ask(&mut new, 1, 0);
    wait_for(&mut [&mut host, &mut new], "answer", |apps| {
        log(apps[1]).answers == [1]
    });
}

fn join_replacing(host: &mut App, wish: JoinSession) -> App {
    let mut client = joining(wish);
    wait_for(&mut [host, &mut client], "return", |apps| {
        is_joined(apps[1])
    });
    let apps: &mut [&mut App] = &mut [host, &mut client];
    run_for(apps, Duration::from_millis(20));
    client
}

#[test]
fn one_app_can_join_leave_and_join_again() {
    let (mut host, address) = host(host_wish());
    let wish = join_wish(address);
    let mut client = join(&mut host, wish.clone());
    for round in 0..3 {
        // Joining while joined leaves first.
        client.world_mut().write_message(wish.clone());
        client.update();
        wait_for(&mut [&mut host, &mut client], "join again", |apps| {
            is_joined(apps[1])
                && log(apps[1])
                    .events
                    .iter()
                    .filter(|e| matches!(e, SessionEvent::Joined { .. }))
                    .count()
                    == round + 2
        });
        run_for(&mut [&mut host, &mut client], Duration::from_millis(20));
        ask(&mut client, round as u32, 0);
        wait_for(&mut [&mut host, &mut client], "answer", |apps| {
            log(apps[1]).answers.len() == round + 1
        });
    }
    assert_eq!(players(&mut host), 1);
}

#[test]
fn without_replication_the_wish_is_refused_in_words() {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, SessionPlugin, SessionPlugin));
    app.world_mut().write_message(host_wish());
    app.update();
    assert_eq!(
        status(&app),
        SessionStatus::HostFailed(HostError::NoReplication)
    );
    app.world_mut()
        .write_message(join_wish(([127, 0, 0, 1], 9).into()));
    app.update();
    assert!(matches!(
        status(&app),
        SessionStatus::Refused(JoinRefusal::Local { .. })
    ));
}
