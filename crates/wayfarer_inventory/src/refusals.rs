//! The reasons of this crate for saying no, and their texts.

mod dealing;
mod making;

use wayfarer_core::refusal::{Code, Refusal};

pub(crate) use dealing::TEXTS as DEALING_TEXTS;
pub use dealing::*;
pub(crate) use making::TEXTS as MAKING_TEXTS;
pub use making::*;

use crate::{
    content::CompartmentDef,
    item::Item,
    naming::tag_words,
    rules::{Excess, ExcessKind},
};

/// No compartment has room.
pub const INSUFFICIENT_SPACE: Code = Code::new("insufficient_space");
/// Too bulky for the compartment.
pub const EXCEEDS_BULK: Code = Code::new("exceeds_bulk");
/// Too heavy for the compartment or for its carrier.
pub const EXCEEDS_WEIGHT: Code = Code::new("exceeds_weight");
/// The compartment holds no more stacks.
pub const EXCEEDS_COUNT: Code = Code::new("exceeds_count");
/// The compartment does not take such items.
pub const NOT_ACCEPTED: Code = Code::new("not_accepted");
/// The two can not be one stack.
pub const CANNOT_STACK: Code = Code::new("cannot_stack");
/// It is there already.
pub const SAME_PLACE: Code = Code::new("same_place");
/// The container is not open to the asker.
pub const NOT_OPEN: Code = Code::new("not_open");
/// What has overflowed can only be taken out.
pub const OVERFLOW_ONLY_OUT: Code = Code::new("overflow_only_out");
/// Nothing can be put there because it was asked for: slots are for the equipment plugin, and only
/// some compartments have cells.
pub const ILLEGAL_PLACE: Code = Code::new("illegal_place");
/// A bag can not be put into itself, nor into what is in it.
pub const INSIDE_ITSELF: Code = Code::new("inside_itself");
/// Too many filled bags would be one in the other. Argument `max`.
pub const TOO_DEEP: Code = Code::new("too_deep");
/// There are no free cells that it fits into.
pub const NO_CELLS: Code = Code::new("no_cells");
/// There is nothing to be taken.
pub const NOTHING_THERE: Code = Code::new("nothing_there");
/// A favourite is not thrown away. Argument `item`.
pub const FAVOURITE: Code = Code::new("favourite");
/// Something is in it; it must be emptied first.
pub const NOT_EMPTY: Code = Code::new("not_empty");
/// The item is worn; it must be taken off first.
pub const WORN: Code = Code::new("worn");
/// Nothing happens when it is used. Argument `item`.
pub const NOT_USABLE: Code = Code::new("not_usable");
/// It can be used on oneself only. Argument `item`.
pub const NOT_FOR_OTHERS: Code = Code::new("not_for_others");

/// Default texts.
pub(crate) const TEXTS: &[(&str, &str)] = &[
    ("refusal.insufficient_space", "There is no room for it."),
    (
        "refusal.exceeds_bulk",
        "Too bulky: {would} of {max} would be used.",
    ),
    (
        "refusal.exceeds_weight",
        "Too heavy: {would} of {max} kg would be carried.",
    ),
    (
        "refusal.exceeds_count",
        "Too many things: {would} of {max}.",
    ),
    (
        "refusal.not_accepted",
        "{compartment} does not take such things ({tag}).",
    ),
    ("refusal.cannot_stack", "These do not stack."),
    ("refusal.same_place", "It is already there."),
    ("refusal.not_open", "Open it first."),
    ("refusal.illegal_place", "Nothing can be put there."),
    (
        "refusal.overflow_only_out",
        "What had no room lies here until there is; nothing can be put to it.",
    ),
    ("refusal.inside_itself", "It cannot go into itself."),
    (
        "refusal.too_deep",
        "Too many bags would be one in the other: at most {max} here.",
    ),
    ("refusal.no_cells", "There is no free spot of its shape."),
    ("refusal.nothing_there", "There is nothing to take."),
    ("refusal.favourite", "{item} is one of your favourites."),
    ("refusal.not_empty", "Empty it first."),
    ("refusal.worn", "Take it off first."),
    (
        "refusal.not_usable",
        "There is nothing to be done with {item}.",
    ),
    (
        "refusal.not_for_others",
        "You can use {item} on yourself only.",
    ),
    ("refusal.busy", "Finish or stop what you are doing first."),
    ("refusal.not_working", "There is no work to stop."),
    (
        "refusal.station_missing",
        "This needs a place to work: {station}.",
    ),
    (
        "refusal.station_refuses",
        "{station} does not work on {item}.",
    ),
];

/// The refusal for an exceeded limit: what would be, and what may be.
pub fn excess(excess: Excess) -> Refusal {
    let code = match excess.kind {
        ExcessKind::Bulk => EXCEEDS_BULK,
        ExcessKind::Weight => EXCEEDS_WEIGHT,
        ExcessKind::Count => EXCEEDS_COUNT,
    };
    Refusal::new(code)
        .with("would", excess.would)
        .with("max", excess.max)
}

pub(crate) fn not_accepted(compartment: &CompartmentDef, tag: String) -> Refusal {
    Refusal::new(NOT_ACCEPTED)
        .with("compartment", compartment.name.as_str())
        .with("tag", tag_words(&tag))
}

pub(crate) fn too_deep(max: usize) -> Refusal {
    Refusal::new(TOO_DEEP).with("max", max)
}

pub(crate) fn invalid_amount(amount: u32, max: u32) -> Refusal {
    Refusal::new(Code::INVALID_AMOUNT)
        .with("amount", amount)
        .with("max", max)
}

pub(crate) fn template_unavailable(item: &Item) -> Refusal {
    Refusal::new(Code::TEMPLATE_UNAVAILABLE).with("what", item.def)
}

/// How many of a stack: all if left out.
///
/// # Errors
/// `invalid_amount` for none and for more than there are.
pub fn amount_of(item: &Item, count: Option<u32>) -> Result<u32, Refusal> {
    let count = count.unwrap_or(item.count);
    if count == 0 || count > item.count {
        return Err(invalid_amount(count, item.count));
    }
    Ok(count)
}
