//! One process of a session of several: this test program, started again with a part to play.
//!
//! It takes commands on standard input, one a line, and answers each with one line.

use std::{
    env,
    io::BufRead,
    net::Ipv4Addr,
    path::PathBuf,
    sync::{Arc, mpsc},
    time::{Duration, Instant},
};

use bevy::{app::App, ecs::message::Messages};
use wayfarer::{
    core::{
        content::{ContentSources, FolderSource, load_now},
        state::{Viewpoint, audience_hash},
    },
    prelude::*,
};

use super::rig;
use crate::garbage::Dice;

/// The code of every session in these tests.
pub const CODE: &str = "FERN-4KLM";

fn variable(name: &str) -> Option<String> {
    env::var(format!("WAYFARER_{name}")).ok()
}

/// Says a line to the parent.
fn say(line: &str) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "@{line}");
    let _ = out.flush();
}

fn commands() -> mpsc::Receiver<String> {
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            if send.send(line).is_err() {
                break;
            }
        }
    });
    receive
}

/// Plays the part that the environment names; does nothing in an ordinary test run.
#[test]
fn play_a_part() {
    let Some(part) = variable("PART") else { return };
    let mut app = rig::game(ClockMode::default());
    if let Some(packs) = variable("PACKS") {
        app.world_mut()
            .resource_mut::<ContentSources>()
            .push(Arc::new(FolderSource::new(packs)));
        load_now(app.world_mut()).unwrap();
    }
    let dir = PathBuf::from(variable("DIR").unwrap());
    std::fs::create_dir_all(&dir).unwrap();
    match part.as_str() {
        "host" => host(app),
        _ => guest(app, dir),
    }
}

fn host(mut app: App) {
    let world = app.world_mut();
    for (template, x) in [("demo:oak_chest", -1.0), ("demo:iron_chest", 1.0)] {
        world.spawn((
            Character::new(template),
            Container::default(),
            Position::ground(x, 0.0),
        ));
    }
    let mut session = HostSession::new("test", HostKey::generate().unwrap(), hello_info(world));
    session.bind = (Ipv4Addr::LOCALHOST, 0).into();
    session.join_code = Some(CODE.parse().unwrap());
    world.write_message(session);
    let commands = commands();
    let mut port = None;
    loop {
        app.update();
        give_characters(&mut app);
        if port.is_none()
            && let SessionStatus::Hosting { local_address, .. } = app.world().resource()
        {
            port = Some(local_address.port());
            say(&format!("port {}", local_address.port()));
        }
        match commands.try_recv() {
            Ok(line) => {
                let mut words = line.split(' ');
                match words.next() {
                    Some("hash") => {
                        let id = words.next().and_then(|w| w.parse().ok()).unwrap();
                        let player = PlayerId(id);
                        let role = app.world().resource::<Players>().role(player);
                        let hash = audience_hash(app.world(), Viewpoint::Player(player, role));
                        say(&format!("hash {hash:016x}"));
                    }
                    Some("stop") => {
                        app.world_mut().write_message(StopHosting {
                            reason: "the test is over".into(),
                        });
                        rig::until(&mut app, 2, |_| false);
                        return;
                    }
                    _ => say("what?"),
                }
            }
            Err(mpsc::TryRecvError::Disconnected) => return,
            Err(mpsc::TryRecvError::Empty) => std::thread::sleep(Duration::from_millis(4)),
        }
    }
}

/// Whoever is here and has no character gets one; both beside the chests.
pub fn give_characters(app: &mut App) {
    let world = app.world_mut();
    let missing: Vec<PlayerId> = {
        let mut owners = world.query::<&Owner>();
        let have: Vec<PlayerId> = owners.iter(world).map(|owner| owner.0).collect();
        let players = world.resource::<Players>();
        players
            .iter()
            .filter(|(id, record)| record.online && *id != PlayerId::LOCAL && !have.contains(id))
            .map(|(id, _)| id)
            .collect()
    };
    for player in missing {
        world.spawn((Character::new("demo:knight"), Owner(player)));
    }
}

/// The character of the player at this app, once it has come with its things.
pub fn me(app: &mut App) -> Option<Uid> {
    let world = app.world_mut();
    let me = world.resource::<LocalPlayer>().player;
    let mut mine = world.query::<(&Identity, &Owner, &Inventory)>();
    mine.iter(world)
        .find(|(_, owner, _)| owner.0 == me)
        .map(|(identity, ..)| identity.0)
}

