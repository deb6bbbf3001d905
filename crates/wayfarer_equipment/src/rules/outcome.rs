//! What may come of taking an enchanted thing apart, as whole parts of a million: one throw of one
//! die decides, and the parts always add up.

use serde::{Deserialize, Serialize};

/// All parts together: the sides of the die that decides.
pub const WHOLE: u32 = 1_000_000;

/// What comes of a sacrifice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Outcome {
    /// The enchantment is learned; the item is gone.
    Learned,
    /// Half of it is understood; the item is gone.
    Partial,
    /// Nothing is learned, and the item is as it was.
    Safe,
    /// Nothing is learned; the item is gone.
    Destroyed,
    /// Nothing is learned, the item is gone, and it hits back.
    Critical,
}

impl Outcome {
    /// All of them, the best first.
    pub const ALL: [Self; 5] = [
        Self::Learned,
        Self::Partial,
        Self::Safe,
        Self::Destroyed,
        Self::Critical,
    ];

    /// Whether the item is gone afterwards.
    pub const fn consumes(self) -> bool {
        !matches!(self, Self::Safe)
    }
}

/// How many parts of a million each [`Outcome`] has, in the order of [`Outcome::ALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Odds([u32; 5]);

impl Odds {
    /// The parts of an outcome.
    pub fn parts(&self, outcome: Outcome) -> u32 {
        let at = Outcome::ALL.iter().position(|&other| other == outcome);
        at.and_then(|at| self.0.get(at)).copied().unwrap_or(0)
    }

    /// The probability of an outcome, 0 to 1.
    pub fn share(&self, outcome: Outcome) -> f32 {
        (f64::from(self.parts(outcome)) / f64::from(WHOLE)) as f32
    }

    /// Which outcome a die of [`WHOLE`] sides means, from 1.
    pub fn decide(&self, rolled: u32) -> Outcome {
        let mut left = rolled.max(1);
        for (outcome, parts) in Outcome::ALL.into_iter().zip(self.0) {
            if left <= parts {
                return outcome;
            }
            left -= parts;
        }
        Outcome::Critical
    }
}

/// Where the kinds of failure end, as shares of all failures: partial up to the first edge, safe
/// up to the second, destruction up to the third, and disaster beyond.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edges {
    /// Up to here half of it is understood.
    pub partial: f32,
    /// Up to here nothing happens.
    pub safe: f32,
    /// Up to here the item is gone.
    pub destroyed: f32,
}

/// A number between two others; the lower one for what is no number.
pub(crate) fn within(value: f32, low: f32, high: f32) -> f32 {
    if value.is_nan() {
        return low;
    }
    value.max(low).min(high.max(low))
}

/// A share of a whole, rounded down, for 0 to 1.
fn share_of(whole: u32, share: f32) -> u32 {
    // In f64 every product of a million and a share is exact enough to round.
    (f64::from(whole) * f64::from(within(share, 0.0, 1.0))) as u32
}

