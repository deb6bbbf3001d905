//! Counted uses: a blow struck, a lock picked, a parry.

use bevy::prelude::*;
use wayfarer_core::{feature::Features, id::Uid, refusal::Refusal, txn::Txn};
use wayfarer_inventory::Inventory;

use super::{
    apply::{WearCause, roll, wear_out},
    gate, group_of, hardiness,
    seen::SeenCauses,
};
use crate::{
    FEATURE,
    abilities::trigger,
    condition::use_gate,
    content::MaterialDef,
    ext::{Durability, quality_of},
    refusals::UNKNOWN_USE,
    rules::wear::{Hardiness, OneUse},
};

/// One use of a thing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UseOfGear<'a> {
    /// What kind of use: a word of the wear rules, such as `normal` or `heavy`.
    pub kind: &'a str,
    /// Whether something went critically wrong.
    pub critical: bool,
    /// Names the use for ever, if it may be told more than once: the same wears once.
    pub cause: Option<u64>,
}

impl Default for UseOfGear<'_> {
    fn default() -> Self {
        Self {
            kind: "normal",
            critical: false,
            cause: None,
        }
    }
}

/// Wears something by one use. Returns what is left in thousandths of a percent. Things that do
/// not wear stay as they are; so do all while the [feature](FEATURE) is switched off.
///
/// # Errors
/// `not_found`, `too_worn` when it is too far gone to be used, `unknown_use` for a kind of use that
/// the rules do not know.
pub fn use_gear(
    txn: &mut Txn<'_>,
    entity: Entity,
    uid: Uid,
    usage: &UseOfGear<'_>,
) -> Result<u32, Refusal> {
    let content = txn.content();
    let inventory = txn.need::<Inventory>(entity, "inventory")?;
    let item = inventory
        .get(uid)
        .ok_or_else(|| Refusal::not_found(uid))?
        .clone();
    let left = Durability::of(&item).left;
    if Features::check(txn.world(), FEATURE).is_err() {
        return Ok(left);
    }
    let Some((rules, _)) = group_of(&content, &item) else {
        trigger(txn, &content, entity, uid, |def| def.abilities.is_empty())?;
        return Ok(left);
    };
    gate::check(&content, &item, use_gate(&content, &item))?;
    let kind = rules.uses.get(usage.kind);
    let kind = *kind.ok_or_else(|| Refusal::new(UNKNOWN_USE).with("kind", usage.kind))?;
    if let Some(cause) = usage.cause {
        let seen = txn.world().get_resource::<SeenCauses>();
        let mut seen = seen.cloned().unwrap_or_default();
        if !seen.used(cause) {
            return Ok(left);
        }
        txn.set_resource(seen);
    }
    trigger(txn, &content, entity, uid, |def| def.abilities.is_empty())?;
    let quality = quality_of(&content, &item);
    let one = OneUse {
        uses_until_broken: quality.map_or(168.0, |quality| quality.uses_until_broken),
        kind,
        critical: match quality {
            Some(quality) if usage.critical => quality.critical_factor,
            _ => 1.0,
        },
    };
    // How long a tier lasts is in its number of uses already.
    let hardiness = Hardiness {
        quality: 1.0,
        ..hardiness(&content, &item, use_factor)
    };
    let variance = quality.map_or(0.0, |quality| quality.variance);
    let amount = roll(txn, one.percent(), hardiness, variance);
    wear_out(txn, entity, uid, amount, WearCause::Use)
}

pub(super) fn use_factor(material: &MaterialDef) -> f32 {
    material.use_factor
}
