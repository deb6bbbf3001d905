//! From the list of modifiers to what is laid on each slot.

use super::{Folds, Gate, OPEN, StatValues, UNMODIFIED, sweep::Bits};
use crate::{
    inputs::StatInputs,
    layout::Shape,
    rules::{
        stacking::{Verdict, verdict},
        sum::Fold,
    },
};

/// The gate of all conditions for which there is no number left.
const NEVER: usize = OPEN as usize - 1;

impl StatValues {
    /// Reads the list of modifiers again.
    pub(super) fn read_modifiers(&mut self, shape: &Shape, inputs: &StatInputs) {
        for folds in &self.folds {
            if let Some(cell) = self.cells.get_mut(usize::from(folds.slot)) {
                cell.fold = UNMODIFIED;
            }
        }
        self.read_conditions(shape, inputs);
        let mut folds = Vec::new();
        let mut first = 0;
        for run in inputs.modifiers.chunk_by(|a, b| a.stat == b.stat) {
            let slot = run.first().and_then(|modifier| shape.slot(modifier.stat));
            if let Some(slot) = slot
                && !shape.slots()[usize::from(slot)].is_resource()
            {
                self.cells[usize::from(slot)].fold = folds.len() as u16;
                folds.push(Folds {
                    slot,
                    first,
                    count: run.len() as u16,
                    all: Fold::NONE,
                    plain: Fold::NONE,
                });
            }
            first += run.len() as u16;
        }
        for folds in &mut folds {
            self.fold(shape, inputs, folds);
        }
        self.folds = folds.into();
        self.plain = if self.gates.is_empty() {
            Box::default()
        } else {
            self.values.clone()
        };
    }

    fn read_conditions(&mut self, shape: &Shape, inputs: &StatInputs) {
        if inputs
            .modifiers
            .iter()
            .all(|modifier| modifier.when.is_none())
        {
            self.gates = Box::default();
            self.gate_of = Box::default();
            return;
        }
        let mut texts: Vec<&str> = Vec::new();
        let gate_of = inputs.modifiers.iter().map(|modifier| {
            let Some(when) = modifier.when.as_deref() else {
                return OPEN;
            };
            let known = texts.iter().position(|text| *text == when);
            let gate = known.unwrap_or_else(|| {
                texts.push(when);
                texts.len() - 1
            });
            gate.min(NEVER) as u8
        });
        self.gate_of = gate_of.collect();
        let gates = texts
            .iter()
            .take(NEVER + 1)
            .zip(0..)
            .map(|(text, index)| Gate {
                // Beyond the number that a byte can count, conditions are taken not to hold.
                condition: if index < NEVER {
                    shape.condition(text)
                } else {
                    None
                },
                holds: false,
            });
        self.gates = gates.collect();
    }

    /// Decides which modifiers of a slot count, and folds them.
    fn fold(&self, shape: &Shape, inputs: &StatInputs, folds: &mut Folds) {
        let first = usize::from(folds.first);
        let range = first..first + usize::from(folds.count);
        let Some(modifiers) = inputs.modifiers.get(range) else {
            return;
        };
        let stacks = |bonus| shape.stacks(bonus);
        let open = |i: usize| matches!(self.gate_of.get(first + i), None | Some(&OPEN));
        let holds = |i: usize| self.modifier_holds(first + i);
        (folds.all, folds.plain) = (Fold::NONE, Fold::NONE);
        for (index, modifier) in modifiers.iter().enumerate() {
            if verdict(modifiers, index, &holds, &stacks) == Verdict::Counts {
                folds.all.push(modifier.kind, modifier.amount);
            }
            if !self.gates.is_empty()
                && verdict(modifiers, index, &open, &stacks) == Verdict::Counts
            {
                folds.plain.push(modifier.kind, modifier.amount);
            }
        }
    }

    /// Tries all conditions; what hangs on one that has changed becomes dirty.
    pub(super) fn try_gates(
        &mut self,
        shape: &Shape,
        inputs: &StatInputs,
        mut dirty: Option<&mut Bits>,
    ) {
        let mut flipped = false;
        for gate in &mut self.gates {
            let condition = gate.condition.as_ref();
            let holds = condition.is_some_and(|condition| condition.holds(&self.plain));
            flipped |= holds != gate.holds;
            gate.holds = holds;
        }
        if !flipped {
            return;
        }
        let mut all = std::mem::take(&mut self.folds);
        for folds in &mut all {
            let first = usize::from(folds.first);
            let range = first..first + usize::from(folds.count);
            let gates = self.gate_of.get(range).unwrap_or_default();
            if gates.iter().all(|gate| *gate == OPEN) {
                continue;
            }
            self.fold(shape, inputs, folds);
            if let Some(dirty) = &mut dirty {
                for slot in &shape.slots()[usize::from(folds.slot)].closure {
                    dirty.insert(*slot);
                }
            }
        }
        self.folds = all;
    }
}
