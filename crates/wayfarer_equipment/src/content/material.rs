//! Kind `materials`: what things are made of, as far as wear and repair are concerned.

use serde::Deserialize;
use wayfarer_core::content::{Definition, LinkCtx, Text};
use wayfarer_inventory::{content::ItemDef, naming::tag_words};

use super::{check_factor, one};

/// Definition kind `materials`.
///
/// ```ron
/// { "leather": (
///     name: "Leather", exposure_factor: 1.3,
///     repair: [(tags: ["material", "leather"]), (tags: ["thread"], share: 0.5)],
///     station: "workbench",
/// ) }
/// ```
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct MaterialDef {
    /// Name shown to players.
    pub name: String,
    /// What the wear of weather is multiplied by, from 0.
    #[serde(default = "one")]
    pub exposure_factor: f32,
    /// What the wear of use and combat is multiplied by, from 0.
    #[serde(default = "one")]
    pub use_factor: f32,
    /// What a repair uses up.
    #[serde(default)]
    pub repair: Vec<RepairMaterial>,
    /// The kind of station at which it is repaired; that of the repair rules if left out.
    #[serde(default)]
    pub station: Option<Text>,
}

/// One line of what a repair uses up.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct RepairMaterial {
    /// Items with all of these tags.
    pub tags: Vec<Text>,
    /// Name shown to players; the last tag, as words, if left out.
    #[serde(default)]
    pub name: String,
    /// Pieces for each piece of the amount that the repair rules give, from 0; what comes out is
    /// rounded up.
    #[serde(default = "one")]
    pub share: f32,
}

impl RepairMaterial {
    /// The name for players.
    pub fn shown(&self) -> String {
        match (self.name.as_str(), self.tags.last()) {
            ("", Some(tag)) => tag_words(tag),
            (name, _) => name.to_owned(),
        }
    }

    pub(super) fn check(&self, ctx: &mut LinkCtx<'_>) {
        if self.tags.is_empty() {
            let help = "such as `tags: [\"metal\"]`".to_owned();
            let message = "a material without tags would be anything";
            ctx.error(ctx.entry_span(), "no-tags", message, Some(help));
        }
        check_factor(ctx, "share", self.share);
    }

    /// Whether an item is such a material.
    pub fn takes(&self, item: &ItemDef) -> bool {
        self.tags.iter().all(|tag| item.has_tag(tag))
    }
}

impl Definition for MaterialDef {
    const KIND: &'static str = "materials";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        check_factor(ctx, "exposure_factor", self.exposure_factor);
        check_factor(ctx, "use_factor", self.use_factor);
        for line in &self.repair {
            line.check(ctx);
        }
    }
}
