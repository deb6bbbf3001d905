//! What a scripted session needs: an app stepped by hand, and a record of what was expected.

use std::time::{Duration, Instant};

use bevy::{app::PluginsState, log::LogPlugin, prelude::*, state::app::StatesPlugin};
use wayfarer::{core::content::ContentReport, prelude::*};

use crate::{args::Args, game};

/// An app without a window.
pub fn app(args: &Args, clock: ClockMode) -> App {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, StatesPlugin));
    // Several apps live in one script, and a log belongs to the process. What the script
    // provokes, it tells itself; only what it did not expect should stand between its lines.
    static LOGGING: std::sync::Once = std::sync::Once::new();
    LOGGING.call_once(|| {
        app.add_plugins(LogPlugin {
            filter: "error,wayfarer_core::content=off,wayfarer_save=off".into(),
            ..default()
        });
    });
    game::add_rules(&mut app, args);
    app.insert_resource(clock);
    while app.plugins_state() == PluginsState::Adding {
        std::thread::sleep(Duration::from_millis(1));
    }
    app.finish();
    app.cleanup();
    app
}

/// Waits for the packs. `Err` is the list of what is wrong with them.
pub fn wait_for_content(app: &mut App) -> Result<(), String> {
    let until = Instant::now() + Duration::from_secs(30);
    loop {
        app.update();
        match app.world().resource::<ContentState>() {
            ContentState::Ready => return Ok(()),
            ContentState::Failed => {
                let report = app.world().resource::<ContentReport>();
                let all: Vec<String> = report.diagnostics.iter().map(ToString::to_string).collect();
                return Err(all.join("\n"));
            }
            ContentState::Loading if Instant::now() > until => {
                return Err("the packs did not load within 30 seconds".into());
            }
            ContentState::Loading => std::thread::sleep(Duration::from_millis(2)),
        }
    }
}

/// Runs frames until `done` says so, at most `seconds`.
pub fn run_until(app: &mut App, seconds: f32, mut done: impl FnMut(&mut World) -> bool) -> bool {
    let until = Instant::now() + Duration::from_secs_f32(seconds);
    loop {
        app.update();
        if done(app.world_mut()) {
            return true;
        }
        if Instant::now() > until {
            return false;
        }
        std::thread::sleep(Duration::from_millis(4));
    }
}

/// Counts what came out as expected and what did not.
#[derive(Default)]
pub struct Steps {
    done: u32,
    failed: u32,
}

impl Steps {
    /// Says how a step came out.
    pub fn step(&mut self, what: &str, outcome: Result<String, String>) {
        self.done += 1;
        match outcome {
            Ok(detail) if detail.is_empty() => println!("  ok    {what}"),
            Ok(detail) => println!("  ok    {what}: {detail}"),
            Err(detail) => {
                self.failed += 1;
                println!("  FAIL  {what}: {detail}");
            }
        }
    }

    /// The last line, and whether all is well.
    pub fn close(self) -> bool {
        println!("{} steps, {} failed", self.done, self.failed);
        self.failed == 0
    }
}

/// What was asked for is refused with this code, as a sentence.
pub fn refused<R: std::fmt::Debug>(
    world: &World,
    result: Result<R, Refusal>,
    code: &str,
) -> Result<String, String> {
    match result {
        Err(refusal) if refusal.code.as_str() == code => {
            let content = world.resource::<ActiveContent>();
            Ok(world.resource::<Texts>().refusal(&refusal, &content.0))
        }
        Err(refusal) => Err(format!("refused, but with {refusal} instead of {code}")),
        Ok(done) => Err(format!("was not refused: {done:?}")),
    }
}
