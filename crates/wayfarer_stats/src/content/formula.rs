//! A formula in a definition.

use serde::{Deserialize, Deserializer};
use wayfarer_core::content::{LinkCtx, Located, Span, Text};
use wayfarer_formula::{Expr, parse};

/// A formula as a string in RON, parsed when the content is linked.
///
/// Mistakes are reported at their place inside the string.
#[derive(Clone, Debug, Default)]
pub struct Formula {
    text: Text,
    expr: Option<Expr>,
}

impl Formula {
    /// A formula made in code; `None` inside until it is linked.
    pub fn new(text: impl Into<Text>) -> Self {
        let text = text.into();
        let expr = parse(&text).ok();
        Self { text, expr }
    }

    /// The formula as it was written.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// The tree; `None` if the text is no formula, which has been reported.
    pub fn expr(&self) -> Option<&Expr> {
        self.expr.as_ref()
    }

    /// Parses the text and reports what is wrong with it. Stats are not thrown, so dice are
    /// refused.
    pub fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        match parse(&self.text) {
            Ok(expr) if expr.has_dice() => {
                let help = "use the mean, such as 3.5 for d6".to_owned();
                let message = "a stat cannot depend on dice";
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

impl Located for Formula {
    fn span(&self) -> Span {
        self.text.span()
    }
}

impl<'de> Deserialize<'de> for Formula {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Text::deserialize(deserializer)?;
        Ok(Self { text, expr: None })
    }
}
