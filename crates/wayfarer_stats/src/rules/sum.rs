//! Base and modifiers to a value.

use crate::modifier::ModifierKind;

/// The modifiers of one stat that count, folded into the few numbers of
/// `(base + Σ flat) × (1 + Σ increased) × Π more`, or an override instead of it, then a floor, then
/// a cap.
///
/// Modifiers are pushed in canonical order. What a fold of the first of them makes of the base is
/// the running total that an explanation shows; after the last it is the value, to the bit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fold {
    /// Instead of everything up to the floor; NaN without an override.
    replaced: f32,
    flat: f32,
    increased: f32,
    more: f32,
    floor: f32,
    cap: f32,
}

impl Fold {
    /// No modifiers.
    pub const NONE: Self = Self {
        replaced: f32::NAN,
        flat: 0.0,
        increased: 0.0,
        more: 1.0,
        floor: f32::NEG_INFINITY,
        cap: f32::INFINITY,
    };

    /// Adds a modifier that counts.
    pub fn push(&mut self, kind: ModifierKind, amount: f32) {
        match kind {
            ModifierKind::Override => self.replaced = amount,
            ModifierKind::Flat => self.flat += amount,
            ModifierKind::Increased => self.increased += amount,
            ModifierKind::More => self.more *= amount,
            ModifierKind::Floor => self.floor = self.floor.max(amount),
            ModifierKind::Cap => self.cap = self.cap.min(amount),
        }
    }

    /// Whether this makes the same of every base as the other, to the bit.
    pub(crate) fn is(&self, other: &Self) -> bool {
        let bits = |fold: &Self| {
            let Self {
                replaced,
                flat,
                increased,
                more,
                floor,
                cap,
            } = *fold;
            [replaced, flat, increased, more, floor, cap].map(f32::to_bits)
        };
        bits(self) == bits(other)
    }

    /// What becomes of a base.
    #[inline]
    pub fn apply(&self, base: f32) -> f32 {
        let total = if self.replaced.is_nan() {
            (base + self.flat) * (1.0 + self.increased) * self.more
        } else {
            self.replaced
        };
        at_most(at_least(total, self.floor), self.cap)
    }
}

/// Like `f32::max`, but one instruction: what is no number stays none.
#[inline]
fn at_least(value: f32, min: f32) -> f32 {
    if value < min { min } else { value }
}

/// Like `f32::min`, but one instruction: what is no number stays none.
#[inline]
fn at_most(value: f32, max: f32) -> f32 {
    if value > max { max } else { value }
}

/// A value kept between `min` and `max`, and finite whatever came before.
#[inline]
pub fn clamped(value: f32, min: f32, max: f32) -> f32 {
    // Adding zero makes -0 into 0, so that equal values have equal bits.
    let bounded = at_most(at_least(value, min), max) + 0.0;
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
            let mut fold = Fold::NONE;
            for &(kind, amount) in *modifiers {
                fold.push(kind, amount);
            }
            let found = fold.apply(*base);
            assert!((found - expected).abs() < 1e-4, "{what}: {found}");
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
