//! Worlds: what is different about the same characters elsewhere.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    content::{Definition, LinkCtx, Spanned},
    id::DefId,
};

use super::{Entries, number::check_finite};

/// Definition kind `worlds`: values that replace those of sheets while the world is active.
///
/// ```ron
/// { "city": (name: "The city", variation: { "demo:knight": { "attributes.strength": 12 } }) }
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
    }
}

/// The world that is played in, if any (kind `worlds`). Saved with the world.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Reflect)]
pub struct ActiveWorld(pub Option<DefId>);
