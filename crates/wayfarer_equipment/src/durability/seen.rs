//! What has worn things already, so that a repeated message wears nothing twice.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

/// Combats whose rounds are remembered; the one that was quiet longest is forgotten first.
const COMBATS: usize = 64;
/// Rounds of one combat that are remembered one by one; earlier ones count as seen.
const ROUNDS: usize = 256;
/// Causes of uses that are remembered.
const USES: usize = 1024;

/// Which rounds of which combats, and which uses, have worn things. Saved, and known to the host
/// only.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenCauses {
    combats: BTreeMap<u64, Rounds>,
    uses: VecDeque<u64>,
    turn: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Rounds {
    last_turn: u64,
    /// All below this count as seen.
    from: u32,
    seen: BTreeSet<u32>,
}

impl SeenCauses {
    /// Notes a round; `false` when it was there already.
    pub(super) fn round(&mut self, combat: u64, round: u32) -> bool {
        self.turn += 1;
        if !self.combats.contains_key(&combat) && self.combats.len() >= COMBATS {
            let quiet = self
                .combats
                .iter()
                .min_by_key(|(_, rounds)| rounds.last_turn);
            if let Some(quiet) = quiet.map(|(&combat, _)| combat) {
                self.combats.remove(&quiet);
            }
        }
        let rounds = self.combats.entry(combat).or_default();
        rounds.last_turn = self.turn;
        if round < rounds.from || !rounds.seen.insert(round) {
            return false;
        }
        if rounds.seen.len() > ROUNDS
            && let Some(first) = rounds.seen.pop_first()
        {
            rounds.from = first.saturating_add(1);
        }
        true
    }

    /// Notes the cause of a use; `false` when it was there already.
    pub(super) fn used(&mut self, cause: u64) -> bool {
        if self.uses.contains(&cause) {
            return false;
        }
        if self.uses.len() >= USES {
            self.uses.pop_front();
        }
        self.uses.push_back(cause);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_seen_once_and_memory_is_bounded() {
        let mut seen = SeenCauses::default();
        for (combat, round, new) in [
            (1, 0, true),
            (1, 0, false),
            (1, 2, true),
            // Out of order is still new.
            (1, 1, true),
            (1, 1, false),
            (2, 0, true),
        ] {
            assert_eq!(
                seen.round(combat, round),
                new,
                "combat {combat} round {round}"
            );
        }
        for round in 3..1000 {
            assert!(seen.round(1, round));
        }
        assert!(!seen.round(1, 0), "long forgotten ones do not come back");
        assert!(seen.combats[&1].seen.len() <= ROUNDS);
        for combat in 10..500 {
            seen.round(combat, 0);
        }
        assert_eq!(seen.combats.len(), COMBATS);
        for cause in 0..5000 {
            assert!(seen.used(cause));
            assert!(!seen.used(cause));
        }
        assert_eq!(seen.uses.len(), USES);
    }
}
