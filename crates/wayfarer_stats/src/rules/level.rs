//! Levels: states of a whole set that hold when all of their conditions do.

/// No level holds.
pub const NONE: u8 = u8::MAX;

/// Most levels of one set.
pub const MAX: usize = 254;

/// A range of one value: `min <= value`, `above < value`, `value <= max`, `value < below`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// Lowest value that fits.
    pub min: f32,
    /// Last value that does not fit yet.
    pub above: f32,
    /// Highest value that fits.
    pub max: f32,
    /// First value that no longer fits.
    pub below: f32,
}

impl Range {
    /// Every value fits.
    pub const ALL: Self = Self {
        min: f32::NEG_INFINITY,
        above: f32::NEG_INFINITY,
        max: f32::INFINITY,
        below: f32::INFINITY,
    };

    /// Whether a value fits.
    #[inline]
    pub fn holds(self, value: f32) -> bool {
        value >= self.min
            && value <= self.max
            && (value > self.above || self.above == f32::NEG_INFINITY)
            && (value < self.below || self.open())
    }

    /// Where it begins, and whether that value itself is left out.
    fn lower(self) -> (f32, bool) {
        let exclusive = self.above >= self.min && self.above != f32::NEG_INFINITY;
        (self.min.max(self.above), exclusive)
    }

    fn open(self) -> bool {
        self.below == f32::INFINITY
    }

    /// What fits both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            min: self.min.max(other.min),
            above: self.above.max(other.above),
            max: self.max.min(other.max),
            below: self.below.min(other.below),
        }
    }

    /// Whether nothing fits.
    pub fn is_empty(self) -> bool {
        let (low, exclusive) = self.lower();
        low > self.max || (exclusive && low >= self.max) || (low >= self.below && !self.open())
    }

    /// Whether everything that fits `other` fits this too.
    pub fn contains(self, other: Self) -> bool {
        let upper = if other.below <= other.max {
            // `other` ends just before its `below`.
            self.max >= other.below && self.below >= other.below
        } else {
            self.max >= other.max && (self.below > other.max || self.open())
        };
        let ((low, without), (other_low, other_without)) = (self.lower(), other.lower());
        upper && (low < other_low || (low == other_low && (!without || other_without)))
    }
}

/// Whether a level can never be the one: everywhere it holds, the level before it holds too.
/// Conditions are ranges by axis; an axis that is not named is unbounded within `bounds`.
pub fn covered<A: Copy + PartialEq>(
    level: &[(A, Range)],
    by: &[(A, Range)],
    bounds: &dyn Fn(A) -> Range,
) -> bool {
    by.iter().all(|&(axis, wider)| {
        let own = level
            .iter()
            .filter(|(other, _)| *other == axis)
            .fold(bounds(axis), |all, (_, range)| all.and(*range));
        wider.contains(own)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(min: f32, max: f32, below: f32) -> Range {
        Range {
            min,
            max,
            below,
            ..Range::ALL
        }
    }

    fn above(above: f32) -> Range {
        Range {
            above,
            ..Range::ALL
        }
    }
    const INF: f32 = f32::INFINITY;

    #[test]
    fn ranges_hold_and_contain() {
        let half_open = range(60.0, INF, 85.0);
        for (value, expected) in [(60.0, true), (84.995, true), (85.0, false), (59.9, false)] {
            assert_eq!(half_open.holds(value), expected, "{value}");
        }
        assert!(range(0.0, 10.0, INF).holds(10.0));
        assert!(range(0.0, 100.0, INF).contains(half_open));
        assert!(range(60.0, INF, 85.0).contains(range(70.0, 84.0, INF)));
        assert!(!range(60.0, INF, 85.0).contains(range(70.0, 85.0, INF)));
        assert!(!range(60.0, 84.0, INF).contains(half_open));
        assert!(range(5.0, 4.0, INF).is_empty());
        assert!(range(5.0, INF, 5.0).is_empty());
        assert!(!range(5.0, 5.0, INF).is_empty());
    }

    #[test]
    fn an_exclusive_beginning_leaves_its_value_out() {
        assert!(!above(5.0).holds(5.0));
        assert!(above(5.0).holds(5.000_001));
        assert!(range(5.0, INF, INF).contains(above(5.0)));
        assert!(!above(5.0).contains(range(5.0, INF, INF)));
        assert!(above(5.0).contains(above(5.0)));
        assert!(above(5.0).and(range(0.0, 5.0, INF)).is_empty());
        assert!(above(5.0).and(range(0.0, INF, 5.0)).is_empty());
        assert!(!above(5.0).and(range(6.0, 6.0, INF)).is_empty());
        assert!(Range::ALL.contains(Range::ALL));
        assert!(Range::ALL.holds(f32::MIN));
        assert!(!Range::ALL.is_empty());
    }

    #[test]
    fn a_level_behind_a_wider_one_is_covered() {
        let bounds = |_: u8| range(0.0, 100.0, INF);
        let wide = [(0, range(20.0, INF, INF))];
        let narrow = [(0, range(30.0, INF, INF)), (1, range(5.0, INF, INF))];
        assert!(covered(&narrow, &wide, &bounds));
        assert!(!covered(&wide, &narrow, &bounds));
        assert!(
            covered(&wide, &[], &bounds),
            "a level without conditions covers all"
        );
        assert!(covered(&wide, &[(1, range(0.0, 100.0, INF))], &bounds));
    }
}
