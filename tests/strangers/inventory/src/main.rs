use bevy::prelude::*;
use wayfarer_inventory::prelude::InventoryPlugin;

fn main() {
    App::new()
        .add_plugins((MinimalPlugins, InventoryPlugin::default()))
        .add_systems(Startup, |mut exit: MessageWriter<AppExit>| {
            exit.write(AppExit::Success);
        })
        .run();
}
