//! Kind `repair_rules`: how things are mended, what it costs, and how likely it works.

use serde::Deserialize;
use wayfarer_core::{
    content::{Content, Definition, LinkCtx, Report, Text},
    id::DefId,
};
use wayfarer_inventory::content::{Amount, Expression};

use super::{RepairMaterial, check_factor, check_share};

/// Definition kind `repair_rules`. The entry `core:default` is in force; a later pack replaces it.
/// Without one nothing can be repaired.
///
/// What it costs: `(base × points ÷ 100 + per_point × points) × severity ÷ efficiency`, rounded up,
/// with `base` and `per_point` of the quality, and on top of it what the station takes.
///
/// ```ron
/// { "default": (
///     station: "forge",
///     ranks: [(from: 0, name: "Novice", success: 0.6, botch: 0.15)],
///     chance: "clamp(100 * success - 20 * lost, 50, 99)",
///     hours: "4 * points / 100",
/// ) }
/// ```
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct RepairRulesDef {
    /// The kind of station at which things are repaired whose material does not say; anywhere if
    /// left out.
    #[serde(default)]
    pub station: Option<Text>,
    /// Most percent that one repair restores, 1 to 100.
    #[serde(default = "all")]
    pub max_points: f32,
    /// What more it costs to repair what is badly damaged, the worst first.
    #[serde(default)]
    pub severity: Vec<Severity>,
    /// The skill of who repairs, 0 to 100: a formula over their stats. 0 if left out.
    #[serde(default)]
    pub skill: Option<Amount>,
    /// What a skill is worth, from the least.
    pub ranks: Vec<Rank>,
    /// How likely it works, in percent: a formula over `success` (of the rank, 0 to 1), `skill`,
    /// `lost` (the share that is lost, 0 to 1), `efficiency` of the station, and `extra` (percent
    /// that the extras add, 0 without).
    pub chance: Expression,
    /// How many pieces of materials it takes: a formula over `points` (percent that are restored),
    /// `lost` (the share that is lost) and `quality` (its factor). Rounded up for each material.
    #[serde(default = "none")]
    pub materials: Expression,
    /// Hours of the world that it takes: a formula over `points`, `skill`, `quality` (its factor)
    /// and `efficiency`. At once if left out.
    #[serde(default = "none")]
    pub hours: Expression,
    /// A tool that badly damaged things need.
    #[serde(default)]
    pub tool: Option<RepairTool>,
    /// What may be used up on top, if whoever repairs wishes so: a fine oil, a rare thread.
    #[serde(default)]
    pub extras: Vec<RepairExtra>,
    /// What a failure does.
    #[serde(default)]
    pub failure: Failure,
    /// Percent that a botched repair takes from what a thing can be repaired to.
    #[serde(default)]
    pub botch_loss: f32,
}

/// What more it costs to repair what is badly damaged.
#[derive(Deserialize, Debug, Clone, Copy, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Severity {
    /// Percent lost above which it holds.
    pub above: f32,
    /// What the cost is multiplied by.
    pub factor: f32,
}

/// What a skill is worth in repairing.
#[derive(Deserialize, Debug, Clone, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Rank {
    /// The skill from which it holds.
    pub from: f32,
    /// Name shown to players.
    pub name: String,
    /// How likely ordinary work succeeds, 0 to 1.
    pub success: f32,
    /// How likely work is botched, 0 to 1.
    #[serde(default)]
    pub botch: f32,
}

/// A tool that badly damaged things need. It is kept, and wears.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct RepairTool {
    /// Percent left below which it is needed.
    pub below: f32,
    /// An item with this tag.
    pub tag: Text,
}

/// Something that may be used up on top of what a repair needs, and makes it come out better.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct RepairExtra {
    /// What it is, and how much of it; one piece at least.
    pub material: RepairMaterial,
    /// The place of the poorest quality that is worth it, in the order of all, the poorest 0. By
    /// place, so that packs may have other qualities.
    #[serde(default)]
    pub from_place: u8,
    /// What it adds to `extra` in the formula of the chance, in percent.
    #[serde(default)]
    pub chance: f32,
    /// Percent that one repair may restore beyond [`RepairRulesDef::max_points`].
    #[serde(default)]
    pub points: f32,
}

