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
use crate::{
    args::Args,
    game, session,
    world::{self, InPlay},
};

/// Hosts until the time is up or the program is stopped.
pub fn host(args: &Args) -> ExitCode {
    let mut app = stage::app(args, ClockMode::default());
    if let Err(why) = stage::wait_for_content(&mut app) {
        println!("The packs have errors:\n{why}");
        return ExitCode::FAILURE;
    }
    if let Err(why) = begin(&mut app, args.new) {
        println!("{why}");
        return ExitCode::FAILURE;
    }
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

/// Goes on with the saved game, or begins one. `Err` says what is wrong with the saved one: it must
/// not be written over.
fn begin(app: &mut App, new: bool) -> Result<(), String> {
    let mut saved = false;
    app.world_mut().write_message(ListSaves);
    let listed = stage::run_until(app, 10.0, |world| {
        let list = world.resource_mut::<Messages<SavesListed>>().drain().last();
        saved = list.as_ref().and_then(world::saved_in).is_some();
        list.is_some()
    });
    if !listed {
        return Err("the profile could not be read within 10 seconds".into());
    }
    if !saved || new {
        world::new_game(app.world_mut());
        world::save(app.world_mut());
        return Ok(());
    }
    world::load(app.world_mut());
    let mut told = Err("the saved game could not be read within 10 seconds".into());
    stage::run_until(app, 10.0, |world| {
        if let Some(failed) = world.resource_mut::<Messages<SaveFailed>>().drain().last() {
            told = Err(format!("{} (--new begins another game)", failed.text));
            return true;
        }
        let loaded = world.resource_mut::<Messages<GameLoaded>>().drain().last();
        if let Some(loaded) = loaded {
            for problem in &loaded.problems {
                println!("{problem}");
            }
            println!("the game goes on");
            told = Ok(());
        }
        told.is_ok()
    });
    told?;
    app.world_mut().insert_resource(InPlay(true));
    Ok(())
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
    if *app.world().resource::<Authority>() == Authority::Host {
        world::save(app.world_mut());
        stage::run_until(app, 10.0, |world| {
            let saved = world.resource_mut::<Messages<GameSaved>>().drain().last();
            let failed = world.resource_mut::<Messages<SaveFailed>>().drain().last();
            if let Some(failed) = &failed {
                println!("{}", failed.text);
            }
            saved.is_some() || failed.is_some()
        });
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
