//! Turns and rests: time as turn-based games and tired heroes count it.

use bevy::prelude::*;
use wayfarer_core::{id::Uid, refusal::Refusal, txn::Txn};

use super::{
    active::{ActiveEffect, ActiveEffects, EffectOp, Until, effects_of},
    apply::look_up,
    definition::RestKind,
    facts::{EndReason, Rested},
    remove, steps,
    tick::expire,
};

/// Ends a turn of a character: periods counted in turns fall, and effects that last for turns have
/// one less.
///
/// # Errors
/// `not_found` when the character has no stats.
pub fn end_turn(txn: &mut Txn<'_>, bearer: Entity) -> Result<(), Refusal> {
    for uid in all(txn, bearer)? {
        end_turn_of(txn, bearer, uid)?;
    }
    Ok(())
}

fn end_turn_of(txn: &mut Txn<'_>, bearer: Entity, uid: Uid) -> Result<(), Refusal> {
    let content = txn.content();
    let find = |txn: &Txn<'_>| txn.get::<ActiveEffects>(bearer)?.get(uid).cloned();
    let Some(mut effect) = find(txn) else {
        return Ok(());
    };
    let known = look_up(&content, effect.def).ok();
    let period = known
        .and_then(|(def, _)| def.every.as_ref()?.turns.as_ref())
        .map(|turns| turns.value.max(1));
    let counts = period.is_some() && !effect.suppressed;
    let left = match effect.until {
        Until::Turns(left) => Some(left.saturating_sub(1)),
        _ => None,
    };
    if !counts && left.is_none() {
        return Ok(());
    }
    let falls = counts && period.is_some_and(|period| effect.turns.saturating_add(1) >= period);
    if counts {
        effect.turns = if falls { 0 } else { effect.turns + 1 };
    }
    if let Some(left) = left {
        effect.until = Until::Turns(left);
    }
    txn.op::<ActiveEffects>(bearer, EffectOp::Put(Box::new(effect.clone())))?;
    if falls
        && let Some((_, compiled)) = known
        && txn
            .attempt(|txn| steps::run(txn, bearer, &effect, &compiled.every))
            .is_err()
    {
        return remove::remove_effect_because(txn, bearer, uid, EndReason::Unpaid);
    }
    match find(txn) {
        Some(effect) if left == Some(0) => expire(txn, bearer, &effect),
        _ => Ok(()),
    }
}

/// A character has rested: effects that last until then end. A long rest is a short one too.
/// Returns how many ended.
///
/// # Errors
/// `not_found` when the character has no stats.
pub fn rest(txn: &mut Txn<'_>, bearer: Entity, kind: RestKind) -> Result<u32, Refusal> {
    let ends = |effect: &ActiveEffect| match effect.until {
        Until::ShortRest => true,
        Until::LongRest => kind == RestKind::Long,
        _ => false,
    };
    let mut count = 0;
    for uid in all(txn, bearer)? {
        let effects = effects_of(txn, bearer)?;
        let Some(effect) = effects.get(uid).filter(|effect| ends(effect)).cloned() else {
            continue;
        };
        expire(txn, bearer, &effect)?;
        count += 1;
    }
    txn.emit(Rested {
        entity: bearer,
        kind,
    });
    Ok(count)
}

fn all(txn: &Txn<'_>, bearer: Entity) -> Result<Vec<Uid>, Refusal> {
    let effects = effects_of(txn, bearer)?;
    Ok(effects.iter().map(|effect| effect.uid).collect())
}
