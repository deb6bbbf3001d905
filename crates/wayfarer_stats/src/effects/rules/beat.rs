//! When something that happens again and again happens next.

/// The first tick after `now` on which a period that is counted from `beat` falls.
pub(crate) fn next(beat: u64, period: u64, now: u64) -> u64 {
    let period = period.max(1);
    let passed = now.saturating_sub(beat) / period;
    let next = beat.saturating_add(period.saturating_mul(passed + 1));
    // A beat that lies ahead (a clock that was set back) is itself followed by a period.
    next.max(now.saturating_add(1))
}

/// Whether a period falls on `now`.
pub(crate) fn falls_on(beat: u64, period: u64, now: u64) -> bool {
    now > beat && (now - beat).is_multiple_of(period.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_counted_from_the_beat() {
        let cases = [
            (0, 20, 0, 20),
            (0, 20, 19, 20),
            (0, 20, 20, 40),
            (5, 20, 5, 25),
            (5, 20, 30, 45),
            (5, 0, 30, 31),
            (50, 20, 0, 70),
        ];
        for (beat, period, now, expected) in cases {
            assert_eq!(next(beat, period, now), expected, "{beat} {period} {now}");
        }
    }

    #[test]
    fn every_next_tick_is_one_on_which_a_period_falls() {
        for period in 1..7 {
            let mut now = 3;
            for _ in 0..10 {
                now = next(3, period, now);
                assert!(falls_on(3, period, now));
            }
            assert!(!falls_on(3, period, 3), "not when it begins");
        }
    }
}
