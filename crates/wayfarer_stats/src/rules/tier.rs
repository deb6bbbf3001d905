//! Tiers: names for half-open ranges of a stat.

/// No tier: the value lies below the first.
pub const NONE: u8 = u8::MAX;

/// Most tiers of one stat.
pub const MAX: usize = 254;

/// The position of the tier of `value`, where `mins` ascend and tier `i` is `[mins[i], mins[i+1])`.
#[inline]
pub fn of(mins: &[f32], value: f32) -> u8 {
    match mins.partition_point(|min| *min <= value) {
        0 => NONE,
        above => (above - 1).min(MAX) as u8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_exactly_one_tier() {
        let mins = [0.0, 10.0, 30.0];
        for (value, expected) in [
            (0.0, 0),
            (9.995, 0),
            (10.0, 1),
            (29.999_998, 1),
            (30.0, 2),
            (1e9, 2),
            (-0.1, NONE),
        ] {
            assert_eq!(of(&mins, value), expected, "{value}");
        }
        assert_eq!(of(&[], 5.0), NONE);
    }
}
