//! Kind `damage_rules`: the way from a blow to the resource it hits.

use serde::Deserialize;
use wayfarer_core::content::{Definition, LinkCtx, Located, Ref, Spanned, Text};

use super::{
    check::link_formula,
    model::{DamageRules, DamageStage, Rounding},
};
use crate::{content::Formula, tags::TagDef};

/// Definition kind `damage_rules`. There is one entry, by custom called `default`; a later pack
/// that wants other rules replaces it with `"core:default": (replace: true, …)`.
///
/// ```ron
/// { "default": (resource: "core:resources.health", temporary: "core:resources.temporary_health") }
/// ```
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct DamageRulesDef {
    /// The resource that damage takes from and healing gives to.
    pub resource: Text,
    /// The resource that stands before it: temporary points. Characters may lack it.
    #[serde(default)]
    pub temporary: Option<Text>,
    /// What a resistance multiplies by: 0.5 unless said otherwise.
    #[serde(default)]
    pub resisted: Option<Spanned<f32>>,
    /// What a vulnerability multiplies by: 2 unless said otherwise.
    #[serde(default)]
    pub vulnerable: Option<Spanned<f32>>,
    /// The stages in order. What is left out is not done. `Temporary` and `Resource` come last,
    /// for they meet the whole blow and not one type of it.
    #[serde(default)]
    pub order: Option<Spanned<Vec<DamageStage>>>,
    /// How fractions are rounded, in damage and healing.
    #[serde(default)]
    pub rounding: Rounding,
    /// The least that each type of a blow does after all stages of its own, unless there was
    /// nothing in it or the target is immune.
    #[serde(default)]
    pub minimum: Option<Spanned<f32>>,
    /// Whether each of several resistances counts, and each of several vulnerabilities.
    #[serde(default)]
    pub resistances_add: bool,
    /// Whether temporary points add up. If not, the higher amount stays.
    #[serde(default)]
    pub temporary_stacks: bool,
    /// A share that is taken off healing, a formula over the target's stats; negative for more.
    #[serde(default)]
    pub healing_share: Option<Formula>,
    /// Who has one of these tags cannot be healed.
    #[serde(default)]
    pub healing_blocked_by: Vec<Ref<TagDef>>,
}

impl DamageRulesDef {
    /// The rules as plain data.
    pub fn rules(&self) -> DamageRules {
        let unset = DamageRules::default();
        let number = |n: &Option<Spanned<f32>>, unset| n.as_ref().map_or(unset, |n| n.value);
        DamageRules {
            resisted: number(&self.resisted, unset.resisted),
            vulnerable: number(&self.vulnerable, unset.vulnerable),
            order: match &self.order {
                Some(order) => order.value.as_slice().into(),
                None => unset.order,
            },
            rounding: self.rounding,
            minimum: number(&self.minimum, unset.minimum),
            resistances_add: self.resistances_add,
            temporary_stacks: self.temporary_stacks,
            place: None,
        }
    }

    fn check_order(&self, ctx: &mut LinkCtx<'_>) {
        let Some(order) = &self.order else {
            return;
        };
        let stages = &order.value;
        let twice = stages
            .iter()
            .enumerate()
            .find(|(at, stage)| stages[..*at].contains(stage));
        if let Some((_, stage)) = twice {
            let message = format!("`{stage:?}` is written twice");
            ctx.error(order.span(), "duplicate-name", message, None);
        }
        if stages.last() != Some(&DamageStage::Resource) {
            let message = "the last stage must be `Resource`: what is left is taken from it";
            ctx.error(order.span(), "bad-order", message, None);
        }
        let whole = stages.iter().position(|stage| stage.is_whole());
        let late = stages.iter().skip(whole.unwrap_or(stages.len()));
        if let Some(late) = late.copied().find(|stage| !stage.is_whole()) {
            let message = format!("`{late:?}` comes after `Temporary` or `Resource`");
            let help = "these two meet the whole blow, so write them last".to_owned();
            ctx.error(order.span(), "bad-order", message, Some(help));
        }
    }
}

impl Definition for DamageRulesDef {
    const KIND: &'static str = "damage_rules";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        let numbers = [
            (&self.resisted, "`resisted`"),
            (&self.vulnerable, "`vulnerable`"),
            (&self.minimum, "`minimum`"),
        ];
        for (number, what) in numbers {
            if let Some(number) = number
                && !(number.value.is_finite() && number.value >= 0.0)
            {
                let message = format!("{what} must be 0 or more, not {}", number.value);
                ctx.error(number, "bad-number", message, None);
            }
        }
        let odd = [
            (
                &self.resisted,
                "`resisted` makes damage more",
                1.0..f32::INFINITY,
            ),
            (&self.vulnerable, "`vulnerable` makes damage less", 0.0..1.0),
        ];
        for (number, what, range) in odd {
            if let Some(number) = number
                && number.value != 1.0
                && range.contains(&number.value)
            {
                ctx.warn(number, "odd-number", what, None);
            }
        }
        self.check_order(ctx);
        if let Some(share) = &mut self.healing_share {
            link_formula(share, ctx);
        }
    }
}
