//! Modifiers of effects, whose amounts are formulas.

use serde::Deserialize;
use wayfarer_core::content::{LinkCtx, Ref, Text};

use super::Amount;
use crate::{
    content::{BonusTypeDef, Formula},
    modifier::ModifierKind,
};

/// When the stats of the source are read.
#[derive(Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Capture {
    /// Once, when the effect is applied.
    #[default]
    Snapshot,
    /// Again whenever they change, as long as the source is there. Others' stats are read as they
    /// were at the end of the last tick.
    Live,
}

/// One modifier of an effect. As [`ModifierDef`](crate::content::ModifierDef), but that the amount
/// may be a formula over the source and the effect's own numbers.
///
/// ```ron
/// (stat: "core:skills.melee", flat: "2 * effect.stacks + source.charisma_mod", capture: Live)
/// ```
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct EffectModifierDef {
    /// The stat, as in a formula; best in full, `pack:set.stat`.
    pub stat: Text,
    /// Added to the base.
    #[serde(default)]
    pub flat: Option<Amount>,
    /// A share; shares are added up before they multiply.
    #[serde(default)]
    pub increased: Option<Amount>,
    /// A factor of its own; below 0 it counts as 0.
    #[serde(default)]
    pub more: Option<Amount>,
    /// The stat is this, whatever else is said, but for floors and caps.
    #[serde(default, rename = "override")]
    pub set: Option<Amount>,
    /// The stat is at least this.
    #[serde(default)]
    pub floor: Option<Amount>,
    /// The stat is at most this.
    #[serde(default)]
    pub cap: Option<Amount>,
    /// The bonus type; without one the modifier always stacks.
    #[serde(default, rename = "type")]
    pub bonus: Option<Ref<BonusTypeDef>>,
    /// Among overrides the highest wins.
    #[serde(default)]
    pub priority: i16,
    /// Counts only while this formula over the bearer's stats is not 0.
    #[serde(default)]
    pub when: Option<Formula>,
    /// When the stats of the source are read; as the effect says if left out.
    #[serde(default)]
    pub capture: Option<Capture>,
}

impl EffectModifierDef {
    fn amounts(&self) -> impl Iterator<Item = (ModifierKind, &Amount)> {
        [
            (ModifierKind::Override, &self.set),
            (ModifierKind::Flat, &self.flat),
            (ModifierKind::Increased, &self.increased),
            (ModifierKind::More, &self.more),
            (ModifierKind::Floor, &self.floor),
            (ModifierKind::Cap, &self.cap),
        ]
        .into_iter()
        .filter_map(|(kind, amount)| Some((kind, amount.as_ref()?)))
    }

    /// What it does and how much; `None` when the definition is wrong, which has been reported.
    pub fn kind(&self) -> Option<(ModifierKind, &Amount)> {
        let mut amounts = self.amounts();
        let found = amounts.next()?;
        amounts.next().is_none().then_some(found)
    }

    pub(super) fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        let count = self.amounts().count();
        if count == 0 {
            let help = "add one of `flat`, `increased`, `more`, `override`, `floor`, `cap`";
            let message = "this modifier does nothing";
            ctx.error(&self.stat, "no-amount", message, Some(help.to_owned()));
        } else if count > 1 {
            let help = "give each modifier one amount and write two modifiers".to_owned();
            let message = "this modifier has more than one amount";
            ctx.error(&self.stat, "two-amounts", message, Some(help));
        }
        let amounts = [
            &mut self.set,
            &mut self.flat,
            &mut self.increased,
            &mut self.more,
            &mut self.floor,
            &mut self.cap,
        ];
        for amount in amounts.into_iter().flatten() {
            amount.link(ctx, false);
        }
        if let Some(when) = &mut self.when {
            crate::content::link_condition(when, ctx);
        }
    }
}
