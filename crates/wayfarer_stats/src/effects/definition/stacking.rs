//! What happens when an effect meets itself.

use serde::Deserialize;
use wayfarer_core::content::{LinkCtx, Spanned};

/// Four separate questions: what counts as the same effect and how often it stacks; what becomes of
/// its duration; of its period; and what happens when its time is over.
#[derive(Deserialize, Clone, Debug, Default)]
#[serde(deny_unknown_fields)]
pub struct Stacking {
    /// What counts as the same effect.
    #[serde(default)]
    pub by: StackedBy,
    /// How many stacks there can be, or with [`StackedBy::Each`] how many at a time on one bearer.
    /// 1 if left out (for `Each`: any number).
    #[serde(default)]
    pub limit: Option<Spanned<u16>>,
    /// What a further application does to the time left.
    #[serde(default)]
    pub duration: StackDuration,
    /// What it does to the next period.
    #[serde(default)]
    pub period: StackPeriod,
    /// What happens when the time is over.
    #[serde(default)]
    pub expiry: Expiry,
    /// What a further application does when there are as many stacks as there can be.
    #[serde(default)]
    pub full: WhenFull,
}

/// What counts as the same effect.
#[derive(Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StackedBy {
    /// One on each bearer, whoever causes it.
    #[default]
    Target,
    /// One for each source.
    Source,
    /// Every application is an effect of its own.
    Each,
}

/// What a further application does to the time left.
#[derive(Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StackDuration {
    /// It begins anew. A longer time that is left stays.
    #[default]
    Refresh,
    /// The new time is added to what is left.
    Extend,
    /// Nothing.
    Keep,
}

/// What a further application does to the next period.
#[derive(Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StackPeriod {
    /// Nothing: the beat goes on.
    #[default]
    Keep,
    /// It begins anew.
    Reset,
}

/// What happens when the time is over.
#[derive(Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Expiry {
    /// All stacks go.
    #[default]
    All,
    /// One stack goes, and the time begins anew for the rest.
    One,
}

/// What a further application does when there is no room for a stack.
#[derive(Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WhenFull {
    /// It still counts for duration and period. With [`StackedBy::Each`] the oldest goes.
    #[default]
    Refresh,
    /// It is refused.
    Refuse,
}

impl Stacking {
    /// How many stacks there can be, at least 1.
    pub fn limit(&self) -> u16 {
        let unset = if self.by == StackedBy::Each {
            u16::MAX
        } else {
            1
        };
        self.limit
            .as_ref()
            .map_or(unset, |limit| limit.value.max(1))
    }

    pub(super) fn link(&self, ctx: &mut LinkCtx<'_>) {
        if let Some(limit) = &self.limit
            && limit.value == 0
        {
            let message = "with a limit of 0 the effect could never be applied";
            ctx.error(
                limit,
                "bad-limit",
                message,
                Some("write 1 or more".to_owned()),
            );
        }
    }
}
