//! Several derivations of one stat.

use wayfarer_formula::Expr;

use super::number::shared;
use crate::content::Compose;

/// What the derivations of a stat have given so far.
pub(super) struct Total {
    default: f32,
    given: Option<Expr>,
    /// While the last ones blend: their sum and number.
    blend: Option<(Expr, usize)>,
}

impl Total {
    pub(super) fn new(default: f32) -> Self {
        Self {
            default,
            given: None,
            blend: None,
        }
    }

    /// What it is now.
    pub(super) fn expr(&self) -> Expr {
        self.given.clone().unwrap_or_else(|| self.default.into())
    }

    /// Takes the number of one more derivation. `false` if it makes no difference.
    pub(super) fn push(&mut self, compose: Compose, number: Expr) -> bool {
        let blend = self.blend.take();
        let given = self.given.take();
        let (total, counts) = match (compose, given) {
            (Compose::Keep, Some(given)) => {
                self.blend = blend;
                (given, false)
            }
            (Compose::Blend, Some(given)) => {
                let (sum, count) = blend.unwrap_or((given, 1));
                let (sum, count) = (sum + number, count + 1);
                self.blend = Some((sum.clone(), count));
                (shared(sum, count as f32), true)
            }
            (Compose::Max, Some(given)) => (given.max(number), true),
            (Compose::Add, given) => {
                let given = given.unwrap_or_else(|| self.default.into());
                (given + number, true)
            }
            (Compose::Override, _) | (_, None) => (number, true),
        };
        self.given = Some(total);
        counts
    }
}
