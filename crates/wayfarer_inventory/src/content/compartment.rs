//! Kind `compartments`: backpack, belt, chest.

use serde::Deserialize;
use wayfarer_core::content::{Definition, LinkCtx, Text};

use super::{Amount, BAD_NUMBER, ItemDef};
use crate::{
    measure::PocketShare,
    rules::{Layout, MAX_SIDE, MAX_SLOTS},
};

/// Definition kind `compartments`.
///
/// ```ron
/// {
///     "belt": (name: "Belt", max_bulk: 10, rejects: ["huge"], order: 1),
///     "rucksack": (name: "Rucksack", layout: Grid(6, 4), weight_multiplier: 0.9, max_depth: 1),
/// }
/// ```
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct CompartmentDef {
    /// Name shown to players.
    pub name: String,
    /// Most bulk that goes in; without limit if left out. A formula reads the owner's stats.
    #[serde(default)]
    pub max_bulk: Option<Amount>,
    /// Most kilograms that go in; without limit of its own if left out.
    #[serde(default)]
    pub max_weight: Option<Amount>,
    /// Most stacks that go in; without limit if left out.
    #[serde(default)]
    pub max_count: Option<Amount>,
    /// Only items with at least one of these tags; any item if empty.
    #[serde(default)]
    pub accepts: Vec<Text>,
    /// No items with any of these tags.
    #[serde(default)]
    pub rejects: Vec<Text>,
    /// Items with one of these tags go here rather than elsewhere, if they fit.
    #[serde(default)]
    pub prefers: Vec<Text>,
    /// How its items lie: `List`, `Slots(8)` or `Grid(6, 4)`.
    #[serde(default)]
    pub layout: Layout,
    /// How much of the weight of what is in it its carrier feels, 0 to 1. For pockets of bags.
    #[serde(default = "whole")]
    pub weight_multiplier: f32,
    /// How much of the bulk of what is in it the bag takes more room, 0 to 1; 0 is a rigid bag. For
    /// pockets of bags.
    #[serde(default)]
    pub bulk_multiplier: f32,
    /// How many filled bags deep things may be in there: with 0 a bag goes in only while it is
    /// empty. Without a limit of its own if left out; more than 8 nowhere.
    #[serde(default)]
    pub max_depth: Option<u8>,
    /// Where panels show it and where new items look for room first, ascending.
    #[serde(default)]
    pub order: i32,
}

const fn whole() -> f32 {
    1.0
}

impl CompartmentDef {
    /// How much of what is in it counts outside.
    pub fn share(&self) -> PocketShare {
        // The cast saturates and maps NaN to 0.
        let millionths = |part: f32| (f64::from(part) * 1e6).round().min(1e6) as u32;
        PocketShare {
            weight: millionths(self.weight_multiplier),
            bulk: millionths(self.bulk_multiplier),
        }
    }

    /// Whether things of this kind go here rather than elsewhere.
    pub fn is_preferred_by(&self, item: &ItemDef) -> bool {
        self.prefers.iter().any(|tag| item.has_tag(tag))
    }

    /// `Err` with the tag that is unwanted, or the tags of which one is missing.
    pub fn check_tags(&self, item: &ItemDef) -> Result<(), String> {
        if let Some(tag) = self.rejects.iter().find(|tag| item.has_tag(tag)) {
            return Err(tag.to_string());
        }
        if self.accepts.is_empty() || self.accepts.iter().any(|tag| item.has_tag(tag)) {
            return Ok(());
        }
        let wanted: Vec<&str> = self.accepts.iter().map(AsRef::as_ref).collect();
        Err(wanted.join(", "))
    }

    /// The limits that are set, with their names.
    pub fn amounts(&self) -> impl Iterator<Item = &Amount> {
        [&self.max_bulk, &self.max_weight, &self.max_count]
            .into_iter()
            .flatten()
    }
}

impl Definition for CompartmentDef {
    const KIND: &'static str = "compartments";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        for (field, amount) in [
            ("max_bulk", &mut self.max_bulk),
            ("max_weight", &mut self.max_weight),
            ("max_count", &mut self.max_count),
        ] {
            if let Some(amount) = amount {
                amount.link(ctx, field);
            }
        }
        let at = ctx.entry_span();
        for (field, part) in [
            ("weight_multiplier", self.weight_multiplier),
            ("bulk_multiplier", self.bulk_multiplier),
        ] {
            if !(0.0..=1.0).contains(&part) {
                let message = format!("`{field}` is {part}; it must be 0 to 1");
                ctx.error(at, BAD_NUMBER, message, None);
            }
        }
        let sound = match self.layout {
            Layout::List => true,
            Layout::Slots(count) => (1..=MAX_SLOTS).contains(&count),
            Layout::Grid(width, height) => {
                (1..=MAX_SIDE).contains(&width) && (1..=MAX_SIDE).contains(&height)
            }
        };
        if !sound {
            let message = format!(
                "`layout` must be 1 to {MAX_SLOTS} slots, or a grid with sides of 1 to {MAX_SIDE}"
            );
            ctx.error(at, BAD_NUMBER, message, None);
        }
    }
}
