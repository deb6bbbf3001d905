//! What an effect does once, or again and again.

use serde::Deserialize;
use wayfarer_core::content::{LinkCtx, Ref, Text};

use super::{Amount, EffectDef};
use crate::{damage::DamageTypeDef, tags::TagDef};

/// One thing that is done. What it changes, it changes for good.
///
/// Amounts are formulas and may throw dice; the dice that fell are kept in the ledger.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub enum EffectStep {
    /// Changes a stat: what there is of a resource, the permanent value of any other.
    Add {
        /// The stat, as in a formula.
        stat: Text,
        /// How much; may be negative.
        amount: Amount,
    },
    /// Sets a stat: what there is of a resource, the permanent value of any other.
    Set {
        /// The stat, as in a formula.
        stat: Text,
        /// To what.
        to: Amount,
    },
    /// Takes from a resource, and is refused if there is not enough: a cost.
    Spend {
        /// The resource.
        stat: Text,
        /// How much; below 0 it counts as 0.
        amount: Amount,
    },
    /// Hurts: by the way of the damage rules, with resistances and all. The amount is at least 0.
    Damage {
        /// How much.
        amount: Amount,
        /// Of what sort.
        #[serde(rename = "type")]
        kind: Ref<DamageTypeDef>,
    },
    /// Heals: by the way of the damage rules. The amount is at least 0.
    Heal(Amount),
    /// Gives temporary points: by the way of the damage rules. The amount is at least 0.
    Temporary(Amount),
    /// Applies another effect to the same target, caused by the same source.
    Apply(Ref<EffectDef>),
    /// Takes one stack from an effect; the last one ends it.
    Reduce(Ref<EffectDef>),
    /// Ends the effects with this tag.
    Remove(Ref<TagDef>),
    /// Does what another plugin has [registered](crate::effects::EffectStepAppExt).
    Do {
        /// Its name, such as `equipment.identify`. An unknown one is a mistake; one of a plugin of
        /// Wayfarer's that this program does not have does nothing.
        step: Text,
        /// How much; 1 if left out. What a negative amount means is up to the step.
        #[serde(default = "Amount::one")]
        amount: Amount,
    },
}

impl EffectStep {
    pub(super) fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        if let Some(amount) = self.amount_mut() {
            amount.link(ctx, true);
        }
    }

    fn amount_mut(&mut self) -> Option<&mut Amount> {
        match self {
            Self::Add { amount, .. }
            | Self::Spend { amount, .. }
            | Self::Damage { amount, .. }
            | Self::Do { amount, .. }
            | Self::Heal(amount)
            | Self::Temporary(amount) => Some(amount),
            Self::Set { to, .. } => Some(to),
            Self::Apply(_) | Self::Reduce(_) | Self::Remove(_) => None,
        }
    }

    /// Its formula.
    pub(crate) fn amount(&self) -> Option<&Amount> {
        match self {
            Self::Add { amount, .. }
            | Self::Spend { amount, .. }
            | Self::Damage { amount, .. }
            | Self::Do { amount, .. }
            | Self::Heal(amount)
            | Self::Temporary(amount) => Some(amount),
            Self::Set { to, .. } => Some(to),
            Self::Apply(_) | Self::Reduce(_) | Self::Remove(_) => None,
        }
    }

    /// The stat that it names.
    pub(crate) fn stat(&self) -> Option<&Text> {
        match self {
            Self::Add { stat, .. } | Self::Set { stat, .. } | Self::Spend { stat, .. } => {
                Some(stat)
            }
            _ => None,
        }
    }
}
