//! Exact distributions of programs with dice.

mod spread;

use super::Program;
use super::op::{self, Op};
use crate::ast::Expr;
use crate::distribution::Distribution;
use crate::error::{FormulaError, Span};
use spread::{Budget, Spread};

impl Program {
    /// The chance of every result for these slots. Each dice throw is independent of the others.
    /// Intermediate values may be fractions (`floor(8d6 / 2)`); results may not.
    ///
    /// # Errors
    ///
    /// When a result is not a whole number, or the calculation exceeds
    /// [`MAX_DISTRIBUTION_WORK`](crate::limits::MAX_DISTRIBUTION_WORK). The span of the error is
    /// empty, as a program does not know its source.
    ///
    /// ```
    /// let attack = wayfarer_formula::parse("1d20 + bonus >= armour")?.compile(&["bonus", "armour"])?;
    /// let hits = attack.distribution(&[5.0, 15.0])?;
    /// assert!((hits.probability(1) - 0.55).abs() < 1e-12);
    /// # Ok::<(), wayfarer_formula::FormulaError>(())
    /// ```
    pub fn distribution(&self, slots: &[f32]) -> Result<Distribution, FormulaError> {
        let mut machine = Machine {
            program: self,
            slots,
            budget: Budget::default(),
        };
        machine.range(0, self.ops.len())?.whole()
    }
}

impl Expr {
    /// The chance of every result, with the names' values from `values` (0 where it has none).
    /// Compile once and use [`Program::distribution`] to ask often.
    ///
    /// # Errors
    ///
    /// As [`Program::distribution`] and [`Expr::compile`].
    ///
    /// ```
    /// let fireball = wayfarer_formula::parse("floor(8d6 / 2)")?;
    /// let damage = fireball.distribution(&|_| None)?;
    /// assert_eq!((damage.min(), damage.max()), (4, 24));
    /// # Ok::<(), wayfarer_formula::FormulaError>(())
    /// ```
    pub fn distribution(
        &self,
        values: &dyn Fn(&str) -> Option<f32>,
    ) -> Result<Distribution, FormulaError> {
        let names: Vec<&str> = self.names().map(|(name, _)| name).collect();
        let slots: Vec<f32> = names.iter().map(|n| values(n).unwrap_or(0.0)).collect();
        self.compile(&names)?
            .distribution(&slots)
            .map_err(|error| FormulaError {
                span: self.span,
                ..error
            })
    }
}

/// The machine of [`Program::eval`] with a distribution in place of every value. Branches do not
/// jump: all that are possible are run and weighted.
struct Machine<'a> {
    program: &'a Program,
    slots: &'a [f32],
    budget: Budget,
}

impl Machine<'_> {
    /// The value that the operations `start..end` leave. They use nothing from before.
    fn range(&mut self, start: usize, end: usize) -> Result<Spread, FormulaError> {
        let mut stack: Vec<Spread> = Vec::new();
        let mut at = start;
        while at < end {
            let Some(op) = self.program.ops.get(at) else {
                break;
            };
            at += 1;
            let value = match *op {
                Op::Const(value) => Spread::certain(value),
                Op::Slot(slot) => Spread::certain(self.read(slot)),
                Op::Dice(index) => match self.program.dice.get(usize::from(index)) {
                    Some((dice, _)) => {
                        self.budget.spend(dice.work())?;
                        Spread::of(&dice.distribution())
                    }
                    None => Spread::certain(0.0),
                },
                Op::Unary(op) => pop(&mut stack).map(&mut self.budget, |x| op.apply(x))?,
                Op::Binary(op) => {
                    let right = pop(&mut stack);
                    let left = pop(&mut stack);
                    left.combine(&right, &mut self.budget, |a, b| op.apply(a, b))?
                }
                Op::WithConst(op, b) => {
                    pop(&mut stack).map(&mut self.budget, |a| op.apply(a, b))?
                }
                Op::WithSlot(op, slot) => {
                    let b = self.read(slot);
                    pop(&mut stack).map(&mut self.budget, |a| op.apply(a, b))?
                }
                Op::Curve(index) => {
                    let points = self.program.points(index);
                    pop(&mut stack).map(&mut self.budget, |x| op::curve(points, x))?
                }
                Op::Steps(index) => {
                    let points = self.program.points(index);
                    pop(&mut stack).map(&mut self.budget, |x| op::steps(points, x))?
                }
                Op::JumpIfZero(otherwise) => {
                    let condition = pop(&mut stack);
                    let (value, next) = self.branch(&condition, at, usize::from(otherwise))?;
                    at = next;
                    value
                }
                Op::Switch(index) => {
                    let x = pop(&mut stack);
                    let (value, next) = self.switch(usize::from(index), &x, at)?;
                    at = next;
                    value
                }
                // Only ever behind a branch, and skipped with it.
                Op::Jump(target) => {
                    at = usize::from(target);
                    continue;
                }
            };
            stack.push(value);
        }
        Ok(pop(&mut stack))
    }

    /// `if`: the first arm is left by a jump, which tells where the second ends.
    fn branch(
        &mut self,
        condition: &Spread,
        then: usize,
        otherwise: usize,
    ) -> Result<(Spread, usize), FormulaError> {
        let leave = otherwise.saturating_sub(1);
        let end = match self.program.ops.get(leave) {
            Some(Op::Jump(target)) => usize::from(*target),
            _ => self.program.ops.len(),
        };
        let arms = [(then, leave), (otherwise, end)];
        let value = self.mix(condition, &arms, |x| usize::from(x == 0.0))?;
        Ok((value, end))
    }

    fn switch(
        &mut self,
        index: usize,
        x: &Spread,
        at: usize,
    ) -> Result<(Spread, usize), FormulaError> {
        let Some(arms) = self.program.switches.get(index) else {
            return Ok((Spread::certain(0.0), at));
        };
        let ranges: Vec<(usize, usize)> = arms
            .iter()
            .map(|arm| (usize::from(arm.start), usize::from(arm.end)))
            .collect();
        let choose = |x: f32| op::covering(arms.iter().map(|arm| arm.key), x);
        let end = ranges.last().map_or(at, |(_, end)| *end);
        Ok((self.mix(x, &ranges, choose)?, end))
    }

    /// The arms' values, weighted by how likely `selector` chooses each.
    fn mix(
        &mut self,
        selector: &Spread,
        arms: &[(usize, usize)],
        choose: impl Fn(f32) -> usize,
    ) -> Result<Spread, FormulaError> {
        let weights = selector.weigh(arms.len(), choose);
        let mut mixture = Vec::new();
        for ((start, end), weight) in arms.iter().zip(weights) {
            if weight > 0.0 {
                self.range(*start, *end)?.weighted(weight, &mut mixture);
            }
        }
        Spread::collect(mixture, &mut self.budget)
    }

    fn read(&self, slot: u16) -> f32 {
        self.slots.get(usize::from(slot)).copied().unwrap_or(0.0)
    }
}

/// Programs never pop more than they pushed.
fn pop(stack: &mut Vec<Spread>) -> Spread {
    stack.pop().unwrap_or_else(|| Spread::certain(0.0))
}

fn error(message: &str, help: &str) -> FormulaError {
    FormulaError::new(Span::default(), message).help(help)
}
