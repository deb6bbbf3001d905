//! Wearing off: a value that moves linearly to where it rests.

/// How a value wears off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decay {
    /// Where it stops.
    pub towards: f32,
    /// How much it moves in a second of the rules; more than 0.
    pub per_second: f64,
}

impl Decay {
    /// What `seconds` add to a value, signed, before it stops at its rest.
    pub fn drift(self, value: f32, seconds: f64) -> f32 {
        if value == self.towards {
            return 0.0;
        }
        // In f64: a week of ticks at a small rate would otherwise be lost in rounding.
        let way = (self.per_second * seconds).clamp(0.0, f64::from(f32::MAX)) as f32;
        if value < self.towards { way } else { -way }
    }

    /// What is left of a value after some seconds: never beyond the rest.
    pub fn after(self, value: f32, seconds: f64) -> f32 {
        let moved = value + self.drift(value, seconds);
        if value < self.towards {
            moved.min(self.towards)
        } else {
            moved.max(self.towards)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn values_move_to_their_rest_and_stop_there() {
        let decay = Decay {
            towards: 20.0,
            per_second: 0.5,
        };
        for (value, seconds, expected) in [
            (60.0, 0.0, 60.0),
            (60.0, 10.0, 55.0),
            (60.0, 80.0, 20.0),
            (60.0, 1e12, 20.0),
            (60.0, f64::INFINITY, 20.0),
            (10.0, 10.0, 15.0),
            (10.0, 1e12, 20.0),
            (20.0, 5.0, 20.0),
        ] {
            assert_eq!(decay.after(value, seconds), expected, "{value} {seconds}");
        }
    }

    #[test]
    fn a_small_rate_is_not_lost_over_a_long_time() {
        let decay = Decay {
            towards: 0.0,
            per_second: 1.0 / 3600.0,
        };
        assert_eq!(decay.after(100.0, 3600.0 * 24.0), 76.0);
    }

    proptest! {
        #[test]
        fn decay_is_monotone_and_never_beyond_rest(
            value in -1e6_f32..1e6,
            towards in -1e6_f32..1e6,
            per_second in 1e-6_f64..1e4,
            early in 0.0_f64..1e9,
            more in 0.0_f64..1e9,
        ) {
            let decay = Decay { towards, per_second };
            let (first, second) = (decay.after(value, early), decay.after(value, early + more));
            let (low, high) = (value.min(towards), value.max(towards));
            prop_assert!((low..=high).contains(&first));
            prop_assert!((low..=high).contains(&second));
            prop_assert!((second - towards).abs() <= (first - towards).abs());
        }
    }
}
