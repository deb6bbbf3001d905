//! What stands on the screen while no panel is open, as data.

use std::time::Duration;

use bevy::prelude::Resource;
use wayfarer_core::id::{DefId, Uid};

/// Name, bars, hints, messages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HudModel {
    /// The character's name; empty while there is no character.
    pub name: String,
    /// Health, stamina and the like.
    pub bars: Vec<BarModel>,
    /// A word about the load; `None` while it is light.
    pub load: Option<LoadHint>,
    /// What can be done here.
    pub prompt: Option<Prompt>,
    /// The key of the prompt, as shown.
    pub prompt_key: String,
    /// Keys and what they do.
    pub hints: Vec<(String, String)>,
    /// What has just happened, the latest last.
    pub toasts: Vec<Toast>,
    /// A condition that everybody should see, such as a failed reload.
    pub banner: Option<String>,
}

/// A bar on the screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BarModel {
    /// Which stat.
    pub id: DefId,
    /// Its name.
    pub name: String,
    /// What is left.
    pub current: f32,
    /// The most there can be.
    pub max: f32,
}

/// The load, when it is worth a word.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LoadHint {
    /// Weight ÷ limit.
    pub share: f32,
    /// What the load leaves of the speed; 1 while it only warns.
    pub factor: f32,
}

/// Something near that can be used. The game sets it, as [`NearbyPrompt`].
#[derive(Clone, Debug, PartialEq)]
pub struct Prompt {
    /// What happens: "Open the chest".
    pub text: String,
    /// With what.
    pub target: Uid,
}

/// What can be used from where the character stands. The game sets it; the interact key and a
/// click on the prompt become [`Intent::Interact`](crate::intent::Intent::Interact).
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct NearbyPrompt(pub Option<Prompt>);

/// How a message is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ToastKind {
    /// Something happened.
    #[default]
    Fact,
    /// Something was not possible.
    Refusal,
    /// Something is wrong.
    Warning,
}

/// A short message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Toast {
    /// What it says.
    pub text: String,
    /// How it is meant.
    pub kind: ToastKind,
    /// How old it is.
    pub age: Duration,
    /// How often it was said in a row, from 1.
    pub times: u32,
}
