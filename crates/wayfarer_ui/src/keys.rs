//! Keys and what they mean: [`UiAction`]s, rebindable [`KeyBindings`], where they are kept.

mod action;
mod bindings;
mod chord;
mod input;
mod store;
mod table;

pub use action::UiAction;
pub use bindings::{BindingsError, Conflict, KeyBindings};
pub use chord::Chord;
pub use input::{KeysSystems, ui_takes_keyboard};
pub(crate) use input::{
    Tapped, apply_bindings, gate_keys, press_tapped, release_tapped, spawn_input,
};
pub use store::KeyStore;
pub(crate) use store::load_bindings;
pub use table::{key_code_of, key_of};
