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

/// It can not be repaired: it does not wear, or there are several in one stack.
pub const NOT_REPAIRABLE: Code = Code::new("not_repairable");
/// There is nothing to repair.
pub const NOT_DAMAGED: Code = Code::new("not_damaged");
/// Something is missing that it would use up.
pub const MATERIALS_MISSING: Code = Code::new("materials_missing");
/// A tool is missing.
pub const TOOL_MISSING: Code = Code::new("tool_missing");
/// The rules know no extras for such a thing.
pub const NO_EXTRAS: Code = Code::new("no_extras");
/// It costs more by now than was agreed.
pub const PRICE_CHANGED: Code = Code::new("price_changed");
/// The outcome of a repair: as planned.
pub const REPAIR_DONE: Code = Code::new("repair_done");
/// The outcome of a repair: part of it.
pub const REPAIR_FAILED: Code = Code::new("repair_failed");
/// The outcome of a repair: it has suffered.
pub const REPAIR_BOTCHED: Code = Code::new("repair_botched");

/// Default texts.
pub(crate) const TEXTS: &[(&str, &str)] = &[
    ("refusal.item_not_found", "You do not have that."),
    ("refusal.illegal_slot", "That is not worn there."),
    ("refusal.slot_empty", "There is nothing to take off."),
    (
        "refusal.skill_gate",
        "This needs {stat} {need}; yours is {have}.",
    ),
    ("refusal.equip_locked", "Not yet: {remaining} s."),
    (
        "refusal.too_worn",
        "{item} is too far gone: {left} % left, {need} % needed.",
    ),
    ("refusal.not_repairable", "{item} cannot be repaired."),
    ("refusal.not_damaged", "{item} is not damaged."),
    (
        "refusal.materials_missing",
        "This takes {need} × {what}; you have {have}.",
    ),
    ("refusal.tool_missing", "A tool is missing: {tool}."),
    (
        "refusal.no_extras",
        "Nothing finer is of use in repairing {item}.",
    ),
    ("refusal.price_changed", "It costs {now} by now."),
    ("refusal.tool_missing", "This needs a tool: {tool}."),
    ("refusal.price_changed", "It costs {now} now."),
    ("refusal.repair_done", "{item} is repaired: {left} %."),
    (
        "refusal.repair_failed",
        "The repair did not work out: {item} is at {left} %.",
    ),
    (
        "refusal.repair_botched",
        "The repair went wrong, and {item} has suffered: {left} %.",
    ),
    ("work.equipment.repairing", "Repairing"),
    ("refusal.unknown_use", "Nothing is used like that: {kind}."),
    ("refusal.no_slots", "This cannot wear anything."),
];

pub(crate) fn illegal_slot(item: DefId, slot: DefId) -> Refusal {
    Refusal::new(ILLEGAL_SLOT)
        .with("item", item)
        .with("slot", slot)
}
