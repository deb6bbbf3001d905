//! Settling one character: the values catch up with the inputs.

use std::sync::Arc;

use smallvec::SmallVec;

use super::{Sink, StatValues};
use crate::{
    inputs::{Pending, StatInputs},
    layout::Layout,
    rules::resource::Now,
};

impl StatValues {
    /// Whether [`settle`](Self::settle) has to be given a layout: the inputs are new, or the sets
    /// have changed.
    pub(crate) fn needs_layout(&self, inputs: &StatInputs) -> bool {
        inputs.pending.all || self.layout.is_none()
    }

    /// Brings the values up to the inputs. `true` when a value has changed.
    pub(crate) fn settle(
        &mut self,
        inputs: &mut StatInputs,
        layout: Option<Arc<Layout>>,
        now: Now,
        sink: &mut impl Sink,
    ) -> bool {
        let rebuild = self.needs_layout(inputs) || layout.is_some();
        let pending = std::mem::replace(&mut inputs.pending, Pending::nothing());
        if rebuild {
            let Some(layout) = layout.or_else(|| self.layout.clone()) else {
                return false;
            };
            self.rebuild(&layout, inputs, now, sink);
            return true;
        }
        let Some(own) = self.layout.take() else {
            return false;
        };
        let mut roots = SmallVec::<[u16; 4]>::new();
        for &stat in &pending.stats {
            // Stats that the content does not know keep their inputs and change nothing.
            if let Some(slot) = own.slot(stat) {
                self.read_base(&own, inputs, stat, slot);
                roots.push(slot);
            }
        }
        let known = !pending.modifiers || self.read_modifiers(own.shape(), inputs, &mut roots);
        let changed = if !known {
            self.compute_all(own.shape(), inputs, now, sink)
        } else if roots.is_empty() {
            false
        } else {
            self.compute_from(own.shape(), inputs, &roots, now, sink)
        };
        self.layout = Some(own);
        changed
    }

    /// Computes the resources again, which may have come back since the last time.
    pub(crate) fn settle_resources(
        &mut self,
        inputs: &StatInputs,
        now: Now,
        sink: &mut impl Sink,
    ) -> bool {
        let Some(own) = self.layout.take() else {
            return false;
        };
        let roots: SmallVec<[u16; 4]> = self.resources.iter().map(|known| known.slot).collect();
        let changed = self.compute_from(own.shape(), inputs, &roots, now, sink);
        self.layout = Some(own);
        changed
    }
}
