//! A number in content that may be a formula over values which the rule gives it.

use serde::{Deserialize, Deserializer};
use wayfarer_core::content::{LinkCtx, Text};
use wayfarer_formula::Program;

use super::{BAD_NUMBER, amount::compile_over, number_or_formula::NumberOrFormula};

/// `0.85`, or a formula over names that the rule documents, such as
/// `"clamp(85 * skill - 20 * severity, 50, 99)"`.
///
/// For formulas over anybody's stats see [`Amount`](super::Amount).
#[derive(Clone, Debug)]
pub struct Expression(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Number(f32),
    Formula {
        source: Text,
        program: Option<Program>,
    },
}

impl Expression {
    /// A fixed number.
    pub const fn number(value: f32) -> Self {
        Self(Kind::Number(value))
    }

    /// Compiles; reports what is wrong. `names` are the values that [`Expression::eval`] will be
    /// given, in that order. Dice are refused: what is rolled has to be seen in the ledger.
    pub fn link<const N: usize>(&mut self, ctx: &mut LinkCtx<'_>, field: &str, names: [&str; N]) {
        match &mut self.0 {
            Kind::Number(value) if !value.is_finite() => {
                let (at, message) = (ctx.entry_span(), format!("`{field}` is no number"));
                ctx.error(at, BAD_NUMBER, message, None);
            }
            Kind::Number(_) => {}
            Kind::Formula { source, program } => {
                *program = compile_over(ctx, source, &names);
                if program.as_ref().is_some_and(Program::has_dice) {
                    let message = format!("`{field}` may not throw dice");
                    ctx.error(&*source, "dice", message, None);
                    *program = None;
                }
            }
        }
    }

    /// The number for these values; finite. A formula that did not compile is 0.
    pub fn eval(&self, values: &[f32]) -> f32 {
        let value = match &self.0 {
            Kind::Number(value) => *value,
            Kind::Formula { program, .. } => program.as_ref().map_or(0.0, |p| p.eval(values)),
        };
        if value.is_finite() { value } else { 0.0 }
    }

    /// The number, if it is one whatever the values are.
    pub fn constant(&self) -> Option<f32> {
        match &self.0 {
            Kind::Number(value) => Some(*value),
            Kind::Formula { .. } => None,
        }
    }

    /// As it is written, for explanations.
    pub fn source(&self) -> String {
        match &self.0 {
            Kind::Number(value) => value.to_string(),
            Kind::Formula { source, .. } => source.to_string(),
        }
    }
}

impl<'de> Deserialize<'de> for Expression {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match NumberOrFormula::deserialize(deserializer)? {
            NumberOrFormula::Number(value) => Self::number(value),
            NumberOrFormula::Formula(source) => Self(Kind::Formula {
                source,
                program: None,
            }),
        })
    }
}
