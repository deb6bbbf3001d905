use std::{net::UdpSocket, time::Duration};

use bevy::prelude::*;
use bevy_replicon::prelude::*;
use wayfarer_net::{discovery::LanGames, identity::*, session::*};

use super::support::*;

fn code(text: &str) -> Option<JoinCode> {
    Some(text.parse().unwrap())
}

#[test]
fn wrong_codes_count_down_to_a_pause() {
    let (mut host, address) = host(HostSession {
        join_code: code("KELP-42"),
        ..host_wish()
    });
    let wish = join_wish(address);
    assert_eq!(refused(&mut host, wish.clone()), JoinRefusal::CodeNeeded);
    for tries_left in [4, 3, 2, 1, 0] {
        let wrong = JoinSession {
            code: code("KELP-43"),
            ..wish.clone()
        };
        assert_eq!(
            refused(&mut host, wrong),
            JoinRefusal::WrongCode { tries_left }
        );
    }
    let right = JoinSession {
        code: code("KELP-42"),
        ..wish
    };
    let refusal = refused(&mut host, right);
    let JoinRefusal::TooManyTries { retry_in_s } = refusal else {
        panic!("{refusal:?}");
    };
    assert!((50..=60).contains(&retry_in_s), "{retry_in_s}");
    assert_eq!(players(&mut host), 0);
    let told = log(&host).events.iter().filter(|event| {
        matches!(
            event,
            SessionEvent::PlayerRefused {
                refusal: JoinRefusal::WrongCode { .. },
                ..
            }
        )
    });
    assert_eq!(told.count(), 5, "the host sees who knocks");
}

#[test]
fn an_open_game_does_not_pass_for_a_closed_one() {
    let (mut host, address) = host(host_wish());
    let wish = JoinSession {
        code: code("KELP-42"),
        ..join_wish(address)
    };
    assert_eq!(refused(&mut host, wish), JoinRefusal::CodeNotAsked);
}

#[test]
fn differences_are_spelled_out() {
    let mut theirs = hello();
    theirs.plugins.push(PluginInfo {
        name: "wayfarer_magic".into(),
        version: "0.2".into(),
        hash: 3,
    });
    theirs.packs[0].hash = 2;
    theirs.packs[0].files[0].hash = 99;
    let (mut host, address) = host(HostSession {
        expectation: theirs.clone(),
        ..host_wish()
    });

    let text = refused(&mut host, join_wish(address)).to_string();
    assert!(
        text.contains("host has wayfarer_magic 0.2, you do not"),
        "{text}"
    );

    let mut mine = hello();
    mine.plugins = theirs.plugins.clone();
    let same_plugins = JoinSession {
        hello: mine.clone(),
        ..join_wish(address)
    };
    let text = refused(&mut host, same_plugins).to_string();
    assert!(
        text.contains("pack demo differs: 1 file (items/swords.ron)"),
        "{text}"
    );

    mine.packs.clear();
    let no_packs = JoinSession {
        hello: mine,
        ..join_wish(address)
    };
    let text = refused(&mut host, no_packs).to_string();
    assert!(
        text.contains("host uses pack demo, you do not: install it"),
        "{text}"
    );

    let same = JoinSession {
        hello: theirs,
        ..join_wish(address)
    };
    drop(join(&mut host, same));
}

#[test]
fn other_wire_versions_name_both() {
    let (mut host, address) = host(host_wish());
    for you in [0, 2, 999] {
        let wish = JoinSession {
            hello: HelloInfo {
                wire: you,
                ..hello()
            },
            ..join_wish(address)
        };
        let refusal = refused(&mut host, wish);
        let expected = JoinRefusal::WireVersion { host: 1, you };
        assert_eq!(refusal, expected);
        wait_for(&mut [&mut host], "what the host reads", |apps| {
            log(apps[0]).events.iter().any(|event| {
                matches!(event, SessionEvent::PlayerRefused { refusal, .. } if *refusal == expected)
            })
        });
    }
}

#[test]
fn other_channels_are_another_protocol() {
    let (mut host, address) = host(host_wish());
    // What a game forgets to put in the hello still differs on the wire.
    let mut client = App::new();
    client.add_plugins((
        MinimalPlugins,
        bevy::state::app::StatesPlugin,
        RepliconPlugins.set(RepliconSharedPlugin {
            auth_method: AuthMethod::Custom,
        }),
        SessionPlugin,
    ));
    client.init_resource::<Log>();
    client.finish();
    client.world_mut().write_message(join_wish(address));
    wait_for(&mut [&mut host, &mut client], "refusal", |apps| {
        matches!(
            status(apps[1]),
            SessionStatus::Refused(JoinRefusal::Protocol(_))
        )
    });
}

#[test]
fn a_full_game_says_so_and_has_room_again() {
    let (mut host, address) = host(HostSession {
        max_players: 1,
        ..host_wish()
    });
    let mut first = join(&mut host, join_wish(address));
    assert_eq!(
        refused(&mut host, join_wish(address)),
        JoinRefusal::Full { max: 1 }
    );
    first.world_mut().write_message(LeaveSession);
    wait_for(&mut [&mut host, &mut first], "leaving", |apps| {
        players(apps[0]) == 0
    });
    assert_eq!(status(&first), SessionStatus::Offline);
    assert!(log(&host).events.iter().any(|event| {
        matches!(
            event,
            SessionEvent::PlayerLeft {
                reason: LeaveReason::Left,
                ..
            }
        )
    }));
    run_for(&mut [&mut host, &mut first], Duration::from_millis(100));
    drop(join(&mut host, join_wish(address)));
}

