//! Giving and taking modifiers.

use std::sync::Arc;

use bevy::prelude::*;
use smallvec::SmallVec;
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
    for (modifier, index) in modifiers.iter_mut().zip(0..) {
        modifier.source = source;
        modifier.index = index;
    }
    set_modifiers_of(txn, entity, vec![source], modifiers)
}

/// Replaces all modifiers of several sources as one change: these are all that they do from now on.
/// Each names its source, and the indices of one source must differ. Nothing is written of sources
/// of which nothing would change.
///
/// # Errors
/// `not_found` when the entity has no stats; `state_corrupt` for modifiers of another source or with
/// one index twice.
pub fn set_modifiers_of(
    txn: &mut Txn<'_>,
    entity: Entity,
    mut sources: Vec<Uid>,
    mut modifiers: Vec<Modifier>,
) -> Result<(), Refusal> {
    let inputs = txn.need::<StatInputs>(entity, "stats")?;
    modifiers.sort_unstable_by(Modifier::order);
    sources.sort_unstable();
    sources.dedup();
    let mut same: SmallVec<[Uid; 8]> = SmallVec::new();
    sources.retain(|&source| {
        let wanted = modifiers.iter().filter(|m| m.source == source);
        let changes = !inputs.modifiers_of(source).eq(wanted);
        if !changes {
            same.push(source);
        }
        changes
    });
    if !same.is_empty() {
        modifiers.retain(|modifier| same.binary_search(&modifier.source).is_err());
    }
    let op = match *sources {
        [] if modifiers.is_empty() => return Ok(()),
        [source] => StatOp::SetModifiers { source, modifiers },
        _ => StatOp::SetModifiersOf { sources, modifiers },
    };
    txn.op::<StatInputs>(entity, op)
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
