//! What worn things do together, beyond the modifiers of each: sets, effects that last as long as
//! they are worn, what their wearer understands of them by level, and what runs out.
//!
//! Looked at after every change of what is worn; nothing is written that is so already.

pub(crate) mod due;
mod effects;
mod levels;
mod set_status;
pub mod sets;

use bevy::prelude::*;
use wayfarer_core::{feature::Features, refusal::Refusal, txn::Txn};
use wayfarer_inventory::Inventory;
use wayfarer_stats::inputs::StatInputs;

use crate::FEATURE;

pub use set_status::{SetStatus, set_status, set_what_if};
pub(crate) use set_status::{set_op, worn_after};
pub use sets::ActiveSets;

/// Brings all of it up to date.
///
/// # Errors
/// `state_corrupt` when something contradicts itself.
pub(crate) fn worn(txn: &mut Txn<'_>, entity: Entity) -> Result<(), Refusal> {
    if txn.get::<Inventory>(entity).is_none() {
        return Ok(());
    }
    let on = Features::check(txn.world(), FEATURE).is_ok();
    if on {
        levels::settle(txn, entity)?;
    }
    if txn.get::<StatInputs>(entity).is_some() {
        sets::settle(txn, entity, on)?;
        effects::settle(txn, entity, on)?;
    }
    due::note(txn, entity);
    Ok(())
}
