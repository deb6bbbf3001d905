//! [`StatOp`]: the only ways in which stat inputs change, each with its exact inverse.

use serde::{Deserialize, Serialize};
use wayfarer_core::{
    aggregate::{Aggregate, OpError},
    id::{DefId, Uid},
    replicate_by_ops,
};

use crate::{
    id::StatId,
    inputs::{Current, MAX_MODIFIERS, MAX_ROWS, Pending, StatInputs},
    modifier::Modifier,
    rows,
};

mod modifiers;

/// One change of [`StatInputs`].
///
/// Values are absolute: adding is done by whoever knows the sum (see
/// [`add_base`](crate::api::add_base)), so that each op has an inverse that restores the exact
/// bits, and a client that applies it ends with the host's number whatever it had before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum StatOp {
    /// Sets the permanent value of a stat; `None` falls back to world, template or default.
    SetBase {
        /// Which stat.
        stat: StatId,
        /// Finite, or nothing.
        #[serde(with = "maybe_f32")]
        value: Option<f32>,
    },
    /// Sets the runtime override of a stat.
    SetRuntime {
        /// Which stat.
        stat: StatId,
        /// Finite, or nothing.
        #[serde(with = "maybe_f32")]
        value: Option<f32>,
    },
    /// Replaces the whole runtime layer; empty resets it.
    SetRuntimes(Vec<(StatId, f32)>),
    /// Sets what there is of a resource; `None` makes it untouched again, which is full.
    SetResource {
        /// Which resource.
        stat: StatId,
        /// How much, since when.
        current: Option<Current>,
    },
    /// Replaces all modifiers of one source; an empty list removes them.
    SetModifiers {
        /// The source. Every modifier in the list must name it.
        source: Uid,
        /// Its modifiers; their indices must differ.
        modifiers: Vec<Modifier>,
    },
    /// Sets the tick at which the modifiers of a source end; `None` lets them last.
    SetExpiry {
        /// The source.
        source: Uid,
        /// The tick.
        until: Option<u64>,
    },
    /// Changes the world whose variations apply.
    SetWorld(Option<DefId>),
    /// Changes which sets the character has and which template stands behind it. Values of stats
    /// that it loses are kept.
    SetSheet {
        /// The sheet whose values are the template layer.
        template: Option<DefId>,
        /// The stat sets, in any order.
        sets: Vec<DefId>,
    },
    /// Replaces all modifiers of several sources at once.
    SetModifiersOf {
        /// The sources, ascending.
        sources: Vec<Uid>,
        /// Their modifiers; each names its source, and the indices of one source must differ.
        modifiers: Vec<Modifier>,
    },
}

impl StatOp {
    /// Removes everything that `source` does.
    pub fn remove_modifiers(source: Uid) -> Self {
        Self::SetModifiers {
            source,
            modifiers: Vec::new(),
        }
    }

    /// Removes all runtime overrides.
    pub fn reset_runtime() -> Self {
        Self::SetRuntimes(Vec::new())
    }
}

const NOT_FINITE: OpError = OpError("a stat must be a finite number");
const TOO_MANY: OpError = OpError("too many stats or modifiers on one character");

impl Aggregate for StatInputs {
    const NAME: &'static str = "stats.inputs";
    type Op = StatOp;

    fn apply(&mut self, op: &StatOp) -> Result<StatOp, OpError> {
        match op {
            StatOp::SetBase { stat, value } => {
                let value = set_row(&mut self.base, *stat, *value)?;
                self.pending.stat(*stat);
                Ok(StatOp::SetBase { stat: *stat, value })
            }
            StatOp::SetRuntime { stat, value } => {
                let value = set_row(&mut self.runtime, *stat, *value)?;
                self.pending.stat(*stat);
                Ok(StatOp::SetRuntime { stat: *stat, value })
            }
            StatOp::SetRuntimes(new) => self.set_runtimes(new),
            StatOp::SetResource { stat, current } => {
                if current.is_some_and(|current| !current.value.is_finite()) {
                    return Err(NOT_FINITE);
                }
                if self.currents.len() >= MAX_ROWS && self.current(*stat).is_none() {
                    return Err(TOO_MANY);
                }
                let current = rows::set(&mut self.currents, *stat, *current);
                self.pending.stat(*stat);
                Ok(StatOp::SetResource {
                    stat: *stat,
                    current,
                })
            }
            StatOp::SetModifiers { source, modifiers } => self.set_modifiers(*source, modifiers),
            StatOp::SetExpiry { source, until } => {
                if self.expiries.len() >= MAX_MODIFIERS && self.expiry(*source).is_none() {
                    return Err(TOO_MANY);
                }
                let until = rows::set(&mut self.expiries, *source, *until);
                Ok(StatOp::SetExpiry {
                    source: *source,
                    until,
                })
            }
            StatOp::SetWorld(world) => {
                let old = std::mem::replace(&mut self.world, *world);
                self.pending = Pending::default();
                Ok(StatOp::SetWorld(old))
            }
            StatOp::SetSheet { template, sets } => {
                let mut sets = sets.clone();
                sets.sort_unstable();
                sets.dedup();
                let old = StatOp::SetSheet {
                    template: std::mem::replace(&mut self.template, *template),
                    sets: std::mem::replace(&mut self.sets, sets),
                };
                self.pending = Pending::default();
                Ok(old)
            }
            StatOp::SetModifiersOf { sources, modifiers } => {
                self.set_modifiers_of(sources, modifiers)
            }
        }
    }

    fn revision(&self) -> u32 {
        self.revision
    }

    fn set_revision(&mut self, revision: u32) {
        self.revision = revision;
    }
}

replicate_by_ops!(StatInputs);

fn set_row(
    layer: &mut Vec<(StatId, f32)>,
    stat: StatId,
    value: Option<f32>,
) -> Result<Option<f32>, OpError> {
    if value.is_some_and(|value| !value.is_finite()) {
        return Err(NOT_FINITE);
    }
    if value.is_some() && layer.len() >= MAX_ROWS && rows::get(layer, stat).is_none() {
        return Err(TOO_MANY);
    }
    Ok(rows::set(layer, stat, value))
}

impl StatInputs {
    fn set_runtimes(&mut self, new: &[(StatId, f32)]) -> Result<StatOp, OpError> {
        if new.iter().any(|row| !row.1.is_finite()) {
            return Err(NOT_FINITE);
        }
        if new.len() > MAX_ROWS {
            return Err(TOO_MANY);
        }
        let mut new = new.to_vec();
        if !rows::sort(&mut new) {
            return Err(OpError("a stat is overridden twice"));
        }
        for &(stat, _) in new.iter().chain(&self.runtime) {
            self.pending.stat(stat);
        }
        Ok(StatOp::SetRuntimes(std::mem::replace(
            &mut self.runtime,
            new,
        )))
    }
}

/// `Option<f32>` in four bytes: no stat is ever NaN, so NaN says "nothing".
mod maybe_f32 {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(
        value: &Option<f32>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        value.unwrap_or(f32::NAN).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<f32>, D::Error> {
        let value = f32::deserialize(deserializer)?;
        Ok((!value.is_nan()).then_some(value))
    }
}

#[cfg(test)]
pub(crate) mod tests;
