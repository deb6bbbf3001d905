//! The definition of an effect, as it is written in RON.

use serde::Deserialize;
use wayfarer_core::content::{Definition, LinkCtx, Ref, Spanned};

use crate::tags::{TagDef, TagQuery};

mod amount;
mod aura;
mod lasting;
mod modifier;
mod stacking;
mod step;

pub use amount::Amount;
pub use aura::AuraDef;
pub use lasting::{Lasts, RestKind};
pub use modifier::{Capture, EffectModifierDef};
pub use stacking::{Expiry, StackDuration, StackPeriod, StackedBy, Stacking, WhenFull};
pub use step::EffectStep;

/// Definition kind `effects`: what is done to a character, at once, for a time or for good.
///
/// ```ron
/// {
///     "blessed": (
///         name: "Blessed",
///         lasts: Seconds("60"),
///         modifiers: [(stat: "core:skills.lore", flat: 10, type: "core:luck")],
///     ),
///     "snack": (name: "A bite to eat", on_apply: [Add(stat: "core:resources.hunger", amount: "30")]),
/// }
/// ```
///
/// In formulas a bare name means a stat of whoever has the effect; `source.strength` one of whoever
/// caused it; `effect.level` and `effect.stacks` are the effect's own numbers, and any other
/// `effect.<word>` is a number that the one who applies it sets (0 if it does not). Only steps may
/// throw dice.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct EffectDef {
    /// Name shown to players.
    pub name: String,
    /// What it does, in a sentence.
    #[serde(default)]
    pub description: String,
    /// What the effect itself is: what removal, immunity and suppression ask for.
    #[serde(default)]
    pub tags: Vec<Ref<TagDef>>,
    /// How long it stays. [`Lasts::Instant`] if left out.
    #[serde(default)]
    pub lasts: Lasts,
    /// What it does to stats while it is active.
    #[serde(default)]
    pub modifiers: Vec<EffectModifierDef>,
    /// When the stats of the source are read, unless a modifier says otherwise.
    #[serde(default)]
    pub capture: Capture,
    /// Tags that the bearer has while it is active.
    #[serde(default)]
    pub grants: Vec<Ref<TagDef>>,
    /// Effects with one of these tags are refused while it is active, and suppressed if they are
    /// there already.
    #[serde(default)]
    pub immune: Vec<Ref<TagDef>>,
    /// Other effects with one of these tags do nothing while it is active.
    #[serde(default)]
    pub suppresses: Vec<Ref<TagDef>>,
    /// Tags the target must have, or not have, for it to be applied at all.
    #[serde(default)]
    pub requires: TagQuery,
    /// While the bearer's tags do not fulfil this, the effect does nothing, but it stays.
    #[serde(default)]
    pub during: TagQuery,
    /// Other effects with one of these tags end when it is applied.
    #[serde(default)]
    pub removes: Vec<Ref<TagDef>>,
    /// It ends when its source is gone from the world.
    #[serde(default)]
    pub ends_with_source: bool,
    /// The bearer's player may end it.
    #[serde(default)]
    pub dismissable: bool,
    /// Strangers see that somebody has it.
    #[serde(default)]
    pub public: bool,
    /// Done once, when it is applied.
    #[serde(default)]
    pub on_apply: Vec<EffectStep>,
    /// Done again and again.
    #[serde(default)]
    pub every: Option<PeriodDef>,
    /// Done once, when it ends, for whatever reason. If a step is refused, none of them is done;
    /// the end itself cannot be refused.
    #[serde(default)]
    pub on_end: Vec<EffectStep>,
    /// What happens when it is applied to somebody who has it.
    #[serde(default)]
    pub stacking: Stacking,
    /// Further effects that come and go with it.
    #[serde(default)]
    pub with: Vec<Ref<EffectDef>>,
    /// It gives an effect to those around.
    #[serde(default)]
    pub aura: Option<AuraDef>,
}

/// What a lasting effect does again and again. Of `seconds` and `turns` one is given.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct PeriodDef {
    /// Time between two times.
    #[serde(default)]
    pub seconds: Option<Spanned<f32>>,
    /// Turns of the bearer between two times.
    #[serde(default)]
    pub turns: Option<Spanned<u16>>,
    /// Whether the first time is when it is applied.
    #[serde(default)]
    pub first: bool,
    /// What is done. A step that is refused (a cost that cannot be paid) ends the effect.
    pub steps: Vec<EffectStep>,
}

