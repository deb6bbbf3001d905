//! What an item definition says about charges and about clinging to its owner.

use serde::{Deserialize, Serialize};
use wayfarer_core::content::LinkCtx;

use super::BAD_NUMBER;

/// How often a thing can do what it does before it is empty.
///
/// ```ron
/// charges: (max: 7, recharge: Dawn, back: 3)
/// ```
#[derive(Deserialize, Debug, Clone, Copy, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct ChargesDef {
    /// The most it holds, from 1.
    pub max: u16,
    /// What a new one holds; all if left out.
    #[serde(default)]
    pub start: Option<u16>,
    /// What brings charges back.
    #[serde(default)]
    pub recharge: Recharge,
    /// How many come back each time; all if left out.
    #[serde(default)]
    pub back: Option<u16>,
}

/// What brings charges back.
#[derive(Deserialize, Debug, Clone, Copy, Default, PartialEq)]
pub enum Recharge {
    /// Nothing.
    #[default]
    None,
    /// A rest of whoever carries it, short or long.
    ShortRest,
    /// A long rest of whoever carries it.
    LongRest,
    /// Every dawn, wherever it is.
    Dawn,
    /// So many seconds, wherever it is.
    Seconds(f32),
}

/// When a thing becomes one person's alone.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Binds {
    /// When a character gets it.
    OnPickUp,
    /// When it is put on.
    OnEquip,
    /// When it is used.
    OnUse,
}

impl ChargesDef {
    /// What a new one holds.
    pub fn at_first(&self) -> u16 {
        self.start.unwrap_or(self.max).min(self.max)
    }

    /// How many come back each time; at least 1.
    pub fn each_time(&self) -> u16 {
        self.back.unwrap_or(self.max).max(1)
    }

    pub(super) fn link(&self, ctx: &mut LinkCtx<'_>) {
        let at = ctx.entry_span();
        if self.max == 0 || self.back == Some(0) {
            let message = "charges and what comes back of them are at least 1";
            ctx.error(at, BAD_NUMBER, message, None);
        }
        if self.start.is_some_and(|start| start > self.max) {
            let message = format!("a new one has more than its {} charges", self.max);
            ctx.error(at, BAD_NUMBER, message, None);
        }
        if let Recharge::Seconds(seconds) = self.recharge
            && !(seconds.is_finite() && seconds > 0.0)
        {
            let message = format!("`Seconds({seconds})` must be more than 0");
            ctx.error(at, BAD_NUMBER, message, None);
        }
    }
}