#[test]
fn banned_players_stay_out() {
    let bans = BanList::in_memory();
    let (mut host, address) = host(HostSession {
        bans: bans.clone(),
        ..host_wish()
    });
    let wish = join_wish(address);
    let mut client = join(&mut host, wish.clone());
    let entity = player(&mut host);
    host.world_mut().write_message(Ban {
        client: entity,
        reason: "no stealing".into(),
    });
    let reason = "no stealing".to_owned();
    wait_for(&mut [&mut host, &mut client], "ban", |apps| {
        lost(apps[1])
            == Some(LeaveReason::Banned {
                reason: reason.clone(),
            })
    });
    assert_eq!(
        refused(&mut host, wish.clone()),
        JoinRefusal::Banned { reason }
    );
    bans.pardon(&wish.player.public()).unwrap();
    drop(join(&mut host, wish));
}

#[test]
fn a_host_with_another_key_is_not_trusted() {
    let (first, address) = host(host_wish());
    let wish = join_wish(address);
    let mut first = first;
    let mut client = join(&mut first, wish.clone());
    client.world_mut().write_message(LeaveSession);
    run_for(&mut [&mut first, &mut client], Duration::from_millis(100));
    drop(first);

    let (mut second, _) = host(HostSession {
        bind: address,
        ..host_wish()
    });
    let refusal = refused(&mut second, wish.clone());
    let JoinRefusal::HostKeyChanged { address, .. } = refusal else {
        panic!("{refusal:?}");
    };
    assert_eq!(players(&mut second), 0);
    // The address that the refusal names is the one to forget; others stay known.
    let other = Fingerprint([7; 32]);
    wish.known_hosts.remember("10.0.0.2:27155", other).unwrap();
    wish.known_hosts.forget(&address).unwrap();
    assert_eq!(wish.known_hosts.get(&address), None);
    assert_eq!(wish.known_hosts.get("10.0.0.2:27155"), Some(other));
    let client = join(&mut second, wish.clone());
    let first_visit = log(&client)
        .events
        .iter()
        .any(|event| matches!(event, SessionEvent::Joined { first_visit, .. } if *first_visit));
    assert!(first_visit, "the next visit is the first one again");
}

#[test]
fn nobody_there_and_no_host_there() {
    let silent = UdpSocket::bind("127.0.0.1:0").unwrap();
    let mut client = app_with(SessionLimits {
        silence: Duration::from_millis(400),
        ..SessionLimits::default()
    });
    let address = silent.local_addr().unwrap();
    client.world_mut().write_message(join_wish(address));
    wait_for(&mut [&mut client], "no answer", |apps| {
        matches!(
            status(apps[0]),
            SessionStatus::Refused(JoinRefusal::NoAnswer { .. })
        )
    });
    client.world_mut().write_message(JoinSession {
        address: "not an address".into(),
        ..join_wish(address)
    });
    wait_for(&mut [&mut client], "bad address", |apps| {
        matches!(
            status(apps[0]),
            SessionStatus::Refused(JoinRefusal::BadAddress { .. })
        )
    });
}

#[test]
fn a_game_that_cannot_be_shown_can_still_be_joined() {
    // Nobody else can reach a loopback address, so there is nothing to show.
    let (mut host, address) = host(HostSession {
        advertise_on_lan: true,
        ..host_wish()
    });
    let warned = |event: &SessionEvent| matches!(event, SessionEvent::HostWarning(_));
    wait_for(&mut [&mut host], "the warning", |apps| {
        log(apps[0]).events.iter().any(warned)
    });
    let lan = host.world().resource::<LanGames>();
    assert!(
        lan.warning
            .as_ref()
            .unwrap()
            .contains("tell others the address")
    );
    drop(join(&mut host, join_wish(address)));
}

#[test]
#[ignore = "needs a network with multicast"]
fn games_on_the_local_network_are_found_and_vanish() {
    let (mut host, _) = host(HostSession {
        advertise_on_lan: true,
        bind: ([0, 0, 0, 0], 0).into(),
        ..host_wish()
    });
    let mut seeker = app();
    seeker.world_mut().write_message(BrowseLan::Start);
    wait_for(&mut [&mut host, &mut seeker], "the game", |apps| {
        let games = &apps[1].world().resource::<LanGames>().games;
        games
            .iter()
            .any(|game| game.name == "Tom's cave" && !game.needs_code)
    });
    host.world_mut().write_message(StopHosting {
        reason: String::new(),
    });
    wait_for(&mut [&mut host, &mut seeker], "its end", |apps| {
        apps[1].world().resource::<LanGames>().games.is_empty()
    });
}

#[test]
fn hosting_twice_and_joining_while_hosting_are_refused() {
    let (mut first, address) = host(host_wish());
    let mut second = app();
    second.world_mut().write_message(HostSession {
        bind: address,
        ..host_wish()
    });
    wait_for(&mut [&mut second], "refusal", |apps| {
        status(apps[0]) == SessionStatus::HostFailed(HostError::PortInUse { address })
    });
    first.world_mut().write_message(join_wish(address));
    first.world_mut().write_message(host_wish());
    first.update();
    first.update();
    assert!(
        matches!(status(&first), SessionStatus::Hosting { .. }),
        "it goes on hosting"
    );
    let events = &log(&first).events;
    assert!(events.contains(&SessionEvent::Refused(JoinRefusal::Hosting)));
    assert!(events.contains(&SessionEvent::HostFailed(HostError::Busy)));
}