/// What a failure does.
#[derive(Deserialize, Debug, Clone, Copy, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Failure {
    /// The share of the repair that is done all the same.
    #[serde(default)]
    pub repaired: f32,
    /// The share of each material that is lost; at least one piece.
    pub materials: f32,
    /// The share of the price that is to be paid.
    pub cost: f32,
}

impl Default for Failure {
    fn default() -> Self {
        Self {
            repaired: 0.0,
            materials: 1.0,
            cost: 1.0,
        }
    }
}

fn all() -> f32 {
    100.0
}

fn none() -> Expression {
    Expression::number(0.0)
}

impl RepairRulesDef {
    /// The name of the entry in force.
    pub const NAME: &'static str = "core:default";

    /// The entry in force; `None` when no pack says anything.
    pub fn in_force(content: &Content) -> Option<&Self> {
        let def = content.table::<Self>().get(DefId::of(Self::NAME))?;
        Some(def)
    }

    /// The rank of a skill; the lowest for less than any asks for.
    pub fn rank(&self, skill: f32) -> Option<&Rank> {
        let reached = self.ranks.iter().rev().find(|rank| skill >= rank.from);
        reached.or_else(|| self.ranks.first())
    }

    /// The extras that go with a thing whose quality has this place in the order.
    pub fn extras_for(&self, place: f32) -> impl Iterator<Item = &RepairExtra> {
        let fits = move |extra: &&RepairExtra| place >= f32::from(extra.from_place);
        self.extras.iter().filter(fits)
    }

    /// What more it costs when so many percent are lost.
    pub fn severity(&self, lost: f32) -> f32 {
        let found = self.severity.iter().find(|step| lost > step.above);
        found.map_or(1.0, |step| step.factor)
    }

    /// Reports stats that do not exist.
    pub(crate) fn check_all(content: &Content, report: &mut Report) {
        for rules in content.table::<Self>() {
            if let Some(skill) = &rules.skill {
                skill.check_stats(content, report);
            }
        }
    }
}

impl Definition for RepairRulesDef {
    const KIND: &'static str = "repair_rules";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        let at = ctx.entry_span();
        let names = ["success", "skill", "lost", "efficiency", "extra"];
        self.chance.link(ctx, "chance", names);
        for extra in &self.extras {
            extra.material.check(ctx);
            check_share(ctx, "chance", extra.chance, 100.0);
            check_share(ctx, "points", extra.points, 100.0);
        }
        self.materials
            .link(ctx, "materials", ["points", "lost", "quality"]);
        self.hours
            .link(ctx, "hours", ["points", "skill", "quality", "efficiency"]);
        if let Some(skill) = &mut self.skill {
            skill.link(ctx, "skill");
        }
        if !(1.0..=100.0).contains(&self.max_points) {
            let message = format!("`max_points` is {}; it must be 1 to 100", self.max_points);
            ctx.error(at, "bad-number", message, None);
        }
        let ascend = self
            .ranks
            .windows(2)
            .all(|pair| pair[0].from < pair[1].from);
        if self.ranks.is_empty() || !ascend {
            let message = "`ranks` go from the lowest skill up, and there is at least one";
            ctx.error(at, "bad-bands", message, None);
        }
        if !self
            .severity
            .windows(2)
            .all(|pair| pair[0].above > pair[1].above)
        {
            let message = "`severity` goes from the worst down";
            ctx.error(at, "bad-bands", message, None);
        }
        for step in &self.severity {
            check_share(ctx, "above", step.above, 100.0);
            check_factor(ctx, "factor", step.factor);
        }
        for rank in &self.ranks {
            check_share(ctx, "success", rank.success, 1.0);
            check_share(ctx, "botch", rank.botch, 1.0);
        }
        for (field, value) in [
            ("repaired", self.failure.repaired),
            ("materials", self.failure.materials),
            ("cost", self.failure.cost),
        ] {
            check_share(ctx, field, value, 1.0);
        }
        check_share(ctx, "botch_loss", self.botch_loss, 100.0);
        if let Some(tool) = &self.tool {
            check_share(ctx, "below", tool.below, 100.0);
        }
    }
}
