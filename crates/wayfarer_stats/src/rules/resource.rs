//! Resources: what there is now, computed from what there was.

/// The moment for which a resource is read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Now {
    /// The tick of the rules.
    pub tick: u64,
    /// Ticks per second.
    pub hz: f64,
}

impl Now {
    /// A moment at which nothing has regenerated since it was stored.
    pub const STORED: Self = Self { tick: 0, hz: 20.0 };

    /// Seconds since a tick; 0 if it lies ahead.
    pub fn seconds_since(self, tick: u64) -> f64 {
        self.tick.saturating_sub(tick) as f64 / self.hz
    }
}

/// What there is `seconds` after there was `value`, at `rate` per second, between `min` and `max`.
///
/// A resource that grows stops at `max` and one that falls stops at `min`. What lies above `max`
/// already is cut.
pub fn current(value: f32, rate: f32, seconds: f64, min: f32, max: f32) -> f32 {
    // In f64: a week of ticks at a small rate would otherwise be lost in rounding.
    let now = f64::from(value) + f64::from(rate) * seconds;
    let now = if rate == 0.0 { value } else { now as f32 };
    super::sum::clamped(now, min, max.max(min))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regeneration_is_evaluated_when_it_is_read() {
        for (value, rate, seconds, expected) in [
            (10.0, 0.5, 0.0, 10.0),
            (10.0, 0.5, 20.0, 20.0),
            (10.0, 0.5, 1e6, 40.0),
            (30.0, -1.0, 10.0, 20.0),
            (30.0, -1.0, 1e6, 2.0),
            (90.0, 0.0, 5.0, 40.0),
        ] {
            assert_eq!(current(value, rate, seconds, 2.0, 40.0), expected);
        }
        let now = Now { tick: 30, hz: 20.0 };
        assert_eq!(now.seconds_since(10), 1.0);
        assert_eq!(now.seconds_since(99), 0.0, "a clock that was set back");
    }
}
