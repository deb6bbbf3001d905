use bevy::prelude::*;
use wayfarer_stats::prelude::StatsPlugin;

fn main() {
    App::new()
        .add_plugins((MinimalPlugins, StatsPlugin::default()))
        .add_systems(Startup, |mut exit: MessageWriter<AppExit>| {
            exit.write(AppExit::Success);
        })
        .run();
}
