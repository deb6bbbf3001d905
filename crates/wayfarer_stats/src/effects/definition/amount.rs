//! A number or a formula.

use std::fmt;

use serde::{Deserialize, Deserializer, de};
use wayfarer_core::content::{LinkCtx, Located, Span, Text};
use wayfarer_formula::{Expr, parse};

/// An amount in an effect: a plain number, or a formula in quotes.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    text: Text,
    expr: Option<Expr>,
}

impl Amount {
    /// The formula as it was written.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// The tree; `None` until it is linked, and if the text is no formula, which has been reported.
    pub fn expr(&self) -> Option<&Expr> {
        self.expr.as_ref()
    }

    /// The number 1.
    pub(super) fn one() -> Self {
        Self {
            text: Text::new("1"),
            expr: None,
        }
    }

    /// Parses the text and reports what is wrong with it.
    pub(super) fn link(&mut self, ctx: &mut LinkCtx<'_>, dice: bool) {
        match parse(&self.text) {
            Ok(expr) if expr.has_dice() && !dice => {
                let help = "throw dice in a step, or use the mean, such as 3.5 for d6".to_owned();
                let message = "only steps throw dice";
                ctx.error(&self.text, "dice-in-stat", message, Some(help));
            }
            Ok(expr) => self.expr = Some(expr),
            Err(error) => {
                let range = error.span.start as usize..error.span.end as usize;
                ctx.error_in(&self.text, range, "formula", error.message, error.help);
            }
        }
    }
}

impl Located for Amount {
    fn span(&self) -> Span {
        self.text.span()
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl de::Visitor<'_> for Visitor {
            type Value = Amount;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number or a formula in quotes")
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Amount, E> {
                self.visit_f64(number as f64)
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Amount, E> {
                self.visit_f64(number as f64)
            }

            fn visit_f64<E: de::Error>(self, number: f64) -> Result<Amount, E> {
                if !number.is_finite() {
                    return Err(E::custom("an amount must be a finite number"));
                }
                Ok(Amount {
                    text: Text::new((number as f32).to_string()),
                    expr: None,
                })
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Amount, E> {
                let text = Text::deserialize(de::value::StrDeserializer::<E>::new(text))?;
                Ok(Amount { text, expr: None })
            }
        }

        deserializer.deserialize_any(Visitor)
    }
}
