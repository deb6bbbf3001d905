use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use quinn::Connection;

use super::bucket::TokenBucket;
use crate::session::SessionLimits;

/// Every message costs this many bytes on top of its own: empty ones are work too.
const MESSAGE_COST: usize = 16;
/// Seconds of holding the brake that are forgiven per second.
const FORGIVEN: f64 = 0.25;
/// Seconds of holding the brake after which it is flooding.
const PATIENCE: f64 = 10.0;
/// How often packets are counted.
const BEAT: Duration = Duration::from_millis(500);

/// Watches what one client sends, before anything is decoded.
///
/// Streams are slowed down (QUIC then slows the client), datagrams above the rate are dropped;
/// who keeps pushing is flooding.
pub(crate) struct Police {
    state: Mutex<State>,
    packets_per_beat: f64,
    per_drop: f64,
}

struct State {
    bytes: TokenBucket,
    messages: TokenBucket,
    pressure: f64,
    last: Instant,
}

/// The client is to be disconnected.
#[derive(Debug)]
pub(crate) struct Flooding;

impl Police {
    pub(crate) fn new(limits: &SessionLimits) -> Self {
        let now = Instant::now();
        Self {
            state: Mutex::new(State {
                bytes: TokenBucket::new(limits.bytes_per_second, now),
                messages: TokenBucket::new(limits.messages_per_second, now),
                pressure: 0.0,
                last: now,
            }),
            packets_per_beat: limits.packets_per_second.max(100.0) * BEAT.as_secs_f64(),
            per_drop: 1.0 / limits.messages_per_second.max(1.0),
        }
    }

    /// Waits until a message of `length` bytes may be read from a stream.
    pub(crate) async fn admit(&self, length: usize) -> Result<(), Flooding> {
        while let Err(wait) = self.take(length, Instant::now()) {
            let began = Instant::now();
            tokio::time::sleep(wait.min(BEAT)).await;
            self.press(began.elapsed().as_secs_f64(), Instant::now())?;
        }
        Ok(())
    }

    /// Whether a datagram of `length` bytes may be used; otherwise it is dropped.
    pub(crate) fn admit_datagram(&self, length: usize) -> Result<bool, Flooding> {
        let now = Instant::now();
        if self.take(length, now).is_ok() {
            return Ok(true);
        }
        self.press(self.per_drop, now).map(|()| false)
    }

    /// Counts UDP packets, which cost work even when nothing in them is new. Returns when there
    /// are too many.
    pub(crate) async fn count_packets(&self, connection: &Connection) {
        let mut before = connection.stats().udp_rx.datagrams;
        let mut hot = 0;
        while connection.close_reason().is_none() {
            tokio::time::sleep(BEAT).await;
            let now = connection.stats().udp_rx.datagrams;
            hot = if (now.saturating_sub(before)) as f64 > self.packets_per_beat {
                hot + 1
            } else {
                0
            };
            before = now;
            if hot >= 2 {
                return;
            }
        }
    }

    fn take(&self, length: usize, now: Instant) -> Result<(), Duration> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.messages.take(1.0, now)?;
        state.bytes.take((length + MESSAGE_COST) as f64, now)
    }

    fn press(&self, seconds: f64, now: Instant) -> Result<(), Flooding> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let passed = now.saturating_duration_since(state.last).as_secs_f64();
        state.last = now;
        state.pressure = (state.pressure - passed * FORGIVEN).max(0.0) + seconds;
        if state.pressure > PATIENCE {
            return Err(Flooding);
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn datagrams_are_dropped_then_it_is_flooding() {
        let police = Police::new(&SessionLimits {
            messages_per_second: 100.0,
            ..SessionLimits::default()
        });
        let (mut used, mut dropped) = (0, 0);
        loop {
            match police.admit_datagram(10) {
                Ok(true) => used += 1,
                Ok(false) => dropped += 1,
                Err(Flooding) => break,
            }
        }
        assert!((200..260).contains(&used), "{used}");
        assert!((900..1100).contains(&dropped), "{dropped}");
    }

    #[tokio::test]
    async fn a_stream_is_slowed_to_the_rate() {
        let police = Police::new(&SessionLimits {
            messages_per_second: 1000.0,
            ..SessionLimits::default()
        });
        let start = Instant::now();
        for _ in 0..2200 {
            police.admit(1).await.unwrap();
        }
        let took = start.elapsed();
        assert!(
            took >= Duration::from_millis(150),
            "2000 at once, 200 at 1000/s: {took:?}"
        );
    }
}
