//! How many charges there are after some time.

use wayfarer_core::clock::ticks;

/// Charges as they were at some moment, and what has come back since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stock {
    /// How many there are.
    pub left: u16,
    /// The moment from which the next are counted.
    pub since: u64,
}

/// After every `period` seconds `back` come back, up to `max`. `since` moves on by whole periods,
/// so nothing of a begun one is lost; a full stock begins anew.
pub fn refill_by_time(stock: Stock, max: u16, back: u16, seconds: f32, hz: f64, now: u64) -> Stock {
    let period = ticks(seconds, hz).max(1);
    let times = now.saturating_sub(stock.since) / period;
    let gained = times.saturating_mul(u64::from(back));
    let left = u64::from(stock.left).saturating_add(gained);
    match u16::try_from(left) {
        Ok(left) if left < max => Stock {
            left,
            since: stock.since.saturating_add(times.saturating_mul(period)),
        },
        _ => Stock {
            left: max,
            since: now,
        },
    }
}

/// After every moment that `next` tells (the first after a given one), `back` come back, up to
/// `max`.
pub fn refill_by_moments(
    stock: Stock,
    max: u16,
    back: u16,
    now: u64,
    next: impl Fn(u64) -> Option<u64>,
) -> Stock {
    let Stock { mut left, since } = stock;
    let mut seen = since;
    // Each round brings at least one, so there are never more rounds than charges.
    while left < max
        && let Some(moment) = next(seen)
        && moment <= now
        && moment > seen
    {
        left = left.saturating_add(back.max(1)).min(max);
        seen = moment;
    }
    Stock {
        left: left.min(max),
        since: if left >= max { now } else { seen },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stock(left: u16, since: u64) -> Stock {
        Stock { left, since }
    }

    #[test]
    fn time_brings_charges_back() {
        for (before, now, after) in [
            (stock(0, 0), 39, stock(0, 0)),
            (stock(0, 0), 40, stock(2, 40)),
            (stock(0, 0), 79, stock(2, 40)),
            (stock(1, 10), 90, stock(5, 90)),
            (stock(4, 0), 45, stock(5, 45)),
            (stock(5, 0), 7, stock(5, 7)),
            (stock(0, 100), 50, stock(0, 100)),
            (stock(0, 0), u64::MAX, stock(5, u64::MAX)),
        ] {
            assert_eq!(refill_by_time(before, 5, 2, 2.0, 20.0, now), after, "{now}");
        }
    }

    #[test]
    fn dawns_bring_charges_back() {
        let dawn = |now: u64| Some(now / 24 * 24 + 24);
        for (before, now, after) in [
            (stock(0, 3), 23, stock(0, 3)),
            (stock(0, 3), 24, stock(2, 24)),
            (stock(0, 3), 50, stock(4, 48)),
            (stock(0, 3), u64::MAX / 2, stock(5, u64::MAX / 2)),
            (stock(5, 3), 4, stock(5, 4)),
        ] {
            assert_eq!(refill_by_moments(before, 5, 2, now, dawn), after, "{now}");
        }
        let never = |_| None;
        assert_eq!(refill_by_moments(stock(1, 0), 5, 2, 99, never), stock(1, 0));
        let stuck = |now| Some(now);
        assert_eq!(refill_by_moments(stock(1, 9), 5, 2, 99, stuck), stock(1, 9));
    }
}
