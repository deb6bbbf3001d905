//! Kind `qualities`: how well things are made, as an ordered list of tiers.

use serde::Deserialize;
use wayfarer_core::content::{Content, Def, Definition, LinkCtx};

use wayfarer_inventory::content::Expression;

use super::{by_weight, check_factor, check_share, never};

/// Definition kind `qualities`: one tier. Rules know tiers by their place in the order and by
/// these numbers only, so a pack may have three of them or thirty.
///
/// ```ron
/// { "masterwork": (
///     name: "Masterwork", order: 4, prefix: "masterwork",
///     stat_factor: 1.6, value_factor: 3, uses_until_broken: 840, variance: 0.2,
///     repair: (base: 1500, per_point: 20),
/// ) }
/// ```
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct QualityDef {
    /// Name shown to players.
    pub name: String,
    /// Place in the order of tiers, the poorest lowest. Of equal ones the name decides.
    #[serde(default)]
    pub order: i32,
    /// Goes before the name of an item; nothing if empty.
    #[serde(default)]
    pub prefix: String,
    /// Goes behind the name of an item; nothing if empty.
    #[serde(default)]
    pub suffix: String,
    /// What the modifiers of a thing are multiplied by, from 0.
    #[serde(default = "one")]
    pub stat_factor: f32,
    /// What its worth is multiplied by, from 0.
    #[serde(default = "one")]
    pub value_factor: f32,
    /// Normal uses from new to broken, more than 0. One use costs 100 ÷ this percent.
    #[serde(default = "uses")]
    pub uses_until_broken: f32,
    /// What wear that does not come from counted uses is multiplied by, from 0: blows, weather.
    #[serde(default = "one")]
    pub wear_factor: f32,
    /// By how much of itself the wear of a use varies either way, 0 to 1.
    #[serde(default)]
    pub variance: f32,
    /// What the wear of a use is multiplied by when something went critically wrong, from 0.
    #[serde(default = "one")]
    pub critical_factor: f32,
    /// Percent below which it cannot be used any more, 0 to 100; that of the condition rules if
    /// left out.
    #[serde(default)]
    pub fails_below: Option<f32>,
    /// What repairing it costs.
    #[serde(default)]
    pub repair: RepairPrice,
    /// What the amount of materials for a repair is multiplied by, from 0.
    #[serde(default = "one")]
    pub repair_material_factor: f32,
    /// What the time for a repair is multiplied by, from 0.
    #[serde(default = "one")]
    pub repair_time_factor: f32,
    /// How many enchantments it takes beyond those of its rarity.
    #[serde(default)]
    pub enchant_slots: u8,
    /// The score of a crafter's work from which it becomes this, 0 to 100; never if left out.
    #[serde(default)]
    pub from_score: Option<f32>,
    /// How often found things are of this tier, against the others: a formula over `level`. Below 0
    /// counts as 0.
    #[serde(default = "never")]
    pub weight: Expression,
    /// The level of a character from which this tier suits them; never if left out.
    #[serde(default)]
    pub from_level: Option<f32>,
}

/// What a tier costs to repair, in the smallest coin.
#[derive(Deserialize, Debug, Clone, Copy, Default, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct RepairPrice {
    /// For a full repair; a share of it for less.
    #[serde(default)]
    pub base: f32,
    /// For each percent on top.
    #[serde(default)]
    pub per_point: f32,
}

pub(crate) fn one() -> f32 {
    1.0
}

fn uses() -> f32 {
    168.0
}

impl QualityDef {
    /// All tiers, the poorest first.
    pub fn in_order(content: &Content) -> Vec<&Def<Self>> {
        let mut all: Vec<&Def<Self>> = content.table::<Self>().iter().collect();
        all.sort_by(|a, b| (a.order, a.name()).cmp(&(b.order, b.name())));
        all
    }

    /// The poorest tier; `None` when the packs know none.
    pub fn lowest(content: &Content) -> Option<&Def<Self>> {
        let all = content.table::<Self>().iter();
        all.min_by(|a, b| (a.order, a.name()).cmp(&(b.order, b.name())))
    }

    /// How likely each is among found things of a level, the poorest first; together 1. Empty when
    /// none is ever found.
    pub fn chances(content: &Content, level: f32) -> Vec<(&Def<Self>, f64)> {
        by_weight(Self::in_order(content), |def| def.weight.eval(&[level]))
    }
}

impl Definition for QualityDef {
    const KIND: &'static str = "qualities";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        for (field, value) in [
            ("stat_factor", self.stat_factor),
            ("value_factor", self.value_factor),
            ("wear_factor", self.wear_factor),
            ("critical_factor", self.critical_factor),
            ("repair_material_factor", self.repair_material_factor),
            ("repair_time_factor", self.repair_time_factor),
            ("repair.base", self.repair.base),
            ("repair.per_point", self.repair.per_point),
        ] {
            check_factor(ctx, field, value);
        }
        check_share(ctx, "variance", self.variance, 1.0);
        let uses = self.uses_until_broken;
        if !(uses.is_finite() && uses >= 0.001) {
            let message = format!("`uses_until_broken` is {uses}; it must be more than 0");
            ctx.error(ctx.entry_span(), "bad-number", message, None);
        }
        for (field, value) in [
            ("fails_below", self.fails_below),
            ("from_score", self.from_score),
        ] {
            check_share(ctx, field, value.unwrap_or(0.0), 100.0);
        }
        self.weight.link(ctx, "weight", ["level"]);
        check_factor(ctx, "from_level", self.from_level.unwrap_or(0.0));
    }
}
