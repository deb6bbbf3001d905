//! Quality and condition together scale what the template gives, and round once at the end.

use wayfarer_stats::modifier::{Modifier, ModifierKind};

use super::Stage;
use crate::content::Rounding;

/// Millionths: factors are kept whole, so that halves are halves.
const ONE: i128 = 1_000_000;

/// How much is left of what betters something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scale {
    factor: i128,
    left: i128,
}

impl Default for Scale {
    fn default() -> Self {
        Self {
            factor: ONE,
            left: ONE,
        }
    }
}

impl Scale {
    /// Multiplies by a factor from 0.
    pub(crate) fn times(&mut self, factor: f32) {
        self.factor = self.factor * millionths(factor) / ONE;
    }

    /// Takes a share away, 0 to 1.
    pub(crate) fn lessen(&mut self, share: f32) {
        self.left = self.left * (ONE - millionths(share).min(ONE)) / ONE;
    }

    /// Whether nothing is left.
    fn is_nothing(self) -> bool {
        self.left == 0
    }

    /// An amount from 0 that is scaled. Whole amounts stay whole, as the rounding says; others
    /// are not rounded.
    pub(crate) fn of(self, amount: f32, rounding: Rounding) -> f32 {
        if self == Self::default() {
            return amount;
        }
        let whole = amount.fract() == 0.0 && amount.abs() < 1e15;
        if !whole || rounding == Rounding::Exact {
            let factor = self.factor as f64 * self.left as f64 / (ONE * ONE) as f64;
            return (f64::from(amount) * factor) as f32;
        }
        let (scaled, one) = (amount as i128 * self.factor * self.left, ONE * ONE);
        let half = match rounding {
            Rounding::HalfUp => one / 2,
            Rounding::Down | Rounding::Exact => 0,
        };
        (scaled + half).div_euclid(one) as f32
    }
}

fn millionths(value: f32) -> i128 {
    (f64::from(value.clamp(0.0, 1e6)) * ONE as f64).round() as i128
}

/// Scales what betters something; drawbacks stay as they are. What is given as a fixed value, a
/// floor or a cap has no size to scale: a fixed value or a floor ends when nothing is left.
pub(super) fn apply(stage: &Stage<'_>, modifiers: &mut [Modifier]) {
    let scale = stage.scale;
    let rounding = stage.rounding;
    for modifier in modifiers {
        let betters = match modifier.kind {
            ModifierKind::Flat | ModifierKind::Increased => modifier.amount > 0.0,
            ModifierKind::More => modifier.amount > 1.0,
            ModifierKind::Override | ModifierKind::Floor => true,
            ModifierKind::Cap => false,
        };
        if !betters {
            continue;
        }
        if scale.is_nothing() {
            modifier.marks.suppressed = true;
            continue;
        }
        modifier.amount = match modifier.kind {
            ModifierKind::Flat => scale.of(modifier.amount, rounding),
            ModifierKind::Increased => scale.of(modifier.amount, Rounding::Exact),
            ModifierKind::More => 1.0 + scale.of(modifier.amount - 1.0, Rounding::Exact),
            ModifierKind::Override | ModifierKind::Floor | ModifierKind::Cap => modifier.amount,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_up_and_nothing_is_rounded_twice() {
        let scale = |factor: f32, penalty: f32| {
            let mut scale = Scale::default();
            scale.times(factor);
            scale.lessen(penalty);
            scale
        };
        for (amount, factor, penalty, half_up, down) in [
            // The two sources round 3.75 to 4 and to 3.
            (5.0, 1.0, 0.25, 4.0, 3.0),
            // 4.5 as tenths of floats would be a little less and go down.
            (5.0, 1.0, 0.1, 5.0, 4.0),
            (1.0, 1.0, 0.5, 1.0, 0.0),
            (1.0, 1.0, 0.25, 1.0, 0.0),
            (2.0, 1.0, 0.25, 2.0, 1.0),
            // 3 × 1.3 × 0.5 = 1.95; rounded between, 4 × 0.5 would be the same, 5 × 1.3 × 0.1 not.
            (3.0, 1.3, 0.5, 2.0, 1.0),
            // 1.3 × 0.9 × 7 = 8.19.
            (7.0, 1.3, 0.1, 8.0, 8.0),
            // Rounded after each step it would be 2 × 1.15 → 2 → × 0.75 → 2; at once 1.725.
            (2.0, 1.15, 0.25, 2.0, 1.0),
            (10.0, 1.6, 0.0, 16.0, 16.0),
            (0.0, 1.6, 0.5, 0.0, 0.0),
        ] {
            let scale = scale(factor, penalty);
            let got = (
                scale.of(amount, Rounding::HalfUp),
                scale.of(amount, Rounding::Down),
            );
            assert_eq!(got, (half_up, down), "{amount} × {factor} − {penalty}");
        }
        assert_eq!(scale(1.0, 0.0).of(0.3, Rounding::HalfUp), 0.3);
        assert_eq!(scale(1.0, 0.5).of(0.3, Rounding::HalfUp), 0.15);
        assert_eq!(scale(1.5, 0.5).of(5.0, Rounding::Exact), 3.75);
        assert!(scale(1.0, 1.0).is_nothing());
    }
}
