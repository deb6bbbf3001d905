//! Kind `gear_sets`: things that do more together.

use serde::Deserialize;
use wayfarer_core::content::{Definition, LinkCtx, Ref, Text};
use wayfarer_inventory::content::ItemDef;
use wayfarer_stats::{content::ModifierDef, effects::EffectDef};

/// Definition kind `gear_sets`.
///
/// ```ron
/// { "march_watch": (
///     name: "The Watch of the March",
///     items: ["march_helm", "march_mail", "march_boots", "march_shield"],
///     tiers: [
///         (pieces: 2, modifiers: [(stat: "core:combat.defense", flat: 1)]),
///         (pieces: 4, modifiers: [(stat: "core:attributes.strength", flat: 2)]),
///     ],
/// ) }
/// ```
///
/// Each tier adds to those below it. A thing may belong to several sets, and all of them count.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct GearSetDef {
    /// Name shown to players.
    pub name: String,
    /// A sentence or two about it.
    #[serde(default)]
    pub description: String,
    /// The things that belong to it.
    #[serde(default)]
    pub items: Vec<Ref<ItemDef>>,
    /// Whatever has one of these tags belongs to it too.
    #[serde(default)]
    pub tags: Vec<Text>,
    /// Two things of the same kind count as two pieces.
    #[serde(default)]
    pub doubles: bool,
    /// What it is worth, by how many pieces are worn.
    pub tiers: Vec<SetTier>,
}

/// One tier of a set.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct SetTier {
    /// From how many pieces it counts.
    pub pieces: u32,
    /// Its name; none if empty.
    #[serde(default)]
    pub name: String,
    /// What it does.
    #[serde(default)]
    pub modifiers: Vec<ModifierDef>,
    /// Effects that the wearer has meanwhile.
    #[serde(default)]
    pub effects: Vec<Ref<EffectDef>>,
}

impl GearSetDef {
    /// Whether a thing belongs to it.
    pub fn has(&self, item: wayfarer_core::id::DefId, def: Option<&ItemDef>) -> bool {
        self.items.iter().any(|own| own.id() == item)
            || def.is_some_and(|def| self.tags.iter().any(|tag| def.has_tag(tag)))
    }

    /// The pieces that each tier asks for.
    pub fn steps(&self) -> Vec<u32> {
        self.tiers.iter().map(|tier| tier.pieces).collect()
    }
}

impl Definition for GearSetDef {
    const KIND: &'static str = "gear_sets";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        let at = ctx.entry_span();
        if self.items.is_empty() && self.tags.is_empty() {
            ctx.error(at, "no-member", "nothing belongs to this set", None);
        }
        let steps = self.steps();
        if steps.is_empty() || steps.first() == Some(&0) {
            let message = "a set has tiers, of at least one piece each";
            ctx.error(at, "bad-tiers", message, None);
        }
        if steps.windows(2).any(|pair| pair[0] >= pair[1]) {
            let message = "`tiers` ask for more and more pieces";
            ctx.error(at, "bad-tiers", message, None);
        }
        if steps.first() == Some(&1) {
            let message = "the first tier counts for a single piece";
            let help = "write what one piece does into its `gear`".to_owned();
            ctx.warn(at, "bad-tiers", message, Some(help));
        }
        let most = steps.last().copied().unwrap_or(0) as usize;
        if self.tags.is_empty() && !self.doubles && most > self.items.len() {
            let members = self.items.len();
            let message = format!("a tier asks for {most} pieces of a set of {members}");
            ctx.error(at, "bad-tiers", message, None);
        }
        for tier in &mut self.tiers {
            for modifier in &mut tier.modifiers {
                modifier.link(ctx);
            }
        }
    }
}