/// The odds of a sacrifice: `success` is shared out first, and what is left of the whole is divided
/// among the failures by `edges`. `least_critical` (0 to 1) is the share of failures that is always
/// a disaster, so that none is ever out of the question while failing is possible.
pub fn sacrifice_odds(success: f32, edges: Edges, least_critical: f32) -> Odds {
    let learned = share_of(WHOLE, success);
    let failures = WHOLE - learned;
    let most = 1.0 - within(least_critical, 0.0, 1.0);
    let partial = within(edges.partial, 0.0, most);
    let safe = within(edges.safe, partial, most);
    let destroyed = within(edges.destroyed, safe, most);
    let cuts = [partial, safe, destroyed].map(|edge| share_of(failures, edge));
    let [partial, safe, destroyed] = cuts;
    Odds([
        learned,
        partial,
        safe - partial,
        destroyed - safe,
        failures - destroyed,
    ])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn edges(partial: f32, safe: f32, destroyed: f32) -> Edges {
        Edges {
            partial,
            safe,
            destroyed,
        }
    }

    #[test]
    fn bands_are_shares_of_failure() {
        // By name: success, edges, the five outcomes in thousandths.
        let table = [
            (0.75, edges(0.15, 0.6, 0.9), [750, 37, 112, 75, 25]),
            (0.0, edges(0.15, 0.6, 0.9), [0, 150, 450, 300, 100]),
            (0.95, edges(0.15, 0.6, 0.9), [950, 7, 22, 15, 5]),
            (0.1, edges(0.05, 0.15, 0.6), [100, 45, 90, 405, 360]),
        ];
        for (success, edges, expected) in table {
            let odds = sacrifice_odds(success, edges, 0.01);
            for (outcome, expected) in Outcome::ALL.into_iter().zip(expected) {
                let thousandths = odds.parts(outcome) / 1000;
                assert!(
                    thousandths.abs_diff(expected) <= 1,
                    "{success} {outcome:?}: {thousandths} instead of {expected}"
                );
            }
        }
    }

    #[test]
    fn disaster_is_always_possible_where_failure_is() {
        // The rule that this replaces put the last band beyond the end of the die.
        for success in [0.0, 0.5, 0.75, 0.95] {
            let odds = sacrifice_odds(success, edges(0.15, 0.6, 2.0), 0.01);
            assert!(odds.parts(Outcome::Critical) > 0, "{success}");
        }
        assert_eq!(
            sacrifice_odds(1.0, edges(0.1, 0.2, 0.3), 0.01).parts(Outcome::Learned),
            WHOLE
        );
    }

    #[test]
    fn the_die_meets_every_outcome_exactly_as_often_as_said() {
        let odds = sacrifice_odds(0.3, edges(0.2, 0.4, 0.8), 0.05);
        let mut at = 1;
        for outcome in Outcome::ALL {
            let parts = odds.parts(outcome);
            assert_eq!(odds.decide(at), outcome, "the first of its sides");
            assert_eq!(
                odds.decide(at + parts - 1),
                outcome,
                "the last of its sides"
            );
            at += parts;
        }
        assert_eq!(at, WHOLE + 1);
    }

    proptest! {
        #[test]
        fn parts_add_up(
            success in any::<f32>(), a in any::<f32>(), b in any::<f32>(), c in any::<f32>(),
            least in any::<f32>(),
        ) {
            let odds = sacrifice_odds(success, edges(a, b, c), least);
            prop_assert_eq!(odds.0.iter().sum::<u32>(), WHOLE);
        }

        #[test]
        fn better_chances_are_better(
            low in 0.0..0.95f32, more in 0.0..0.5f32,
            a in 0.0..0.3f32, b in 0.0..0.3f32, c in 0.0..0.3f32,
        ) {
            let edges = edges(a, a + b, a + b + c);
            let high = (low + more).min(0.95);
            let (worse, better) = (
                sacrifice_odds(low, edges, 0.01),
                sacrifice_odds(high, edges, 0.01),
            );
            prop_assert!(better.parts(Outcome::Learned) >= worse.parts(Outcome::Learned));
            for outcome in [Outcome::Partial, Outcome::Safe, Outcome::Destroyed, Outcome::Critical] {
                // One part of a million may be rounded the other way.
                prop_assert!(better.parts(outcome) <= worse.parts(outcome) + 1);
            }
            prop_assert!(better.parts(Outcome::Critical) > 0);
        }

        #[test]
        fn skill_moves_failures_away_from_disaster(
            success in 0.0..0.95f32, edge in 0.0..0.8f32, shift in 0.0..0.2f32,
        ) {
            let at = |by: f32| sacrifice_odds(
                success,
                edges(edge / 3.0 + by, edge / 2.0 + by, edge + by),
                0.01,
            );
            prop_assert!(at(shift).parts(Outcome::Critical) <= at(0.0).parts(Outcome::Critical));
        }
    }
}
