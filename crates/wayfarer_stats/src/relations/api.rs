//! Changing bonds, inside transactions.

use bevy::prelude::*;
use wayfarer_core::{
    id::{DefId, Identity, Uid},
    refusal::Refusal,
    revision::ChangeLog,
    txn::Txn,
};

use super::{
    Bond, MAX_CODE_BYTES, MAX_NOTE_BYTES, MAX_RELATIONS, MAX_WITNESSES, RelationCause,
    RelationIndex, RelationKind, RelationOp, Relations,
};
use crate::{
    api::{display_name, invalid},
    id::StatId,
    refusals::{
        NOT_CONFIGURED, RELATION_NOT_CONFIGURED, RELATION_WITH_ITSELF, TEXT_TOO_LONG,
        TOO_MANY_RELATIONS,
    },
    rows,
    rules::resource::Now,
};

/// What the log says about a change, besides the tick, the amount, who asked and who acted, which
/// it takes from the transaction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reason<'a> {
    /// What it was, for programs; if empty, the name of the action.
    pub code: &'a str,
    /// Who saw it. The first 8 are remembered.
    pub witnesses: &'a [Uid],
    /// The definition behind it.
    pub origin: Option<DefId>,
    /// Free words, at most 128 bytes. The owner of the holder reads them.
    pub note: &'a str,
}

impl<'a> Reason<'a> {
    /// Only a code.
    pub const fn code(code: &'a str) -> Self {
        Self {
            code,
            witnesses: &[],
            origin: None,
            note: "",
        }
    }

    /// Only words.
    pub const fn note(note: &'a str) -> Self {
        Self {
            code: "",
            witnesses: &[],
            origin: None,
            note,
        }
    }

    fn check(&self) -> Result<(), Refusal> {
        let too_long = [(self.code, MAX_CODE_BYTES), (self.note, MAX_NOTE_BYTES)]
            .into_iter()
            .find(|(text, max)| text.len() > *max);
        match too_long {
            Some((_, max)) => Err(Refusal::new(TEXT_TOO_LONG).with("max", max)),
            None => Ok(()),
        }
    }

    fn cause(&self, txn: &Txn<'_>, stat: StatId, amount: f32) -> RelationCause {
        let cause = txn.cause();
        let code = if self.code.is_empty() {
            let mut end = cause.action.len().min(MAX_CODE_BYTES);
            while !cause.action.is_char_boundary(end) {
                end -= 1;
            }
            &cause.action[..end]
        } else {
            self.code
        };
        RelationCause {
            tick: cause.tick,
            stat,
            amount,
            code: code.to_owned(),
            player: cause.player,
            actor: cause.actor,
            witnesses: self.witnesses.iter().take(MAX_WITNESSES).copied().collect(),
            origin: self.origin,
            note: self.note.to_owned(),
        }
    }
}

/// Adds to one axis of a bond as it is now, within its limits, and writes down why. Returns the
/// value then. An amount of 0 leaves a mark in the log only.
///
/// Whether the other exists is not asked: it may be out of the world for now.
///
/// # Errors
/// `invalid_amount` unless the amount is finite; `relation_not_configured` and
/// `stat_definition_not_configured` when the content has no such kind, or the kind no such stat;
/// `relation_with_itself`; `too_many_relations`; `text_too_long`; `not_found` when the holder has no
/// [`Relations`].
pub fn add(
    txn: &mut Txn<'_>,
    holder: Entity,
    bond: Bond,
    stat: StatId,
    amount: f32,
    reason: &Reason<'_>,
) -> Result<f32, Refusal> {
    change(txn, holder, bond, stat, Change::Add(amount), reason)
}

/// Sets one axis of a bond, within its limits, and writes down why; `None` goes back to the default.
/// Returns the value then.
///
/// # Errors
/// As [`add`].
pub fn set(
    txn: &mut Txn<'_>,
    holder: Entity,
    bond: Bond,
    stat: StatId,
    value: Option<f32>,
    reason: &Reason<'_>,
) -> Result<f32, Refusal> {
    let change_to = value.map_or(Change::Clear, Change::Set);
    change(txn, holder, bond, stat, change_to, reason)
}

