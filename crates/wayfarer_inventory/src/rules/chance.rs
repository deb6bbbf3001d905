//! Chances as whole numbers: what is thrown is a die that the ledger can show, and what is shown as
//! the chance beforehand is exactly the chance of that die.

use smallvec::SmallVec;
use wayfarer_formula::Roller;

/// The finest that a chance is told apart.
const FINEST: u32 = 1_000_000;

/// So many faces of a die.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chance {
    /// How many faces mean yes.
    pub hits: u32,
    /// How many faces there are.
    pub of: u32,
}

impl Chance {
    /// The chance nearest to `share` (0 to 1; more is certain, and no number is never), on a d100
    /// if that is exact, else on a d10 000 or a d1 000 000.
    pub fn of(share: f32) -> Self {
        let share = f64::from(share).clamp(0.0, 1.0);
        let mut of = 100;
        loop {
            let hits = share * f64::from(of);
            let whole = hits.round();
            // 0.15 has no exact binary form; a thousandth of a face is near enough.
            if (hits - whole).abs() < 1e-3 || of == FINEST {
                let hits = if whole.is_finite() { whole as u32 } else { 0 };
                return Self { hits, of };
            }
            of *= 100;
        }
    }

    /// Throws; a die is only thrown when both can happen.
    pub fn roll(self, dice: &mut impl Roller) -> bool {
        match self.hits {
            0 => false,
            hits if hits >= self.of => true,
            hits => dice.die(self.of) <= hits,
        }
    }

    /// The exact chance, 0 to 1.
    pub fn exact(self) -> f64 {
        f64::from(self.hits.min(self.of)) / f64::from(self.of.max(1))
    }
}

/// Weights of several outcomes, as faces of one die.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weights {
    faces: SmallVec<[u32; 16]>,
    total: u32,
}

impl Weights {
    /// Normalises. Negative weights and those that are no number count as 0. Whole weights are
    /// kept as they are; others become parts of a million, none of them less than one part.
    pub fn of(weights: impl IntoIterator<Item = f32>) -> Self {
        let weights: SmallVec<[f64; 16]> = weights
            .into_iter()
            .map(|weight| f64::from(weight.max(0.0)))
            .map(|weight| if weight.is_finite() { weight } else { 0.0 })
            .collect();
        let sum: f64 = weights.iter().sum();
        let whole = weights.iter().all(|weight| weight.fract() == 0.0);
        let factor = if whole && sum <= f64::from(FINEST) {
            1.0
        } else {
            f64::from(FINEST) / sum
        };
        let faces: SmallVec<[u32; 16]> = weights
            .iter()
            .map(|&weight| match weight {
                0.0 => 0,
                weight => ((weight * factor).round() as u32).max(1),
            })
            .collect();
        let total = faces.iter().fold(0_u32, |sum, &f| sum.saturating_add(f));
        Self { faces, total }
    }

    /// Throws the die; the index of the outcome, or `None` when nothing has a weight. With one
    /// possible outcome no die is thrown.
    pub fn roll(&self, dice: &mut impl Roller) -> Option<usize> {
        let mut possible = self
            .faces
            .iter()
            .enumerate()
            .filter(|(_, faces)| **faces > 0);
        let (first, second) = (possible.next()?, possible.next());
        if second.is_none() {
            return Some(first.0);
        }
        let mut shown = dice.die(self.total);
        for (index, &faces) in self.faces.iter().enumerate() {
            if shown <= faces {
                return Some(index);
            }
            shown -= faces;
        }
        None
    }

    /// The exact chance of each outcome, 0 to 1; they sum to 1 unless nothing has a weight.
    pub fn shares(&self) -> impl Iterator<Item = f64> + '_ {
        let total = f64::from(self.total.max(1));
        self.faces.iter().map(move |&f| f64::from(f) / total)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    struct Shows(u32);

    impl Roller for Shows {
        fn die(&mut self, sides: u32) -> u32 {
            assert!(self.0 <= sides);
            self.0
        }
    }

    #[test]
    fn chances_are_faces_of_a_die() {
        for (share, hits, of) in [
            (0.0, 0, 100),
            (1.0, 100, 100),
            (0.05, 5, 100),
            (0.15, 15, 100),
            (0.123, 1230, 10_000),
            (1.0 / 3.0, 333_333, 1_000_000),
            (2.0, 100, 100),
            (-1.0, 0, 100),
            (f32::NAN, 0, 1_000_000),
            (f32::INFINITY, 100, 100),
        ] {
            assert_eq!(Chance::of(share), Chance { hits, of }, "{share}");
        }
        let chance = Chance::of(0.05);
        assert!(chance.roll(&mut Shows(5)) && !chance.roll(&mut Shows(6)));
        // Certain things throw no die.
        assert!(Chance::of(1.0).roll(&mut Shows(u32::MAX)));
        assert!(!Chance::of(0.0).roll(&mut Shows(u32::MAX)));
    }

    #[test]
    fn weights_are_faces_of_a_die() {
        let weights = Weights::of([3.0, 0.0, 1.0, 6.0]);
        for (shows, index) in [(1, 0), (3, 0), (4, 2), (5, 3), (10, 3)] {
            assert_eq!(weights.roll(&mut Shows(shows)), Some(index));
        }
        assert_eq!(weights.shares().collect::<Vec<_>>(), [0.3, 0.0, 0.1, 0.6]);
        for none in [vec![], vec![0.0], vec![-1.0, f32::NAN, f32::NEG_INFINITY]] {
            assert_eq!(Weights::of(none).roll(&mut Shows(1)), None);
        }
        assert_eq!(Weights::of([0.0, 0.2]).roll(&mut Shows(u32::MAX)), Some(1));
    }

    proptest! {
        #[test]
        fn shares_sum_to_one_and_keep_what_is_possible(
            weights in proptest::collection::vec(0.0_f32..5000.0, 1..40),
        ) {
            let normal = Weights::of(weights.iter().copied());
            let sum: f64 = normal.shares().sum();
            let total: f64 = weights.iter().map(|&w| f64::from(w)).sum();
            prop_assume!(total > 0.0);
            prop_assert!((sum - 1.0).abs() < 1e-9, "{sum}");
            for (&weight, share) in weights.iter().zip(normal.shares()) {
                prop_assert_eq!(weight > 0.0, share > 0.0);
                prop_assert!((f64::from(weight) / total - share).abs() < 5e-5);
            }
        }
    }
}
