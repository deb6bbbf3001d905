//! Kind `enchantments`: what can be laid on things.

use serde::Deserialize;
use wayfarer_core::content::{Definition, LinkCtx, Ref, Text};
use wayfarer_inventory::content::ItemDef;
use wayfarer_stats::{content::ModifierDef, effects::EffectDef};

use super::{ItemAbilityDef, QualityDef, check_factor, check_seconds};

/// Definition kind `enchantments`.
///
/// ```ron
/// { "keen_edge": (
///     name: "Keen edge", grade: "military", school: "combat",
///     items: ["weapon"], min_skill: 3, cost: 1500,
///     modifiers: [(stat: "core:combat.attack", flat: 2)],
/// ) }
/// ```
///
/// Amounts are those of power 100; less power gives as much less.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct EnchantmentDef {
    /// Name shown to players.
    pub name: String,
    /// What it does, in a sentence.
    #[serde(default)]
    pub description: String,
    /// Stands behind the name of a thing whose strongest enchantment it is: `of embers`.
    #[serde(default)]
    pub suffix: String,
    /// How hard it is: one of the `grades` of the rules.
    pub grade: Text,
    /// What it belongs to: one of the `schools` of the rules.
    pub school: Text,
    /// Only things with at least one of these tags take it; any gear if empty.
    #[serde(default)]
    pub items: Vec<Text>,
    /// How well a thing must be made at least.
    #[serde(default)]
    pub min_quality: Option<Ref<QualityDef>>,
    /// The least skill for laying it, as the rules measure skill.
    #[serde(default)]
    pub min_skill: f32,
    /// Enchantments that one must know before.
    #[serde(default)]
    pub requires: Vec<Ref<EnchantmentDef>>,
    /// Enchantments that can not be on the same thing. It is enough if one of the two says so.
    #[serde(default)]
    pub excludes: Vec<Ref<EnchantmentDef>>,
    /// How often it may be on one thing, from 1.
    #[serde(default = "once")]
    pub max_per_item: u8,
    /// What laying it costs, in the smallest coin, before practice makes it cheaper; from 0.
    #[serde(default)]
    pub cost: f32,
    /// What is used up with it.
    #[serde(default)]
    pub materials: Vec<Material>,
    /// Seconds that laying it takes, before what the rules make of them.
    #[serde(default)]
    pub seconds: f32,
    /// How firmly it sits when it is new, 1 to 100. At 0 it does nothing.
    #[serde(default = "firm")]
    pub stability: u8,
    /// How long it lasts.
    #[serde(default)]
    pub lasts: EnchantLasts,
    /// What it does while the thing is worn.
    #[serde(default)]
    pub modifiers: Vec<ModifierDef>,
    /// Effects that the wearer has meanwhile, of a level that is the power as a share of 100.
    #[serde(default)]
    pub effects: Vec<Ref<EffectDef>>,
    /// What can be done with the thing.
    #[serde(default)]
    pub abilities: Vec<Ref<ItemAbilityDef>>,
    /// How often found things carry it, against the others; never at 0.
    #[serde(default)]
    pub found: f32,
}

/// Something that is used up.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Material {
    /// What.
    pub item: Ref<ItemDef>,
    /// How many, from 1.
    #[serde(default = "one")]
    pub count: u32,
}

/// How long an enchantment lasts.
#[derive(Deserialize, Debug, Clone, Copy, Default, PartialEq)]
pub enum EnchantLasts {
    /// Until it is taken off.
    #[default]
    Forever,
    /// So many seconds of play, worn or not; more than 0.
    Seconds(f32),
    /// So many uses of the thing; from 1.
    Uses(u16),
}

fn once() -> u8 {
    1
}

fn one() -> u32 {
    1
}

fn firm() -> u8 {
    90
}

impl Definition for EnchantmentDef {
    const KIND: &'static str = "enchantments";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        let at = ctx.entry_span();
        for (field, value) in [
            ("min_skill", self.min_skill),
            ("cost", self.cost),
            ("found", self.found),
        ] {
            check_factor(ctx, field, value);
        }
        check_seconds(ctx, at, "seconds", self.seconds);
        let bad = |ctx: &mut LinkCtx<'_>, message: &str| {
            ctx.error(at, "bad-number", message, None);
        };
        if self.max_per_item == 0 {
            bad(ctx, "`max_per_item` is 0; it must be at least 1");
        }
        if !(1..=100).contains(&self.stability) {
            bad(ctx, "`stability` must be 1 to 100");
        }
        match self.lasts {
            EnchantLasts::Seconds(seconds) if !(seconds.is_finite() && seconds > 0.0) => {
                bad(ctx, "an enchantment must last longer than 0 seconds");
            }
            EnchantLasts::Uses(0) => bad(ctx, "an enchantment must last for at least one use"),
            _ => {}
        }
        for material in &self.materials {
            if material.count == 0 {
                let message = "`count` is 0; it must be at least 1";
                ctx.error(&material.item, "bad-number", message, None);
            }
        }
        for (list, what) in [(&self.requires, "requires"), (&self.excludes, "excludes")] {
            if let Some(itself) = list.iter().find(|other| other.name() == ctx.id()) {
                let message = format!("this enchantment {what} itself");
                ctx.error(itself, "contradiction", message, None);
            }
        }
        if self.modifiers.is_empty() && self.effects.is_empty() && self.abilities.is_empty() {
            let help = "give it `modifiers`, `effects` or `abilities`".to_owned();
            ctx.warn(at, "no-effect", "this enchantment does nothing", Some(help));
        }
        for modifier in &mut self.modifiers {
            modifier.link(ctx);
        }
    }
}
