//! The reasons of this crate for saying no, and their texts.

mod magic;

use wayfarer_core::{
    id::DefId,
    refusal::{Code, Refusal},
};

pub use magic::*;

/// The actor does not have the item.
pub const ITEM_NOT_FOUND: Code = Code::new("item_not_found");
/// The item is not worn there, or not worn at all.
pub const ILLEGAL_SLOT: Code = Code::new("illegal_slot");
/// There is nothing in the slot.
pub const SLOT_EMPTY: Code = Code::new("slot_empty");
/// The wearer can not do what the item asks for.
pub const SKILL_GATE: Code = Code::new("skill_gate");
/// The slot was changed a moment ago.
pub const EQUIP_LOCKED: Code = Code::new("equip_locked");
/// The actor wears nothing at all: a chest, a game's own thing.
pub const NO_SLOTS: Code = Code::new("no_slots");

/// Too little is left of it.
pub const TOO_WORN: Code = Code::new("too_worn");
/// The rules know no such kind of use.
pub const UNKNOWN_USE: Code = Code::new("unknown_use");

/// Default texts.
pub(crate) const TEXTS: &[(&str, &str)] = &[
    ("refusal.item_not_found", "You do not have that."),
    ("refusal.illegal_slot", "That is not worn there."),
    ("refusal.slot_empty", "There is nothing to take off."),
    (
        "refusal.skill_gate",
        "{stat} {need} is needed; it is {have}.",
    ),
    ("refusal.equip_locked", "Not yet: {remaining} s."),
    (
        "refusal.too_worn",
        "{item} is too far gone: {left} % left, {need} % needed.",
    ),
    ("refusal.unknown_use", "Nothing is used like that: {kind}."),
    ("refusal.no_slots", "This can not wear anything."),
];

pub(crate) fn illegal_slot(item: DefId, slot: DefId) -> Refusal {
    Refusal::new(ILLEGAL_SLOT)
        .with("item", item)
        .with("slot", slot)
}
