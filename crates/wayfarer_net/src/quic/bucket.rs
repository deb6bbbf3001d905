use std::time::{Duration, Instant};

/// Tokens that come back at a steady rate, up to a burst.
#[derive(Debug)]
pub(crate) struct TokenBucket {
    per_second: f64,
    burst: f64,
    tokens: f64,
    last: Instant,
}

impl TokenBucket {
    /// Starts full with two seconds' worth of tokens.
    pub(crate) fn new(per_second: f64, now: Instant) -> Self {
        // A rate of nothing (or NaN) from a configuration would wait forever.
        let per_second = if per_second >= 1.0 { per_second } else { 1.0 };
        Self {
            per_second,
            burst: per_second * 2.0,
            tokens: per_second * 2.0,
            last: now,
        }
    }

    /// Whether nothing was taken lately.
    pub(crate) fn is_full(&self, now: Instant) -> bool {
        let passed = now.saturating_duration_since(self.last).as_secs_f64();
        self.tokens + passed * self.per_second >= self.burst
    }

    /// Takes `cost` tokens (a full bucket pays for anything), or says how long to wait for them.
    pub(crate) fn take(&mut self, cost: f64, now: Instant) -> Result<(), Duration> {
        let passed = now.saturating_duration_since(self.last).as_secs_f64();
        self.last = self.last.max(now);
        self.tokens = (self.tokens + passed * self.per_second).min(self.burst);
        let cost = cost.min(self.burst);
        if self.tokens >= cost {
            self.tokens -= cost;
            return Ok(());
        }
        let seconds = (cost - self.tokens) / self.per_second;
        Err(Duration::from_secs_f64(seconds.clamp(0.001, 10.0)))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn burst_then_rate() {
        let start = Instant::now();
        let mut bucket = TokenBucket::new(100.0, start);
        assert_eq!(
            (0..1000)
                .filter(|_| bucket.take(1.0, start).is_ok())
                .count(),
            200
        );
        let mut taken = 0;
        for millisecond in 0..1000 {
            let now = start + Duration::from_millis(millisecond);
            taken += usize::from(bucket.take(1.0, now).is_ok());
        }
        assert!((98..=100).contains(&taken), "{taken}");
    }

    #[test]
    fn a_cost_above_the_burst_is_paid_by_a_full_bucket() {
        let start = Instant::now();
        let mut bucket = TokenBucket::new(10.0, start);
        assert!(bucket.take(1e9, start).is_ok());
        let wait = bucket.take(10.0, start).unwrap_err();
        assert!(
            bucket
                .take(10.0, start + wait + Duration::from_millis(1))
                .is_ok()
        );
    }

    #[test]
    fn nonsense_rates_do_not_stand_still() {
        for rate in [0.0, -5.0, f64::NAN] {
            let start = Instant::now();
            let mut bucket = TokenBucket::new(rate, start);
            let _ = bucket.take(2.0, start);
            assert!(
                bucket.take(1.0, start + Duration::from_secs(2)).is_ok(),
                "{rate}"
            );
        }
    }
}
