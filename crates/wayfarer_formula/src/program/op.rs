//! The operations, and the arithmetic that the compiler and the evaluator share.
//!
//! Everything here is exact to the bit on every machine: IEEE arithmetic, comparisons, whole-number
//! conversions, and `pow` and `sqrt` in software.

/// Ascending keys with values.
pub(super) type Points = Box<[(f32, f32)]>;

/// One step of a program. The machine holds one value at hand and the others on a stack.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Op {
    /// Put the value at hand on the stack; take a constant.
    Const(f32),
    /// Put the value at hand on the stack; take the slot's value.
    Slot(u16),
    /// Put the value at hand on the stack; throw the dice with this index.
    Dice(u16),
    Unary(Unary),
    /// Left operand from the stack, right operand at hand.
    Binary(Binary),
    /// Left operand at hand.
    WithConst(Binary, f32),
    /// Left operand at hand.
    WithSlot(Binary, u16),
    /// Interpolate between the points with this index.
    Curve(u16),
    /// The value of the last point whose key is not above the value at hand.
    Steps(u16),
    /// Drop the value at hand; go on at the operation with this index if it was zero.
    JumpIfZero(u16),
    Jump(u16),
    /// Drop the value at hand; go on at the arm of the table with this index that it selects.
    Switch(u16),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unary {
    Negate,
    Not,
    /// 1 for anything but 0.
    Truth,
    Floor,
    Ceil,
    Round,
    Abs,
    Sign,
    Sqrt,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binary {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Min,
    Max,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Equal,
    NotEqual,
    And,
    Or,
    Pow,
}

fn truth(condition: bool) -> f32 {
    if condition { 1.0 } else { 0.0 }
}

impl Unary {
    #[inline]
    pub(super) fn apply(self, x: f32) -> f32 {
        match self {
            Self::Negate => -x,
            Self::Not => truth(x == 0.0),
            Self::Truth => truth(x != 0.0),
            Self::Floor => floor(x),
            Self::Ceil => -floor(-x),
            Self::Round => round(x),
            Self::Abs => x.abs(),
            Self::Sign => truth(x > 0.0) - truth(x < 0.0),
            Self::Sqrt => libm::sqrtf(x),
        }
    }
}

impl Binary {
    #[inline]
    pub(super) fn apply(self, a: f32, b: f32) -> f32 {
        match self {
            Self::Add => a + b,
            Self::Subtract => a - b,
            Self::Multiply => a * b,
            Self::Divide if b == 0.0 => 0.0,
            Self::Divide => a / b,
            Self::Remainder => remainder(a, b),
            // The standard `min` and `max` may return either zero of 0 and -0.
            Self::Min => {
                if b < a {
                    b
                } else {
                    a
                }
            }
            Self::Max => {
                if b > a {
                    b
                } else {
                    a
                }
            }
            Self::Less => truth(a < b),
            Self::LessEqual => truth(a <= b),
            Self::Greater => truth(a > b),
            Self::GreaterEqual => truth(a >= b),
            Self::Equal => truth(a == b),
            Self::NotEqual => truth(a != b),
            Self::And => truth(a != 0.0 && b != 0.0),
            Self::Or => truth(a != 0.0 || b != 0.0),
            Self::Pow => libm::powf(a, b),
        }
    }

    pub(super) fn divides(self) -> bool {
        matches!(self, Self::Divide | Self::Remainder)
    }

    /// Whether operands can be swapped without any change of the result.
    pub(super) fn commutes(self) -> bool {
        matches!(
            self,
            Self::Add | Self::Multiply | Self::Equal | Self::NotEqual | Self::And | Self::Or
        )
    }
}

/// From here on every `f32` is a whole number.
const WHOLE: f32 = 8_388_608.0;

/// The largest whole number not above `x`. The standard one is a call into the C library where the
/// processor lacks the instruction.
#[inline]
fn floor(x: f32) -> f32 {
    if x.abs() < WHOLE {
        let towards_zero = x as i32 as f32;
        towards_zero - truth(towards_zero > x)
    } else {
        x
    }
}

/// The nearest whole number; halves go away from zero.
#[inline]
fn round(x: f32) -> f32 {
    if x.abs() < WHOLE {
        let towards_zero = x as i32 as f32;
        let rest = x - towards_zero;
        towards_zero + truth(rest >= 0.5) - truth(rest <= -0.5)
    } else {
        x
    }
}

/// What remains of `a` when `b` is taken away as often as it fits: at least 0, less than `|b|`.
fn remainder(a: f32, b: f32) -> f32 {
    if b == 0.0 {
        return 0.0;
    }
    let rest = libm::fmodf(a, b);
    if rest < 0.0 {
        let wrapped = rest + b.abs();
        // A tiny negative rest vanishes in the sum.
        if wrapped < b.abs() { wrapped } else { 0.0 }
    } else {
        rest
    }
}

/// Which of the ascending `keys` covers `x`: the last not above it, else the first.
#[inline]
pub(super) fn covering(keys: impl Iterator<Item = f32>, x: f32) -> usize {
    keys.take_while(|key| *key <= x).count().saturating_sub(1)
}

#[inline]
pub(super) fn steps(points: &[(f32, f32)], x: f32) -> f32 {
    let index = covering(points.iter().map(|point| point.0), x);
    points.get(index).map_or(0.0, |point| point.1)
}

/// Straight lines between the points, level before the first and after the last.
#[inline]
pub(super) fn curve(points: &[(f32, f32)], x: f32) -> f32 {
    let index = covering(points.iter().map(|point| point.0), x);
    let Some(&(key, value)) = points.get(index) else {
        return 0.0;
    };
    match points.get(index + 1) {
        Some(&(next_key, next_value)) if x > key => {
            value + (next_value - value) * ((x - key) / (next_key - key))
        }
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn floats() -> impl Strategy<Value = f32> {
        prop_oneof![
            any::<u32>().prop_map(f32::from_bits),
            (-100_i16..100).prop_map(|n| f32::from(n) / 4.0),
            Just(0.499_999_97),
            Just(-0.499_999_97),
            Just(8_388_607.5),
        ]
    }

    proptest! {
        #[test]
        fn rounding_agrees_with_the_standard_library(x in floats()) {
            let same = |a: f32, b: f32| a == b || (a.is_nan() && b.is_nan());
            prop_assert!(same(Unary::Floor.apply(x), x.floor()), "floor {x}");
            prop_assert!(same(Unary::Ceil.apply(x), x.ceil()), "ceil {x}");
            prop_assert!(same(Unary::Round.apply(x), x.round()), "round {x}");
        }

        #[test]
        fn a_remainder_is_in_range(a in floats(), b in floats()) {
            let rest = Binary::Remainder.apply(a, b);
            if a.is_finite() && b.is_finite() && b != 0.0 {
                prop_assert!((0.0..b.abs()).contains(&rest), "{a} % {b} = {rest}");
            }
        }

        #[test]
        fn swapping_changes_nothing(a in floats(), b in floats()) {
            for op in [Binary::Add, Binary::Multiply, Binary::Equal, Binary::NotEqual, Binary::And, Binary::Or] {
                prop_assert!(op.commutes());
                let (there, back) = (op.apply(a, b), op.apply(b, a));
                prop_assert!(there == back || (there.is_nan() && back.is_nan()));
            }
        }
    }
}
