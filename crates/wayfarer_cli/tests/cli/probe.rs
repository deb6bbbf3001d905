//! A host in this process, the probe as a program of its own, over the loopback interface.

use std::{
    io::Write,
    net::{Ipv4Addr, SocketAddr, UdpSocket},
    path::Path,
    process::{Child, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use bevy::prelude::*;
use wayfarer_core::{
    content::{ContentAppExt, FolderSource},
    prelude::*,
};
use wayfarer_equipment::prelude::EquipmentPlugin;
use wayfarer_inventory::{
    Inventory, Place,
    actions::{create, create_or_overflow},
};
use wayfarer_net::{identity::*, prelude::*};

use super::support::{Said, command, packs, text, wayfarer};

/// Longest wait for anything.
const PATIENCE: Duration = Duration::from_secs(60);

/// Whoever comes for the first time gets a knight.
fn welcome(
    joined: On<Add, RemotePlayer>,
    players: Query<&RemotePlayer>,
    owners: Query<&Owner>,
    mut commands: Commands,
) {
    if let Ok(remote) = players.get(joined.entity)
        && !owners.iter().any(|owner| owner.0 == remote.player)
    {
        commands.spawn((Character::new("demo:knight"), Owner(remote.player)));
    }
}

fn host(packs: &Path, code: Option<&str>) -> (App, SocketAddr) {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, EquipmentPlugin, NetPlugin))
        .add_pack_source(FolderSource::new(packs))
        .add_observer(welcome);
    app.load_content_now().unwrap();
    app.finish();
    app.cleanup();
    let hello = hello_info(app.world());
    app.world_mut().write_message(HostSession {
        bind: (Ipv4Addr::LOCALHOST, 0).into(),
        join_code: code.map(|code| code.parse().unwrap()),
        ..HostSession::new("Tom's cave", HostKey::generate().unwrap(), hello)
    });
    let start = Instant::now();
    loop {
        app.update();
        if let SessionStatus::Hosting { local_address, .. } = app.world().resource() {
            let address = *local_address;
            return (app, address);
        }
        assert!(start.elapsed() < PATIENCE, "not hosting");
        sleep(Duration::from_millis(2));
    }
}

