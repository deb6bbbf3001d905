//! What has happened to somebody, as messages and entity events.

use std::sync::Arc;

use bevy::prelude::*;
use wayfarer_core::{id::Uid, impl_fact};

use super::outcome::{DamageOutcome, HealingOutcome};
use crate::id::StatId;

/// A blow has hit somebody. Also told when nothing of it was left: the outcome says why.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq)]
pub struct DamageTaken {
    /// Whom.
    pub entity: Entity,
    /// Who did it, if somebody did.
    pub by: Option<Uid>,
    /// What it came from, for display.
    pub cause: Arc<str>,
    /// What became of it.
    pub outcome: Arc<DamageOutcome>,
}

/// Somebody was healed, or given temporary points: the outcome says which resource. Also told when
/// nothing of it arrived.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq)]
pub struct Healed {
    /// Whom.
    pub entity: Entity,
    /// Who did it, if somebody did.
    pub by: Option<Uid>,
    /// What it came from, for display.
    pub cause: Arc<str>,
    /// What became of it.
    pub outcome: Arc<HealingOutcome>,
}

/// A blow has taken the last of somebody's resource.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq)]
pub struct ResourceDepleted {
    /// Whose.
    pub entity: Entity,
    /// Which resource.
    pub stat: StatId,
    /// Who did it, if somebody did.
    pub by: Option<Uid>,
    /// What it came from, for display.
    pub cause: Arc<str>,
}

impl_fact!(DamageTaken, Healed, ResourceDepleted);
