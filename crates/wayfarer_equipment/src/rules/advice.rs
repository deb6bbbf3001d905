//! What would suit somebody better than what they wear.

/// The best tier that a level calls for: its place in the order. `from` are the levels from which
/// the tiers suit, the poorest tier first; what never does is `None`.
pub fn called_for(from: &[Option<f32>], level: f32) -> Option<usize> {
    from.iter()
        .rposition(|from| from.is_some_and(|from| level >= from))
}

/// How much better a change of several values is, as the sum of their shares; `None` when one of
/// them falls, or nothing rises. Nobody is told that losing one thing for another is better: that
/// is theirs to weigh.
pub fn gain(changes: impl IntoIterator<Item = (f32, f32)>) -> Option<f64> {
    let mut sum = 0.0;
    for (before, after) in changes {
        if !before.is_finite() || !after.is_finite() || after < before {
            return None;
        }
        let (before, after) = (f64::from(before), f64::from(after));
        sum += (after - before) / before.abs().max(1.0);
    }
    (sum > 0.0).then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_call_for_tiers() {
        let from = [Some(0.0), Some(5.0), None, Some(10.0)];
        for (level, expected) in [
            (-1.0, None),
            (0.0, Some(0)),
            (4.9, Some(0)),
            (5.0, Some(1)),
            (9.9, Some(1)),
            (10.0, Some(3)),
            (99.0, Some(3)),
            (f32::NAN, None),
        ] {
            assert_eq!(called_for(&from, level), expected, "{level}");
        }
        assert_eq!(called_for(&[], 99.0), None);
    }

    #[test]
    fn better_is_better_in_everything() {
        for (changes, expected) in [
            (vec![], None),
            (vec![(10.0, 10.0)], None),
            (vec![(10.0, 11.0)], Some(0.1)),
            (vec![(10.0, 11.0), (5.0, 5.0)], Some(0.1)),
            (vec![(10.0, 20.0), (5.0, 4.9)], None),
            (vec![(0.0, 0.5)], Some(0.5)),
            (vec![(-10.0, -5.0)], Some(0.5)),
            (vec![(f32::NAN, 1.0)], None),
            (vec![(1.0, f32::INFINITY)], None),
        ] {
            let gain = gain(changes.iter().copied());
            let near = match (gain, expected) {
                (Some(gain), Some(expected)) => (gain - expected).abs() < 1e-6,
                (gain, expected) => gain == expected,
            };
            assert!(near, "{changes:?}: {gain:?}");
        }
    }
}
