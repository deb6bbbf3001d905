//! Seeded dice: a roll is a function of the world's seed, its cause and its label.
//!
//! Nothing is drawn from a shared stream, so one action's rolls do not depend on what others did
//! before it, and any roll in the ledger can be derived again.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_formula::Roller;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// The seed of a world's dice. Saved with the world, never sent to a client.
#[derive(Resource, Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorldSeed(pub u64);

impl Default for WorldSeed {
    fn default() -> Self {
        // A game that wants other dice in every new world sets the seed when it creates one.
        Self(0x5741_5946_4152_4552)
    }
}

/// One die that fell, as the ledger keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rolled {
    /// How many sides the die has.
    pub sides: u32,
    /// What it shows, 1 to `sides`.
    pub value: u32,
}

/// A stream of dice for one purpose of one cause.
#[derive(Clone, Debug)]
pub struct DiceStream {
    seed: u64,
    drawn: u64,
    rolls: Vec<Rolled>,
}

impl DiceStream {
    /// The stream for `label` (for example `loot`) of the cause with these bytes.
    pub fn new(seed: WorldSeed, cause: &[u8], label: &str) -> Self {
        let cause = xxh3_64_with_seed(cause, seed.0);
        Self {
            seed: xxh3_64_with_seed(label.as_bytes(), cause),
            drawn: 0,
            rolls: Vec::new(),
        }
    }

    /// Every die that has fallen so far.
    pub fn rolls(&self) -> &[Rolled] {
        &self.rolls
    }

    fn next(&mut self) -> u64 {
        self.drawn += 1;
        xxh3_64_with_seed(&self.drawn.to_le_bytes(), self.seed)
    }
}

impl Roller for DiceStream {
    fn die(&mut self, sides: u32) -> u32 {
        if sides <= 1 {
            return 1;
        }
        // Rejecting the incomplete last stretch keeps every side exactly equally likely.
        let sides64 = u64::from(sides);
        let limit = u64::MAX - u64::MAX % sides64;
        let value = loop {
            let drawn = self.next();
            if drawn < limit {
                break (drawn % sides64) as u32 + 1;
            }
        };
        self.rolls.push(Rolled { sides, value });
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_cause_gives_the_same_dice() {
        let roll = |cause: &[u8], label| {
            let mut dice = DiceStream::new(WorldSeed(1), cause, label);
            (0..8).map(|_| dice.die(20)).collect::<Vec<_>>()
        };
        assert_eq!(roll(b"a", "hit"), roll(b"a", "hit"));
        assert_ne!(roll(b"a", "hit"), roll(b"b", "hit"));
        assert_ne!(roll(b"a", "hit"), roll(b"a", "damage"));
    }

    #[test]
    fn sides_are_equally_likely() {
        let mut dice = DiceStream::new(WorldSeed(7), b"fair", "x");
        let mut seen = [0u32; 6];
        for _ in 0..60_000 {
            seen[dice.die(6) as usize - 1] += 1;
        }
        // Chi-squared with 5 degrees of freedom: 20.5 is the 0.1 % quantile.
        let chi: f64 = seen
            .iter()
            .map(|&n| (f64::from(n) - 10_000.0).powi(2) / 10_000.0)
            .sum();
        assert!(chi < 20.5, "{seen:?}: {chi}");
    }
}
