//! [`RelationOp`]: the only ways in which relations change, each with its exact inverse.

use serde::{Deserialize, Serialize};
use wayfarer_core::{
    aggregate::{Aggregate, OpError},
    replicate_by_ops,
};

use super::{Bond, MAX_AXES, MAX_LOG, MAX_RELATIONS, Relation, RelationCause, Relations, Stored};
use crate::rows;

/// One change of [`Relations`].
///
/// Values are absolute: whoever adds knows the sum (see [`add`](super::add)), so that an inverse
/// restores the exact bits and a client ends with the host's number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum RelationOp {
    /// Sets one value and writes down why. The value is that of the cause's stat.
    Record {
        /// Which relation; it comes into being if it has to.
        bond: Bond,
        /// The value now; `None` for the default.
        stored: Option<Stored>,
        /// Why.
        cause: Box<RelationCause>,
        /// How many causes are kept, 1 to [`MAX_LOG`]; older ones are forgotten.
        keep: u16,
    },
    /// The inverse of [`Record`](Self::Record). Refused if anything has happened since, because it
    /// could not be taken back without losing that.
    TakeBack {
        /// Which relation.
        bond: Bond,
        /// The value before.
        stored: Option<Stored>,
        /// The value that must be there now.
        found: Option<Stored>,
        /// The cause that must be the newest, and is taken out.
        cause: Box<RelationCause>,
        /// Causes that were forgotten for it, oldest first.
        forgotten: Vec<RelationCause>,
    },
    /// Replaces a whole relation; `None` forgets it.
    SetRelation {
        /// Which relation.
        bond: Bond,
        /// What it is now.
        relation: Option<Box<Relation>>,
    },
}

const NOT_FINITE: OpError = OpError("a value must be a finite number");
const TOO_MANY: OpError = OpError("too many relations, values or causes");
const CHANGED: OpError = OpError("the relation has changed since");

impl Aggregate for Relations {
    const NAME: &'static str = "stats.relations";
    type Op = RelationOp;

    fn apply(&mut self, op: &RelationOp) -> Result<RelationOp, OpError> {
        match op {
            RelationOp::Record {
                bond,
                stored,
                cause,
                keep,
            } => self.record(*bond, *stored, cause, *keep),
            RelationOp::TakeBack {
                bond,
                stored,
                found,
                cause,
                forgotten,
            } => self.take_back(*bond, *stored, *found, cause, forgotten),
            RelationOp::SetRelation { bond, relation } => self.replace(*bond, relation.as_deref()),
        }
    }

    fn revision(&self) -> u32 {
        self.revision
    }

    fn set_revision(&mut self, revision: u32) {
        self.revision = revision;
    }
}

replicate_by_ops!(Relations);

impl Relations {
    fn record(
        &mut self,
        bond: Bond,
        stored: Option<Stored>,
        cause: &RelationCause,
        keep: u16,
    ) -> Result<RelationOp, OpError> {
        cause.check()?;
        check_stored(stored)?;
        let keep = usize::from(keep);
        if !(1..=MAX_LOG).contains(&keep) {
            return Err(TOO_MANY);
        }
        let known = self.get(bond);
        let grows =
            stored.is_some() && known.is_none_or(|known| known.stored(cause.stat).is_none());
        let full = match known {
            None => self.rows.len() >= MAX_RELATIONS,
            Some(known) => grows && known.values.len() >= MAX_AXES,
        };
        if full {
            return Err(TOO_MANY);
        }
        self.touch(bond);
        let at = self.position(bond).unwrap_or_else(|at| {
            self.rows.insert(at, (bond, Relation::default()));
            at
        });
        let relation = &mut self.rows[at].1;
        let before = rows::set(&mut relation.values, cause.stat, stored);
        relation.log.push(cause.clone());
        let surplus = relation.log.len().saturating_sub(keep);
        Ok(RelationOp::TakeBack {
            bond,
            stored: before,
            found: stored,
            cause: Box::new(cause.clone()),
            forgotten: relation.log.drain(..surplus).collect(),
        })
    }

    fn take_back(
        &mut self,
        bond: Bond,
        stored: Option<Stored>,
        found: Option<Stored>,
        cause: &RelationCause,
        forgotten: &[RelationCause],
    ) -> Result<RelationOp, OpError> {
        check_stored(stored)?;
        forgotten.iter().try_for_each(RelationCause::check)?;
        let at = self.position(bond).map_err(|_| CHANGED)?;
        let relation = &self.rows[at].1;
        if relation.log.last() != Some(cause) || relation.stored(cause.stat) != found {
            return Err(CHANGED);
        }
        let grows = stored.is_some() && found.is_none();
        let keep = relation.log.len();
        if keep - 1 + forgotten.len() > MAX_LOG || (grows && relation.values.len() >= MAX_AXES) {
            return Err(TOO_MANY);
        }
        self.touch(bond);
        let relation = &mut self.rows[at].1;
        rows::set(&mut relation.values, cause.stat, stored);
        relation.log.pop();
        relation.log.splice(..0, forgotten.iter().cloned());
        if relation.is_empty() {
            self.rows.remove(at);
        }
        Ok(RelationOp::Record {
            bond,
            stored: found,
            cause: Box::new(cause.clone()),
            keep: keep as u16,
        })
    }

    fn replace(&mut self, bond: Bond, new: Option<&Relation>) -> Result<RelationOp, OpError> {
        let new = new.filter(|relation| !relation.is_empty());
        if let Some(new) = new {
            new.check()?;
        }
        let at = self.position(bond);
        if at.is_err() && new.is_some() && self.rows.len() >= MAX_RELATIONS {
            return Err(TOO_MANY);
        }
        self.touch(bond);
        let before = match (at, new) {
            (Ok(at), Some(new)) => Some(std::mem::replace(&mut self.rows[at].1, new.clone())),
            (Ok(at), None) => Some(self.rows.remove(at).1),
            (Err(at), Some(new)) => {
                self.rows.insert(at, (bond, new.clone()));
                None
            }
            (Err(_), None) => None,
        };
        Ok(RelationOp::SetRelation {
            bond,
            relation: before.map(Box::new),
        })
    }
}

fn check_stored(stored: Option<Stored>) -> Result<(), OpError> {
    match stored {
        Some(stored) if !stored.value.is_finite() => Err(NOT_FINITE),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
