//! Worlds: what is different about the same characters elsewhere.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    content::{Definition, LinkCtx, Ref, Spanned},
    id::DefId,
};

use super::{DerivationDef, Entries, number::check_finite};

/// Definition kind `worlds`: what other values, limits and derivations there are while the world
/// is active.
///
/// ```ron
/// {
///     "city": (
///         name: "The city",
///         variation: { "demo:knight": { "attributes.strength": 12 } },
///         stats: { "life:mood.valence": (default: 40) },
///         exclude: ["life:mood_from_body"],
///         replacements: { "life:style_from_personality": "city_manners" },
///     ),
/// }
/// ```
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct WorldDef {
    /// Name shown to players.
    pub name: String,
    /// What the world is like, in a sentence.
    #[serde(default)]
    pub description: String,
    /// For each sheet (`pack:name`) values by stat.
    #[serde(default)]
    pub variation: Entries<Entries<Spanned<f32>>>,
    /// Other limits and defaults of stats, for everybody; best by full names.
    #[serde(default)]
    pub stats: Entries<WorldStatDef>,
    /// Derivations that do not apply here.
    #[serde(default)]
    pub exclude: Vec<Ref<DerivationDef>>,
    /// Derivations (`pack:name`) that do not apply here, each with the one that applies instead,
    /// with the priority of its own, whether it is `enabled` or not.
    #[serde(default)]
    pub replacements: Entries<Ref<DerivationDef>>,
}

/// What is different about a stat; what is left out is as the set says.
#[derive(Deserialize, Clone, Debug, Default)]
#[serde(deny_unknown_fields)]
pub struct WorldStatDef {
    /// Lowest value.
    #[serde(default)]
    pub min: Option<Spanned<f32>>,
    /// Highest value.
    #[serde(default)]
    pub max: Option<Spanned<f32>>,
    /// The value of a character of whom nothing else is said.
    #[serde(default)]
    pub default: Option<Spanned<f32>>,
}

impl WorldDef {
    /// Whether stats are computed in another way than outside of it; if not, it only gives other
    /// values to sheets.
    pub fn changes_rules(&self) -> bool {
        !(self.stats.is_empty() && self.exclude.is_empty() && self.replacements.is_empty())
    }

    fn link_derivations(&self, ctx: &mut LinkCtx<'_>) {
        self.replacements.check_unique(ctx, "derivation");
        for (index, one) in self.exclude.iter().enumerate() {
            if self.exclude[..index].contains(one) {
                let message = format!("`{one}` is listed twice");
                ctx.error(one, "duplicate-name", message, None);
            }
        }
        for (old, new) in self.replacements.iter() {
            if !ctx.exists::<DerivationDef>(old) {
                let help = ctx.suggest::<DerivationDef>(old);
                let message = format!("there is no derivation `{old}`");
                ctx.error(old, "unknown-reference", message, help);
            }
            if self.exclude.iter().any(|one| one.name() == &**old) {
                let message = format!("`{old}` is both excluded and replaced");
                let help = "leave it out of `exclude`".to_owned();
                ctx.error(old, "contradiction", message, Some(help));
            }
            let gone = self.exclude.contains(new) || self.replacements.get(new.name()).is_some();
            if gone {
                let message = format!("`{new}` does not apply in this world itself");
                let help = "a replacement is neither excluded nor replaced".to_owned();
                ctx.error(new, "contradiction", message, Some(help));
            }
        }
    }
}

impl Definition for WorldDef {
    const KIND: &'static str = "worlds";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        self.variation.check_unique(ctx, "sheet");
        for (_, values) in self.variation.iter() {
            values.check_unique(ctx, "stat");
            for (_, value) in values.iter() {
                check_finite(ctx, value, "the value of a stat");
            }
        }
        self.stats.check_unique(ctx, "stat");
        for (_, stat) in self.stats.iter() {
            let numbers = [
                (&stat.min, "`min`"),
                (&stat.max, "`max`"),
                (&stat.default, "`default`"),
            ];
            for (number, what) in numbers {
                if let Some(number) = number {
                    check_finite(ctx, number, what);
                }
            }
        }
        self.link_derivations(ctx);
    }
}

/// The world that is played in, if any (kind `worlds`). Saved with the world.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Reflect)]
pub struct ActiveWorld(pub Option<DefId>);
