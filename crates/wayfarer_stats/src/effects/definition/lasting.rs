//! How long an effect stays.

use serde::{Deserialize, Serialize};
use wayfarer_core::content::LinkCtx;

use super::Amount;

/// How long an effect stays.
#[derive(Deserialize, Clone, Debug, Default, PartialEq)]
pub enum Lasts {
    /// It is over at once: what it changes, it changes for good.
    #[default]
    Instant,
    /// So many seconds, by a formula.
    Seconds(Amount),
    /// So many turns of the bearer, by a formula.
    Turns(Amount),
    /// Until the bearer has rested, shortly or long.
    ShortRest,
    /// Until the bearer has rested long.
    LongRest,
    /// Until the next dawn.
    Dawn,
    /// Until something ends it.
    Forever,
}

impl Lasts {
    pub(super) fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        if let Self::Seconds(amount) | Self::Turns(amount) = self {
            amount.link(ctx, false);
        }
    }

    /// Its formula.
    pub(crate) fn amount(&self) -> Option<&Amount> {
        match self {
            Self::Seconds(amount) | Self::Turns(amount) => Some(amount),
            _ => None,
        }
    }
}

/// A rest of a character.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    bevy::reflect::Reflect,
)]
pub enum RestKind {
    /// An hour to catch breath.
    Short,
    /// A night's sleep. It is a short rest too.
    Long,
}
