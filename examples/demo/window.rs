//! The demo in a window.

mod bridge;
mod control;
mod labels;
mod looks;
mod menu;
mod near;

use std::{
    panic::{self, PanicHookInfo},
    process::ExitCode,
    sync::atomic::{AtomicBool, Ordering},
};

use bevy::{log::LogPlugin, prelude::*, window::WindowResolution};
use wayfarer::ui::{UiPlugin, build::HudBars};

use crate::{args::Args, display::NO_GPU, game, scene::ScenePlugin};

/// Where the player is in the program.
#[derive(States, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Stage {
    /// The first screen.
    #[default]
    Menu,
    /// In the clearing.
    Playing,
}

/// The command line, for systems.
#[derive(Resource, Clone)]
pub struct Options(pub Args);

/// What a wanderer keeps an eye on.
const BARS: [&str; 4] = [
    "core:resources.health",
    "core:resources.stamina",
    "core:resources.energy",
    "core:resources.hunger",
];

/// Plays in a window.
pub fn run(args: &Args) -> ExitCode {
    explain_missing_gpu();
    let args = args.clone();
    let ended = panic::catch_unwind(move || {
        let mut app = App::new();
        app.add_plugins(
            DefaultPlugins
                .set(WindowPlugin {
                    primary_window: Some(Window {
                        title: "Wayfarer".into(),
                        resolution: WindowResolution::new(1280, 800),
                        ..default()
                    }),
                    ..default()
                })
                .set(LogPlugin {
                    filter: "warn,wayfarer=info".into(),
                    ..default()
                }),
        );
        game::add_rules(&mut app, &args);
        app.insert_resource(HudBars(BARS.map(str::to_owned).to_vec()))
            .insert_resource(Options(args))
            .init_state::<Stage>()
            .add_plugins((ScenePlugin, UiPlugin::default()))
            .add_plugins((
                bridge::plugin,
                control::plugin,
                labels::plugin,
                looks::plugin,
                menu::plugin,
                near::plugin,
            ));
        app.run()
    });
    match ended {
        Ok(AppExit::Success) => ExitCode::SUCCESS,
        Ok(AppExit::Error(code)) => ExitCode::from(code.get()),
        Err(_) => ExitCode::FAILURE,
    }
}

/// Bevy panics when there is no graphics adapter; a player should read what to do instead.
fn explain_missing_gpu() {
    static SAID: AtomicBool = AtomicBool::new(false);
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info: &PanicHookInfo<'_>| {
        let text = info
            .payload_as_str()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let no_gpu = text.contains("unable to find a gpu")
            || text.contains("failed to create wgpu device")
            || text.contains("no suitable graphics adapter");
        if no_gpu {
            if !SAID.swap(true, Ordering::Relaxed) {
                eprintln!("{NO_GPU}");
            }
        } else {
            before(info);
        }
    }));
}
