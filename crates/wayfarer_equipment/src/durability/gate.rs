//! What is too far gone can neither be put on nor used.

use wayfarer_core::{content::Content, refusal::Refusal};
use wayfarer_inventory::{
    Item,
    constraint::{Planned, Purpose},
    content::ItemDef,
    view::View,
};

use crate::{
    condition::{equip_gate, use_gate},
    ext::Durability,
    refusals::TOO_WORN,
};

/// Item constraint: is enough left of it?
pub(crate) fn check_condition(view: &View<'_>, planned: &Planned<'_>) -> Result<(), Refusal> {
    let gate = match planned.purpose {
        Purpose::Equip => equip_gate(view.content),
        Purpose::Use => use_gate(view.content, planned.item),
        _ => return Ok(()),
    };
    check(view.content, planned.item, gate)
}

/// Refuses what less than `gate` percent is left of.
///
/// # Errors
/// `too_worn`.
pub(crate) fn check(content: &Content, item: &Item, gate: f32) -> Result<(), Refusal> {
    let left = Durability::of(item).percent();
    if left >= gate {
        return Ok(());
    }
    let def = content.table::<ItemDef>().get(item.def);
    let name = def.map_or_else(|| item.def.to_string(), |def| def.name.clone());
    Err(Refusal::new(TOO_WORN)
        .with("item", name)
        .with("left", left)
        .with("need", gate))
}
