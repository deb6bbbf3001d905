//! Kind `enchant_rules`: the numbers of enchanting and of taking enchanted things apart.

use serde::Deserialize;
use wayfarer_core::{
    content::{Content, Definition, LinkCtx, Ref, Text},
    id::DefId,
};
use wayfarer_inventory::content::{Amount, Expression};
use wayfarer_stats::effects::EffectDef;

use super::{check_seconds, check_share};

/// Definition kind `enchant_rules`. The entry `core:default` is in force; a later pack replaces it.
///
/// Formulas know `grade` (place of the enchantment's grade, the easiest 0), `quality` (place of the
/// item's tier, the poorest 0), `skill` (as `skill` measures it), `mastery` (from 1), and what is
/// said of each.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct EnchantRulesDef {
    /// How hard enchantments are, the easiest first.
    pub grades: Vec<Named>,
    /// What enchantments belong to.
    pub schools: Vec<Named>,
    /// How skilled somebody is at it: a formula over their stats.
    pub skill: Amount,
    /// The same for the keeper of a station, over `skill`, their skill from 0 to 100.
    #[serde(default = "keeper")]
    pub keeper_skill: Expression,
    /// Successful applications for the next step of mastery, from 1.
    pub mastery_every: u32,
    /// The last step of mastery, from 1.
    pub mastery_most: u8,
    /// Learning by taking an enchanted thing apart.
    pub learn: LearnRules,
    /// Laying an enchantment on a thing.
    pub apply: ApplyRules,
    /// Taking one off without learning anything.
    pub lift: RemoveRules,
    /// What found things carry.
    #[serde(default)]
    pub found: Option<FoundRules>,
}

/// A word of the rules, and how it is shown.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// The word that enchantments use.
    pub id: String,
    /// Its name for players.
    pub name: String,
}

/// Learning by sacrifice.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct LearnRules {
    /// The kind of station that it needs; anywhere if left out.
    #[serde(default)]
    pub station: Option<Text>,
    /// How long it takes, in seconds.
    #[serde(default)]
    pub seconds: f32,
    /// The least skill.
    #[serde(default)]
    pub min_skill: f32,
    /// The chance to learn it, 0 to 1. Over `grade`, `skill`, `quality`, `taken` (things taken
    /// apart so far), `school` (those of this school), `progress` (0 to 1: what is understood of it
    /// already) and `xp`.
    pub chance: Expression,
    /// The highest chance there is, below 1: failing must be possible.
    pub most: f32,
    /// Where partial learning ends, as a share of failures. Over `grade` and `skill`.
    pub partial: Expression,
    /// Where harmless failure ends.
    pub safe: Expression,
    /// Where the loss of the item ends; beyond is disaster.
    pub destroyed: Expression,
    /// The share of failures that is always a disaster, more than 0.
    pub least_critical: f32,
    /// How much of it partial learning gives, 0 to 1.
    pub half: f32,
    /// What is gained by it in any case. Over `grade`.
    pub xp: Expression,
    /// What that is multiplied by when it is learned.
    pub xp_learned: f32,
    /// What a disaster does to who caused it.
    #[serde(default)]
    pub backlash: Vec<Ref<EffectDef>>,
    /// The chance that a disaster destroys another loose thing that they carry. Over `grade`.
    #[serde(default = "never")]
    pub ruins_other: Expression,
}

/// Laying enchantments on things.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct ApplyRules {
    /// The kind of station that it needs; anywhere if left out.
    #[serde(default)]
    pub station: Option<Text>,
    /// The chance of success, 0 to 1. Over `grade`, `skill`, `quality`, `mastery`, `efficiency` (of
    /// the station, 1 without) and `keeper` (1 if the keeper of the station does it).
    pub chance: Expression,
    /// The middle of the powers that are possible. Over the same.
    pub power: Expression,
    /// How far from the middle the die carries it, in whole points either way; at most 100.
    pub spread: u8,
    /// The least power, from 1.
    pub least_power: u8,
    /// The greatest power, to 100.
    pub most_power: u8,
    /// What it costs, in the smallest coin. Over the same and `base`, the enchantment's cost.
    pub cost: Expression,
    /// How long it takes, in seconds. Over the same and `base`, the enchantment's seconds.
    pub seconds: Expression,
    /// The chance that a failure uses up the materials, 0 to 1.
    pub lose_materials: f32,
    /// The share of the cost that is paid for a failure, 0 to 1.
    pub failed_cost: f32,
    /// How much stability the enchantments lose that are on the thing already, when it fails.
    #[serde(default)]
    pub shake: u8,
}

/// Taking enchantments off.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct RemoveRules {
    /// The kind of station that it needs; anywhere if left out.
    #[serde(default)]
    pub station: Option<Text>,
    /// The least skill, unless a keeper does it.
    #[serde(default)]
    pub min_skill: f32,
    /// What it costs, in the smallest coin. Over `base`, the enchantment's cost, `power` and
    /// `efficiency`.
    pub cost: Expression,
    /// How long it takes, in seconds.
    #[serde(default)]
    pub seconds: f32,
}

