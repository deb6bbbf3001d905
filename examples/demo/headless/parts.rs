//! One part of a session of several programs: a host without a window, or a guest.

use std::{
    process::ExitCode,
    time::{Duration, Instant},
};

use bevy::prelude::*;
use wayfarer::{
    core::state::{Viewpoint, audience_hash},
    net::session::LeaveReason,
    prelude::*,
};

use super::stage;
use crate::{args::Args, game, session, world};

/// Hosts until the time is up or the program is stopped.
pub fn host(args: &Args) -> ExitCode {
    let mut app = stage::app(args, ClockMode::default());
    if let Err(why) = stage::wait_for_content(&mut app) {
        println!("The packs have errors:\n{why}");
        return ExitCode::FAILURE;
    }
    world::new_game(app.world_mut());
    if let Err(why) = session::host(app.world_mut(), args) {
        println!("{why}");
        return ExitCode::FAILURE;
    }
    run(&mut app, args, |status| match status {
        SessionStatus::Hosting {
            local_address,
            join_code,
            ..
        } => {
            let code = join_code
                .as_ref()
                .map_or("open".into(), ToString::to_string);
            println!("hosting on port {}, code {code}", local_address.port());
            None
        }
        SessionStatus::HostFailed(error) => {
            println!("{error}");
            Some(ExitCode::FAILURE)
        }
        _ => None,
    })
}

/// Joins, says what is there, stays.
pub fn join(args: &Args, address: &str) -> ExitCode {
    let mut app = stage::app(args, ClockMode::default());
    if let Err(why) = stage::wait_for_content(&mut app) {
        println!("The packs have errors:\n{why}");
        return ExitCode::FAILURE;
    }
    if let Err(why) = session::join(app.world_mut(), args, address, args.code.as_deref()) {
        println!("{why}");
        return ExitCode::FAILURE;
    }
    run(&mut app, args, |status| match status {
        SessionStatus::Joined { host_name, .. } => {
            println!("joined {host_name}");
            None
        }
        SessionStatus::Refused(refusal) => {
            println!("not let in: {refusal}");
            Some(ExitCode::FAILURE)
        }
        SessionStatus::Lost(LeaveReason::HostClosed { reason }) => {
            println!("the host has ended the game: {reason}");
            Some(ExitCode::SUCCESS)
        }
        SessionStatus::Lost(reason) => {
            println!("out of the game: {reason}");
            Some(ExitCode::FAILURE)
        }
        _ => None,
    })
}

/// Runs frames for as long as the part lasts; says every change of the session and the people.
fn run(
    app: &mut App,
    args: &Args,
    mut changed: impl FnMut(&SessionStatus) -> Option<ExitCode>,
) -> ExitCode {
    let until = Instant::now() + Duration::from_secs_f32(args.stay.max(0.0));
    let mut status = SessionStatus::Offline;
    let mut people = PeopleOnline::default();
    while Instant::now() < until {
        app.update();
        let world = app.world_mut();
        if *world.resource::<SessionStatus>() != status {
            status = world.resource::<SessionStatus>().clone();
            if let Some(code) = changed(&status) {
                return code;
            }
        }
        if names(world.resource::<PeopleOnline>()) != names(&people) {
            people = world.resource::<PeopleOnline>().clone();
            println!("at the table: {}", names(&people).join(", "));
        }
        std::thread::sleep(Duration::from_millis(8));
    }
    let me = app.world().resource::<LocalPlayer>().player;
    if let Some((_, uid)) = game::my_character(app.world_mut(), me) {
        let hash = audience_hash(app.world(), Viewpoint::Everything);
        println!("my character is {uid}; what I see hashes to {hash:016x}");
    }
    app.world_mut().write_message(StopHosting {
        reason: "the evening is over".into(),
    });
    app.world_mut().write_message(LeaveSession);
    for _ in 0..30 {
        app.update();
        std::thread::sleep(Duration::from_millis(8));
    }
    ExitCode::SUCCESS
}

fn names(people: &PeopleOnline) -> Vec<String> {
    people
        .0
        .iter()
        .filter(|person| person.online)
        .map(|person| format!("{} ({})", person.name, person.role.name()))
        .collect()
}
