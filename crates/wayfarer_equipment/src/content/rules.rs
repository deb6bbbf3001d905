//! Kind `equip_rules`: what holds for everything that is worn.

use bevy::prelude::*;
use serde::Deserialize;
use wayfarer_core::{
    content::{Content, Definition, LinkCtx, Ref},
    id::DefId,
};
use wayfarer_inventory::content::Amount;
use wayfarer_stats::{StatId, api, tags::TagDef};

use super::check_seconds;

/// Definition kind `equip_rules`. The entry `core:default` is in force; a later pack replaces it.
///
/// ```ron
/// { "default": (cooldown: 2.0) }
/// ```
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct EquipRulesDef {
    /// Seconds for which a slot cannot be changed again after something was put on.
    pub cooldown: f32,
    /// The level of a wearer: a formula over their stats. Everybody is of level 0 if left out.
    #[serde(default)]
    pub level: Option<Amount>,
    /// To how many things somebody can be attuned: a formula over their stats. To any number if
    /// left out.
    #[serde(default)]
    pub attunements: Option<Amount>,
    /// Seconds that attuning takes.
    #[serde(default)]
    pub attune_seconds: f32,
    /// Who has this tag is in combat.
    #[serde(default)]
    pub combat: Option<Ref<TagDef>>,
}

impl EquipRulesDef {
    /// The name of the entry in force.
    pub const NAME: &'static str = "core:default";

    /// The entry in force; `None` when no pack says anything.
    pub fn in_force(content: &Content) -> Option<&Self> {
        let def = content.table::<Self>().get(DefId::of(Self::NAME))?;
        Some(def)
    }

    /// The level of somebody; 0 when the packs know no levels.
    pub fn level_of(content: &Content, world: &World, entity: Entity) -> f32 {
        let level = Self::in_force(content).and_then(|rules| rules.level.as_ref());
        level.map_or(0.0, |level| value(level, world, entity))
    }

    /// To how many things somebody can be attuned; `None` without limit.
    pub fn attunements_of(content: &Content, world: &World, entity: Entity) -> Option<u32> {
        let amount = Self::in_force(content)?.attunements.as_ref()?;
        // A negative number becomes 0, what is no number too.
        Some(value(amount, world, entity).floor() as u32)
    }

    /// The seconds in force; 0 when no pack says anything.
    pub fn cooldown_of(content: &Content) -> f32 {
        let table = content.table::<Self>();
        let rules = table.get(DefId::of(Self::NAME));
        rules.map_or(0.0, |rules| rules.cooldown)
    }
}

/// An amount over somebody's stats; those that they do not have are 0.
pub(crate) fn value(amount: &Amount, world: &World, entity: Entity) -> f32 {
    let value = amount.eval(|stat| api::value_of(world, entity, StatId(stat)).unwrap_or(0.0));
    if value.is_finite() { value } else { 0.0 }
}

impl Definition for EquipRulesDef {
    const KIND: &'static str = "equip_rules";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        check_seconds(ctx, ctx.entry_span(), "cooldown", self.cooldown);
        check_seconds(ctx, ctx.entry_span(), "attune_seconds", self.attune_seconds);
        if let Some(level) = &mut self.level {
            level.link(ctx, "level");
        }
        if let Some(attunements) = &mut self.attunements {
            attunements.link(ctx, "attunements");
        }
    }
}