impl EffectDef {
    /// Every list of steps, with whether it belongs to a lasting effect only.
    pub(crate) fn steps(&self) -> impl Iterator<Item = &EffectStep> {
        let every = self.every.iter().flat_map(|every| &every.steps);
        self.on_apply.iter().chain(every).chain(&self.on_end)
    }

    /// Further effects that it applies, by whatever way.
    pub(crate) fn leads_to(&self) -> impl Iterator<Item = &Ref<EffectDef>> {
        let steps = self.steps().filter_map(|step| match step {
            EffectStep::Apply(effect) => Some(effect),
            _ => None,
        });
        let aura = self.aura.iter().map(|aura| &aura.effect);
        self.with.iter().chain(steps).chain(aura)
    }

    fn check_lasting(&self, ctx: &mut LinkCtx<'_>) {
        if self.lasts != Lasts::Instant {
            return;
        }
        let help = "say how long with `lasts`, for example `lasts: Seconds(\"10\")`".to_owned();
        let lasting = [
            (!self.modifiers.is_empty(), "modifiers"),
            (!self.grants.is_empty(), "grants"),
            (!self.immune.is_empty(), "immune"),
            (!self.suppresses.is_empty(), "suppresses"),
            (!self.during.is_empty(), "during"),
            (self.every.is_some(), "every"),
            (!self.on_end.is_empty(), "on_end"),
            (!self.with.is_empty(), "with"),
            (self.aura.is_some(), "aura"),
        ];
        for (_, field) in lasting.into_iter().filter(|(given, _)| *given) {
            let message = format!("an effect that is over at once cannot have `{field}`");
            ctx.error(
                ctx.entry_span(),
                "instant-effect",
                message,
                Some(help.clone()),
            );
        }
    }
}

impl Definition for EffectDef {
    const KIND: &'static str = "effects";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        self.lasts.link(ctx);
        for modifier in &mut self.modifiers {
            modifier.link(ctx);
        }
        for step in self.on_apply.iter_mut().chain(&mut self.on_end) {
            step.link(ctx);
        }
        if let Some(every) = &mut self.every {
            every.link(ctx);
        }
        if let Some(aura) = &mut self.aura {
            aura.link(ctx);
        }
        self.requires.link(ctx);
        self.during.link(ctx);
        self.stacking.link(ctx);
        self.check_lasting(ctx);
        // It would switch itself off, and on again.
        for own in &self.grants {
            if let Some(against) = self.during.none.iter().find(|tag| *tag == own) {
                let message = format!("the effect grants `{own}` and is suppressed by it");
                ctx.error(
                    against,
                    "contradiction",
                    message,
                    Some("remove one of the two".into()),
                );
            }
            if let Some(against) = self.requires.none.iter().find(|tag| *tag == own)
                && self.stacking.limit() > 1
            {
                let message = format!("the effect grants `{own}`, so it can never stack");
                ctx.error(
                    against,
                    "contradiction",
                    message,
                    Some("remove one of the two".into()),
                );
            }
        }
        for own in &self.tags {
            let lists = [&self.immune, &self.suppresses, &self.removes];
            if let Some(against) = lists[..2]
                .iter()
                .flat_map(|list| list.iter())
                .find(|t| *t == own)
            {
                let message = format!("the effect is `{own}` itself and would act against itself");
                ctx.error(
                    against,
                    "contradiction",
                    message,
                    Some("remove one of the two".into()),
                );
            }
        }
    }
}

impl PeriodDef {
    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        match (&self.seconds, &self.turns) {
            (Some(seconds), None) => {
                if !(seconds.value.is_finite() && seconds.value > 0.0) {
                    let message = format!("a period must be longer than 0, not {}", seconds.value);
                    ctx.error(seconds, "bad-period", message, None);
                }
            }
            (None, Some(turns)) => {
                if turns.value == 0 {
                    ctx.error(turns, "bad-period", "a period must be longer than 0", None);
                }
            }
            _ => {
                let help = "write `every: (seconds: 1.0, …)` or `every: (turns: 1, …)`".to_owned();
                let message = "a period has either `seconds` or `turns`";
                ctx.error(ctx.entry_span(), "bad-period", message, Some(help));
            }
        }
        for step in &mut self.steps {
            step.link(ctx);
        }
    }
}
