//! Kind `load_curves`: how a load slows its carrier down.

use serde::Deserialize;
use wayfarer_core::{
    content::{Definition, LinkCtx, Text},
    id::DefId,
};
use wayfarer_formula::Program;

use super::{BAD_NUMBER, amount::compile_over};

/// Definition kind `load_curves`.
///
/// ```ron
/// { "default": (factor: "if(share <= 0.8, 1, 0.5 / share)", warn_at: 0.75, stat: "core:movement.speed") }
/// ```
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct LoadCurveDef {
    /// How explanations name it.
    #[serde(default = "load")]
    pub name: String,
    /// What the stat is multiplied by, from 0; a formula over `share`, which is weight ÷ limit.
    pub factor: Text,
    /// The share from which the player is warned; before the factor sets in.
    #[serde(default = "always")]
    pub warn_at: f32,
    /// The stat that the factor is laid on, `pack:set.stat`.
    pub stat: Text,
    #[serde(skip)]
    program: Option<Program>,
    #[serde(skip)]
    stat_id: DefId,
}

fn load() -> String {
    "Load".to_owned()
}

fn always() -> f32 {
    1.0
}

impl LoadCurveDef {
    /// The factor at this share; finite and at least 0.
    pub fn factor_at(&self, share: f32) -> f32 {
        let factor = self.program.as_ref().map_or(1.0, |p| p.eval(&[share]));
        factor.max(0.0)
    }

    /// The stat that the factor is laid on.
    pub const fn stat_id(&self) -> DefId {
        self.stat_id
    }
}

impl Definition for LoadCurveDef {
    const KIND: &'static str = "load_curves";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        self.program = compile_over(ctx, &self.factor, &["share"]);
        if self.program.as_ref().is_some_and(Program::has_dice) {
            ctx.error(&self.factor, "dice", "`factor` may not throw dice", None);
        }
        self.stat_id = DefId::of(&ctx.qualify(&self.stat, &self.stat));
        if !self.warn_at.is_finite() {
            let at = ctx.entry_span();
            ctx.error(at, BAD_NUMBER, "`warn_at` must be a number", None);
        }
    }
}
