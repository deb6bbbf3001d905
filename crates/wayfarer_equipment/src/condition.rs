//! What the state of an item means: its band, what it may still do, how urgent a repair is.

use wayfarer_core::content::Content;
use wayfarer_inventory::Item;

use crate::{
    content::{Band, ConditionDef},
    ext::{Durability, quality_of},
};

/// The band of an item's condition; `None` when no pack has bands.
pub fn band_of<'a>(content: &'a Content, item: &Item) -> Option<&'a Band> {
    let rules = ConditionDef::in_force(content)?;
    rules.band(Durability::of(item).percent())
}

/// The share that an item's modifiers lose through its condition, 0 to 1.
pub fn penalty_of(content: &Content, item: &Item) -> f32 {
    band_of(content, item).map_or(0.0, |band| band.penalty)
}

/// Percent below which an item may not be put on; 0 when nothing is asked.
pub fn equip_gate(content: &Content) -> f32 {
    ConditionDef::in_force(content).map_or(0.0, |rules| rules.gates.equip)
}

/// Percent below which an item may not be used: its quality's, else that of everything.
pub fn use_gate(content: &Content, item: &Item) -> f32 {
    let own = quality_of(content, item).and_then(|quality| quality.fails_below);
    own.unwrap_or_else(|| ConditionDef::in_force(content).map_or(0.0, |rules| rules.gates.usable))
}

/// Whether enough of an item is left to put it on.
pub fn may_equip(content: &Content, item: &Item) -> bool {
    Durability::of(item).percent() >= equip_gate(content)
}

/// Whether enough of an item is left to use it.
pub fn may_use(content: &Content, item: &Item) -> bool {
    Durability::of(item).percent() >= use_gate(content, item)
}

/// Percent below which an item may not be enchanted; 0 when nothing is asked.
pub fn enchant_gate(content: &Content) -> f32 {
    ConditionDef::in_force(content).map_or(0.0, |rules| rules.gates.enchant)
}

/// Whether enough of an item is left to enchant it.
pub fn may_enchant(content: &Content, item: &Item) -> bool {
    Durability::of(item).percent() >= enchant_gate(content)
}

/// Whether enough of an item is left to count as a piece of a set.
pub fn counts_for_set(content: &Content, item: &Item) -> bool {
    let gate = ConditionDef::in_force(content).map_or(0.0, |rules| rules.gates.set);
    Durability::of(item).percent() >= gate
}
