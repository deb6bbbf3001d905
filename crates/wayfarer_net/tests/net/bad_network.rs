use std::time::{Duration, Instant};

use bevy_replicon::prelude::*;
use wayfarer_net::session::*;

use super::{
    join::health,
    proxy::{Proxy, Weather},
    support::*,
};

const STORM: Weather = Weather {
    loss_percent: 10,
    duplicate_percent: 5,
    delay_ms: 40,
};

#[test]
fn ten_percent_loss_is_playable() {
    let (mut host, address) = host(HostSession {
        join_code: Some("KELP-42".parse().unwrap()),
        ..host_wish()
    });
    let proxy = Proxy::start(address, STORM);
    let mut client = join(
        &mut host,
        JoinSession {
            code: Some("KELP-42".parse().unwrap()),
            ..join_wish(proxy.address())
        },
    );
    let knight = host.world_mut().spawn((Replicated, Health(0))).id();
    let start = Instant::now();
    let mut number = 0;
    while start.elapsed() < Duration::from_millis(1200) {
        ask(&mut client, number, 100);
        number += 1;
        host.world_mut().get_mut::<Health>(knight).unwrap().0 = number;
        run_for(&mut [&mut host, &mut client], Duration::from_millis(15));
    }
    wait_for(&mut [&mut host, &mut client], "all answers", |apps| {
        log(apps[1]).answers.len() == number as usize && health(apps[1]) == [Health(number)]
    });
    assert!(
        log(&client).answers.iter().copied().eq(0..number),
        "in order, once each"
    );
    assert!(
        proxy.dropped() > 10,
        "the storm was real: {}",
        proxy.dropped()
    );

    // A kick in the storm still brings its reason.
    let entity = player(&mut host);
    host.world_mut().write_message(Kick {
        client: entity,
        reason: "storm".into(),
    });
    wait_for(&mut [&mut host, &mut client], "kick", |apps| {
        lost(apps[1]).is_some()
    });
    assert_eq!(
        lost(&client),
        Some(LeaveReason::Kicked {
            reason: "storm".into()
        })
    );
}

#[test]
fn a_large_world_comes_through_the_storm() {
    let (mut host, address) = host(host_wish());
    for index in 0..1000 {
        host.world_mut()
            .spawn((Replicated, Health(index), Blob(vec![1; 200])));
    }
    let proxy = Proxy::start(address, STORM);
    let start = Instant::now();
    let mut client = joining(join_wish(proxy.address()));
    wait_for(&mut [&mut host, &mut client], "the world", |apps| {
        health(apps[1]).len() == 1000
    });
    // 2 s is the budget of a release build on a free machine.
    let took = start.elapsed();
    assert!(took < Duration::from_secs(5), "{took:?}");
}
