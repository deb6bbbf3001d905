//! The rules' own clock: ticks, never the wall clock.
//!
//! [`RulesTick`] runs 20 times a second of real time by default. Pausing the game's virtual time
//! does not stop it: a paused host still answers. [`Paused`] stops [`RulesSystems::Simulate`] only.

use std::time::Duration;

use bevy::{ecs::schedule::ScheduleLabel, prelude::*};
use serde::{Deserialize, Serialize};

/// The schedule in which all rules run. Add a game's own rules to its [`RulesSystems`].
///
/// It is run from `PreUpdate` by [`ClockMode::RealTime`], or by hand with
/// `world.run_schedule(RulesTick)` under [`ClockMode::Manual`] (tests, turn-based games).
#[derive(ScheduleLabel, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RulesTick;

/// The stages of one [`RulesTick`], in this order.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RulesSystems {
    /// 1. Requests are taken from the network and the local player.
    Inbox,
    /// 2. Requests are decided and applied.
    Actions,
    /// 3. Time passes: expiry, regeneration, NPCs. Skipped while [`Paused`].
    Simulate,
    /// 4. Derived values catch up with what changed.
    Settle,
    /// 5. What happened is told to the game (messages and entity events).
    Facts,
    /// 6. Answers leave, replication advances.
    Send,
}

/// How often [`RulesTick`] runs.
#[derive(Resource, Clone, Copy, Debug, PartialEq)]
pub enum ClockMode {
    /// This many ticks per second of real time.
    RealTime {
        /// Ticks per second, 1 to 240.
        hz: f64,
    },
    /// Only when the game runs the schedule itself.
    Manual {
        /// Ticks that the rules count as one second.
        hz: f64,
    },
}

impl Default for ClockMode {
    fn default() -> Self {
        Self::RealTime { hz: 20.0 }
    }
}

impl ClockMode {
    /// Ticks per second, kept between 1 and 240.
    pub fn hz(self) -> f64 {
        let (Self::RealTime { hz } | Self::Manual { hz }) = self;
        if hz.is_finite() {
            hz.clamp(1.0, 240.0)
        } else {
            20.0
        }
    }
}

/// The tick of the rules. On the host it counts; on a client it follows the host's.
#[derive(
    Resource,
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    Reflect,
)]
pub struct RulesClock {
    /// Ticks since the world began.
    pub tick: u64,
}

impl RulesClock {
    /// Ticks from now until `then`; 0 when it is past.
    pub fn until(self, then: u64) -> u64 {
        then.saturating_sub(self.tick)
    }
}

/// Stops [`RulesSystems::Simulate`]: time stands still, actions and answers go on.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paused(pub bool);

/// Turns seconds of the rules into ticks, rounded up so that nothing is shorter than promised.
pub fn ticks(seconds: f32, hz: f64) -> u64 {
    if seconds.is_finite() && seconds > 0.0 {
        // The product of two f64 is exact enough that 2.0 s at 20 Hz is 40 and not 41.
        (f64::from(seconds) * hz - 1e-6).ceil().max(0.0) as u64
    } else {
        0
    }
}

/// Real time that is not yet spent on ticks.
#[derive(Resource, Default)]
pub(crate) struct Accumulated(Duration);

/// After a hitch at most this many ticks are made up for; the rest of the lost time is dropped,
/// or a slow machine would fall behind for ever.
const MAX_CATCH_UP: u32 = 5;

/// Runs [`RulesTick`] as often as real time asks for.
pub(crate) fn drive(world: &mut World) {
    let ClockMode::RealTime { .. } = *world.resource::<ClockMode>() else {
        return;
    };
    let step = Duration::from_secs_f64(1.0 / world.resource::<ClockMode>().hz());
    let delta = world
        .get_resource::<Time<Real>>()
        .map_or(Duration::ZERO, Time::delta);
    let mut due = world.resource::<Accumulated>().0 + delta;
    let mut ran = 0;
    while due >= step && ran < MAX_CATCH_UP {
        due -= step;
        ran += 1;
        world.run_schedule(RulesTick);
    }
    if due >= step {
        due = Duration::ZERO;
    }
    world.resource_mut::<Accumulated>().0 = due;
}

/// Counts the tick at its beginning; on a client this is only a guess until the host's next word.
pub(crate) fn advance(mut clock: ResMut<RulesClock>, paused: Res<Paused>) {
    // Countdown rules read this clock: while time stands still, so do they.
    if !paused.0 {
        clock.tick += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::ticks;

    #[test]
    fn seconds_become_whole_ticks() {
        for (seconds, expected) in [
            (2.0, 40),
            (0.05, 1),
            (0.051, 2),
            (0.0, 0),
            (-1.0, 0),
            (f32::NAN, 0),
        ] {
            assert_eq!(ticks(seconds, 20.0), expected, "{seconds} s");
        }
    }
}
