//! Kind `rarities`: how rare things are, independent of how well they are made.

use serde::Deserialize;
use wayfarer_core::content::{Content, Def, Definition, LinkCtx};
use wayfarer_inventory::content::Expression;

use super::{by_weight, check_factor, never, one};

/// Definition kind `rarities`: one step of the order.
///
/// ```ron
/// { "epic": (
///     name: "Epic", order: 3, colour: "#a855f7", value_factor: 15,
///     enchant_slots: 3, max_effects: 3, weight: "0.025 + 0.005 * level",
/// ) }
/// ```
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct RarityDef {
    /// Name shown to players.
    pub name: String,
    /// Place in the order, the most common lowest. Of equal ones the name decides.
    #[serde(default)]
    pub order: i32,
    /// Colour of names in panels, `#rrggbb`; that of the theme if empty.
    #[serde(default)]
    pub colour: String,
    /// What its worth is multiplied by, from 0.
    #[serde(default = "one")]
    pub value_factor: f32,
    /// How many enchantments a thing takes.
    #[serde(default)]
    pub enchant_slots: u8,
    /// How many effects a thing that is found may have at most.
    #[serde(default)]
    pub max_effects: u8,
    /// How often found things are of this, against the others: a formula over `level`. Below 0
    /// counts as 0.
    #[serde(default = "never")]
    pub weight: Expression,
}

impl RarityDef {
    /// All of them, the most common first.
    pub fn in_order(content: &Content) -> Vec<&Def<Self>> {
        let mut all: Vec<&Def<Self>> = content.table::<Self>().iter().collect();
        all.sort_by(|a, b| (a.order, a.name()).cmp(&(b.order, b.name())));
        all
    }

    /// The most common tier; `None` when the packs know none.
    pub fn lowest(content: &Content) -> Option<&Def<Self>> {
        let all = content.table::<Self>().iter();
        all.min_by(|a, b| (a.order, a.name()).cmp(&(b.order, b.name())))
    }

    /// How likely each is among found things of a level, the most common first; together 1. Empty
    /// when none is ever found.
    pub fn chances(content: &Content, level: f32) -> Vec<(&Def<Self>, f64)> {
        by_weight(Self::in_order(content), |def| def.weight.eval(&[level]))
    }
}

impl Definition for RarityDef {
    const KIND: &'static str = "rarities";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        check_factor(ctx, "value_factor", self.value_factor);
        self.weight.link(ctx, "weight", ["level"]);
        let digits = self.colour.strip_prefix('#').unwrap_or_default();
        let is_colour = digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit());
        if !self.colour.is_empty() && !is_colour {
            let message = format!("`{}` is no colour; write it as \"#rrggbb\"", self.colour);
            ctx.error(ctx.entry_span(), "bad-colour", message, None);
        }
    }
}