/// Forgets another character, values and causes: all kinds of relation, or one. Returns how many
/// relations that were.
///
/// # Errors
/// `not_found` when the holder has no [`Relations`].
pub fn forget(
    txn: &mut Txn<'_>,
    holder: Entity,
    other: Uid,
    kind: Option<DefId>,
) -> Result<usize, Refusal> {
    let Some(relations) = txn.get::<Relations>(holder) else {
        // Somebody without any has nobody to forget; a thing cannot forget.
        txn.need::<ChangeLog>(holder, "character")?;
        return Ok(0);
    };
    let known = relations.with(other).map(|(known, _)| known);
    let gone: Vec<DefId> = known
        .filter(|known| kind.is_none_or(|kind| kind == *known))
        .collect();
    for kind in &gone {
        let op = RelationOp::SetRelation {
            bond: Bond { other, kind: *kind },
            relation: None,
        };
        txn.op::<Relations>(holder, op)?;
    }
    Ok(gone.len())
}

#[derive(Clone, Copy)]
enum Change {
    Add(f32),
    Set(f32),
    Clear,
}

fn change(
    txn: &mut Txn<'_>,
    holder: Entity,
    bond: Bond,
    stat: StatId,
    change: Change,
    reason: &Reason<'_>,
) -> Result<f32, Refusal> {
    if let Change::Add(amount) | Change::Set(amount) = change
        && !amount.is_finite()
    {
        return Err(invalid(amount));
    }
    reason.check()?;
    if txn.get::<Identity>(holder).map(|id| id.0) == Some(bond.other) {
        return Err(RELATION_WITH_ITSELF.into());
    }
    let content = txn.content();
    let kind = content.derived::<RelationIndex>();
    let kind = kind.and_then(|index| index.get(bond.kind)).ok_or_else(|| {
        let name = content.name_of(bond.kind).map(str::to_owned);
        Refusal::new(RELATION_NOT_CONFIGURED)
            .with("kind", name.unwrap_or_else(|| bond.kind.to_string()))
    })?;
    let (position, axis) = kind
        .position(stat)
        .zip(kind.axis(stat))
        .ok_or_else(|| Refusal::new(NOT_CONFIGURED).with("stat", display_name(&content, stat)))?;
    begin(txn, holder)?;
    let relations = txn.need::<Relations>(holder, "relations")?;
    check_room(relations, bond)?;
    let now = Now::of(txn.world());
    let known = relations.get(bond);
    let mut values = known.map_or_else(Vec::new, |known| known.values.clone());
    let before = kind.evaluate(&values, now)[position];
    let since = txn.tick();
    let stored = match change {
        Change::Add(0.0) => known.and_then(|known| known.stored(stat)),
        Change::Add(amount) => axis.kept(axis.clamped(before + amount), since),
        Change::Set(value) => axis.kept(axis.clamped(value), since),
        Change::Clear => None,
    };
    rows::set(&mut values, stat, stored);
    let after = kind.evaluate(&values, now)[position];
    record(
        txn,
        holder,
        kind,
        bond,
        stored,
        reason.cause(txn, stat, moved(before, after)),
    )?;
    Ok(after)
}

/// The first relation of a character.
pub(super) fn begin(txn: &mut Txn<'_>, holder: Entity) -> Result<(), Refusal> {
    txn.need::<ChangeLog>(holder, "character")?;
    txn.ensure::<Relations>(holder)
}

/// The distance between two values; those at both ends of all numbers are further apart than a
/// number can say.
fn moved(before: f32, after: f32) -> f32 {
    (after - before).clamp(f32::MIN, f32::MAX)
}

fn record(
    txn: &mut Txn<'_>,
    holder: Entity,
    kind: &RelationKind,
    bond: Bond,
    stored: Option<super::Stored>,
    cause: RelationCause,
) -> Result<(), Refusal> {
    let op = RelationOp::Record {
        bond,
        stored,
        cause: Box::new(cause),
        keep: kind.log(),
    };
    txn.op::<Relations>(holder, op)
}

fn check_room(relations: &Relations, bond: Bond) -> Result<(), Refusal> {
    if relations.len() >= MAX_RELATIONS && relations.get(bond).is_none() {
        return Err(Refusal::new(TOO_MANY_RELATIONS).with("max", MAX_RELATIONS));
    }
    Ok(())
}
