//! Kind `load_curves`: what a load does to its carrier.

use serde::Deserialize;
use wayfarer_core::{
    content::{Definition, LinkCtx, Text},
    id::DefId,
};
use wayfarer_stats::{StatId, modifier::ModifierKind};

use super::{BAD_NUMBER, Expression};

/// Definition kind `load_curves`.
///
/// ```ron
/// { "default": (
///     warn_at: 0.75,
///     changes: [
///         (stat: "core:movement.speed", factor: "if(share <= 0.8, 1, 0.5 / share)"),
///         (stat: "core:skills.stealth", flat: "if(share <= 0.75, 0, -5)"),
///     ],
/// ) }
/// ```
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct LoadCurveDef {
    /// How explanations name it.
    #[serde(default = "load")]
    pub name: String,
    /// The share from which the player is warned, before any change sets in.
    #[serde(default = "always")]
    pub warn_at: f32,
    /// What changes.
    pub changes: Vec<LoadChangeDef>,
}

/// One change of a stat by a load. Either `factor` or `flat` is there.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct LoadChangeDef {
    /// The stat, `pack:set.stat`.
    pub stat: Text,
    /// What it is multiplied by, from 0; a formula over `share`, which is weight ÷ limit.
    #[serde(default)]
    pub factor: Option<Expression>,
    /// What is added to it; a formula over `share`.
    #[serde(default)]
    pub flat: Option<Expression>,
    #[serde(skip)]
    stat_id: DefId,
}

fn load() -> String {
    "Load".to_owned()
}

const fn always() -> f32 {
    1.0
}

impl LoadChangeDef {
    /// The stat that changes.
    pub const fn stat_id(&self) -> DefId {
        self.stat_id
    }

    /// How the stat changes at this share; `None` when it does not.
    pub fn at(&self, share: f32) -> Option<(StatId, ModifierKind, f32)> {
        let stat = StatId(self.stat_id);
        if let Some(factor) = self.factor_at(share) {
            return (factor != 1.0).then_some((stat, ModifierKind::More, factor));
        }
        let flat = self.flat.as_ref()?.eval(&[share]);
        (flat != 0.0).then_some((stat, ModifierKind::Flat, flat))
    }

    fn factor_at(&self, share: f32) -> Option<f32> {
        let factor = self.factor.as_ref()?;
        Some(factor.eval(&[share]).max(0.0))
    }
}

impl LoadCurveDef {
    /// The first factor at this share, finite and at least 0; 1 if there is none. What panels show.
    pub fn factor_at(&self, share: f32) -> f32 {
        let mut factors = self.changes.iter().filter_map(|c| c.factor_at(share));
        factors.next().unwrap_or(1.0)
    }
}

impl Definition for LoadCurveDef {
    const KIND: &'static str = "load_curves";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        let at = ctx.entry_span();
        for change in &mut self.changes {
            for (field, formula) in [("factor", &mut change.factor), ("flat", &mut change.flat)] {
                if let Some(formula) = formula {
                    formula.link(ctx, field, ["share"]);
                }
            }
            if change.factor.is_some() == change.flat.is_some() {
                let message = "a change needs either `factor` or `flat`";
                ctx.error(&change.stat, "load-change", message, None);
            }
            change.stat_id = DefId::of(&ctx.qualify(&change.stat, &change.stat));
        }
        if self.changes.is_empty() {
            let help = "leave `load` out of the kit instead".to_owned();
            ctx.error(at, "no-effect", "this load changes nothing", Some(help));
        }
        if !self.warn_at.is_finite() {
            ctx.error(at, BAD_NUMBER, "`warn_at` must be a number", None);
        }
        // The bar is reached before the first step: a warning that comes with it comes too late.
        let late = self
            .changes
            .iter()
            .find(|change| change.at(self.warn_at.min(1.0)).is_some());
        if let Some(late) = late {
            let message = format!("`{}` changes before `warn_at` warns of it", late.stat);
            ctx.warn(&late.stat, "late-warning", message, None);
        }
    }
}
