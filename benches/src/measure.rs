//! Times, medians, percentiles.

use std::time::{Duration, Instant};

/// How long `run` takes.
pub fn time(run: impl FnOnce()) -> Duration {
    let started = Instant::now();
    run();
    started.elapsed()
}

/// Runs several things in turn, `rounds` times after one round to warm up, and returns the median
/// of what each reports. In turn, so that a machine that slows down slows all of them down.
pub fn in_turn<const N: usize>(
    rounds: usize,
    mut contenders: [&mut dyn FnMut() -> Duration; N],
) -> [Duration; N] {
    let mut times: [Vec<Duration>; N] = std::array::from_fn(|_| Vec::with_capacity(rounds));
    for round in 0..=rounds {
        for (run, times) in contenders.iter_mut().zip(&mut times) {
            let took = run();
            if round > 0 {
                times.push(took);
            }
        }
    }
    times.map(|mut times| percentile(&mut times, 50.0))
}

/// The time that `percent` % of the times do not exceed; 0 of none. Sorts them.
pub fn percentile(times: &mut [Duration], percent: f64) -> Duration {
    times.sort_unstable();
    let rank = (times.len() as f64 * percent / 100.0).ceil() as usize;
    let at = rank.clamp(1, times.len().max(1)) - 1;
    times.get(at).copied().unwrap_or_default()
}

/// The mean of the times; 0 of none.
pub fn mean(times: &[Duration]) -> Duration {
    let count = u32::try_from(times.len()).unwrap_or(u32::MAX).max(1);
    times.iter().sum::<Duration>() / count
}

/// Nanoseconds for each of `count` things.
pub fn nanos_each(time: Duration, count: usize) -> f64 {
    time.as_nanos() as f64 / count.max(1) as f64
}

/// Microseconds.
pub fn micros(time: Duration) -> f64 {
    time.as_nanos() as f64 / 1e3
}

/// Milliseconds.
pub fn millis(time: Duration) -> f64 {
    time.as_nanos() as f64 / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(n: u64) -> Duration {
        Duration::from_millis(n)
    }

    #[test]
    fn percentiles() {
        let mut times: Vec<Duration> = (1..=100).rev().map(ms).collect();
        for (percent, expected) in [(50.0, 50), (95.0, 95), (99.0, 99), (100.0, 100), (0.0, 1)] {
            assert_eq!(percentile(&mut times, percent), ms(expected), "{percent}");
        }
        assert_eq!(percentile(&mut [], 50.0), Duration::ZERO);
        assert_eq!(percentile(&mut [ms(7)], 99.0), ms(7));
        assert_eq!(mean(&[ms(1), ms(3)]), ms(2));
        assert_eq!(mean(&[]), Duration::ZERO);
    }

    #[test]
    fn everybody_has_a_turn_and_the_first_round_does_not_count() {
        let mut first = vec![ms(90), ms(1), ms(2), ms(9)].into_iter();
        let mut second = vec![ms(90), ms(5), ms(5), ms(5)].into_iter();
        let medians = in_turn(
            3,
            [&mut || first.next().unwrap_or_default(), &mut || {
                second.next().unwrap_or_default()
            }],
        );
        assert_eq!(medians, [ms(2), ms(5)]);
    }
}
