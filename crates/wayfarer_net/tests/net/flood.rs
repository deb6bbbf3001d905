use std::time::{Duration, Instant};

use bevy::prelude::*;
use wayfarer_net::session::*;

use super::support::*;

#[test]
fn a_flooding_client_does_not_stop_the_others() {
    let (mut host, address) = host(host_wish());
    let mut good = join(&mut host, join_wish(address));
    // A client that sends whatever the network takes.
    let mut bad = app_with(SessionLimits {
        client_queue: 256 << 20,
        ..SessionLimits::default()
    });
    bad.world_mut().write_message(join_wish(address));
    wait_for(&mut [&mut host, &mut bad], "join", |apps| {
        is_joined(apps[1])
    });

    let (mut worst, mut round) = (Duration::ZERO, 0);
    let start = Instant::now();
    while start.elapsed() < Duration::from_millis(1500) {
        let asked = Instant::now();
        ask(&mut good, round, 100);
        loop {
            for _ in 0..200 {
                assert!(is_joined(&bad));
                ask(&mut bad, 0, 900);
            }
            for app in [&mut host, &mut good, &mut bad] {
                app.update();
            }
            if log(&good).answers.len() > round as usize {
                break;
            }
            assert!(
                asked.elapsed() < Duration::from_secs(2),
                "the good one waits"
            );
        }
        worst = worst.max(asked.elapsed());
        round += 1;
    }
    assert!(worst < Duration::from_millis(500), "{worst:?}");
    assert!(log(&good).answers.iter().copied().eq(0..round));
    // 256 KiB/s and twice as much in a burst: the rest had to wait or was given up.
    let from_bad = log(&host).asked.len() - round as usize;
    assert!(from_bad < 2000, "{from_bad}");
    assert!(is_joined(&good));
}

#[test]
fn a_flood_of_datagrams_ends_the_connection() {
    let limits = SessionLimits {
        messages_per_second: 50.0,
        ..SessionLimits::default()
    };
    let (mut host, address) = host_app(app_with(limits), host_wish());
    let mut bad = join(&mut host, join_wish(address));
    wait_for(&mut [&mut host, &mut bad], "the end", |apps| {
        for _ in 0..50 {
            apps[1].world_mut().write_message(Shout(vec![1; 20]));
        }
        lost(apps[1]).is_some()
    });
    assert_eq!(lost(&bad), Some(LeaveReason::Flooding));
    wait_for(&mut [&mut host], "the end on the host", |apps| {
        players(apps[0]) == 0
    });
    assert!(log(&host).shouts < 400, "{}", log(&host).shouts);
}

#[test]
fn a_host_that_does_not_look_is_not_filled_up() {
    let (mut host, address) = host(host_wish());
    let mut client = join(&mut host, join_wish(address));
    // The host hangs (it loads a level) while the client goes on asking.
    let start = Instant::now();
    let mut number = 0;
    while start.elapsed() < Duration::from_millis(600) {
        for _ in 0..2 {
            ask(&mut client, number, 500);
            number += 1;
        }
        client.update();
        std::thread::sleep(Duration::from_millis(2));
    }
    assert!(is_joined(&client), "nobody is thrown out for it");
    wait_for(&mut [&mut host, &mut client], "all of it", |apps| {
        log(apps[1]).answers.len() == number as usize
    });
    assert!(log(&client).answers.iter().copied().eq(0..number));
}
