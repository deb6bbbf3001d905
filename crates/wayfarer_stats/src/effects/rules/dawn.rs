//! When the sun rises.

/// The tick of the first dawn after `now`. `day` and `dawn` are in ticks; the world begins at
/// midnight, at tick 0.
pub(crate) fn next(now: u64, day: u64, dawn: u64) -> u64 {
    let day = day.max(1);
    let today = now / day * day + dawn % day;
    if today > now {
        today
    } else {
        today.saturating_add(day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dawn_follows_dawn() {
        let cases = [(0, 6), (5, 6), (6, 30), (29, 30), (30, 54)];
        for (now, expected) in cases {
            assert_eq!(next(now, 24, 6), expected, "{now}");
        }
        assert!(next(7, 0, 0) > 7, "a day of no length is no endless loop");
    }
}
