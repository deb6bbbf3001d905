//! From the list of modifiers to what is laid on each slot.

use smallvec::SmallVec;

use super::{Gate, OPEN, Run, StatValues, UNMODIFIED, sweep::Bits};
use crate::{
    inputs::StatInputs,
    layout::Shape,
    modifier::{Modifier, ModifierKind},
    rules::{
        stacking::{Verdict, verdict},
        sum::Fold,
    },
};

/// The gate of all conditions for which there is no number left.
const NEVER: usize = OPEN as usize - 1;

impl StatValues {
    /// Reads the list of modifiers again. The slots on which something else is laid than before are
    /// pushed to `moved`. `false` if there are conditions, which may move any other.
    pub(super) fn read_modifiers(
        &mut self,
        shape: &Shape,
        inputs: &StatInputs,
        moved: &mut SmallVec<[u16; 4]>,
    ) -> bool {
        let before: SmallVec<[(u16, Fold); 16]> = self
            .runs
            .iter()
            .zip(&self.folds)
            .map(|(run, fold)| (run.slot, *fold))
            .collect();
        let were_conditional = !self.gates.is_empty();
        for run in &self.runs {
            if let Some(cell) = self.cells.get_mut(usize::from(run.slot)) {
                cell.fold = UNMODIFIED;
            }
        }
        self.read_conditions(shape, inputs);
        self.runs.clear();
        let mut first = 0;
        for run in inputs.modifiers.chunk_by(|a, b| a.stat == b.stat) {
            let slot = run.first().and_then(|modifier| shape.slot(modifier.stat));
            let count = run.len() as u16;
            if let Some(slot) = slot
                && !shape.slots()[usize::from(slot)].is_resource()
            {
                self.cells[usize::from(slot)].fold = self.runs.len() as u16;
                self.runs.push(Run { slot, first, count });
            }
            first += count;
        }
        self.folds.clear();
        for index in 0..self.runs.len() {
            let fold = self.fold(shape, inputs, self.runs[index], false);
            self.folds.push(fold);
        }
        self.plain_folds.clear();
        if self.gates.is_empty() {
            self.plain = Box::default();
        } else {
            for index in 0..self.runs.len() {
                let fold = self.fold(shape, inputs, self.runs[index], true);
                self.plain_folds.push(fold);
            }
            self.plain = self.values.clone();
        }
        if were_conditional || !self.gates.is_empty() {
            return false;
        }
        let of = |slot: u16| {
            let fold = self.cells[usize::from(slot)].fold;
            self.folds.get(usize::from(fold))
        };
        for (slot, fold) in &before {
            if of(*slot).is_none_or(|now| !now.is(fold)) {
                moved.push(*slot);
            }
        }
        let known = |slot: u16| before.iter().any(|row| row.0 == slot);
        moved.extend(
            self.runs
                .iter()
                .map(|run| run.slot)
                .filter(|slot| !known(*slot)),
        );
        true
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

    /// Folds the modifiers of a slot that count, by the rules of [`verdict`], which is asked only
    /// where a fold cannot tell by itself. `plain` leaves conditional ones out.
    fn fold(&self, shape: &Shape, inputs: &StatInputs, run: Run, plain: bool) -> Fold {
        let first = usize::from(run.first);
        let range = first..first + usize::from(run.count);
        let modifiers = inputs.modifiers.get(range).unwrap_or_default();
        let stacks = |bonus| shape.stacks(bonus);
        let open = |i: usize| matches!(self.gate_of.get(first + i), None | Some(&OPEN));
        let holds = |i: usize| open(i) || (!plain && self.modifier_holds(first + i));
        let applies = |(i, modifier): &(usize, &Modifier)| !modifier.marks.suppressed && holds(*i);
        let applying = || modifiers.iter().enumerate().filter(applies);
        let overridden = applying().any(|(_, modifier)| modifier.kind == ModifierKind::Override);
        let mut fold = Fold::NONE;
        for (index, modifier) in applying() {
            let counts = match modifier.kind {
                // The last override, the highest floor and the lowest cap are what a fold keeps.
                ModifierKind::Override | ModifierKind::Floor | ModifierKind::Cap => true,
                _ if overridden => false,
                _ => {
                    modifier.bonus.is_none_or(stacks)
                        || verdict(modifiers, index, &holds, &stacks) == Verdict::Counts
                }
            };
            if counts {
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
