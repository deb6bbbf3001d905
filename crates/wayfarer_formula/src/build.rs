//! Formulas made in code instead of from text.

use std::ops::{Add, Div, Mul};

use crate::ast::{Expr, Kind, Operator};
use crate::error::Span;
use crate::function::Function;

/// A constant. What is no finite number becomes 0, as it does when a program runs.
impl From<f32> for Expr {
    fn from(value: f32) -> Self {
        let value = if value.is_finite() { value } else { 0.0 };
        let number = made(Kind::Number(value.abs()));
        if value < 0.0 {
            made(Kind::Negate(Box::new(number)))
        } else {
            number
        }
    }
}

impl Add for Expr {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        binary(Operator::Add, self, other)
    }
}

impl Mul for Expr {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        binary(Operator::Multiply, self, other)
    }
}

impl Div for Expr {
    type Output = Self;

    fn div(self, other: Self) -> Self {
        binary(Operator::Divide, self, other)
    }
}

impl Expr {
    /// A name. Unlike one that was read it may be any string; then the text that the formula
    /// prints as is for reading only.
    #[must_use]
    pub fn named(name: &str) -> Self {
        made(Kind::Name(name.into()))
    }

    /// `max(self, other)`.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        made(Kind::Call(Function::Max, vec![self, other]))
    }

    /// `min(self, other)`.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        made(Kind::Call(Function::Min, vec![self, other]))
    }

    /// `clamp(self, low, high)`.
    ///
    /// ```
    /// use wayfarer_formula::{Expr, parse};
    ///
    /// let made = ((parse("a")? + Expr::from(-2.0)) * parse("b")?).clamp(0.0, 10.0);
    /// assert_eq!(made.to_string(), "clamp((a + -2) * b, 0, 10)");
    /// assert_eq!(parse(&made.to_string())?, made);
    /// assert_eq!(made.compile(&["a", "b"])?.eval(&[5.0, 2.0]), 6.0);
    /// # Ok::<(), wayfarer_formula::FormulaError>(())
    /// ```
    #[must_use]
    pub fn clamp(self, low: f32, high: f32) -> Self {
        let arguments = vec![self, low.into(), high.into()];
        made(Kind::Call(Function::Clamp, arguments))
    }
}

fn binary(operator: Operator, left: Expr, right: Expr) -> Expr {
    made(Kind::Binary(operator, Box::new(left), Box::new(right)))
}

fn made(kind: Kind) -> Expr {
    Expr::new(kind, Span::default())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::parse;

    #[test]
    fn what_is_made_is_what_would_be_read() {
        let name = Expr::named;
        for (made, text) in [
            (Expr::from(2.5), "2.5"),
            (Expr::from(-2.5), "-2.5"),
            (Expr::from(f32::NAN), "0"),
            (Expr::from(f32::NEG_INFINITY), "0"),
            (name("a") + name("b") * 2.0.into(), "a + b * 2"),
            ((name("a") + name("b")) * 2.0.into(), "(a + b) * 2"),
            (name("a") / (-0.5).into(), "a / -0.5"),
            (name("a").max(name("b")).min(name("c")), "min(max(a, b), c)"),
        ] {
            assert_eq!(made.to_string(), text);
            assert_eq!(parse(text).unwrap(), made);
        }
    }
}
