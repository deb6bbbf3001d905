//! Computing slots, in order.

use super::{Cell, ResourceNow, Sink, StatValues, UNMODIFIED};
use crate::{
    inputs::{Current, StatInputs},
    layout::{Shape, Slot},
    rules::{
        resource::{self, Now},
        sum::{Fold, clamped},
        tier,
    },
};

/// A set of slots.
pub(super) struct Bits([u64; 16]);

impl Bits {
    pub(super) const NONE: Self = Self([0; 16]);

    pub(super) fn insert(&mut self, slot: u16) {
        if let Some(word) = self.0.get_mut(usize::from(slot) / 64) {
            *word |= 1 << (slot % 64);
        }
    }

    pub(super) fn contains(&self, slot: u16) -> bool {
        let word = self.0.get(usize::from(slot) / 64);
        word.is_some_and(|word| word & (1 << (slot % 64)) != 0)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = u16> {
        self.0.iter().zip(0_u16..).flat_map(|(&word, index)| {
            let mut rest = word;
            std::iter::from_fn(move || {
                let bit = rest.trailing_zeros() as u16;
                rest &= rest.wrapping_sub(1);
                (bit < 64).then_some(index * 64 + bit)
            })
        })
    }
}

/// The value of a stat that is no resource.
#[inline]
fn evaluate(slot: &Slot, cell: &Cell, folds: &[Fold], values: &[f32]) -> f32 {
    let mut value = cell.base;
    if value.is_nan() {
        value = slot
            .formula
            .as_ref()
            .map_or(0.0, |formula| formula.eval(values));
    }
    if cell.fold != UNMODIFIED
        && let Some(fold) = folds.get(usize::from(cell.fold))
    {
        value = fold.apply(value);
    }
    clamped(value, slot.min, slot.max)
}

/// The limits of a resource and what there is of it.
#[inline(never)]
fn evaluate_resource(
    (slot, at): (&Slot, u16),
    cell: &Cell,
    values: &[f32],
    stored: Option<Current>,
    now: Now,
) -> (ResourceNow, f32) {
    let rules = slot.resource.as_deref();
    let max = rules
        .map_or(0.0, |rules| rules.max.eval(values))
        .min(slot.max);
    let regen = rules.and_then(|rules| rules.regen.as_ref());
    let limits = ResourceNow {
        stat: slot.id,
        slot: at,
        min: slot.min,
        max: max.max(slot.min),
        rate: regen.map_or(0.0, |regen| regen.eval(values)),
    };
    let value = match stored {
        Some(stored) => limits.current(stored, now),
        None if cell.base.is_nan() => limits.max,
        None => resource::current(cell.base, 0.0, 0.0, limits.min, limits.max),
    };
    (limits, value)
}

impl StatValues {
    /// Computes these slots, which must ascend. `true` when a value has changed.
    pub(super) fn sweep(
        &mut self,
        shape: &Shape,
        inputs: &StatInputs,
        slots: impl Iterator<Item = u16>,
        now: Now,
        sink: &mut impl Sink,
    ) -> bool {
        let mut levels = 0;
        let mut changed = false;
        // Apart, so that the loop does not look them up through `self` after each write.
        let (all, cells, values) = (shape.slots(), &mut *self.cells, &mut *self.values);
        let folds = &*self.folds;
        for at in slots {
            let i = usize::from(at);
            let (slot, cell) = (&all[i], &mut cells[i]);
            let after = if slot.resource.is_none() {
                evaluate(slot, cell, folds, values)
            } else {
                let stored = inputs.current(slot.id);
                let (limits, value) = evaluate_resource((slot, at), cell, values, stored, now);
                remember(&mut self.resources, limits, stored, now, sink);
                value
            };
            let before = std::mem::replace(&mut values[i], after);
            if before.to_bits() != after.to_bits() {
                changed = true;
                levels |= slot.levels;
                let tier_before = cell.tier;
                if !slot.tiers.is_empty() {
                    cell.tier = tier::of(&slot.tiers, after);
                }
                sink.stat(slot, (before, after), (tier_before, cell.tier));
            }
        }
        if levels != 0 {
            self.find_levels(shape, levels, sink);
        }
        changed
    }

    /// The slots among the dirty ones, or of all, that some condition depends on.
    pub(super) fn needed(&self, dirty: Option<&Bits>) -> Bits {
        let mut needed = Bits::NONE;
        let conditions = self.gates.iter().filter_map(|gate| gate.condition.as_ref());
        for slot in conditions.flat_map(|condition| condition.needs()) {
            if dirty.is_none_or(|dirty| dirty.contains(*slot)) {
                needed.insert(*slot);
            }
        }
        needed
    }

    /// Computes these slots as they are without conditional modifiers.
    pub(super) fn sweep_plain(
        &mut self,
        shape: &Shape,
        inputs: &StatInputs,
        slots: impl Iterator<Item = u16>,
        now: Now,
    ) {
        for at in slots {
            let i = usize::from(at);
            let (slot, cell) = (&shape.slots()[i], &self.cells[i]);
            self.plain[i] = if slot.resource.is_some() {
                let stored = inputs.current(slot.id);
                evaluate_resource((slot, at), cell, &self.plain, stored, now).1
            } else {
                evaluate(slot, cell, &self.plain_folds, &self.plain)
            };
        }
    }

    /// Finds the levels of the sets in the mask.
    pub(super) fn find_levels(&mut self, shape: &Shape, mask: u64, sink: &mut impl Sink) {
        for (index, set) in shape.levels().iter().enumerate() {
            if mask & (1 << index.min(63)) == 0 {
                continue;
            }
            let after = set.level(&self.values);
            if let Some(level) = self.levels.get_mut(index) {
                let before = std::mem::replace(level, after);
                if before != after {
                    sink.level(set, before, after);
                }
            }
        }
    }
}

/// Notes the limits of a resource; if they differ from before, what came back until now came back
/// under the old ones and must not be computed from the new.
pub(super) fn remember(
    known: &mut smallvec::SmallVec<[ResourceNow; 2]>,
    limits: ResourceNow,
    stored: Option<Current>,
    now: Now,
    sink: &mut impl Sink,
) {
    let Some(old) = known.iter_mut().find(|old| old.stat == limits.stat) else {
        known.push(limits);
        return;
    };
    let moved = old.max.to_bits() != limits.max.to_bits() && old.rate != 0.0;
    if (moved || old.rate.to_bits() != limits.rate.to_bits())
        && let Some(stored) = stored
        && stored.since < now.tick
    {
        // Without regeneration until now, nothing but the time changes: what lies above a lowered
        // maximum is still there when the maximum rises again.
        let value = if old.rate == 0.0 {
            stored.value
        } else {
            old.current(stored, now)
        };
        let since = now.tick;
        sink.rebase(limits.stat, Current { value, since });
    }
    *old = limits;
}
