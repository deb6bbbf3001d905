//! The tree between syntax and operations: names are slots, constants are computed.

use super::op::{self, Binary, Points, Unary};
use crate::dice::Dice;

#[derive(Debug)]
pub(super) enum Node {
    Const(f32),
    Slot(u16),
    Dice(Dice),
    Unary(Unary, Box<Node>),
    Binary(Binary, Box<Node>, Box<Node>),
    /// Condition, then, else; only one branch is evaluated.
    If(Box<[Node; 3]>),
    Switch(Box<Node>, Vec<(f32, Node)>),
    Steps(Box<Node>, Points),
    Curve(Box<Node>, Points),
}

impl Node {
    pub(super) fn unary(op: Unary, x: Self) -> Self {
        if let Self::Const(value) = x
            && let Some(folded) = finite(op.apply(value))
        {
            return folded;
        }
        Self::Unary(op, Box::new(x))
    }

    pub(super) fn binary(op: Binary, a: Self, b: Self) -> Self {
        match (&a, &b) {
            // Left to run time, where it is 0 and can be reported.
            (_, Self::Const(0.0)) if op.divides() => {}
            (Self::Const(x), Self::Const(y)) => {
                if let Some(folded) = finite(op.apply(*x, *y)) {
                    return folded;
                }
            }
            (_, Self::Const(y)) if op == Binary::Divide => {
                if let Some(inverse) = exact_inverse(*y) {
                    let inverse = Box::new(Self::Const(inverse));
                    return Self::Binary(Binary::Multiply, Box::new(a), inverse);
                }
            }
            _ => {}
        }
        Self::Binary(op, Box::new(a), Box::new(b))
    }

    pub(super) fn choose(condition: Self, then: Self, otherwise: Self) -> Self {
        match condition {
            Self::Const(0.0) => otherwise,
            Self::Const(_) => then,
            _ => Self::If(Box::new([condition, then, otherwise])),
        }
    }

    /// `and`, `or`: the right operand is evaluated only where it matters, which can be seen only if
    /// it throws dice or divides.
    pub(super) fn logic(op: Binary, a: Self, b: Self) -> Self {
        if !b.has_effects() {
            return Self::binary(op, a, b);
        }
        let b = Self::unary(Unary::Truth, b);
        match op {
            Binary::And => Self::choose(a, b, Self::Const(0.0)),
            _ => Self::choose(a, Self::Const(1.0), b),
        }
    }

    pub(super) fn table(x: Self, mut rows: Vec<(f32, Self)>) -> Self {
        if let Self::Const(x) = x {
            let index = op::covering(rows.iter().map(|row| row.0), x);
            return if index < rows.len() {
                rows.swap_remove(index).1
            } else {
                Self::Const(0.0)
            };
        }
        let constant = |(key, value): &(f32, Self)| match value {
            Self::Const(value) => Some((*key, *value)),
            _ => None,
        };
        match rows.iter().map(constant).collect::<Option<Points>>() {
            Some(points) => Self::Steps(Box::new(x), points),
            None => Self::Switch(Box::new(x), rows),
        }
    }

    pub(super) fn curve(x: Self, points: Points) -> Self {
        if let Self::Const(x) = x
            && let Some(folded) = finite(op::curve(&points, x))
        {
            return folded;
        }
        Self::Curve(Box::new(x), points)
    }

    fn has_effects(&self) -> bool {
        match self {
            Self::Const(_) | Self::Slot(_) => false,
            Self::Dice(_) => true,
            Self::Unary(_, x) | Self::Steps(x, _) | Self::Curve(x, _) => x.has_effects(),
            Self::Binary(op, a, b) => op.divides() || a.has_effects() || b.has_effects(),
            Self::If(parts) => parts.iter().any(Self::has_effects),
            Self::Switch(x, rows) => {
                x.has_effects() || rows.iter().any(|(_, value)| value.has_effects())
            }
        }
    }
}

fn finite(value: f32) -> Option<Node> {
    value.is_finite().then_some(Node::Const(value))
}

/// `1 / x` where multiplying by it gives the same as dividing by `x`: for powers of two.
fn exact_inverse(x: f32) -> Option<f32> {
    let inverse = 1.0 / x;
    let power_of_two = x.to_bits() & 0x007f_ffff == 0;
    (power_of_two && x.is_normal() && inverse.is_normal()).then_some(inverse)
}
