//! Kind `item_abilities`: what can be done with things.

use serde::Deserialize;
use wayfarer_core::content::{Content, Definition, LinkCtx, Ref, Report, Text};
use wayfarer_inventory::content::Amount;
use wayfarer_stats::{StatId, effects::EffectDef, index::StatIndex};

use super::{check_factor, check_seconds};

/// Definition kind `item_abilities`.
///
/// ```ron
/// { "gust": (
///     name: "Gust", effects: ["pushed"], target: Other,
///     costs: [(stat: "core:resources.stamina", amount: 10)], cooldown: 30,
/// ) }
/// ```
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct ItemAbilityDef {
    /// Name shown to players.
    pub name: String,
    /// What it does, in a sentence.
    #[serde(default)]
    pub description: String,
    /// Applied to the target, in this order, caused by the user.
    pub effects: Vec<Ref<EffectDef>>,
    /// Of which level they are, from 0; an enchantment's ability also by its power.
    #[serde(default = "one")]
    pub level: f32,
    /// On whom it can be used.
    #[serde(default)]
    pub target: AbilityTarget,
    /// What it costs the user.
    #[serde(default)]
    pub costs: Vec<AbilityCost>,
    /// How many charges of the thing it uses up.
    #[serde(default)]
    pub charges: u16,
    /// Seconds until this thing can do it again.
    #[serde(default)]
    pub cooldown: f32,
    /// When it can be used.
    #[serde(default)]
    pub when: AbilityWhen,
    /// It works from the bag too; else the thing must be worn.
    #[serde(default)]
    pub carried: bool,
}

/// On whom an ability can be used.
#[derive(Deserialize, Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AbilityTarget {
    /// On its user.
    #[default]
    User,
    /// On somebody else within reach.
    Other,
    /// On either.
    Anyone,
}

/// When an ability can be used. Whether somebody fights is told by the tag of `equip_rules`.
#[derive(Deserialize, Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AbilityWhen {
    /// At any time.
    #[default]
    Always,
    /// In combat only.
    InCombat,
    /// Out of combat only.
    OutOfCombat,
}

impl AbilityWhen {
    /// Whether it fits.
    pub const fn fits(self, combat: bool) -> bool {
        match self {
            Self::Always => true,
            Self::InCombat => combat,
            Self::OutOfCombat => !combat,
        }
    }
}

/// What an ability costs.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct AbilityCost {
    /// The resource, best in full: `pack:set.stat`.
    pub stat: Text,
    /// How much; a formula over the user's stats.
    pub amount: Amount,
}

impl AbilityCost {
    /// The resource; `None` when there is none of this name.
    pub fn stat_id(&self, content: &Content) -> Option<StatId> {
        let index = content.derived::<StatIndex>()?;
        index.resolve(None, &self.stat).ok()
    }
}

fn one() -> f32 {
    1.0
}

impl ItemAbilityDef {
    /// Reports stats that do not exist.
    pub(super) fn check(&self, content: &Content, report: &mut Report) {
        let Some(index) = content.derived::<StatIndex>() else {
            return;
        };
        for cost in &self.costs {
            cost.amount.check_stats(content, report);
            match index.resolve(None, &cost.stat) {
                Ok(stat) if index.get(stat).is_some_and(|entry| !entry.is_resource) => {
                    let message = format!("`{}` is no resource and can not be spent", cost.stat);
                    report.error(&cost.stat, "not-a-resource", message, None);
                }
                Ok(_) => {}
                Err(error) => {
                    report.error(&cost.stat, "unknown-stat", error.message, error.help);
                }
            }
        }
    }
}

impl Definition for ItemAbilityDef {
    const KIND: &'static str = "item_abilities";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        let at = ctx.entry_span();
        check_factor(ctx, "level", self.level);
        check_seconds(ctx, at, "cooldown", self.cooldown);
        for cost in &mut self.costs {
            cost.amount.link(ctx, "amount");
        }
        if self.effects.is_empty() {
            let help = "name at least one effect".to_owned();
            ctx.error(at, "no-effect", "this ability does nothing", Some(help));
        }
    }
}
