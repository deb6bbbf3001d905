//! Base and modifiers to a value.

use crate::modifier::ModifierKind;

/// The running total of one stat: `(base + Σ flat) × (1 + Σ increased) × Π more`, or an override
/// instead of it, then floors, then caps.
///
/// Modifiers are pushed in canonical order. The total after the last push is the value to the bit,
/// so an explanation that shows it line by line cannot disagree with the rules.
#[derive(Clone, Copy, Debug)]
pub struct Sum {
    /// Base and flat, before anything multiplies.
    plain: f32,
    increased: f32,
    total: f32,
}

impl Sum {
    /// Begins with the base.
    pub fn new(base: f32) -> Self {
        Self {
            plain: base,
            increased: 0.0,
            total: base,
        }
    }

    /// Adds a modifier that counts.
    #[inline]
    pub fn push(&mut self, kind: ModifierKind, amount: f32) {
        match kind {
            ModifierKind::Override => {
                self.plain = amount;
                self.total = amount;
            }
            ModifierKind::Flat => {
                self.plain += amount;
                self.total = self.plain;
            }
            ModifierKind::Increased => {
                self.increased += amount;
                self.total = self.plain * (1.0 + self.increased);
            }
            ModifierKind::More => self.total *= amount,
            ModifierKind::Floor => self.total = self.total.max(amount),
            ModifierKind::Cap => self.total = self.total.min(amount),
        }
    }

    /// The total so far.
    #[inline]
    pub fn total(self) -> f32 {
        self.total
    }
}

/// A value kept between `min` and `max`, and finite whatever came before.
#[inline]
pub fn clamped(value: f32, min: f32, max: f32) -> f32 {
    // Adding zero makes -0 into 0, so that equal values have equal bits.
    let bounded = value.max(min).min(max) + 0.0;
    if bounded.is_finite() {
        bounded
    } else {
        finite(value).max(min).min(max)
    }
}

/// Sums of huge numbers can leave the range of `f32`.
#[cold]
fn finite(value: f32) -> f32 {
    if value.is_nan() {
        0.0
    } else {
        f32::MAX.copysign(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ModifierKind::{Cap, Flat, Floor, Increased, More, Override};

    #[test]
    fn modifiers_combine_as_documented() {
        let cases: &[(&str, f32, &[(ModifierKind, f32)], f32)] = &[
            ("nothing", 10.0, &[], 10.0),
            (
                "the source's example",
                100.0,
                &[(Flat, 10.0), (More, 1.5)],
                165.0,
            ),
            (
                "two halves are a quarter",
                100.0,
                &[(More, 0.5), (More, 0.5)],
                25.0,
            ),
            (
                "shares add up",
                100.0,
                &[(Increased, 0.1), (Increased, 0.1)],
                120.0,
            ),
            ("one and one are two", 1.0, &[(Flat, 1.0), (Flat, 1.0)], 3.0),
            (
                "all of it",
                10.0,
                &[(Flat, 2.0), (Increased, 0.5), (More, 2.0)],
                36.0,
            ),
            ("an override", 10.0, &[(Override, 5.0)], 5.0),
            (
                "a floor over an override",
                10.0,
                &[(Override, 5.0), (Floor, 7.0)],
                7.0,
            ),
            (
                "a cap wins over a floor",
                10.0,
                &[(Floor, 20.0), (Cap, 15.0)],
                15.0,
            ),
        ];
        for (what, base, modifiers, expected) in cases {
            let mut sum = Sum::new(*base);
            for &(kind, amount) in *modifiers {
                sum.push(kind, amount);
            }
            assert!((sum.total() - expected).abs() < 1e-4, "{what}: {sum:?}");
        }
    }

    #[test]
    fn the_result_is_always_finite() {
        let (low, high) = (f32::NEG_INFINITY, f32::INFINITY);
        for (value, expected) in [
            (f32::INFINITY, f32::MAX),
            (f32::NEG_INFINITY, f32::MIN),
            (f32::NAN, 0.0),
            (-0.0, 0.0),
        ] {
            let found = clamped(value, low, high);
            assert_eq!(found.to_bits(), expected.to_bits(), "{value}");
        }
        assert_eq!(clamped(112.5, 0.0, 100.0), 100.0);
        assert_eq!(clamped(-1.0, 0.0, 100.0), 0.0);
    }
}
