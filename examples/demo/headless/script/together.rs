//! A host and a guest in one program, over real UDP sockets.

mod barter;
mod blessing;
mod spoils;

use std::collections::BTreeMap;

use bevy::prelude::*;
use wayfarer::{
    core::state::{
        Audience, StateRegistry, Viewpoint, audience_hash, persistent_entities, snapshot_entity,
    },
    prelude::*,
};

use crate::{
    args::Args,
    game,
    headless::stage::{self, Steps},
    session, world,
};

struct Pair {
    host: App,
    guest: App,
}

impl Pair {
    fn run_until(&mut self, seconds: f32, mut done: impl FnMut(&mut Self) -> bool) -> bool {
        let until = std::time::Instant::now() + std::time::Duration::from_secs_f32(seconds);
        while std::time::Instant::now() < until {
            self.host.update();
            self.guest.update();
            if done(self) {
                return true;
            }
            std::thread::sleep(std::time::Duration::from_millis(4));
        }
        false
    }
}

const CODE: &str = "FERN-4KLM";

pub fn play(args: &Args, steps: &mut Steps) {
    let part = |name: &str| {
        let mut args = args.clone();
        args.profile = Some(args.profile().join(name));
        args.name = name.to_owned();
        args.code = Some(CODE.to_owned());
        args.port = 0;
        args
    };
    let (host_args, guest_args) = (part("hanna"), part("gus"));
    let mut pair = Pair {
        host: stage::app(&host_args, ClockMode::default()),
        guest: stage::app(&guest_args, ClockMode::default()),
    };
    let ready = stage::wait_for_content(&mut pair.host)
        .and_then(|()| stage::wait_for_content(&mut pair.guest))
        .map(|()| String::new());
    steps.step("both have their packs", ready);
    world::new_game(pair.host.world_mut());
    let hosted = session::host(pair.host.world_mut(), &host_args);
    let mut port = 0;
    pair.run_until(10.0, |pair| {
        if let SessionStatus::Hosting { local_address, .. } = pair.host.world().resource() {
            port = local_address.port();
        }
        port != 0
    });
    let told = match (hosted, port) {
        (Err(why), _) => Err(why),
        (_, 0) => Err("no port within 10 seconds".into()),
        (Ok(()), port) => Ok(format!("port {port}, code {CODE}")),
    };
    steps.step("Hanna hosts", told);
    let address = format!("127.0.0.1:{port}");

    let told = join(&mut pair, &guest_args, &address, "WRNG-CODE");
    steps.step(
        "Gus is not let in with a wrong code",
        match told {
            Err(why) if why.contains("code") => Ok(why),
            Err(why) => Err(why),
            Ok(_) => Err("he was".into()),
        },
    );
    let told = join(&mut pair, &guest_args, &address, CODE);
    steps.step("Gus joins with the right one", told);
    let found = pair.run_until(10.0, |pair| {
        let world = pair.guest.world_mut();
        let me = world.resource::<LocalPlayer>().player;
        game::my_character(world, me).is_some_and(|(entity, _)| {
            world.get::<Inventory>(entity).is_some()
                && world
                    .get::<StatValues>(entity)
                    .is_some_and(|values| values.iter().next().is_some())
        })
    });
    let told = if found {
        Ok(String::new())
    } else {
        Err(what_is_seen(&mut pair))
    };
    steps.step("Gus sees his own character, sheet and bag", told);
    let me = pair.guest.world().resource::<LocalPlayer>().player;
    play_on(&mut pair, me, steps);
}

fn join(pair: &mut Pair, args: &Args, address: &str, code: &str) -> Result<String, String> {
    session::join(pair.guest.world_mut(), args, address, Some(code))?;
    let mut outcome = Err("no answer within 10 seconds".to_owned());
    pair.run_until(10.0, |pair| {
        match pair.guest.world().resource::<SessionStatus>() {
            SessionStatus::Joined { host_name, .. } => outcome = Ok(host_name.clone()),
            SessionStatus::Refused(refusal) => outcome = Err(refusal.to_string()),
            SessionStatus::Lost(reason) => outcome = Err(reason.to_string()),
            _ => return false,
        }
        true
    });
    outcome
}

/// What the two have when they should have the same, for the line that says so.
fn what_is_seen(pair: &mut Pair) -> String {
    let side = |app: &mut App| {
        let world = app.world_mut();
        let me = *world.resource::<LocalPlayer>();
        let authority = *world.resource::<Authority>();
        let mut all = world.query::<(&Identity, Option<&Owner>, Has<Inventory>, Has<StatInputs>)>();
        let things: Vec<String> = all
            .iter(world)
            .map(|(id, owner, bag, sheet)| {
                let owner = owner.map(|o| o.0.to_string()).unwrap_or_default();
                format!("{} {owner} bag {bag} sheet {sheet}", id.0)
            })
            .collect();
        format!("{authority:?} {me:?}: {}", things.join(", "))
    };
    format!(
        "host: {}; guest: {}",
        side(&mut pair.host),
        side(&mut pair.guest)
    )
}

