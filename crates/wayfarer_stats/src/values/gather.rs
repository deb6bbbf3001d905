//! From the list of modifiers to what is laid on each slot.

use super::{Gate, OPEN, Run, StatValues, UNMODIFIED, sweep::Bits};
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
        for run in &self.runs {
            if let Some(cell) = self.cells.get_mut(usize::from(run.slot)) {
                cell.fold = UNMODIFIED;
            }
        }
        self.read_conditions(shape, inputs);
        let mut runs = Vec::new();
        let mut first = 0;
        for run in inputs.modifiers.chunk_by(|a, b| a.stat == b.stat) {
            let slot = run.first().and_then(|modifier| shape.slot(modifier.stat));
            let count = run.len() as u16;
            if let Some(slot) = slot
                && !shape.slots()[usize::from(slot)].is_resource()
            {
                self.cells[usize::from(slot)].fold = runs.len() as u16;
                runs.push(Run { slot, first, count });
            }
            first += count;
        }
        self.folds = runs
            .iter()
            .map(|run| self.fold(shape, inputs, *run, false))
            .collect();
        self.plain_folds = if self.gates.is_empty() {
            Box::default()
        } else {
            runs.iter()
                .map(|run| self.fold(shape, inputs, *run, true))
                .collect()
        };
        self.runs = runs.into();
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

    /// Decides which modifiers of a slot count, and folds them. `plain` leaves conditional ones out.
    fn fold(&self, shape: &Shape, inputs: &StatInputs, run: Run, plain: bool) -> Fold {
        let first = usize::from(run.first);
        let range = first..first + usize::from(run.count);
        let modifiers = inputs.modifiers.get(range).unwrap_or_default();
        let stacks = |bonus| shape.stacks(bonus);
        let open = |i: usize| matches!(self.gate_of.get(first + i), None | Some(&OPEN));
        let holds = |i: usize| open(i) || (!plain && self.modifier_holds(first + i));
        let mut fold = Fold::NONE;
        for (index, modifier) in modifiers.iter().enumerate() {
            if verdict(modifiers, index, &holds, &stacks) == Verdict::Counts {
                fold.push(modifier.kind, modifier.amount);
            }
        }
        fold
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
        for index in 0..self.runs.len() {
            let run = self.runs[index];
            let first = usize::from(run.first);
            let gates = self.gate_of.get(first..first + usize::from(run.count));
            if gates.unwrap_or_default().iter().all(|gate| *gate == OPEN) {
                continue;
            }
            self.folds[index] = self.fold(shape, inputs, run, false);
            if let Some(dirty) = &mut dirty {
                for slot in &shape.slots()[usize::from(run.slot)].closure {
                    dirty.insert(*slot);
                }
            }
        }
    }
}