fn start(packs: &Path, address: SocketAddr, args: &[&str]) -> Child {
    command()
        .args(["probe", &address.to_string(), "--assets", text(packs)])
        .args(args)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .stdin(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Plays the host until the probe has gone.
fn play(host: &mut App, mut probe: Child) -> Said {
    let start = Instant::now();
    while probe.try_wait().unwrap().is_none() {
        host.update();
        sleep(Duration::from_millis(2));
        if start.elapsed() > PATIENCE {
            probe.kill().unwrap();
            panic!(
                "the probe hangs: {:?}",
                Said::from(probe.wait_with_output().unwrap())
            );
        }
    }
    probe.wait_with_output().unwrap().into()
}

fn probe(host: &mut App, packs: &Path, address: SocketAddr, args: &[&str]) -> Said {
    play(host, start(packs, address, args))
}

#[test]
fn a_script_looks_and_acts() {
    let dir = packs();
    let (mut host, address) = host(dir.path(), Some("KELP-42"));
    let said = probe(
        &mut host,
        dir.path(),
        address,
        &[
            "--code",
            "kelp 42",
            "--name",
            "Ann",
            "--exec",
            "people; equip \"iron s\" main; split apple 2; drop apple 99; status",
        ],
    );
    // Two stacks of apples are two things of one name, so nothing is dropped.
    said.expect(
        1,
        &[
            "joined \"Tom's cave\"",
            "Ann",
            "Sir Tom (demo:knight)",
            "Strength 14 (weak)",
            "Health 12 / 12",
            "load: 4.5 of 40 kg",
            "Main hand: #",
            "Apple x 3",
            "Apple x 2",
            "`apple` could be several: Apple #",
            "1 failure in 5 commands",
        ],
    );
    assert_eq!(said.out.matches("done in ").count(), 2, "{said:?}");
}

#[test]
fn refusals_can_be_announced() {
    let dir = packs();
    let (mut host, address) = host(dir.path(), None);
    let good = "expect refused invalid_amount; drop apple 99; drop apple 2; pick apple; hash";
    let said = probe(&mut host, dir.path(), address, &["--exec", good]);
    said.expect(
        0,
        &[
            "refused [invalid_amount]",
            "99 is not a possible amount here.",
        ],
    );

    for (script, part) in [
        ("drop apple 99", "refused [invalid_amount]"),
        (
            "expect refused not_owner; drop apple 99",
            "`refused not_owner` was expected",
        ),
        (
            "expect refused not_owner; drop apple",
            "`refused not_owner` was expected",
        ),
        ("expect refused not_owner; status", "no request came"),
        ("pick #4000000000", "refused [not_found]"),
        ("drop cheese", "there is no item of yours `cheese`"),
    ] {
        let said = probe(&mut host, dir.path(), address, &["--exec", script]);
        said.expect(1, &[part, "1 failure"]);
    }
}

#[test]
fn what_the_host_knows_is_what_is_hashed() {
    let dir = packs();
    let (mut host, address) = host(dir.path(), None);
    let profile = tempfile::tempdir().unwrap();
    let profile = text(profile.path());
    let args = ["--profile", profile, "--exec", "drop iron; wait 300; hash"];
    let said = probe(&mut host, dir.path(), address, &args);
    said.expect(0, &["first visit"]);
    let world = host.world();
    let players: Vec<PlayerId> = world
        .resource::<Players>()
        .iter()
        .map(|(id, _)| id)
        .collect();
    let view = wayfarer_core::state::Viewpoint::Player(players[1], Role::Player);
    let hash = format!("{:016x}", audience_hash(world, view));
    assert!(said.out.contains(&hash), "{hash}: {said:?}");
    // The same player again: the key was kept, the host is known.
    let again = probe(
        &mut host,
        dir.path(),
        address,
        &["--profile", profile, "--exec", "hash"],
    );
    again.expect(0, &[]);
    assert!(!again.out.contains("first visit"));
    assert_eq!(host.world().resource::<Players>().iter().count(), 2);
}

/// Gives the only character something wherever the rule puts it.
fn give(host: &mut App, name: &str, count: u32, place: Option<Place>) -> Uid {
    let world = host.world_mut();
    let mut holders = world.query_filtered::<Entity, With<Inventory>>();
    let holder = holders.single(world).unwrap();
    let def = DefId::of(&format!("demo:{name}"));
    let kind = MovementKind::Granted;
    let given = world.transact("test.give", |txn| match place {
        Some(_) => create(txn, holder, kind, def, count, place),
        None => create_or_overflow(txn, holder, kind, def, count),
    });
    *given.unwrap().last().unwrap()
}

#[test]
fn pockets_and_the_overflow_are_listed() {
    let dir = packs();
    for (path, text) in [
        (
            "demo/items/bags.ron",
            r#"{ "satchel": (name: "Satchel", weight: 1, bulk: 1, container: ["pouch", "lid"]),
                 "box": (name: "Box", weight: 0.5, bulk: 2, container: ["pouch"]) }"#,
        ),
        (
            "demo/compartments/bags.ron",
            r#"{ "pouch": (name: "Pouch", max_bulk: 6, bulk_multiplier: 0), "lid": (name: "Lid") }"#,
        ),
    ] {
        super::support::write(dir.path(), path, text);
    }
    let (mut host, address) = host(dir.path(), None);
    let profile = tempfile::tempdir().unwrap();
    let profile = text(profile.path());
    let args = ["--profile", profile, "--exec", "hash"];
    probe(&mut host, dir.path(), address, &args).expect(0, &[]);
    let inside = |bag| Some(Place::Inside { bag, pocket: 0 });
    let satchel = give(&mut host, "satchel", 1, Some(Place::In(0)));
    let little = give(&mut host, "box", 1, inside(satchel));
    give(&mut host, "apple", 2, inside(little));
    give(&mut host, "great_sword", 1, Some(Place::In(0)));
    give(&mut host, "great_sword", 2, None);
    let args = ["--profile", profile, "--exec", "status"];
    let said = probe(&mut host, dir.path(), address, &args);
    said.expect(0, &[]);
    let from = said.out.find("  0 Bag").expect("a bag");
    let listed: Vec<String> = said.out[from..]
        .lines()
        .take_while(|line| line.starts_with("  "))
        .map(|line| {
            let words = line.split(' ').filter(|word| !word.starts_with('#'));
            words.collect::<Vec<_>>().join(" ")
        })
        .collect();
    let golden = "  0 Bag: 11 of 12 bulk, 12.4 kg
    Iron sword
    Apple x 5
    Satchel
      - Pouch: 2 of 6 bulk, 0.9 kg
        Box
          - Pouch: 2 of 6 bulk, 0.4 kg
            Apple x 2
      - Lid: 0 bulk, 0 kg
    Great sword
  overflow:
    Great sword
    Great sword";
    assert_eq!(listed.join("\n"), golden, "{}", said.out);
}

#[test]
fn commands_come_through_a_pipe() {
    let dir = packs();
    let (mut host, address) = host(dir.path(), None);
    let mut child = start(dir.path(), address, &[]);
    let mut stdin = child.stdin.take().unwrap();
    stdin
        .write_all(b"# look around\nstatus\nstats str\nequp #1\n")
        .unwrap();
    drop(stdin);
    play(&mut host, child).expect(
        1,
        &["Strength modifier 2", "did you mean `equip`?", "1 failure"],
    );
}

#[test]
fn who_is_not_let_in_reads_why() {
    let dir = packs();
    let (mut host, address) = host(dir.path(), Some("KELP-42"));
    let said = probe(
        &mut host,
        dir.path(),
        address,
        &["--code", "wrong", "--exec", "hash"],
    );
    said.expect(1, &["wrong join code"]);

    let other = packs();
    super::support::write(
        other.path(),
        "demo/items/more.ron",
        "{ \"pear\": (name: \"Pear\") }",
    );
    let said = probe(
        &mut host,
        other.path(),
        address,
        &["--code", "KELP-42", "--exec", "hash"],
    );
    said.expect(1, &["content differs"]);
}

#[test]
fn who_is_thrown_out_reads_why() {
    let dir = packs();
    let (mut host, address) = host(dir.path(), None);
    let mut child = start(dir.path(), address, &["--exec", "wait 60000"]);
    let start = Instant::now();
    loop {
        host.update();
        let world = host.world_mut();
        let mut seats = world.query_filtered::<Entity, With<RemotePlayer>>();
        if let Ok(client) = seats.single(world) {
            let reason = "be kind".to_owned();
            world.write_message(Kick { client, reason });
            break;
        }
        assert!(child.try_wait().unwrap().is_none(), "the probe has gone");
        assert!(start.elapsed() < PATIENCE, "nobody came");
        sleep(Duration::from_millis(2));
    }
    play(&mut host, child).expect(1, &["the host removed you: be kind"]);
}

#[test]
fn mistakes_are_known_before_anybody_is_bothered() {
    let dir = packs();
    let packs = text(dir.path());
    let run = |args: &[&str]| {
        let args = [&["probe", "127.0.0.1:9", "--assets", packs], args].concat();
        wayfarer(&args)
    };
    run(&["--exec", "equp #1"]).expect(2, &["--exec:1:", "did you mean `equip`?"]);
    run(&["--script", "nowhere.txt"]).expect(2, &["cannot read `nowhere.txt`"]);
    run(&["--code", "x"]).expect(2, &["at least 4"]);
    wayfarer(&["probe", "127.0.0.1:9", "--assets", "nowhere"]).expect(2, &["no folder `nowhere`"]);
}

#[test]
fn nobody_at_home_is_said() {
    let dir = packs();
    // A socket that never answers, so that the port belongs to nobody else.
    let silent = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = silent.local_addr().unwrap();
    let child = start(dir.path(), address, &["--exec", "hash"]);
    let said: Said = child.wait_with_output().unwrap().into();
    said.expect(1, &["no answer from"]);
}
