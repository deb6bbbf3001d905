//! Running programs.

use thiserror::Error;

use super::op::{self, Op, Unary};
use super::{Program, Shape};
use crate::dice::{Dice, Roller, Throw};
use crate::limits::MAX_STACK;

/// Why a result is not what the formula says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum EvalError {
    /// A division or remainder by zero, which yields 0, was part of the calculation.
    #[error("division by zero")]
    DivisionByZero,
    /// The result was infinite or no number and became 0.
    #[error("the result is not a finite number")]
    NotFinite,
}

impl Program {
    /// The value for these slots; dice count as their mean. Always finite; see [`Program`] for what
    /// happens where there is no value. Does not allocate.
    #[must_use]
    #[inline]
    pub fn eval(&self, slots: &[f32]) -> f32 {
        match self.shape {
            Shape::Constant(value) => value + 0.0,
            Shape::Linear {
                slot,
                factor,
                offset,
            } => defined(read(slots, slot) * factor + offset),
            Shape::Modifier {
                slot,
                offset,
                factor,
            } => defined(Unary::Floor.apply((read(slots, slot) + offset) * factor)),
            Shape::General => defined(self.run(slots, &mut Means)),
        }
    }

    /// Like [`Program::eval`], for callers who want to know about calculations without a result.
    ///
    /// # Errors
    ///
    /// [`EvalError::DivisionByZero`] if any was executed, else [`EvalError::NotFinite`] if the
    /// result was replaced by 0.
    pub fn eval_checked(&self, slots: &[f32]) -> Result<f32, EvalError> {
        let mut checked = Checked {
            divided_by_zero: false,
        };
        let value = self.run(slots, &mut checked);
        if checked.divided_by_zero {
            Err(EvalError::DivisionByZero)
        } else if value.is_finite() {
            Ok(value + 0.0)
        } else {
            Err(EvalError::NotFinite)
        }
    }

    /// The value for these slots with the dice thrown by `roller`. Dice are thrown from left to
    /// right, and only those in branches that are taken. Does not allocate.
    pub fn eval_with(&self, slots: &[f32], roller: &mut dyn Roller) -> f32 {
        defined(self.run(slots, &mut Thrown(roller)))
    }

    /// Like [`Program::eval_with`], and adds to `throws` what every die showed.
    pub fn eval_reported(
        &self,
        slots: &[f32],
        roller: &mut dyn Roller,
        throws: &mut Vec<Throw>,
    ) -> f32 {
        defined(self.run(slots, &mut Reported(roller, throws)))
    }

    #[inline]
    fn run(&self, slots: &[f32], effects: &mut impl Effects) -> f32 {
        // The compiler keeps programs within MAX_STACK; the mask spares the check of each access.
        const MASK: usize = MAX_STACK - 1;
        const { assert!(MAX_STACK.is_power_of_two()) }
        let mut stack = [0.0_f32; MAX_STACK];
        let mut depth = 0_usize;
        let mut hand = 0.0_f32;
        let mut at = 0;
        while let Some(op) = self.ops.get(at) {
            at += 1;
            match *op {
                Op::Const(value) => {
                    stack[depth & MASK] = hand;
                    depth += 1;
                    hand = value;
                }
                Op::Slot(slot) => {
                    stack[depth & MASK] = hand;
                    depth += 1;
                    hand = read(slots, slot);
                }
                Op::Dice(index) => {
                    stack[depth & MASK] = hand;
                    depth += 1;
                    let dice = self.dice.get(usize::from(index));
                    hand = dice.map_or(0.0, |(dice, mean)| effects.throw(dice, *mean));
                }
                Op::Unary(op) => hand = op.apply(hand),
                Op::Binary(op) => {
                    depth = depth.wrapping_sub(1);
                    if op.divides() && hand == 0.0 {
                        effects.divided_by_zero();
                    }
                    hand = op.apply(stack[depth & MASK], hand);
                }
                Op::WithConst(op, value) => {
                    if op.divides() && value == 0.0 {
                        effects.divided_by_zero();
                    }
                    hand = op.apply(hand, value);
                }
                Op::WithSlot(op, slot) => {
                    let value = read(slots, slot);
                    if op.divides() && value == 0.0 {
                        effects.divided_by_zero();
                    }
                    hand = op.apply(hand, value);
                }
                Op::Curve(index) => hand = op::curve(self.points(index), hand),
                Op::Steps(index) => hand = op::steps(self.points(index), hand),
                Op::Jump(target) => at = usize::from(target),
                Op::JumpIfZero(target) => {
                    if hand == 0.0 {
                        at = usize::from(target);
                    }
                    depth = depth.wrapping_sub(1);
                    hand = stack[depth & MASK];
                }
                Op::Switch(index) => {
                    let arms = self.switches.get(usize::from(index));
                    let arms = arms.map(|arms| &**arms).unwrap_or_default();
                    let arm = op::covering(arms.iter().map(|arm| arm.key), hand);
                    at = arms.get(arm).map_or(at, |arm| usize::from(arm.start));
                    depth = depth.wrapping_sub(1);
                    hand = stack[depth & MASK];
                }
            }
        }
        hand
    }

    pub(super) fn points(&self, index: u16) -> &[(f32, f32)] {
        let points = self.curves.get(usize::from(index));
        points.map(|points| &**points).unwrap_or_default()
    }
}

#[inline]
fn read(slots: &[f32], slot: u16) -> f32 {
    slots.get(usize::from(slot)).copied().unwrap_or(0.0)
}

/// Adding zero turns -0 into 0, so that equal results have equal bits.
#[inline]
fn defined(value: f32) -> f32 {
    if value.is_finite() { value + 0.0 } else { 0.0 }
}

/// What happens besides arithmetic; one type per kind of evaluation, so that `eval` pays for none.
trait Effects {
    fn throw(&mut self, dice: &Dice, mean: f32) -> f32;

    fn divided_by_zero(&mut self) {}
}

struct Means;

impl Effects for Means {
    fn throw(&mut self, _: &Dice, mean: f32) -> f32 {
        mean
    }
}

struct Checked {
    divided_by_zero: bool,
}

impl Effects for Checked {
    fn throw(&mut self, _: &Dice, mean: f32) -> f32 {
        mean
    }

    fn divided_by_zero(&mut self) {
        self.divided_by_zero = true;
    }
}

struct Thrown<'a>(&'a mut dyn Roller);

impl Effects for Thrown<'_> {
    fn throw(&mut self, dice: &Dice, _: f32) -> f32 {
        dice.roll(self.0) as f32
    }
}

struct Reported<'a>(&'a mut dyn Roller, &'a mut Vec<Throw>);

impl Effects for Reported<'_> {
    fn throw(&mut self, dice: &Dice, _: f32) -> f32 {
        let throw = dice.roll_reported(self.0);
        let total = throw.total as f32;
        self.1.push(throw);
        total
    }
}