fn guest(mut app: App, dir: PathBuf) {
    let world = app.world_mut();
    let hello = hello_info(world);
    world.write_message(JoinSession {
        address: variable("ADDRESS").unwrap(),
        code: Some(variable("CODE").unwrap().parse().unwrap()),
        player: PlayerKeys::load_or_create(dir.join("player.key")).unwrap(),
        display_name: variable("NAME").unwrap_or_default(),
        hello,
        known_hosts: KnownHosts::in_memory(),
    });
    let commands = commands();
    let mut said = false;
    loop {
        app.update();
        if !said {
            let line = match app.world().resource::<SessionStatus>() {
                SessionStatus::Refused(refusal) => Some(format!("refused {refusal}")),
                SessionStatus::Lost(reason) => Some(format!("lost {reason}")),
                _ => None,
            };
            let line = line.or_else(|| {
                let uid = me(&mut app)?;
                let player = app.world().resource::<LocalPlayer>().player.0;
                Some(format!("joined {uid} {player}"))
            });
            if let Some(line) = line {
                say(&line);
                said = true;
            }
        }
        match commands.try_recv() {
            Ok(line) => obey(&mut app, &line),
            Err(mpsc::TryRecvError::Disconnected) => return,
            Err(mpsc::TryRecvError::Empty) => std::thread::sleep(Duration::from_millis(4)),
        }
    }
}

fn obey(app: &mut App, line: &str) {
    let mut words = line.split(' ');
    match words.next() {
        Some("hash") => {
            let hash = audience_hash(app.world(), Viewpoint::Everything);
            say(&format!("hash {hash:016x}"));
        }
        Some("status") => say(&format!(
            "status {:?}",
            app.world().resource::<SessionStatus>()
        )),
        Some("act") => {
            let count = words.next().and_then(|w| w.parse().ok()).unwrap();
            let seed = words.next().and_then(|w| w.parse().ok()).unwrap();
            say(&act(app, count, seed));
        }
        Some("steal") => {
            let raw = words.next().and_then(|w| w.parse().ok()).unwrap();
            let foreign = Uid::new(raw).unwrap();
            app.world_mut().resource_mut::<Outbox>().send(
                Some(foreign),
                &UnequipItem {
                    slot: DefId::of("core:main_hand"),
                    compartment: None,
                },
            );
            let answer = answers(app, 1).pop();
            say(&format!("stolen {answer:?}"));
        }
        _ => say("what?"),
    }
}

/// Waits for answers: `Ok`, or the code of the refusal.
fn answers(app: &mut App, count: usize) -> Vec<Result<(), String>> {
    let mut heard = Vec::new();
    let end = Instant::now() + Duration::from_secs(15);
    while heard.len() < count && Instant::now() < end {
        app.update();
        let mut told = app.world_mut().resource_mut::<Messages<Answered>>();
        heard.extend(told.drain().map(|answered| {
            answered
                .result
                .map(|_| ())
                .map_err(|refusal| refusal.code.as_str().to_owned())
        }));
        std::thread::sleep(Duration::from_millis(4));
    }
    heard
}

/// Random moves, drops, pick-ups and changes of gear, one answer awaited after the other.
fn act(app: &mut App, count: u32, seed: u64) -> String {
    let mut dice = Dice(seed);
    let (mut done, mut refused, mut silent) = (0, 0, 0);
    for _ in 0..count {
        let Some(uid) = me(app) else {
            return "acted without a character".into();
        };
        let things = rig::items(app, uid);
        let Some(item) = things
            .get(dice.next() as usize % things.len().max(1))
            .map(|i| i.uid)
        else {
            continue;
        };
        let world = app.world_mut();
        let ground: Vec<Uid> = world
            .query::<(&WorldItem, &Identity)>()
            .iter(world)
            .map(|(_, id)| id.0)
            .collect();
        let mut outbox = world.resource_mut::<Outbox>();
        match dice.next() % 5 {
            0 => outbox.send(
                Some(uid),
                &DropItem {
                    item,
                    count: Some(1),
                },
            ),
            1 if !ground.is_empty() => {
                let item = ground[dice.next() as usize % ground.len()];
                outbox.send(
                    Some(uid),
                    &PickUpItem {
                        item,
                        count: None,
                        to: None,
                    },
                )
            }
            2 => outbox.send(Some(uid), &EquipItem { item, slot: None }),
            3 => outbox.send(
                Some(uid),
                &UnequipItem {
                    slot: DefId::of("core:off_hand"),
                    compartment: None,
                },
            ),
            _ => {
                let to = Place::In((dice.next() % 3) as u8);
                outbox.send(
                    Some(uid),
                    &MoveItem {
                        item,
                        to,
                        before: None,
                    },
                )
            }
        };
        match answers(app, 1).pop() {
            Some(Ok(())) => done += 1,
            Some(Err(_)) => refused += 1,
            None => silent += 1,
        }
    }
    format!("acted {done} {refused} {silent}")
}
