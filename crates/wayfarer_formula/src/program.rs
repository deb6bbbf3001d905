//! Compiled formulas.

mod compile;
mod distribution;
mod emit;
mod eval;
mod node;
mod op;

#[cfg(test)]
mod tests;

pub use eval::EvalError;

use crate::dice::Dice;
use op::{Op, Points};

/// A formula compiled to a flat list of operations over numbered slots.
///
/// Made by [`Expr::compile`](crate::Expr::compile). Constant parts are computed at compile time,
/// with the same functions and thereby the same result as at run time.
///
/// The result is a finite number, whatever the slots hold, and the same on every machine:
///
/// - Dividing by zero (or taking a remainder by it) yields 0, and the rest is computed with that.
/// - A result that is infinite or no number (an overflow, `sqrt(-1)`, a slot that held such a value)
///   is 0. [`Program::eval_checked`] tells such cases from an honest 0.
/// - A slot index beyond the end of the slots reads 0.
/// - Zero is never negative zero.
#[derive(Clone, Debug, PartialEq)]
pub struct Program {
    ops: Box<[Op]>,
    shape: Shape,
    /// Dice with their means.
    dice: Box<[(Dice, f32)]>,
    curves: Box<[Points]>,
    switches: Box<[Box<[Arm]>]>,
    dependencies: Box<[u16]>,
}

/// Programs so simple that they need no machine.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Shape {
    Constant(f32),
    /// `slot * factor + offset`.
    Linear {
        slot: u16,
        factor: f32,
        offset: f32,
    },
    /// `floor((slot + offset) * factor)`: the ability modifier of many games.
    Modifier {
        slot: u16,
        offset: f32,
        factor: f32,
    },
    General,
}

/// One value of a table: the operations `start..end` compute it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Arm {
    key: f32,
    start: u16,
    end: u16,
}

impl Program {
    /// The slots the program reads, ascending, each once. Branches that constant conditions rule out
    /// do not count.
    #[must_use]
    pub fn dependencies(&self) -> &[u16] {
        &self.dependencies
    }

    /// The value, if it depends on neither slots nor dice.
    #[must_use]
    pub fn as_constant(&self) -> Option<f32> {
        match self.shape {
            // Adding zero makes a zero positive, as evaluation does.
            Shape::Constant(value) => Some(value + 0.0),
            _ => None,
        }
    }

    /// Whether any dice are thrown. Branches that constant conditions rule out do not count.
    #[must_use]
    pub fn has_dice(&self) -> bool {
        !self.dice.is_empty()
    }

    /// Number of operations, 1 to [`MAX_PROGRAM_OPS`](crate::limits::MAX_PROGRAM_OPS).
    #[must_use]
    pub fn len(&self) -> usize {
        self.ops.len()
    }

    /// Always false: even a constant is one operation.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ops.is_empty()
    }
}
