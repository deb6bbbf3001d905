//! Building values from inputs, and keeping them up.

use std::sync::Arc;

use smallvec::SmallVec;

use super::{Cell, Sink, StatValues, UNMODIFIED, sweep::Bits};
use crate::{
    id::StatId,
    inputs::StatInputs,
    layout::{Layout, Shape},
    rules::{level, resource::Now, tier},
};

impl StatValues {
    /// Values without a layout that is shared; for the layout itself and for previews.
    pub(crate) fn computed(
        layout: &Layout,
        inputs: &StatInputs,
        now: Now,
        sink: &mut impl Sink,
    ) -> Self {
        let shape = layout.shape();
        let mut new = Self {
            values: shape
                .slots()
                .iter()
                .map(|_| 0.0)
                .chain(shape.constants().iter().copied())
                .collect(),
            cells: layout
                .rows
                .iter()
                .map(|base| Cell {
                    base: *base,
                    fold: UNMODIFIED,
                    tier: tier::NONE,
                })
                .collect(),
            levels: SmallVec::from_elem(level::NONE, shape.levels().len()),
            ..Self::default()
        };
        new.read_bases(layout, inputs);
        new.read_modifiers(shape, inputs, &mut SmallVec::new());
        // Zero may be the right value already; its tier is not known yet.
        for (cell, slot) in new.cells.iter_mut().zip(shape.slots()) {
            cell.tier = tier::of(&slot.tiers, 0.0);
        }
        new.compute_all(shape, inputs, now, sink);
        new.find_levels(shape, u64::MAX, sink);
        new
    }

    /// Values for these inputs, in a layout that must be the one for their sets.
    pub fn new(layout: &Arc<Layout>, inputs: &StatInputs, now: Now) -> Self {
        let mut values = Self::default();
        values.rebuild(layout, inputs, now, &mut super::NoSink);
        values
    }

    /// Throws everything away and computes it again.
    pub(crate) fn rebuild(
        &mut self,
        layout: &Arc<Layout>,
        inputs: &StatInputs,
        now: Now,
        sink: &mut impl Sink,
    ) {
        let untouched = inputs.base.is_empty()
            && inputs.runtime.is_empty()
            && inputs.modifiers.is_empty()
            && inputs.currents.is_empty();
        let fresh = if untouched {
            layout.fresh().clone()
        } else {
            Self::computed(layout, inputs, now, &mut super::NoSink)
        };
        let old = std::mem::replace(
            self,
            Self {
                layout: Some(Arc::clone(layout)),
                queued: self.queued,
                returning: self.returning,
                ..fresh
            },
        );
        self.compare(&old, inputs, now, sink);
    }

    /// Tells what is different from `old`, which may have had another layout.
    fn compare(&self, old: &Self, inputs: &StatInputs, now: Now, sink: &mut impl Sink) {
        let (Some(layout), Some(before)) = (&self.layout, &old.layout) else {
            return;
        };
        for (at, slot) in layout.shape().slots().iter().enumerate() {
            let Some(was) = before.slot(slot.id).map(usize::from) else {
                continue;
            };
            let values = (old.values[was], self.values[at]);
            if values.0.to_bits() != values.1.to_bits() {
                sink.stat(slot, values, (old.cells[was].tier, self.cells[at].tier));
            }
        }
        let shapes = (before.shape().levels(), layout.shape().levels());
        for (set, &after) in shapes.1.iter().zip(&self.levels) {
            let was = shapes.0.iter().position(|known| known.set == set.set);
            let was = was.and_then(|was| old.levels.get(was)).copied();
            if let Some(was) = was
                && was != after
            {
                sink.level(set, was, after);
            }
        }
        for limits in &self.resources {
            let mut known: SmallVec<[super::ResourceNow; 2]> = old
                .resources
                .iter()
                .filter(|known| known.stat == limits.stat)
                .copied()
                .collect();
            if !known.is_empty() {
                let stored = inputs.current(limits.stat);
                super::sweep::remember(&mut known, *limits, stored, now, sink);
            }
        }
    }

    fn read_bases(&mut self, layout: &Layout, inputs: &StatInputs) {
        for &(stat, value) in inputs.base.iter().chain(&inputs.runtime) {
            let slot = layout.slot(stat).map(usize::from);
            if let Some(cell) = slot.and_then(|slot| self.cells.get_mut(slot)) {
                cell.base = value;
            }
        }
    }

    /// Reads the base of one stat again.
    pub(super) fn read_base(
        &mut self,
        layout: &Layout,
        inputs: &StatInputs,
        stat: StatId,
        slot: u16,
    ) {
        let slot = usize::from(slot);
        let own = inputs.runtime(stat).or_else(|| inputs.base(stat));
        let content = || layout.rows.get(slot).copied().unwrap_or(f32::NAN);
        if let Some(cell) = self.cells.get_mut(slot) {
            cell.base = own.unwrap_or_else(content);
        }
    }

    /// Computes every slot.
    pub(super) fn compute_all(
        &mut self,
        shape: &Shape,
        inputs: &StatInputs,
        now: Now,
        sink: &mut impl Sink,
    ) -> bool {
        let all = 0..shape.slots().len() as u16;
        if !self.gates.is_empty() {
            let needed = self.needed(None);
            self.sweep_plain(shape, inputs, needed.iter(), now);
            self.try_gates(shape, inputs, None);
        }
        self.sweep(shape, inputs, all, now, sink)
    }

    /// Computes one stat and what depends on it.
    #[inline]
    pub(super) fn compute_from(
        &mut self,
        shape: &Shape,
        inputs: &StatInputs,
        roots: &[u16],
        now: Now,
        sink: &mut impl Sink,
    ) -> bool {
        if let ([root], true) = (roots, self.gates.is_empty()) {
            // A value that stays the same, by a limit or an override, changes nothing else.
            let rest = shape.slots()[usize::from(*root)].closure.iter().skip(1);
            return self.sweep(shape, inputs, std::iter::once(*root), now, sink) && {
                self.sweep(shape, inputs, rest.copied(), now, sink);
                true
            };
        }
        let mut dirty = Bits::NONE;
        for root in roots {
            for slot in &shape.slots()[usize::from(*root)].closure {
                dirty.insert(*slot);
            }
        }
        if !self.gates.is_empty() {
            let needed = self.needed(Some(&dirty));
            self.sweep_plain(shape, inputs, needed.iter(), now);
            self.try_gates(shape, inputs, Some(&mut dirty));
        }
        self.sweep(shape, inputs, dirty.iter(), now, sink)
    }
}
