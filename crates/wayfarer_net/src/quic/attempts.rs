use std::{
    collections::{HashMap, VecDeque},
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Addresses remembered at most; beyond it the longest silent one is forgotten.
const MAX_ADDRESSES: usize = 4096;

/// Counts wrong join codes per address.
#[derive(Debug)]
pub(crate) struct Attempts {
    tries: u32,
    window: Duration,
    made: Mutex<HashMap<IpAddr, VecDeque<Instant>>>,
}

impl Attempts {
    pub(crate) fn new(tries: u32, window: Duration) -> Self {
        Self {
            tries: tries.max(1),
            window,
            made: Mutex::default(),
        }
    }

    /// Counts a try before its outcome is known, so that many at once cannot get around the
    /// limit. Returns the tries left if it fails, or the seconds to wait.
    pub(crate) fn begin(&self, address: IpAddr, now: Instant) -> Result<u32, u32> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if made.len() >= MAX_ADDRESSES {
            self.forget_some(&mut made, now);
        }
        let tries = made.entry(group(address)).or_default();
        while tries
            .front()
            .is_some_and(|at| now.saturating_duration_since(*at) >= self.window)
        {
            tries.pop_front();
        }
        let count = u32::try_from(tries.len()).unwrap_or(u32::MAX);
        if count >= self.tries {
            let oldest = tries.front().copied().unwrap_or(now);
            let left = (oldest + self.window).saturating_duration_since(now);
            let seconds = left.as_secs_f64().ceil().max(1.0);
            return Err(seconds as u32);
        }
        tries.push_back(now);
        Ok(self.tries - count - 1)
    }

    /// The try begun last was no wrong code.
    pub(crate) fn take_back(&self, address: IpAddr) {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let group = group(address);
        if let Some(tries) = made.get_mut(&group) {
            tries.pop_back();
            if tries.is_empty() {
                made.remove(&group);
            }
        }
    }

    fn forget_some(&self, made: &mut HashMap<IpAddr, VecDeque<Instant>>, now: Instant) {
        made.retain(|_, tries| {
            tries
                .back()
                .is_some_and(|at| now.saturating_duration_since(*at) < self.window)
        });
        if made.len() >= MAX_ADDRESSES
            && let Some(oldest) = made
                .iter()
                .min_by_key(|(_, tries)| tries.back().copied())
                .map(|(address, _)| *address)
        {
            made.remove(&oldest);
        }
    }
}

/// A home has one IPv4 address but 2⁶⁴ IPv6 ones.
pub(crate) fn group(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        v4 => v4,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn five_tries_a_minute_then_a_pause() {
        let attempts = Attempts::new(5, Duration::from_secs(60));
        let (start, address) = (Instant::now(), "10.0.0.1".parse().unwrap());
        let at = |seconds| start + Duration::from_secs(seconds);
        for (second, left) in [4, 3, 2, 1, 0].into_iter().enumerate() {
            assert_eq!(attempts.begin(address, at(second as u64)), Ok(left));
        }
        assert_eq!(attempts.begin(address, at(10)), Err(50));
        assert_eq!(attempts.begin("10.0.0.2".parse().unwrap(), at(10)), Ok(4));
        assert_eq!(
            attempts.begin(address, at(60)),
            Ok(0),
            "the first try is forgotten"
        );
    }

    #[test]
    fn right_codes_do_not_count() {
        let attempts = Attempts::new(2, Duration::from_secs(60));
        let (now, address) = (Instant::now(), "10.0.0.1".parse().unwrap());
        for _ in 0..100 {
            assert_eq!(attempts.begin(address, now), Ok(1));
            attempts.take_back(address);
        }
    }

    #[test]
    fn one_ipv6_network_is_one_address() {
        let attempts = Attempts::new(1, Duration::from_secs(60));
        let now = Instant::now();
        assert!(
            attempts
                .begin("2001:db8:1:2::1".parse().unwrap(), now)
                .is_ok()
        );
        assert!(
            attempts
                .begin("2001:db8:1:2:ffff::9".parse().unwrap(), now)
                .is_err()
        );
        assert!(
            attempts
                .begin("2001:db8:1:3::1".parse().unwrap(), now)
                .is_ok()
        );
        assert!(attempts.begin("1.2.3.4".parse().unwrap(), now).is_ok());
        assert!(
            attempts
                .begin("::ffff:1.2.3.4".parse().unwrap(), now)
                .is_err()
        );
    }

    #[test]
    fn memory_is_bounded() {
        let attempts = Attempts::new(5, Duration::from_secs(60));
        let start = Instant::now();
        for index in 0..6_000_u32 {
            let address = IpAddr::from(index.to_be_bytes());
            let _ = attempts.begin(address, start + Duration::from_micros(u64::from(index)));
        }
        assert!(attempts.made.lock().unwrap().len() <= MAX_ADDRESSES);
    }
}
