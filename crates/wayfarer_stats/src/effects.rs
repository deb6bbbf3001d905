//! Effects: what is done to characters, at once, for a time or for good.
//!
//! A *definition* ([`EffectDef`], kind `effects`) says what an effect does. A *spec*
//! ([`EffectSpec`]) is a definition with what one application adds: who causes it, how strong. An
//! *active effect* ([`ActiveEffect`]) is what a character then has, in [`ActiveEffects`].
//!
//! # What changes what
//!
//! Steps (`on_apply`, `every`, `on_end`) change what there *is*: permanent values, what is left of
//! a resource. Nothing takes that back. Modifiers change what a stat *counts as* while the effect
//! is active, and removing the effect restores the exact value.
//!
//! # Who gets it
//!
//! Before an effect is applied its `requires` must hold for the target's
//! [`Tags`](crate::tags::Tags), and the target must not be immune. Then the effects that it
//! `removes` end, and it either joins one that is there (see [`Stacking`]) or becomes a new one.
//!
//! Other plugins add steps of their own with [`EffectStepAppExt`]; an effect names one with `Do`.
//!
//! # Suppressed, not removed
//!
//! An effect does nothing while its `during` does not hold, while its bearer is immune to it, and
//! while another active effect suppresses it. It stays, its time goes on, and it does again what it
//! did as soon as it may. Its modifiers are listed in explanations as suppressed. Effects hinder
//! only while they are not hindered themselves; of two that hinder each other the older one holds.
//!
//! What comes along `with` an effect is an effect of its own, with tags of its own: what is to be
//! suppressed together is given the same tag. An effect that is suppressed when it is applied does
//! not do its first steps either.
//!
//! # Time
//!
//! Ends and periods are ticks of the rules, so a late joiner and a loaded game see the right time
//! left. Turn-based games call [`end_turn`], tired heroes [`rest`]. Nothing runs for effects that
//! are not due.
//!
//! Amounts that read stats of the bearer are decided when the effect is applied, and again whenever
//! its modifiers are written anew: when it stacks, is suppressed, or its definition changes. What is
//! to follow the bearer's stats is better a formula of a stat, or has a `when`.
//!
//! # Costs and cooldowns
//!
//! Are effects too: an instant one with `Spend` steps is a cost, refused as a whole if it cannot be
//! paid; one that grants a tag for a time and has the same tag in `requires.none` is a cooldown.

pub mod actions;
mod active;
mod apply;
mod auras;
mod calendar;
mod check;
mod compiled;
mod definition;
pub mod facts;
mod foreign;
mod formula;
mod hindrance;
mod index;
mod modifiers;
mod outfit;
mod plugin;
mod preview;
mod public;
mod queue;
mod refresh;
mod remove;
mod rules;
mod spec;
mod steps;
mod tick;
mod turns;

pub use active::{
    ActiveEffect, ActiveEffects, EffectOp, MAX_EFFECTS, MAX_NUMBER, MAX_NUMBERS, Until,
};
pub use apply::apply_effect;
pub use auras::{AURA_INTERVAL, AuraMembers, within_radius};
pub use calendar::{CalendarDef, NextDawn, next_dawn};
pub use definition::{
    Amount, AuraDef, Capture, EffectDef, EffectModifierDef, EffectStep, Expiry, Lasts, PeriodDef,
    RestKind, StackDuration, StackPeriod, StackedBy, Stacking, WhenFull,
};
pub use foreign::{EffectStepAppExt, StepCall, StepFn};
pub use hindrance::{WhySuppressed, why_suppressed};
pub use index::EffectIndex;
pub(crate) use plugin::register;
pub use preview::{EffectPreview, StepPreview, preview_effect, preview_removal};
pub use public::PublicEffects;
pub use refresh::tags_now;
pub use remove::{reduce_effect, remove_all, remove_effect, remove_tagged};
pub use spec::{Applied, EffectSpec};
pub use turns::{end_turn, rest};
