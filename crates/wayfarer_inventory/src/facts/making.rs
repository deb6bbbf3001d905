//! What has happened in work and crafting.

use bevy::prelude::*;
use wayfarer_core::{
    id::{DefId, Uid},
    impl_fact,
    refusal::Refusal,
};

/// Somebody has begun to work.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct WorkStarted {
    /// The worker.
    pub entity: Entity,
    /// The hash of [`WorkKind::NAME`](crate::work::WorkKind::NAME).
    pub kind: DefId,
    /// The tick in which it will be done.
    pub until: u64,
}

/// Somebody's work is over.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq)]
pub struct WorkEnded {
    /// The worker.
    pub entity: Entity,
    /// The hash of [`WorkKind::NAME`](crate::work::WorkKind::NAME).
    pub kind: DefId,
    /// Whether it was finished.
    pub done: bool,
    /// Why it was not; nothing when the worker stopped it.
    pub refusal: Option<Refusal>,
}

/// Somebody has made something, or tried to.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq)]
pub struct CraftEnded {
    /// The maker.
    pub entity: Entity,
    /// The recipe.
    pub recipe: DefId,
    /// The (last) stack that what was made is in; nothing when it failed.
    pub item: Option<Uid>,
    /// How well, 0 to 100, where that matters.
    pub score: Option<f32>,
}

/// A tool was used in making something: what wears it out.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct ToolUsed {
    /// Who used it.
    pub entity: Entity,
    /// The tool.
    pub item: Uid,
    /// For which recipe.
    pub recipe: DefId,
}

/// Somebody has fallen and left a container with what they had.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct RemainsLeft {
    /// Who fell.
    pub entity: Entity,
    /// The container.
    pub container: Entity,
}

impl_fact!(RemainsLeft, WorkStarted, WorkEnded, CraftEnded, ToolUsed);

pub(super) fn plugin(app: &mut App) {
    app.add_message::<RemainsLeft>()
        .add_message::<WorkStarted>()
        .add_message::<WorkEnded>()
        .add_message::<CraftEnded>()
        .add_message::<ToolUsed>();
}
