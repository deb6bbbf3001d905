//! Size and rate limits, before anything of a request is decoded.

use bevy::{platform::collections::HashMap, prelude::*};

use crate::id::PlayerId;

/// How much one player may ask for.
#[derive(Resource, Clone, Copy, Debug, PartialEq)]
pub struct DoorLimits {
    /// Largest request in bytes. One packet, so that no honest request is ever split.
    pub bytes: usize,
    /// Requests per second that a player may keep up.
    pub per_second: f32,
    /// Requests that a player may send at once after a pause.
    pub burst: f32,
    /// Requests of one origin that may wait for the next tick; more are dropped unread.
    pub waiting: usize,
    /// Refusals for "too many requests" per player and tick, so that answering a flood is cheap.
    pub flood_answers: u32,
}

impl Default for DoorLimits {
    fn default() -> Self {
        Self {
            bytes: 1_000,
            per_second: 40.0,
            burst: 80.0,
            waiting: 128,
            flood_answers: 1,
        }
    }
}

/// A player's allowance.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    tokens: f32,
    tick: u64,
    flood_answers: u32,
}

/// Everybody's allowances.
#[derive(Resource, Default, Debug)]
pub(crate) struct Buckets {
    of: HashMap<PlayerId, Bucket>,
    /// Counts real ticks, so that a paused game still refills.
    now: u64,
}

/// What is to be done with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Admission {
    Admit,
    /// Over the limit; say so.
    Refuse,
    /// Over the limit, and it was said in this tick already.
    Drop,
}

impl Buckets {
    pub(crate) fn next_tick(&mut self) {
        self.now += 1;
    }

    pub(crate) fn admit(&mut self, player: PlayerId, limits: &DoorLimits, hz: f64) -> Admission {
        let now = self.now;
        let bucket = self.of.entry(player).or_insert(Bucket {
            tokens: limits.burst,
            tick: now,
            flood_answers: 0,
        });
        if bucket.tick != now {
            let elapsed = (now - bucket.tick) as f32 / hz as f32;
            bucket.tokens = (bucket.tokens + elapsed * limits.per_second).min(limits.burst);
            bucket.tick = now;
            bucket.flood_answers = 0;
        }
        if bucket.tokens >= 1.0 {
            bucket.tokens -= 1.0;
            Admission::Admit
        } else if bucket.flood_answers < limits.flood_answers {
            bucket.flood_answers += 1;
            Admission::Refuse
        } else {
            Admission::Drop
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_is_cut_and_answered_once_a_tick() {
        let limits = DoorLimits::default();
        let (mut buckets, flooder, other) = (Buckets::default(), PlayerId(1), PlayerId(2));
        let mut counts = [0; 3];
        for _ in 0..20 {
            buckets.next_tick();
            for _ in 0..500 {
                counts[buckets.admit(flooder, &limits, 20.0) as usize] += 1;
            }
            assert_eq!(buckets.admit(other, &limits, 20.0), Admission::Admit);
        }
        // Burst of 80, then 2 a tick for 19 ticks.
        assert_eq!(counts[0], 80 + 38);
        assert_eq!(counts[1], 20);
        assert_eq!(counts.iter().sum::<i32>(), 10_000);
    }
}
