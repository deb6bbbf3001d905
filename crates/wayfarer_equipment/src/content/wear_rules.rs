//! Kind `wear_rules`: what wears things, and how much.

use std::collections::BTreeMap;

use serde::Deserialize;
use wayfarer_core::{
    content::{Content, Definition, LinkCtx},
    id::DefId,
};

use super::{check_factor, check_seconds, check_share, one};

/// Definition kind `wear_rules`. The entry `core:default` is in force; a later pack replaces it.
/// Without one nothing wears.
///
/// Amounts of wear are percent of a whole thing. All are multiplied by what quality, material and
/// toughness make of them.
///
/// ```ron
/// { "default": (
///     uses: { "normal": 1, "heavy": 1.5 },
///     groups: { "weapon": (per_action: 0.5, critical: 2), "armor": (per_action: 0.2) },
/// ) }
/// ```
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct WearRulesDef {
    /// Kinds of use, with what the wear of one use is multiplied by.
    #[serde(default)]
    pub uses: BTreeMap<String, f32>,
    /// Kinds of things, by the word in the gear.
    #[serde(default)]
    pub groups: BTreeMap<String, WearGroup>,
    /// By how much of itself the wear of fights varies either way, 0 to 1.
    #[serde(default)]
    pub variance: f32,
    /// When damage wears armour.
    #[serde(default)]
    pub damage: DamageWear,
    /// Surroundings, with what the wear of weather is multiplied by.
    #[serde(default)]
    pub environments: BTreeMap<String, f32>,
    /// Hours of the world after which the weather wears what somebody wears out in it, more than 0.
    #[serde(default = "one")]
    pub exposure_hours: f32,
    /// Seconds for which something that was taken off still wears with what its owner wears.
    #[serde(default)]
    pub taken_off_seconds: f32,
    /// How worrying it is that a thing will break in so many days, the most worrying first.
    #[serde(default)]
    pub outlook: Vec<Outlook>,
}

/// What wears one kind of thing.
#[derive(Deserialize, Debug, Clone, Default, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct WearGroup {
    /// Percent for each action of a fight that its wearer takes part in.
    #[serde(default)]
    pub per_action: f32,
    /// Percent for each hit that its wearer lands.
    #[serde(default)]
    pub per_hit: f32,
    /// What an action and its hit are multiplied by when the hit is a critical one.
    #[serde(default = "one")]
    pub critical: f32,
    /// Percent for each blow that is blocked.
    #[serde(default)]
    pub per_block: f32,
    /// Percent for each point of damage that its wearer takes.
    #[serde(default)]
    pub per_damage: f32,
    /// Percent for each hour out in the weather.
    #[serde(default)]
    pub exposure: f32,
}

/// When damage wears armour: it counts once, never both ways.
#[derive(Deserialize, Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DamageWear {
    /// With each hit that somebody takes, in whatever way.
    #[default]
    ByHit,
    /// At the end of a round of combat, as the round says.
    ByRound,
}

/// How worrying it is that a thing will break.
#[derive(Deserialize, Debug, Clone, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Outlook {
    /// Days of the world up to which it is this one; always if left out.
    #[serde(default)]
    pub days: Option<f32>,
    /// Name shown to players.
    pub name: String,
}

impl WearRulesDef {
    /// The name of the entry in force.
    pub const NAME: &'static str = "core:default";

    /// The entry in force; `None` when no pack says anything.
    pub fn in_force(content: &Content) -> Option<&Self> {
        let def = content.table::<Self>().get(DefId::of(Self::NAME))?;
        Some(def)
    }
}

impl Definition for WearRulesDef {
    const KIND: &'static str = "wear_rules";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        for (name, &factor) in self.uses.iter().chain(&self.environments) {
            check_factor(ctx, name, factor);
        }
        for group in self.groups.values() {
            for (field, value) in [
                ("per_action", group.per_action),
                ("per_hit", group.per_hit),
                ("critical", group.critical),
                ("per_block", group.per_block),
                ("per_damage", group.per_damage),
                ("exposure", group.exposure),
            ] {
                check_factor(ctx, field, value);
            }
        }
        check_share(ctx, "variance", self.variance, 1.0);
        let at = ctx.entry_span();
        check_seconds(ctx, at, "taken_off_seconds", self.taken_off_seconds);
        if !(self.exposure_hours.is_finite() && self.exposure_hours >= 0.01) {
            let message = "`exposure_hours` must be at least 0.01";
            ctx.error(at, "bad-number", message, None);
        }
        let days = self.outlook.iter();
        let days: Vec<f32> = days.map(|o| o.days.unwrap_or(f32::INFINITY)).collect();
        if !days.windows(2).all(|pair| pair[0] < pair[1]) {
            let message = "`outlook` goes from the fewest days up";
            ctx.error(at, "bad-bands", message, None);
        }
    }
}
