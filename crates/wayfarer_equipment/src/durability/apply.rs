//! One thing wears: the only place where durability goes down.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{formula::Roller, id::Uid, refusal::Refusal, txn::Txn};
use wayfarer_inventory::Inventory;

use super::fall_off::fall_off;
use crate::{
    ext::{Durability, Usage, set_ext},
    facts::{DurabilityChanged, GearBroken},
    maintenance,
    rules::wear::{Hardiness, thousandths},
    total::refresh,
    wear::finish,
};

/// Why there is less, or more, of a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum WearCause {
    /// It was used.
    Use,
    /// A round of combat.
    Round,
    /// Its wearer was hit.
    Hit,
    /// Weather.
    Exposure,
    /// A repair.
    Repair,
    /// The game master, or a game's own rule.
    Other,
}

/// Takes thousandths of a percent from something that `entity` holds, with all that follows: what
/// it does to its wearer, and at nothing it falls off. Returns what is left. A stack of several
/// wears as a whole.
///
/// # Errors
/// `not_found` when `entity` does not hold it.
pub fn wear_out(
    txn: &mut Txn<'_>,
    entity: Entity,
    uid: Uid,
    amount: u32,
    cause: WearCause,
) -> Result<u32, Refusal> {
    let inventory = txn.need::<Inventory>(entity, "inventory")?;
    let item = inventory
        .get(uid)
        .ok_or_else(|| Refusal::not_found(uid))?
        .clone();
    let before = Durability::of(&item);
    let after = before.worn_by(amount);
    if after == before {
        return Ok(before.left);
    }
    let tick = txn.tick();
    let usage = item.ext::<Usage>().unwrap_or_default();
    let usage = usage.again(before.left - after.left, tick);
    set_ext(txn, entity, uid, after.carried().as_ref())?;
    set_ext(txn, entity, uid, Some(&usage))?;
    txn.emit(DurabilityChanged {
        entity,
        item: uid,
        def: item.def,
        before: before.left,
        after: after.left,
        cause,
    });
    let content = txn.content();
    maintenance::note_wear(txn, &content, &item, before, after);
    refresh(txn, entity, uid)?;
    if after.left == 0 {
        txn.emit(GearBroken {
            entity,
            item: uid,
            def: item.def,
            cause,
        });
        fall_off(txn, entity, uid)?;
    }
    if item.place.slot().is_some() {
        finish(txn, entity)?;
    }
    Ok(after.left)
}

/// Thousandths of a percent for so many percent, with dice for the variance.
pub(super) fn roll(txn: &mut Txn<'_>, percent: f64, hardiness: Hardiness, variance: f32) -> u32 {
    if variance <= 0.0 || percent <= 0.0 {
        return thousandths(percent, hardiness, 0.0, 0.0);
    }
    let mut dice = txn.dice("equipment.wear");
    let luck = (f64::from(dice.die(2001)) - 1001.0) / 1000.0;
    txn.keep_rolls(&dice);
    thousandths(percent, hardiness, variance, luck)
}
