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

    let quiet = round_trips(&mut [&mut host, &mut good, &mut bad], 0);
    let start = Instant::now();
    let loud = round_trips(&mut [&mut host, &mut good, &mut bad], 200);
    let seconds = start.elapsed().as_secs_f64();
    assert!(loud <= quiet * 2 + 4, "{quiet} frames became {loud}");
    let answers = &log(&good).answers;
    assert!(answers.iter().copied().eq(0..answers.len() as u32));
    // 256 KiB/s are 290 of these a second, and twice as many in a burst: the rest has to wait.
    let from_bad = log(&host).asked.len() - answers.len();
    assert!(
        (from_bad as f64) < 700.0 + 350.0 * seconds,
        "{from_bad} in {seconds} s"
    );
    assert!(is_joined(&good));
}

/// How many frames the good client (the second app) waits for an answer in the middle, while the
/// bad one (the third) asks `flood` times a frame. (Time would measure the bad one's own work.)
fn round_trips(apps: &mut [&mut App], flood: u32) -> u32 {
    let (mut waits, start) = (Vec::new(), Instant::now());
    while start.elapsed() < Duration::from_millis(800) {
        let (asked, mut frames) = (Instant::now(), 0);
        let before = log(apps[1]).answers.len();
        ask(apps[1], before as u32, 100);
        while log(apps[1]).answers.len() == before {
            assert!(is_joined(apps[2]) && asked.elapsed() < Duration::from_secs(5));
            for _ in 0..flood {
                ask(apps[2], 0, 900);
            }
            for app in apps.iter_mut() {
                app.update();
            }
            frames += 1;
        }
        waits.push(frames);
    }
    waits.sort_unstable();
    waits[waits.len() / 2]
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
