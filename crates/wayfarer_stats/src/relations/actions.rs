//! What game masters can ask for.

use serde::{Deserialize, Serialize};
use wayfarer_core::{
    action::Action,
    authority::Role,
    id::{DefId, Uid},
    refusal::Refusal,
    txn::Txn,
};

use super::{Bond, Reason, Relations, add, forget, set};
use crate::{actions::PatchChange, id::StatId};

/// Changes one axis of a bond, with a note. Answers with the value that it has then.
///
/// The other must exist, or be known to the holder already.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PatchRelation {
    /// Whose relation it is.
    pub holder: Uid,
    /// Which one.
    pub bond: Bond,
    /// The axis.
    pub stat: StatId,
    /// How.
    pub change: PatchChange,
    /// Why, at most 128 bytes. The owner of the holder reads it.
    pub note: String,
}

impl Action for PatchRelation {
    const NAME: &'static str = "relations.patch";
    type Receipt = f32;
    const MIN_ROLE: Role = Role::GameMaster;
    const NEEDS_ACTOR: bool = false;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<f32, Refusal> {
        let holder = txn.entity(self.holder)?;
        let relations = txn.get::<Relations>(holder);
        if relations.is_none_or(|known| known.with(self.bond.other).next().is_none()) {
            txn.entity(self.bond.other)?;
        }
        let reason = Reason::note(&self.note);
        let (bond, stat) = (self.bond, self.stat);
        match self.change {
            PatchChange::Set(value) => set(txn, holder, bond, stat, Some(value), &reason),
            PatchChange::Add(amount) => add(txn, holder, bond, stat, amount, &reason),
            PatchChange::Clear => set(txn, holder, bond, stat, None, &reason),
        }
    }
}

/// Makes a character forget another one, values and causes. Answers with how many relations that
/// were.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ForgetRelations {
    /// Who forgets.
    pub holder: Uid,
    /// Whom. Need not exist any more.
    pub other: Uid,
    /// Only this kind of relation; all without one.
    pub kind: Option<DefId>,
}

impl Action for ForgetRelations {
    const NAME: &'static str = "relations.forget";
    type Receipt = u32;
    const MIN_ROLE: Role = Role::GameMaster;
    const NEEDS_ACTOR: bool = false;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<u32, Refusal> {
        let holder = txn.entity(self.holder)?;
        Ok(forget(txn, holder, self.other, self.kind)? as u32)
    }
}
