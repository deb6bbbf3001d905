//! Wayfarer's egui panels: character sheet, inventory, stat inspector, action log, content errors,
//! people, keys and a small HUD.
//!
//! - [`panels`] are functions of a [`model`] and a state of their own: no world, no side effects.
//!   What was clicked comes out as [`Intent`](intent::Intent)s. They are tested without a window
//!   and work in any egui game.
//! - [`build`] makes models from the world, and only when what they show has changed.
//! - The plugin turns intents into requests through the [`Outbox`](wayfarer_core::door::Outbox)
//!   and shows the [`answers`] where they were asked for. Alone, on a host and on a client
//!   this is the same.
//! - The panels of effects, relations, packages and the stat graph show the character that the
//!   inspector looks at, or the local one.
//! - [`keys`] can be changed by the player and are kept where the game says. Every text can be
//!   reworded ([`texts`]), every colour changed ([`theme`]).
//!
//! It is not rules: nothing here decides what may be done, and nothing changes the world.
//!
//! # Quick start
//!
//! ```no_run
//! use bevy::prelude::*;
//! use wayfarer_core::prelude::*;
//! use wayfarer_ui::prelude::*;
//!
//! // After the game's own `DefaultPlugins`.
//! fn plugin(app: &mut App) {
//!     app.add_plugins(UiPlugin::default()).add_systems(Startup, begin);
//! }
//!
//! fn begin(mut commands: Commands, mut local: ResMut<LocalCharacter>) {
//!     let hero = commands.spawn((Character::new("demo:knight"), Owner(PlayerId::LOCAL)));
//!     local.0 = Some(hero.id());
//! }
//! ```
//!
//! What the panels leave to the game arrives as messages:
//!
//! ```
//! # use bevy::prelude::*;
//! # use wayfarer_ui::prelude::*;
//! fn save_and_leave(mut intents: MessageReader<Intent>) {
//!     for intent in intents.read() {
//!         match intent {
//!             Intent::SaveNow => { /* … */ }
//!             Intent::Leave => { /* … */ }
//!             _ => {}
//!         }
//!     }
//! }
//! # bevy::ecs::system::assert_is_system(save_and_leave);
//! ```

pub mod answers;
pub mod build;
mod dispatch;
pub mod game_panel;
mod hotbar;
pub mod intent;
pub mod keys;
pub mod model;
pub mod open;
pub mod panels;
pub mod plugin;
pub mod texts;
pub mod theme;
pub mod toasts;
pub mod widgets;

pub use plugin::{UiLogicPlugin, UiPlugin};

/// What games need most.
pub mod prelude {
    pub use crate::{
        UiLogicPlugin, UiPlugin,
        build::{HudBars, Inspected},
        game_panel::{GamePanel, GamePanelAppExt, PanelScene, Visiting},
        intent::{Ask, Intent, JoinWish},
        keys::{KeyBindings, KeyStore, UiAction, ui_takes_keyboard},
        model::{
            hud::{NearbyPrompt, Prompt, ToastKind},
            session::{Connection, LanGame, Person, SessionModel},
        },
        open::{Panel, PanelsOpen},
        plugin::{LocalCharacter, UiSystems},
        toasts::Toasts,
    };
}