/// What found things carry.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct FoundRules {
    /// The chance of each place for an enchantment to be taken, 0 to 1. Over `level` and `rarity`
    /// (place in the order, the most common 0).
    pub chance: Expression,
    /// The least power. Over `level`, `rarity` and `quality`.
    pub least_power: Expression,
    /// The greatest power. Over the same.
    pub most_power: Expression,
}

fn keeper() -> Expression {
    Expression::number(0.0)
}

fn never() -> Expression {
    Expression::number(0.0)
}

impl EnchantRulesDef {
    /// The name of the entry in force.
    pub const NAME: &'static str = "core:default";

    /// The entry in force; `None` when no pack says anything: then nobody enchants.
    pub fn in_force(content: &Content) -> Option<&Self> {
        let def = content.table::<Self>().get(DefId::of(Self::NAME))?;
        Some(def)
    }

    /// The place of a grade, the easiest 0.
    pub fn grade(&self, id: &str) -> Option<usize> {
        self.grades.iter().position(|grade| grade.id == id)
    }

    /// The name of a school.
    pub fn school(&self, id: &str) -> Option<&str> {
        let school = self.schools.iter().find(|school| school.id == id)?;
        Some(&school.name)
    }
}

/// What the formulas of [`ApplyRules`] know.
pub(crate) const APPLY: [&str; 6] = [
    "grade",
    "skill",
    "quality",
    "mastery",
    "efficiency",
    "keeper",
];
/// What its cost and time know.
pub(crate) const APPLY_OF: [&str; 7] = [
    "grade",
    "skill",
    "quality",
    "mastery",
    "efficiency",
    "keeper",
    "base",
];

impl Definition for EnchantRulesDef {
    const KIND: &'static str = "enchant_rules";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        let at = ctx.entry_span();
        self.skill.link(ctx, "skill");
        self.keeper_skill.link(ctx, "keeper_skill", ["skill"]);
        if self.grades.is_empty() || self.schools.is_empty() {
            let message = "there must be at least one grade and one school";
            ctx.error(at, "no-grade", message, None);
        }
        if self.mastery_every == 0 || self.mastery_most == 0 {
            let message = "`mastery_every` and `mastery_most` must be at least 1";
            ctx.error(at, "bad-number", message, None);
        }
        self.learn.link(ctx);
        self.apply.link(ctx);
        self.lift
            .cost
            .link(ctx, "cost", ["base", "power", "efficiency"]);
        check_seconds(ctx, at, "seconds", self.lift.seconds);
        if let Some(found) = &mut self.found {
            found.chance.link(ctx, "chance", ["level", "rarity"]);
            let names = ["level", "rarity", "quality"];
            found.least_power.link(ctx, "least_power", names);
            found.most_power.link(ctx, "most_power", names);
        }
    }
}

impl LearnRules {
    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        let at = ctx.entry_span();
        let names = [
            "grade", "skill", "quality", "taken", "school", "progress", "xp",
        ];
        self.chance.link(ctx, "chance", names);
        for (edge, field) in [
            (&mut self.partial, "partial"),
            (&mut self.safe, "safe"),
            (&mut self.destroyed, "destroyed"),
        ] {
            edge.link(ctx, field, ["grade", "skill"]);
        }
        self.xp.link(ctx, "xp", ["grade"]);
        self.ruins_other.link(ctx, "ruins_other", ["grade"]);
        check_seconds(ctx, at, "seconds", self.seconds);
        check_share(ctx, "half", self.half, 1.0);
        super::check_factor(ctx, "xp_learned", self.xp_learned);
        if !(0.0..1.0).contains(&self.most) {
            let message = format!("`most` is {}; it must be 0 to less than 1", self.most);
            ctx.error(at, "bad-number", message, None);
        }
        if !(self.least_critical > 0.0 && self.least_critical <= 1.0) {
            let least = self.least_critical;
            let message = format!("`least_critical` is {least}; it must be more than 0, to 1");
            let help = "a disaster must be possible wherever failing is".to_owned();
            ctx.error(at, "bad-number", message, Some(help));
        }
    }
}

impl ApplyRules {
    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        self.chance.link(ctx, "chance", APPLY);
        self.power.link(ctx, "power", APPLY);
        self.cost.link(ctx, "cost", APPLY_OF);
        self.seconds.link(ctx, "seconds", APPLY_OF);
        check_share(ctx, "lose_materials", self.lose_materials, 1.0);
        check_share(ctx, "failed_cost", self.failed_cost, 1.0);
        check_share(ctx, "spread", self.spread.into(), 100.0);
        check_share(ctx, "shake", self.shake.into(), 100.0);
        let limits = 1..=100;
        if !limits.contains(&self.least_power)
            || !limits.contains(&self.most_power)
            || self.least_power > self.most_power
        {
            let message = "`least_power` and `most_power` must be 1 to 100, in this order";
            ctx.error(ctx.entry_span(), "bad-number", message, None);
        }
    }
}