/// Which parts of which things differ between what the guest may see and what he sees.
fn differences(pair: &Pair, me: PlayerId) -> Vec<String> {
    let registry = pair.host.world().resource::<StateRegistry>();
    let parts = |app: &App, entity: Entity, all: bool| -> BTreeMap<String, Vec<u8>> {
        let parts = snapshot_entity(app.world(), entity).into_iter();
        let parts = parts.flat_map(|record| record.parts);
        let seen = parts.filter(|(name, _)| {
            let audience = registry.component(name).map(|entry| entry.audience);
            audience == Some(Audience::Public) || all && audience == Some(Audience::Owner)
        });
        seen.map(|(name, part)| (name, part.bytes.into_vec()))
            .collect()
    };
    let mut wrong = Vec::new();
    let guest = pair.guest.world().resource::<UidIndex>();
    for (uid, entity) in persistent_entities(pair.host.world()) {
        let owner = pair.host.world().get::<Owner>(entity);
        let ours = parts(&pair.host, entity, owner.is_some_and(|owner| owner.0 == me));
        let theirs = guest
            .get(uid)
            .map(|entity| parts(&pair.guest, entity, true));
        let theirs = theirs.unwrap_or_default();
        for name in ours.keys().chain(theirs.keys()) {
            if ours.get(name) != theirs.get(name) {
                wrong.push(format!("{uid} {name}"));
            }
        }
    }
    wrong
}

fn play_on(pair: &mut Pair, me: PlayerId, steps: &mut Steps) {
    // Gus drops something; Hanna picks it up: two apps, one thing.
    let Some((mine, uid)) = game::my_character(pair.guest.world_mut(), me) else {
        steps.step("Gus plays", Err("he has no character".into()));
        return;
    };
    let dropped = pair
        .guest
        .world()
        .get::<Inventory>(mine)
        .and_then(|bag| bag.in_compartment(0).next().map(|item| item.uid));
    let Some(item) = dropped else {
        steps.step("Gus has something to drop", Err("his bag is empty".into()));
        return;
    };
    pair.guest
        .world_mut()
        .resource_mut::<Outbox>()
        .send(Some(uid), &DropItem { item, count: None });
    let mut answer = Err("no answer within 10 seconds".to_owned());
    let mut seen = false;
    pair.run_until(10.0, |pair| {
        let world = pair.guest.world_mut();
        if let Some(told) = world.resource_mut::<Messages<Answered>>().drain().last() {
            answer = told
                .result
                .map(|_| String::new())
                .map_err(|r| r.to_string());
        }
        seen = world.resource::<UidIndex>().get(item).is_some();
        seen && answer.is_ok()
    });
    steps.step("Gus drops a thing and sees it on the ground", answer);
    let Some((_, hanna)) = game::my_character(pair.host.world_mut(), PlayerId::LOCAL) else {
        steps.step("Hanna plays", Err("she has no character".into()));
        return;
    };
    let taken = pair.host.world_mut().act(
        PlayerId::LOCAL,
        Some(hanna),
        &PickUpItem {
            item,
            count: None,
            to: None,
        },
    );
    let told = taken.map(|_| String::new()).map_err(|r| r.to_string());
    steps.step("Hanna picks it up", told);
    let gone = pair.run_until(10.0, |pair| {
        pair.guest
            .world()
            .resource::<UidIndex>()
            .get(item)
            .is_none()
    });
    let told = if gone {
        Ok(String::new())
    } else {
        Err("it still lies there for Gus".into())
    };
    steps.step("for Gus it is gone from the ground", told);
    blessing::play(pair, uid, steps);
    barter::play(pair, uid, steps);
    spoils::play(pair, uid, steps);

    let mut hashes = (0, 1);
    let same = pair.run_until(10.0, |pair| {
        let role = pair.host.world().resource::<Players>().role(me);
        hashes = (
            audience_hash(pair.host.world(), Viewpoint::Player(me, role)),
            audience_hash(pair.guest.world(), Viewpoint::Everything),
        );
        hashes.0 == hashes.1
    });
    let told = if same {
        Ok(format!("{:016x}", hashes.0))
    } else {
        let what = differences(pair, me).join(", ");
        Err(format!("{:016x} and {:016x}: {what}", hashes.0, hashes.1))
    };
    steps.step("what Gus sees is what the host says he may see", told);

    pair.host.world_mut().write_message(StopHosting {
        reason: "supper is ready".into(),
    });
    let mut told = Err("he was not within 10 seconds".to_owned());
    pair.run_until(10.0, |pair| {
        if let SessionStatus::Lost(reason) = pair.guest.world().resource() {
            told = Ok(reason.to_string());
        }
        told.is_ok()
    });
    steps.step("Gus is told why the evening ends", told);
}
