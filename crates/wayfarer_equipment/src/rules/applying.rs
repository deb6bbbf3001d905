//! Laying an enchantment on an item: the chance, how strong it becomes, and what practice brings.

use super::outcome::{WHOLE, within};

/// The chance of success as parts of a million, between two shares.
pub fn success_parts(chance: f32, least: f32, most: f32) -> u32 {
    let least = within(least, 0.0, 1.0);
    let chance = within(chance, least, within(most, least, 1.0));
    (f64::from(chance) * f64::from(WHOLE)).round() as u32
}

/// Which powers are possible: a middle, how far the die may carry it either way, and the limits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PowerRange {
    /// The middle.
    pub middle: f32,
    /// How far from it, in whole points.
    pub spread: u8,
    /// The least, from 1.
    pub least: u8,
    /// The most, to 100.
    pub most: u8,
}

impl PowerRange {
    /// Sides of the die that decides.
    pub fn sides(&self) -> u32 {
        2 * u32::from(self.spread) + 1
    }

    /// The power for what that die shows, from 1.
    pub fn power(&self, rolled: u32) -> u8 {
        let rolled = rolled.clamp(1, self.sides());
        let offset = rolled as f32 - 1.0 - f32::from(self.spread);
        let least = self.least.clamp(1, 100);
        let most = self.most.clamp(least, 100);
        let middle = if self.middle.is_finite() {
            self.middle
        } else {
            0.0
        };
        within((middle + offset).round(), least.into(), most.into()) as u8
    }

    /// Every possible power with its probability, ascending; the probabilities add up to 1.
    pub fn distribution(&self) -> Vec<(u8, f32)> {
        let mut ways: Vec<(u8, u32)> = Vec::new();
        for rolled in 1..=self.sides() {
            let power = self.power(rolled);
            match ways.last_mut() {
                Some((last, count)) if *last == power => *count += 1,
                _ => ways.push((power, 1)),
            }
        }
        let all = self.sides() as f32;
        ways.into_iter()
            .map(|(power, count)| (power, count as f32 / all))
            .collect()
    }
}

/// How well somebody masters an enchantment after so many successful applications: 1 at first, one
/// more for every `every` of them, at most `most`. `every` 0 is as 1.
pub fn mastery(applied: u32, every: u32, most: u8) -> u8 {
    let steps = applied / every.max(1);
    let most = most.max(1);
    u8::try_from(steps.saturating_add(1)).map_or(most, |level| level.min(most))
}

/// Successful applications that are missing for the next step; `None` at the end.
pub fn until_next_mastery(applied: u32, every: u32, most: u8) -> Option<u32> {
    let every = every.max(1);
    (mastery(applied, every, most) < most.max(1)).then(|| every - applied % every)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn chances_keep_to_their_limits() {
        for (chance, parts) in [
            (0.85, 850_000),
            (2.0, 980_000),
            (-1.0, 100_000),
            (f32::NAN, 100_000),
        ] {
            assert_eq!(success_parts(chance, 0.1, 0.98), parts, "{chance}");
        }
    }

    #[test]
    fn powers_pile_up_at_the_limits() {
        // 75 + 5 × mastery ± 15, from 50 to 100, as the domain says.
        let range = |mastery: f32| PowerRange {
            middle: 75.0 + 5.0 * mastery,
            spread: 15,
            least: 50,
            most: 100,
        };
        for (mastery, least, most, at_most) in [
            (1.0, 65, 95, 1.0 / 31.0),
            (3.0, 75, 100, 6.0 / 31.0),
            (5.0, 85, 100, 16.0 / 31.0),
        ] {
            let powers = range(mastery).distribution();
            assert_eq!(powers.first().map(|p| p.0), Some(least));
            assert_eq!(powers.last().map(|p| p.0), Some(most));
            let last = powers.last().map_or(0.0, |p| p.1);
            assert!((last - at_most).abs() < 1e-6, "{mastery}: {last}");
        }
    }

    #[test]
    fn practice_makes_masters() {
        for (applied, expected, missing) in [
            (0, 1, Some(5)),
            (4, 1, Some(1)),
            (5, 2, Some(5)),
            (19, 4, Some(1)),
            (20, 5, None),
            (u32::MAX, 5, None),
        ] {
            assert_eq!(mastery(applied, 5, 5), expected, "{applied}");
            assert_eq!(until_next_mastery(applied, 5, 5), missing, "{applied}");
        }
        assert_eq!(mastery(3, 0, 9), 4);
        assert_eq!(mastery(3, 0, 0), 1);
    }

    proptest! {
        #[test]
        fn distributions_are_exact(
            middle in any::<f32>(), spread in 0..60u8, least in any::<u8>(), most in any::<u8>(),
        ) {
            let range = PowerRange { middle, spread, least, most };
            let powers = range.distribution();
            let sum: f32 = powers.iter().map(|p| p.1).sum();
            prop_assert!((sum - 1.0).abs() < 1e-4);
            prop_assert!(powers.windows(2).all(|pair| pair[0].0 < pair[1].0));
            for &(power, share) in &powers {
                prop_assert!((1..=100).contains(&power));
                let ways = (1..=range.sides()).filter(|&die| range.power(die) == power).count();
                prop_assert!((ways as f32 / range.sides() as f32 - share).abs() < 1e-6);
            }
        }

        #[test]
        fn mastery_never_falls(applied in any::<u32>(), every in any::<u32>(), most in any::<u8>()) {
            let more = applied.saturating_add(1);
            prop_assert!(mastery(more, every, most) >= mastery(applied, every, most));
        }
    }
}
