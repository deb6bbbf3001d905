//! Kind `damage_types`: what sorts of damage there are.

use serde::Deserialize;
use wayfarer_core::content::{Definition, LinkCtx, Ref};

use super::check::link_formula;
use crate::{content::Formula, tags::TagDef};

/// Definition kind `damage_types`: a sort of damage, and what protects from it.
///
/// ```ron
/// {
///     "energy": (name: "Energy", resist: ["resist.energy"]),
///     "fire": (
///         name: "Fire",
///         group: "energy",
///         immune: ["immune.fire"],
///         resist: ["resist.fire"],
///         vulnerable: ["vulnerable.fire"],
///         reduction: "fire_soak",
///         share: "fire_resistance / 100",
///     ),
/// }
/// ```
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct DamageTypeDef {
    /// Name shown to players.
    pub name: String,
    /// What it is, in a sentence.
    #[serde(default)]
    pub description: String,
    /// The wider type it belongs to, such as `physical`. What is said there holds here as well.
    #[serde(default)]
    pub group: Option<Ref<DamageTypeDef>>,
    /// Who has one of these tags takes nothing.
    ///
    /// Not beneath the tag of the wider type: whoever is `immune.physical.slashing` is also
    /// `immune.physical`, and so immune to all of it.
    #[serde(default)]
    pub immune: Vec<Ref<TagDef>>,
    /// Who has one of these tags takes less.
    #[serde(default)]
    pub resist: Vec<Ref<TagDef>>,
    /// Who has one of these tags takes more.
    #[serde(default)]
    pub vulnerable: Vec<Ref<TagDef>>,
    /// An amount that is taken off, a formula over the target's stats; negative for more.
    #[serde(default)]
    pub reduction: Option<Formula>,
    /// A share that is taken off, a formula over the target's stats; 0.25 is a quarter less, -0.5
    /// half as much again, 1 and above all of it.
    #[serde(default)]
    pub share: Option<Formula>,
}

impl Definition for DamageTypeDef {
    const KIND: &'static str = "damage_types";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        let formulas = [&mut self.reduction, &mut self.share];
        for formula in formulas.into_iter().flatten() {
            link_formula(formula, ctx);
        }
    }
}
