//! Giving and taking modifiers.

use std::sync::Arc;

use bevy::prelude::*;
use wayfarer_core::{
    clock::{ClockMode, ticks},
    content::Content,
    id::{DefId, Uid},
    refusal::Refusal,
    txn::Txn,
};

use crate::{
    content::ModifierDef, index::StatIndex, inputs::StatInputs, modifier::Modifier, ops::StatOp,
};

/// Gives a character the modifiers of a definition.
///
/// `source` is what removes them again: an item, an effect. Modifiers that the source has already
/// stay; the new ones are counted on.
///
/// # Errors
/// `not_found` when the entity has no stats.
pub fn add_modifiers(
    txn: &mut Txn<'_>,
    entity: Entity,
    source: Uid,
    origin: DefId,
    defs: &[ModifierDef],
) -> Result<(), Refusal> {
    if defs.is_empty() {
        return Ok(());
    }
    let content = txn.content();
    let inputs = txn.need::<StatInputs>(entity, "stats")?;
    let mut modifiers: Vec<Modifier> = inputs.modifiers_of(source).cloned().collect();
    let first = modifiers
        .iter()
        .map(|m| m.index.saturating_add(1))
        .max()
        .unwrap_or(0);
    modifiers.extend(to_modifiers(&content, source, origin, defs, first));
    txn.op::<StatInputs>(entity, StatOp::SetModifiers { source, modifiers })
}

/// Modifiers of definitions, ready for [`set_modifiers`].
pub fn to_modifiers(
    content: &Arc<Content>,
    source: Uid,
    origin: DefId,
    defs: &[ModifierDef],
    first: u16,
) -> Vec<Modifier> {
    content
        .derived::<StatIndex>()
        .map(|index| ModifierDef::to_modifiers(defs, index, source, origin, first))
        .unwrap_or_default()
}

/// Replaces all modifiers of a source, for one that scales or seals them itself. Indices are given
/// anew. Nothing is written if nothing would change.
///
/// # Errors
/// `not_found` when the entity has no stats.
pub fn set_modifiers(
    txn: &mut Txn<'_>,
    entity: Entity,
    source: Uid,
    mut modifiers: Vec<Modifier>,
) -> Result<(), Refusal> {
    let inputs = txn.need::<StatInputs>(entity, "stats")?;
    if !differ(inputs, source, &mut modifiers) {
        return Ok(());
    }
    txn.op::<StatInputs>(entity, StatOp::SetModifiers { source, modifiers })
}

/// [`set_modifiers`] of several sources as one change, each source once. Those of which nothing
/// would change are left out.
///
/// # Errors
/// `not_found` when the entity has no stats; `state_corrupt` when a source is named twice.
pub fn set_modifiers_of(
    txn: &mut Txn<'_>,
    entity: Entity,
    mut sources: Vec<(Uid, Vec<Modifier>)>,
) -> Result<(), Refusal> {
    let inputs = txn.need::<StatInputs>(entity, "stats")?;
    sources.retain_mut(|(source, modifiers)| differ(inputs, *source, modifiers));
    match sources.len() {
        0 => Ok(()),
        1 => sources.into_iter().try_for_each(|(source, modifiers)| {
            txn.op::<StatInputs>(entity, StatOp::SetModifiers { source, modifiers })
        }),
        _ => txn.op::<StatInputs>(entity, StatOp::SetModifiersOf(sources)),
    }
}

/// Numbers the modifiers of a source and puts them in the order in which they are kept; whether
/// there are others now.
fn differ(inputs: &StatInputs, source: Uid, modifiers: &mut [Modifier]) -> bool {
    for (modifier, index) in modifiers.iter_mut().zip(0..) {
        modifier.source = source;
        modifier.index = index;
    }
    modifiers.sort_unstable_by(Modifier::order);
    !inputs.modifiers_of(source).eq(&*modifiers)
}

/// [`add_modifiers`] for some seconds, from now. What the source did already ends with them.
///
/// # Errors
/// `not_found` when the entity has no stats; `invalid_amount` unless the seconds are more than 0.
pub fn add_timed_modifiers(
    txn: &mut Txn<'_>,
    entity: Entity,
    source: Uid,
    origin: DefId,
    defs: &[ModifierDef],
    seconds: f32,
) -> Result<(), Refusal> {
    if !(seconds.is_finite() && seconds > 0.0) {
        return Err(super::invalid(seconds));
    }
    add_modifiers(txn, entity, source, origin, defs)?;
    let mode = txn.world().get_resource::<ClockMode>().copied();
    let length = ticks(seconds, mode.unwrap_or_default().hz());
    let until = txn.tick().saturating_add(length);
    set_expiry(txn, entity, source, Some(until))
}

/// Sets the tick at which the host removes the modifiers of a source; `None` lets them last.
///
/// # Errors
/// `not_found` when the entity has no stats.
pub fn set_expiry(
    txn: &mut Txn<'_>,
    entity: Entity,
    source: Uid,
    until: Option<u64>,
) -> Result<(), Refusal> {
    if txn.need::<StatInputs>(entity, "stats")?.expiry(source) == until {
        return Ok(());
    }
    txn.op::<StatInputs>(entity, StatOp::SetExpiry { source, until })
}

/// Removes everything a source does, and when it would have ended. Nothing happens if it does
/// nothing.
///
/// # Errors
/// `not_found` when the entity has no stats.
pub fn remove_modifiers(txn: &mut Txn<'_>, entity: Entity, source: Uid) -> Result<(), Refusal> {
    let inputs = txn.need::<StatInputs>(entity, "stats")?;
    if inputs.modifiers_of(source).next().is_some() {
        txn.op::<StatInputs>(entity, StatOp::remove_modifiers(source))?;
    }
    set_expiry(txn, entity, source, None)
}
