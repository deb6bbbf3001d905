//! What has happened to effects, as messages and entity events.

use bevy::prelude::*;
use wayfarer_core::{
    id::{DefId, Uid},
    impl_fact,
};

use super::definition::RestKind;

/// An effect was applied, for the first time or once more. Not told of effects that are over at
/// once.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq)]
pub struct EffectApplied {
    /// The bearer.
    pub entity: Entity,
    /// The effect.
    pub effect: Uid,
    /// Its definition.
    pub def: DefId,
    /// Who caused it.
    pub source: Option<Uid>,
    /// How many stacks it has now.
    pub stacks: u16,
}

/// An effect has ended.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq)]
pub struct EffectEnded {
    /// The bearer.
    pub entity: Entity,
    /// The effect.
    pub effect: Uid,
    /// Its definition.
    pub def: DefId,
    /// Why.
    pub why: EndReason,
}

/// An effect no longer does anything for now, or does again.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq)]
pub struct EffectSuppressed {
    /// The bearer.
    pub entity: Entity,
    /// The effect.
    pub effect: Uid,
    /// Its definition.
    pub def: DefId,
    /// Whether it is suppressed now.
    pub suppressed: bool,
}

/// Why an effect has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Reflect)]
pub enum EndReason {
    /// Its time was over.
    Expired,
    /// Something removed it: another effect, a game master, its bearer.
    Removed,
    /// A newer one of the same definition took its place.
    Replaced,
    /// The effect that it hung on has ended.
    Parent,
    /// Its source is gone.
    Source,
    /// What it does again and again was refused: a cost that could not be paid.
    Unpaid,
    /// The bearer has left the aura.
    LeftAura,
}

/// A character has rested.
#[derive(Message, EntityEvent, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rested {
    /// The character.
    pub entity: Entity,
    /// How long.
    pub kind: RestKind,
}

impl_fact!(EffectApplied, EffectEnded, EffectSuppressed, Rested);
