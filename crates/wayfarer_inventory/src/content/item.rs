//! Kind `items`: what things are.

use serde::Deserialize;
use wayfarer_core::content::{Definition, LinkCtx, Ref, Text};
use wayfarer_stats::effects::EffectDef;

use crate::rules::{MAX_SIDE, Shape};

use super::{BAD_NUMBER, Binds, ChargesDef, CompartmentDef, RecipeDef, check_measure};

/// Definition kind `items`.
///
/// ```ron
/// { "iron_sword": (name: "Iron sword", weight: 3.5, bulk: 2, tags: ["weapon"], value: 15) }
/// ```
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct ItemDef {
    /// Name shown to players.
    pub name: String,
    /// A sentence or two for the tooltip.
    #[serde(default)]
    pub description: String,
    /// Kilograms of one piece, from 0.
    #[serde(default)]
    pub weight: f32,
    /// How much room one piece takes, from 0.
    #[serde(default)]
    pub bulk: f32,
    /// How many pieces may be one stack, from 1.
    #[serde(default = "one")]
    pub max_stack: u32,
    /// Free words that compartments, rules and searches ask for.
    #[serde(default)]
    pub tags: Vec<Text>,
    /// Price of one piece in the smallest coin, from 0.
    #[serde(default)]
    pub value: f32,
    /// A free word, such as `common` or `rare`; empty if it does not matter.
    #[serde(default)]
    pub rarity: String,
    /// How it looks when it lies somewhere: a word the game understands, such as `sword`.
    #[serde(default)]
    pub icon: String,
    /// Cells it takes in a compartment that is a grid: width and height, each 1 to 64.
    #[serde(default = "one_cell")]
    pub size: (u8, u8),
    /// It may be turned in a grid.
    #[serde(default)]
    pub rotates: bool,
    /// The pockets of a bag: what can be put inside it, and under what limits; at most 16. Bags do
    /// not stack.
    #[serde(default)]
    pub container: Vec<Ref<CompartmentDef>>,
    /// What using it does; without it, it cannot be used.
    #[serde(default, rename = "use")]
    pub usage: Option<UseDef>,
    /// How often it can be used before it is empty; without limit if left out.
    #[serde(default)]
    pub charges: Option<ChargesDef>,
    /// When it becomes one person's alone; never if left out.
    #[serde(default)]
    pub binds: Option<Binds>,
    /// A story needs it: it can not be dropped, given away, sold or destroyed.
    #[serde(default)]
    pub quest: bool,
}

/// What using an item does.
///
/// ```ron
/// use: (effects: ["healing"], others: true)
/// ```
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct UseDef {
    /// Applied to whom it is used on, in this order, caused by the user.
    #[serde(default)]
    pub effects: Vec<Ref<EffectDef>>,
    /// Recipes that it teaches whom it is used on.
    #[serde(default)]
    pub teaches: Vec<Ref<RecipeDef>>,
    /// How many charges it costs, for things that have charges; 1 if left out.
    #[serde(default = "one_charge")]
    pub charges: u16,
    /// It is not used up; with charges, not even by the last.
    #[serde(default)]
    pub keep: bool,
    /// It can be used on others within reach.
    #[serde(default)]
    pub others: bool,
}

fn one_charge() -> u16 {
    1
}

fn one() -> u32 {
    1
}

const fn one_cell() -> (u8, u8) {
    (1, 1)
}

/// Most pockets of a bag.
const MAX_POCKETS: usize = 16;

impl ItemDef {
    /// Whether things can be put inside it.
    pub const fn is_container(&self) -> bool {
        !self.container.is_empty()
    }

    /// What it takes in a grid.
    pub const fn shape(&self) -> Shape {
        Shape {
            width: self.size.0,
            height: self.size.1,
            rotates: self.rotates,
        }
    }

    /// Whether it has a tag.
    pub fn has_tag(&self, tag: &str) -> bool {
        self.tags.iter().any(|own| own == tag)
    }
}

impl Definition for ItemDef {
    const KIND: &'static str = "items";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        let at = ctx.entry_span();
        check_measure(ctx, at, "weight", self.weight);
        check_measure(ctx, at, "bulk", self.bulk);
        check_measure(ctx, at, "value", self.value);
        if self.max_stack == 0 {
            let message = "`max_stack` is 0; it must be at least 1";
            ctx.error(at, BAD_NUMBER, message, Some("1 is the default".into()));
        }
        if let Some(usage) = &self.usage
            && usage.effects.is_empty()
            && usage.teaches.is_empty()
        {
            let help = "name the effects, or leave `use` out".to_owned();
            ctx.error(at, "no-effect", "using this item does nothing", Some(help));
        }
        if self.container.len() > MAX_POCKETS {
            let message = format!("a bag has at most {MAX_POCKETS} pockets");
            ctx.error(at, "pockets", message, None);
        }
        if self.is_container() && self.max_stack != 1 {
            let help = "take `max_stack` out".to_owned();
            ctx.error(at, "bag-stack", "bags do not stack", Some(help));
        }
        let (width, height) = self.size;
        if !(1..=MAX_SIDE).contains(&width) || !(1..=MAX_SIDE).contains(&height) {
            let message = format!("`size` is {width} × {height}; each must be 1 to {MAX_SIDE}");
            ctx.error(at, BAD_NUMBER, message, None);
        }
        if let Some(charges) = &self.charges {
            charges.link(ctx);
        }
        if self.max_stack > 1 && (self.charges.is_some() || self.binds.is_some()) {
            let message = "what has charges, or becomes somebody's own, does not stack";
            ctx.error(at, "stack", message, Some("leave `max_stack` out".into()));
        }
        if self.name.trim().is_empty() {
            ctx.error(at, "no-name", "this item has no name", None);
        }
    }
}
