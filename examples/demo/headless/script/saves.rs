//! Saving, leaving, coming back: the same state to the last bit.

use bevy::prelude::*;
use wayfarer::{core::state::state_hash, prelude::*};

use super::{ann, effects::listed, ticks};
use crate::{
    args::Args,
    headless::stage::{self, Steps, run_until},
};

const SLOT: &str = "scripted";

pub fn play(app: &mut App, args: &Args, steps: &mut Steps) {
    ticks(app, 2);
    let hash = state_hash(app.world());
    let running = running(app);
    app.world_mut()
        .write_message(SaveGame::new(SLOT, "scripted session"));
    let mut told = Err("the disk did not answer within 10 seconds".to_owned());
    run_until(app, 10.0, |world| {
        if let Some(saved) = world.resource_mut::<Messages<GameSaved>>().drain().last() {
            let ms = saved.took.as_secs_f32() * 1000.0;
            told = Ok(format!("{} bytes in {ms:.1} ms", saved.bytes));
        }
        if let Some(failed) = world.resource_mut::<Messages<SaveFailed>>().drain().last() {
            told = Err(failed.text);
            return true;
        }
        told.is_ok()
    });
    steps.step("the game is saved", told);

    // A second program on one profile is told so, and plays on without saving.
    let second = stage::app(args, ClockMode::Manual { hz: 20.0 });
    let trouble = second.world().resource::<SaveStatus>().trouble.clone();
    steps.step(
        "a second program on the same profile is told",
        trouble.ok_or("it was not".to_owned()),
    );
    drop(second);

    // Quit: the app goes, the lock with it.
    *app = App::new();
    let mut again = stage::app(args, ClockMode::Manual { hz: 20.0 });
    let ready = stage::wait_for_content(&mut again).map(|()| String::new());
    steps.step("the program is started again", ready);
    again.world_mut().write_message(LoadGame {
        slot: SLOT.into(),
        which: Which::Newest,
    });
    let mut told = Err("nothing was loaded within 10 seconds".to_owned());
    run_until(&mut again, 10.0, |world| {
        if let Some(loaded) = world.resource_mut::<Messages<GameLoaded>>().drain().last() {
            told = if loaded.problems.is_empty() {
                Ok(format!("generation {}", loaded.generation))
            } else {
                Err(loaded.problems.join("; "))
            };
        }
        if let Some(failed) = world.resource_mut::<Messages<SaveFailed>>().drain().last() {
            told = Err(failed.text);
            return true;
        }
        told.is_ok()
    });
    steps.step("the game is continued", told);
    let now = state_hash(again.world());
    let told = if now == hash {
        Ok(format!("{now:016x}"))
    } else {
        Err(format!("{hash:016x} was saved, {now:016x} came back"))
    };
    steps.step("everything is as it was", told);
    let same = self::running(&mut again);
    let told = if same == running && !same.is_empty() {
        Ok(same.join(", "))
    } else {
        Err(format!("{running:?} became {same:?}"))
    };
    steps.step("what was running runs on", told);
    ticks(&mut again, 30 * 20);
    let left = self::running(&mut again);
    let over = !left.iter().any(|name| name.starts_with("Poison"));
    let told = if over {
        Ok(left.join(", "))
    } else {
        Err(left.join(", "))
    };
    steps.step("and ends in its time", told);
    *app = again;
}

/// The effects that Ann has.
fn running(app: &mut App) -> Vec<String> {
    let who = ann(app.world_mut());
    who.map_or_else(Vec::new, |(who, _)| listed(app.world(), who))
}
