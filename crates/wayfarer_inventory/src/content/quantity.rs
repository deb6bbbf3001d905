//! A whole number in content that may be thrown with dice.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{self, IntoDeserializer},
};
use wayfarer_core::content::{LinkCtx, Text};
use wayfarer_formula::{Distribution, Program, Roller};

use super::{
    BAD_NUMBER,
    amount::{compile_over, report_formula},
};

/// `3`, or a formula with dice over names that the rule documents, such as `"10 + 5 * level + 2d6"`.
/// What comes out is rounded down, and less than 0 counts as 0.
#[derive(Clone, Debug)]
pub struct Quantity(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Number(u32),
    Formula {
        source: Text,
        program: Option<Program>,
    },
}

impl Quantity {
    /// A fixed number.
    pub const fn number(value: u32) -> Self {
        Self(Kind::Number(value))
    }

    /// Compiles; reports what is wrong. `names` are the values that [`Quantity::roll`] will be
    /// given, in that order. Formulas whose exact odds can not be told are refused.
    pub fn link<const N: usize>(&mut self, ctx: &mut LinkCtx<'_>, field: &str, names: [&str; N]) {
        let Kind::Formula { source, program } = &mut self.0 else {
            return;
        };
        *program = compile_over(ctx, source, &names);
        let Some(compiled) = program.as_ref().filter(|compiled| compiled.has_dice()) else {
            return;
        };
        if let Err(error) = compiled.distribution(&[1.0; N]) {
            ctx.error(
                &*source,
                BAD_NUMBER,
                format!("the odds of `{field}` can not be told"),
                None,
            );
            report_formula(ctx, source, error);
            *program = None;
        }
    }

    /// Throws the dice. A formula that did not compile gives 0.
    pub fn roll(&self, values: &[f32], dice: &mut impl Roller) -> u32 {
        match &self.0 {
            Kind::Number(value) => *value,
            Kind::Formula { program, .. } => program
                .as_ref()
                .map_or(0, |program| floor(program.eval_with(values, dice))),
        }
    }

    /// What can come out, with the exact chances.
    pub fn odds(&self, values: &[f32]) -> Distribution {
        let program = match &self.0 {
            Kind::Number(value) => return Distribution::constant(i64::from(*value)),
            Kind::Formula { program, .. } => program.as_ref(),
        };
        let Some(program) = program else {
            return Distribution::constant(0);
        };
        let mean = || Distribution::constant(i64::from(floor(program.eval(values))));
        if !program.has_dice() {
            return mean();
        }
        // Linking has seen it work; only values that are not whole can spoil it.
        program.distribution(values).map_or_else(
            |_| mean(),
            |odds| odds.map(|value| value.clamp(0, i64::from(u32::MAX))),
        )
    }

    /// As it is written, for panels.
    pub fn source(&self) -> String {
        match &self.0 {
            Kind::Number(value) => value.to_string(),
            Kind::Formula { source, .. } => source.to_string(),
        }
    }
}

fn floor(value: f32) -> u32 {
    // A float that is too big becomes the greatest number, a negative one 0.
    value.floor() as u32
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl de::Visitor<'_> for Visitor {
            type Value = Quantity;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number, or a formula in quotes, which may throw dice")
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Quantity, E> {
                let value = u32::try_from(value);
                value
                    .map(Quantity::number)
                    .map_err(|_| E::custom("this must be a whole number from 0 to 4294967295"))
            }

            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Quantity, E> {
                self.visit_i64(i64::try_from(value).unwrap_or(-1))
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<Quantity, E> {
                // `Text` finds its place by the address of the string, so it is handed on as is.
                Ok(Quantity(Kind::Formula {
                    source: Text::deserialize(value.into_deserializer())?,
                    program: None,
                }))
            }
        }

        deserializer.deserialize_any(Visitor)
    }
}
