//! Kind `equip_rules`: what holds for everything that is worn.

use serde::Deserialize;
use wayfarer_core::{
    content::{Content, Definition, LinkCtx},
    id::DefId,
};

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
}

impl EquipRulesDef {
    /// The name of the entry in force.
    pub const NAME: &'static str = "core:default";

    /// The seconds in force; 0 when no pack says anything.
    pub fn cooldown_of(content: &Content) -> f32 {
        let table = content.table::<Self>();
        let rules = table.get(DefId::of(Self::NAME));
        rules.map_or(0.0, |rules| rules.cooldown)
    }
}

impl Definition for EquipRulesDef {
    const KIND: &'static str = "equip_rules";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        check_seconds(ctx, ctx.entry_span(), "cooldown", self.cooldown);
    }
}
