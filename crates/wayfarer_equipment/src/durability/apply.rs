//! One thing wears: the only place where durability goes down.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{formula::Roller, id::Uid, refusal::Refusal, txn::Txn};
use wayfarer_inventory::{Inventory, Item};

use super::fall_off::fall_off;
use crate::{
    ext::{Durability, Usage, set_ext},
    facts::{DurabilityChanged, GearBroken},
    maintenance,
    rules::wear::{Hardiness, thousandths},
    total::{lay_down, refresh_all},
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
    wear_out_all(txn, entity, &[(uid, amount)], cause)?;
    let inventory = txn.need::<Inventory>(entity, "inventory")?;
    let item = inventory.get(uid);
    Ok(item.map_or(0, |item| Durability::of(item).left))
}

/// [`wear_out`] of several things of one wearer, in this order; amounts are in thousandths of a
/// percent. What worn things do together is settled once, after all of them have worn and before any
/// that broke falls off.
///
/// # Errors
/// `not_found` when `entity` does not hold one of them.
pub fn wear_out_all(
    txn: &mut Txn<'_>,
    entity: Entity,
    amounts: &[(Uid, u32)],
    cause: WearCause,
) -> Result<(), Refusal> {
    // What is worn and does something else now.
    let mut changed: Vec<Uid> = Vec::new();
    let mut any_worn = false;
    for &(uid, amount) in amounts {
        let inventory = txn.need::<Inventory>(entity, "inventory")?;
        let item = inventory
            .get(uid)
            .ok_or_else(|| Refusal::not_found(uid))?
            .clone();
        let Some(left) = lessen(txn, entity, &item, amount, cause)? else {
            continue;
        };
        if item.place.slot().is_some() {
            any_worn = true;
            if !changed.contains(&uid) {
                changed.push(uid);
            }
        }
        if left == 0 {
            // Where it goes may depend on all that holds by now.
            refresh_all(txn, entity, &changed)?;
            changed.clear();
            txn.emit(GearBroken {
                entity,
                item: uid,
                def: item.def,
                cause,
            });
            fall_off(txn, entity, uid)?;
        }
    }
    if any_worn {
        lay_down(txn, entity, &changed)?;
        finish(txn, entity)?;
    }
    Ok(())
}

/// The wear itself; what is left, or nothing if nothing was taken.
fn lessen(
    txn: &mut Txn<'_>,
    entity: Entity,
    item: &Item,
    amount: u32,
    cause: WearCause,
) -> Result<Option<u32>, Refusal> {
    let before = Durability::of(item);
    let after = before.worn_by(amount);
    if after == before {
        return Ok(None);
    }
    let usage = item.ext::<Usage>().unwrap_or_default();
    let usage = usage.again(before.left - after.left, txn.tick());
    set_ext(txn, entity, item.uid, after.carried().as_ref())?;
    set_ext(txn, entity, item.uid, Some(&usage))?;
    txn.emit(DurabilityChanged {
        entity,
        item: item.uid,
        def: item.def,
        before: before.left,
        after: after.left,
        cause,
    });
    let content = txn.content();
    maintenance::note_wear(txn, &content, item, before, after);
    Ok(Some(after.left))
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
