//! [`StatWriter`]: changing and settling without a world.

use wayfarer_core::aggregate::{Aggregate, OpError};

use super::{NoSink, Sink, StatValues};
use crate::{id::StatId, inputs::StatInputs, ops::StatOp, rules::resource::Now};

/// Applies ops to one character and settles it at once, without world, transaction or allocation.
///
/// The same code settles characters in the game. This door is for simulations, tools and
/// benchmarks on data of their own: in a game change stats in a
/// [`Txn`](wayfarer_core::txn::Txn), or clients will not hear of it.
pub struct StatWriter<'a> {
    inputs: &'a mut StatInputs,
    values: &'a mut StatValues,
    now: Now,
}

impl<'a> StatWriter<'a> {
    /// A writer for values that were settled before ([`StatValues::new`]).
    pub fn new(inputs: &'a mut StatInputs, values: &'a mut StatValues, now: Now) -> Self {
        Self {
            inputs,
            values,
            now,
        }
    }

    /// Sets the permanent value of a stat. `true` when a value has changed.
    ///
    /// # Errors
    /// Not a finite number.
    #[inline]
    pub fn set_base(&mut self, stat: StatId, value: Option<f32>) -> Result<bool, OpError> {
        self.apply(&StatOp::SetBase { stat, value })
    }

    /// Applies any op but one that changes sets, template or world. `true` when a value has changed.
    ///
    /// # Errors
    /// The op does not fit; nothing has changed.
    #[inline]
    pub fn apply(&mut self, op: &StatOp) -> Result<bool, OpError> {
        self.apply_to(op, &mut NoSink)
    }

    pub(crate) fn apply_to(&mut self, op: &StatOp, sink: &mut impl Sink) -> Result<bool, OpError> {
        if self.values.layout.is_none() {
            return Err(OpError("the values were never settled"));
        }
        if matches!(op, StatOp::SetSheet { .. } | StatOp::SetWorld(_)) {
            return Err(OpError("this change needs another layout"));
        }
        self.inputs.apply(op)?;
        Ok(self.values.settle(self.inputs, None, self.now, sink))
    }
}
