//! From nodes to operations.

use super::node::Node;
use super::op::{Binary, Op, Points, Unary};
use super::{Arm, Program, Shape};
use crate::dice::Dice;
use crate::error::{FormulaError, Span};
use crate::limits::{MAX_PROGRAM_OPS, MAX_STACK};

/// The program of a whole formula, which is at `span`.
pub(super) fn emit(node: &Node, span: Span) -> Result<Program, FormulaError> {
    let mut emitter = Emitter {
        span,
        depth: 0,
        ops: Vec::new(),
        dice: Vec::new(),
        curves: Vec::new(),
        switches: Vec::new(),
    };
    emitter.node(node)?;
    let mut dependencies: Vec<u16> = emitter
        .ops
        .iter()
        .filter_map(|op| match op {
            Op::Slot(slot) | Op::WithSlot(_, slot) => Some(*slot),
            _ => None,
        })
        .collect();
    dependencies.sort_unstable();
    dependencies.dedup();
    Ok(Program {
        shape: shape(&emitter.ops),
        ops: emitter.ops.into(),
        dice: emitter.dice.into(),
        curves: emitter.curves.into(),
        switches: emitter.switches.into(),
        dependencies: dependencies.into(),
    })
}

fn shape(ops: &[Op]) -> Shape {
    use Binary::{Add, Multiply, Subtract};
    let linear = |slot: u16, factor: f32, offset: f32| Shape::Linear {
        slot,
        factor,
        offset,
    };
    match *ops {
        [Op::Const(value)] => Shape::Constant(value),
        [Op::Slot(slot)] => linear(slot, 1.0, 0.0),
        [Op::Slot(slot), Op::WithConst(Add, b)] => linear(slot, 1.0, b),
        [Op::Slot(slot), Op::WithConst(Subtract, b)] => linear(slot, 1.0, -b),
        [Op::Slot(slot), Op::WithConst(Multiply, a)] => linear(slot, a, 0.0),
        [
            Op::Slot(slot),
            Op::WithConst(Multiply, a),
            Op::WithConst(Add, b),
        ] => linear(slot, a, b),
        [
            Op::Slot(slot),
            Op::WithConst(Multiply, a),
            Op::WithConst(Subtract, b),
        ] => linear(slot, a, -b),
        [
            Op::Slot(slot),
            Op::WithConst(sum, b),
            Op::WithConst(Multiply, factor),
            Op::Unary(Unary::Floor),
        ] if matches!(sum, Add | Subtract) => {
            let offset = if sum == Add { b } else { -b };
            Shape::Modifier {
                slot,
                offset,
                factor,
            }
        }
        _ => Shape::General,
    }
}

struct Emitter {
    span: Span,
    depth: usize,
    ops: Vec<Op>,
    dice: Vec<(Dice, f32)>,
    curves: Vec<Points>,
    switches: Vec<Box<[Arm]>>,
}

impl Emitter {
    /// Operations that leave the node's value at hand, one value deeper than before.
    fn node(&mut self, node: &Node) -> Result<(), FormulaError> {
        match node {
            Node::Const(value) => self.load(Op::Const(*value)),
            Node::Slot(slot) => self.load(Op::Slot(*slot)),
            Node::Dice(dice) => {
                let index = self.index(self.dice.len())?;
                self.dice.push((*dice, dice.mean() as f32));
                self.load(Op::Dice(index))
            }
            Node::Unary(op, x) => {
                self.node(x)?;
                self.push(Op::Unary(*op))
            }
            Node::Binary(op, a, b) => self.binary(*op, a, b),
            Node::Steps(x, points) | Node::Curve(x, points) => {
                self.node(x)?;
                let index = self.index(self.curves.len())?;
                self.curves.push(points.clone());
                match node {
                    Node::Steps(..) => self.push(Op::Steps(index)),
                    _ => self.push(Op::Curve(index)),
                }
            }
            Node::If(parts) => {
                let [condition, then, otherwise] = &**parts;
                self.node(condition)?;
                let branch = self.hole()?;
                self.depth -= 1;
                self.node(then)?;
                let leave = self.hole()?;
                self.depth -= 1;
                self.fill(branch, Op::JumpIfZero)?;
                self.node(otherwise)?;
                self.fill(leave, Op::Jump)
            }
            Node::Switch(x, rows) => self.switch(x, rows),
        }
    }

    fn binary(&mut self, op: Binary, a: &Node, b: &Node) -> Result<(), FormulaError> {
        // An operand that can be part of the operation goes second; of two, the constant.
        let swap = match (a, b) {
            (_, Node::Const(_)) | (Node::Slot(_), Node::Slot(_)) => false,
            (Node::Const(_) | Node::Slot(_), _) => op.commutes(),
            _ => false,
        };
        let (first, second) = if swap { (b, a) } else { (a, b) };
        match (first, second) {
            (_, Node::Const(value)) => {
                self.node(first)?;
                self.push(Op::WithConst(op, *value))
            }
            (_, Node::Slot(slot)) => {
                self.node(first)?;
                self.push(Op::WithSlot(op, *slot))
            }
            _ => {
                self.node(a)?;
                self.node(b)?;
                self.depth -= 1;
                self.push(Op::Binary(op))
            }
        }
    }

    fn switch(&mut self, x: &Node, rows: &[(f32, Node)]) -> Result<(), FormulaError> {
        self.node(x)?;
        self.depth -= 1;
        let index = self.index(self.switches.len())?;
        // Keeps the place, as tables in the arms come later.
        self.switches.push(Box::default());
        self.push(Op::Switch(index))?;
        let mut arms = Vec::new();
        for (row, (key, value)) in rows.iter().enumerate() {
            let start = self.index(self.ops.len())?;
            self.node(value)?;
            let end = self.index(self.ops.len())?;
            if row + 1 < rows.len() {
                self.hole()?;
                self.depth -= 1;
            }
            let key = *key;
            arms.push(Arm { key, start, end });
        }
        for arm in arms.iter().rev().skip(1) {
            self.fill(usize::from(arm.end), Op::Jump)?;
        }
        if let Some(place) = self.switches.get_mut(usize::from(index)) {
            *place = arms.into();
        }
        Ok(())
    }

    fn load(&mut self, op: Op) -> Result<(), FormulaError> {
        self.depth += 1;
        if self.depth > MAX_STACK {
            let message = format!("formula needs more than {MAX_STACK} intermediate values");
            return Err(self.too_large(message));
        }
        self.push(op)
    }

    fn push(&mut self, op: Op) -> Result<(), FormulaError> {
        if self.ops.len() == MAX_PROGRAM_OPS {
            let message = format!("formula needs more than {MAX_PROGRAM_OPS} operations");
            return Err(self.too_large(message));
        }
        self.ops.push(op);
        Ok(())
    }

    /// A place for a jump whose target is not known yet.
    fn hole(&mut self) -> Result<usize, FormulaError> {
        self.push(Op::Jump(0))?;
        Ok(self.ops.len() - 1)
    }

    /// Puts a jump to the next operation into a hole.
    fn fill(&mut self, hole: usize, jump: fn(u16) -> Op) -> Result<(), FormulaError> {
        let target = self.index(self.ops.len())?;
        if let Some(op) = self.ops.get_mut(hole) {
            *op = jump(target);
        }
        Ok(())
    }

    fn index(&self, len: usize) -> Result<u16, FormulaError> {
        u16::try_from(len).map_err(|_| self.too_large("formula is too large".to_owned()))
    }

    fn too_large(&self, message: String) -> FormulaError {
        FormulaError::new(self.span, message).help("split it into several stats")
    }
}
