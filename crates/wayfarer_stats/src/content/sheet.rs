//! Sheets: the stats that a character begins with.

use serde::Deserialize;
use wayfarer_core::content::{Definition, LinkCtx, Ref, Spanned};

use super::{Entries, StatSetDef, number::check_finite};
use crate::{effects::EffectDef, tags::TagDef};

/// Definition kind `sheets`: which sets a character has and the values that are its own.
///
/// ```ron
/// { "knight": (sets: ["core:attributes"], base: { "attributes.strength": 16 }) }
/// ```
///
/// A character gets the sheet with the name of its definition.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct SheetDef {
    /// The stat sets.
    pub sets: Vec<Ref<StatSetDef>>,
    /// Values by stat, named as in a formula.
    #[serde(default)]
    pub base: Entries<Spanned<f32>>,
    /// Tags that the character always has: `living`, `undead`.
    #[serde(default)]
    pub tags: Vec<Ref<TagDef>>,
    /// Effects with one of these tags never do anything to it.
    #[serde(default)]
    pub immune: Vec<Ref<TagDef>>,
    /// Effects that it begins with, caused by itself.
    #[serde(default)]
    pub effects: Vec<Ref<EffectDef>>,
    /// Effects that whoever is near can take from it: a shrine's blessing, a drink from a well.
    #[serde(default)]
    pub offers: Vec<Ref<EffectDef>>,
}

impl Definition for SheetDef {
    const KIND: &'static str = "sheets";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        self.base.check_unique(ctx, "stat");
        for (_, value) in self.base.iter() {
            check_finite(ctx, value, "the value of a stat");
        }
        for (index, set) in self.sets.iter().enumerate() {
            if self.sets[..index].contains(set) {
                ctx.error(
                    set,
                    "duplicate-name",
                    format!("`{set}` is listed twice"),
                    None,
                );
            }
        }
    }
}
