//! What is written into the [history of a thing](wayfarer_inventory::history): its maintenance.
//!
//! Repairs, enchantments, identifications and bad wear: who, what was left before and after, what
//! it cost and used up, and whether it worked.

use bevy::prelude::*;
use wayfarer_core::{content::Content, id::Uid, refusal::Refusal, txn::Txn};
use wayfarer_inventory::{
    Inventory, Item,
    history::{self, Note},
};

use crate::{content::ConditionDef, ext::Durability};

/// A repair went as planned.
pub const REPAIRED: &str = "repaired";
/// A repair did part of it.
pub const REPAIR_FAILED: &str = "repair_failed";
/// A repair made it worse.
pub const REPAIR_BOTCHED: &str = "repair_botched";
/// It was enchanted.
pub const ENCHANTED: &str = "enchanted";
/// It could not be enchanted.
pub const ENCHANT_FAILED: &str = "enchant_failed";
/// An enchantment was taken off.
pub const LIFTED: &str = "enchantment_lifted";
/// It was taken apart to learn from it.
pub const TAKEN_APART: &str = "taken_apart";
/// It was to be taken apart and is still there.
pub const NOT_TAKEN_APART: &str = "not_taken_apart";
/// More is known about it.
pub const IDENTIFIED: &str = "identified";
/// Nothing was found out.
pub const IDENTIFY_FAILED: &str = "identify_failed";
/// It has come down so far that it does less than before.
pub const WORN: &str = "worn_down";
/// Nothing is left of it.
pub const BROKEN: &str = "broken";

/// How the notes read.
pub(crate) const TEXTS: &[(&str, &str)] = &[
    ("history.repaired", "repaired"),
    ("history.repair_failed", "repaired in part"),
    ("history.repair_botched", "botched by a repair"),
    ("history.enchanted", "enchanted: {about}"),
    ("history.enchant_failed", "{about} failed to take"),
    ("history.enchantment_lifted", "{about} taken off"),
    ("history.taken_apart", "taken apart for {about}"),
    ("history.not_taken_apart", "withstood being taken apart"),
    ("history.identified", "understood better"),
    ("history.identify_failed", "studied in vain"),
    ("history.worn_down", "in a worse condition"),
    ("history.broken", "broken"),
];

/// Writes a note into the history of something that `holder` has.
///
/// # Errors
/// `not_found` when `holder` does not have it.
pub(crate) fn note(
    txn: &mut Txn<'_>,
    holder: Entity,
    item: Uid,
    note: Note,
) -> Result<(), Refusal> {
    let inventory = txn.need::<Inventory>(holder, "inventory")?;
    let found = inventory.get(item).cloned();
    let found = found.ok_or_else(|| Refusal::not_found(item))?;
    history::note(txn, &found, note);
    Ok(())
}

/// Notes wear from which something does less than before; a scratch is not worth a line.
pub(crate) fn note_wear(
    txn: &mut Txn<'_>,
    content: &Content,
    item: &Item,
    before: Durability,
    after: Durability,
) {
    let what = if after.left == 0 {
        BROKEN
    } else if penalty(content, before) != penalty(content, after) {
        WORN
    } else {
        return;
    };
    let line = Note::new(what).done(false).left(before.left, after.left);
    history::note(txn, item, line);
}

/// The share of its modifiers that it loses by being so.
fn penalty(content: &Content, state: Durability) -> f32 {
    let band = ConditionDef::in_force(content).and_then(|rules| rules.band(state.percent()));
    band.map_or(0.0, |band| band.penalty)
}
