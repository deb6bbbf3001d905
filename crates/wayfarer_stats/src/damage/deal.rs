//! Damage and healing in transactions.

use std::sync::Arc;

use bevy::prelude::*;
use wayfarer_core::{
    id::{DefId, Uid},
    refusal::Refusal,
    txn::Txn,
};

use super::{
    facts::{DamageTaken, Healed, ResourceDepleted},
    gather::{preview, preview_healing, preview_temporary},
    index::DamageIndex,
    outcome::{DamageOutcome, HealingOutcome},
};
use crate::{api, inputs::StatInputs};

/// Lets a blow of these types and amounts hit `target`. `by` is who did it and `cause` what it came
/// from, both for the facts [`DamageTaken`] and [`ResourceDepleted`].
///
/// # Errors
/// As [`preview`].
pub fn deal_damage(
    txn: &mut Txn<'_>,
    target: Entity,
    by: Option<Uid>,
    blow: &[(DefId, f32)],
    cause: &str,
) -> Result<DamageOutcome, Refusal> {
    txn.need::<StatInputs>(target, "stats")?;
    let outcome = preview(txn.world(), target, blow)?;
    let cause: Arc<str> = cause.into();
    let content = txn.content();
    let temporary = content
        .derived::<DamageIndex>()
        .and_then(DamageIndex::temporary);
    if let Some(temporary) = temporary
        && outcome.absorbed > 0.0
    {
        api::set_resource(txn, target, temporary, outcome.temporary_left)?;
    }
    if outcome.taken > 0.0 {
        api::set_resource(txn, target, outcome.resource, outcome.left)?;
    }
    txn.emit(DamageTaken {
        entity: target,
        by,
        cause: Arc::clone(&cause),
        outcome: Arc::new(outcome.clone()),
    });
    if outcome.depleted {
        txn.emit(ResourceDepleted {
            entity: target,
            stat: outcome.resource,
            by,
            cause,
        });
    }
    Ok(outcome)
}

/// Heals `target` by an amount. `by` is who did it and `cause` what it came from, both for the fact
/// [`Healed`].
///
/// # Errors
/// As [`preview`].
pub fn heal(
    txn: &mut Txn<'_>,
    target: Entity,
    by: Option<Uid>,
    amount: f32,
    cause: &str,
) -> Result<HealingOutcome, Refusal> {
    txn.need::<StatInputs>(target, "stats")?;
    let outcome = preview_healing(txn.world(), target, amount)?;
    give(txn, target, by, outcome, cause)
}

/// Gives `target` temporary points. They do not add up unless the rules say so.
///
/// # Errors
/// As [`preview`]; `damage_not_configured` also when the rules know no temporary points.
pub fn give_temporary(
    txn: &mut Txn<'_>,
    target: Entity,
    by: Option<Uid>,
    amount: f32,
    cause: &str,
) -> Result<HealingOutcome, Refusal> {
    txn.need::<StatInputs>(target, "stats")?;
    let outcome = preview_temporary(txn.world(), target, amount)?;
    give(txn, target, by, outcome, cause)
}

fn give(
    txn: &mut Txn<'_>,
    target: Entity,
    by: Option<Uid>,
    outcome: HealingOutcome,
    cause: &str,
) -> Result<HealingOutcome, Refusal> {
    if outcome.gained > 0.0 {
        api::set_resource(txn, target, outcome.resource, outcome.left)?;
    }
    txn.emit(Healed {
        entity: target,
        by,
        cause: cause.into(),
        outcome: Arc::new(outcome.clone()),
    });
    Ok(outcome)
}
