//! The scripted session: the same actions a player at the window would take, step by step, each
//! with the outcome that it must have.

mod alone;
mod content;
mod effects;
mod saves;
mod together;
mod trades;

use std::process::ExitCode;

use bevy::prelude::*;
use wayfarer::{prelude::*, stats::api};

use super::stage::{self, Steps};
use crate::{args::Args, game, world};

/// Who plays the script: a player without a master's powers, so that reach and ownership count.
pub const ANN: PlayerId = PlayerId(0xA77 << 32);

/// Plays everything.
pub fn play(args: &Args) -> ExitCode {
    let profile = std::env::temp_dir().join(format!("wayfarer-demo-{}", std::process::id()));
    let mut args = args.clone();
    // The script makes a mess; a player's own profile is none of its business.
    args.profile = Some(profile.clone());
    let well = run(&args);
    let _ = std::fs::remove_dir_all(&profile);
    if well {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn run(args: &Args) -> bool {
    let mut steps = Steps::default();
    println!("== The packs");
    let mut app = stage::app(args, ClockMode::Manual { hz: 20.0 });
    let loaded = stage::wait_for_content(&mut app);
    let ready = loaded.is_ok();
    let told = loaded.map(|()| content::summary(&app));
    steps.step("the packs load and agree with each other", told);
    if !ready {
        return steps.close();
    }
    println!("== Alone in the clearing");
    begin(&mut app);
    alone::play(&mut app, &mut steps);
    println!("== Smith, merchant and enchanter");
    begin(&mut app);
    trades::play(&mut app, &mut steps);
    println!("== What places and time do");
    begin(&mut app);
    effects::play(&mut app, &mut steps);
    println!("== Saving and coming back");
    saves::play(&mut app, args, &mut steps);
    println!("== A mistake in a pack");
    content::play(args, &mut steps);
    println!("== With a friend, over UDP on this machine");
    together::play(args, &mut steps);
    steps.close()
}

/// A new game with Ann in it.
fn begin(app: &mut App) {
    let world = app.world_mut();
    world::new_game(world);
    world
        .resource_mut::<Players>()
        .arrive(ANN, "Ann", Role::Player);
    ticks(app, 3);
}

/// Lets the rules' time pass.
pub fn ticks(app: &mut App, count: u32) {
    for _ in 0..count {
        app.world_mut().run_schedule(RulesTick);
        app.update();
    }
}

/// Ann's character.
pub fn ann(world: &mut World) -> Option<(Entity, Uid)> {
    game::my_character(world, ANN)
}

/// Asks for an action as Ann.
pub fn ask<A: Action>(app: &mut App, action: &A) -> Result<A::Receipt, Refusal> {
    let (_, uid) = ann(app.world_mut()).ok_or_else(|| Refusal::not_found("character"))?;
    let answer = app.world_mut().act(ANN, Some(uid), action);
    ticks(app, 1);
    answer
}

/// The uid of Ann's item of this definition.
pub fn item(world: &mut World, name: &str) -> Option<Uid> {
    let (entity, _) = ann(world)?;
    let def = DefId::of(name);
    let inventory = world.get::<Inventory>(entity)?;
    inventory.iter().find(|item| item.def == def).map(|i| i.uid)
}

/// The thing of this definition that lies on the ground nearest to the origin.
pub fn on_the_ground(world: &mut World, name: &str) -> Option<Uid> {
    let def = DefId::of(name);
    let mut query = world.query::<(&WorldItem, &Identity)>();
    query
        .iter(world)
        .find(|(lying, _)| lying.item.def == def)
        .map(|(_, identity)| identity.0)
}

/// A stat of Ann's.
pub fn stat(world: &mut World, name: &str) -> f32 {
    ann(world)
        .and_then(|(entity, _)| api::value(world, entity, name))
        .unwrap_or(f32::NAN)
}

/// Ann walks to a point, as the keys would make her; `Err` when she does not get there.
pub fn walk_to(app: &mut App, x: f32, z: f32) -> Result<String, String> {
    use crate::walk::Walk;
    for _ in 0..400 {
        let Some((entity, _)) = ann(app.world_mut()) else {
            return Err("there is no character".into());
        };
        let here = app.world().get::<Position>(entity).copied();
        let here = here.unwrap_or_default();
        let gap = Vec2::new(x - here.x, z - here.z);
        if gap.length() < 0.3 {
            ask(app, &Walk { x: 0, z: 0 }).map_err(|r| r.to_string())?;
            return Ok(format!("at {:.1}, {:.1}", here.x, here.z));
        }
        let way = gap.normalize() * 100.0;
        let wish = Walk {
            x: way.x as i8,
            z: way.y as i8,
        };
        ask(app, &wish).map_err(|r| r.to_string())?;
        ticks(app, 1);
    }
    Err("did not get there".into())
}

/// `Ok` when a number is what it should be.
pub fn equal(what: &str, is: f32, should: f32) -> Result<String, String> {
    if (is - should).abs() < 1e-3 {
        Ok(format!("{what} is {is}"))
    } else {
        Err(format!("{what} is {is} and should be {should}"))
    }
}
