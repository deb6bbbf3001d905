//! A window with the sheet and the inventory of one character, and nothing else.
//!
//! Run with `cargo run --example ui`. C and I close and open the panels; drag things about, and
//! put them on.

use bevy::{prelude::*, window::WindowResolution};
use wayfarer::{core::content::FolderSource, prelude::*, ui::prelude::*};

fn main() -> AppExit {
    let window = Window {
        title: "Sheet and inventory".into(),
        resolution: WindowResolution::new(1360, 760),
        ..default()
    };
    App::new()
        .add_plugins(DefaultPlugins.set(WindowPlugin {
            primary_window: Some(window),
            ..default()
        }))
        .add_plugins((RulesPlugins, UiPlugin::default()))
        .add_pack_source(FolderSource::new("assets"))
        .add_systems(Startup, begin)
        .add_systems(
            Update,
            (
                unpack.run_if(on_message::<CharacterReady>),
                hear.run_if(on_message::<Intent>),
            ),
        )
        .run()
}

/// egui draws on a camera; whose sheet and bag are shown is for the game to say.
fn begin(mut commands: Commands, mut local: ResMut<LocalCharacter>, mut open: ResMut<PanelsOpen>) {
    commands.spawn(Camera3d::default());
    let hero = commands.spawn((Character::new("demo:ranger"), Owner(PlayerId::LOCAL)));
    local.0 = Some(hero.id());
    open.open(Panel::Sheet);
}

/// What the game asks for goes through the same door as what a panel asks for.
fn unpack(
    me: Single<&Identity, With<Character>>,
    mut open: ResMut<PanelsOpen>,
    mut outbox: ResMut<Outbox>,
) {
    open.open(Panel::Inventory);
    let (compartment, by) = (Some(Place::In(0)), SortBy::Weight);
    outbox.send(Some(me.0), &SortItems { compartment, by });
}

/// Every click that means something is told to the game; some are for it alone.
fn hear(mut intents: MessageReader<Intent>, mut toasts: ResMut<Toasts>) {
    for intent in intents.read() {
        if let Intent::SaveNow | Intent::Leave | Intent::Join(_) = intent {
            toasts.push(ToastKind::Warning, "This game has nothing but panels.");
        }
    }
}
