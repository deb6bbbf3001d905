//! Kind `identification_rules`: how people find out what a thing is.

use serde::Deserialize;
use wayfarer_core::{
    content::{Content, Definition, LinkCtx, Text},
    id::DefId,
};
use wayfarer_inventory::content::{Amount, Expression};

use super::{check_factor, check_seconds};
use crate::rules::identify::Aspect;

/// Definition kind `identification_rules`. The entry `core:default` is in force; a later pack
/// replaces it.
///
/// ```ron
/// { "default": (
///     steps: [
///         (name: "What it does", shows: [Name, Stats], at_level: 3),
///         (name: "What is laid on it", shows: [Enchantments], at_level: 6),
///     ],
///     study: (skill: "core:skills.lore", chance: "0.2 + skill / 100", seconds: 60),
///     stations: (kind: "sage", price: "50 - 5 * tier", reach: "1 + tier"),
///     helpers: [(tag: "identifies", steps: 1)],
/// ) }
/// ```
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct IdentificationRulesDef {
    /// What is found out first, and next. A thing says how many of these steps it hides.
    pub steps: Vec<IdentifyStep>,
    /// Finding out by oneself; impossible if left out.
    #[serde(default)]
    pub study: Option<StudyRules>,
    /// Finding out for money; impossible if left out.
    #[serde(default)]
    pub stations: Option<SageRules>,
    /// Things that are used up for it.
    #[serde(default)]
    pub helpers: Vec<Helper>,
}

/// One step on the way to knowing a thing.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct IdentifyStep {
    /// Name shown to players.
    pub name: String,
    /// What is shown from then on.
    pub shows: Vec<Aspect>,
    /// The level of a wearer from which it shows by itself; never if left out. Not below that of
    /// the step before.
    #[serde(default)]
    pub at_level: Option<f32>,
}

/// Finding out by oneself: one step at a time.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct StudyRules {
    /// How skilled somebody is at it: a formula over their stats.
    pub skill: Amount,
    /// The chance, 0 to 1. Over `skill`, `step` (the one to be found out, from 1) and `rarity`
    /// (place in the order, the most common 0).
    pub chance: Expression,
    /// How long it takes, in seconds.
    #[serde(default)]
    pub seconds: f32,
}

/// Finding out for money: one step at a time.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct SageRules {
    /// The kind of station.
    pub kind: Text,
    /// What a step costs, in the smallest coin. Over `level` (of the customer), `rarity`, `step`,
    /// `tier` (of the station) and `skill` (of its keeper, 0 to 100).
    pub price: Expression,
    /// To which step such a station can go. Over `tier` and `skill`.
    pub reach: Expression,
    /// How long it takes, in seconds.
    #[serde(default)]
    pub seconds: f32,
}

/// A thing that is used up to find something out, such as a scroll.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Helper {
    /// What has this tag.
    pub tag: Text,
    /// How many steps it shows at once, from 1.
    pub steps: u8,
}

impl IdentificationRulesDef {
    /// The name of the entry in force.
    pub const NAME: &'static str = "core:default";

    /// The entry in force; `None` when no pack says anything: then nothing is hidden.
    pub fn in_force(content: &Content) -> Option<&Self> {
        let def = content.table::<Self>().get(DefId::of(Self::NAME))?;
        Some(def)
    }

    /// What each step shows.
    pub fn aspects(&self) -> Vec<Vec<Aspect>> {
        self.steps.iter().map(|step| step.shows.clone()).collect()
    }

    /// The levels at which steps show by themselves; steps behind one that never does do not
    /// either.
    pub fn gates(&self) -> Vec<f32> {
        self.steps.iter().map_while(|step| step.at_level).collect()
    }
}

impl Definition for IdentificationRulesDef {
    const KIND: &'static str = "identification_rules";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        let at = ctx.entry_span();
        if self.steps.is_empty() || self.steps.len() > 100 {
            ctx.error(at, "no-step", "there must be 1 to 100 steps", None);
        }
        let gates = self.gates();
        for gate in &gates {
            check_factor(ctx, "at_level", *gate);
        }
        if gates.windows(2).any(|pair| pair[0] > pair[1]) {
            let message = "`at_level` does not fall from step to step";
            ctx.error(at, "bad-steps", message, None);
        }
        if let Some(study) = &mut self.study {
            study.skill.link(ctx, "skill");
            study
                .chance
                .link(ctx, "chance", ["skill", "step", "rarity"]);
            check_seconds(ctx, at, "seconds", study.seconds);
        }
        if let Some(sage) = &mut self.stations {
            let names = ["level", "rarity", "step", "tier", "skill"];
            sage.price.link(ctx, "price", names);
            sage.reach.link(ctx, "reach", ["tier", "skill"]);
            check_seconds(ctx, at, "seconds", sage.seconds);
        }
        for helper in &self.helpers {
            if helper.steps == 0 {
                let message = "`steps` is 0; it must be at least 1";
                ctx.error(&helper.tag, "bad-number", message, None);
            }
        }
    }
}
