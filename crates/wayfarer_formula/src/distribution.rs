//! Exact chances of whole numbers.

use thiserror::Error;

use crate::limits::MAX_DISTRIBUTION_WORK;

/// The chance of each of finitely many whole numbers.
///
/// Chances are `f64`s that result from additions and multiplications only: exact but for rounding
/// in the last places.
///
/// ```
/// use wayfarer_formula::Dice;
///
/// let sword = "1d8".parse::<Dice>()?.distribution().shift(3);
/// assert_eq!((sword.min(), sword.max(), sword.mean()), (4, 11, 7.5));
/// assert_eq!(sword.at_least(8), 0.5);
/// # Ok::<(), wayfarer_formula::FormulaError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    /// Ascending values with chances above zero; never empty.
    outcomes: Vec<(i64, f64)>,
}

/// Why two distributions cannot be combined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("combining {left} with {right} outcomes costs too much")]
pub struct TooManyOutcomes {
    /// Outcomes of the first.
    pub left: usize,
    /// Outcomes of the second.
    pub right: usize,
}

impl Distribution {
    /// A number that is certain.
    #[must_use]
    pub fn constant(value: i64) -> Self {
        Self {
            outcomes: vec![(value, 1.0)],
        }
    }

    /// Chances of `lowest`, `lowest + 1`, …
    pub(crate) fn from_dense(lowest: i64, chances: &[f64]) -> Self {
        Self::collect((lowest..).zip(chances.iter().copied()).collect())
    }

    /// Sorts values and adds up the chances of equal ones.
    pub(crate) fn collect(mut outcomes: Vec<(i64, f64)>) -> Self {
        outcomes.retain(|(_, chance)| *chance > 0.0);
        // Stable, so that equal values are added up in a defined order.
        outcomes.sort_by_key(|(value, _)| *value);
        outcomes.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        if outcomes.is_empty() {
            return Self::constant(0);
        }
        Self { outcomes }
    }

    /// The chance of exactly `value`, 0 to 1.
    #[must_use]
    pub fn probability(&self, value: i64) -> f64 {
        let found = self.outcomes.binary_search_by_key(&value, |(v, _)| *v);
        found.map_or(0.0, |index| self.outcomes[index].1)
    }

    /// The chance of `value` or more, 0 to 1.
    #[must_use]
    pub fn at_least(&self, value: i64) -> f64 {
        let first = self.outcomes.partition_point(|(v, _)| *v < value);
        self.sum(&self.outcomes[first..])
    }

    /// The chance of `value` or less, 0 to 1.
    #[must_use]
    pub fn at_most(&self, value: i64) -> f64 {
        let end = self.outcomes.partition_point(|(v, _)| *v <= value);
        self.sum(&self.outcomes[..end])
    }

    fn sum(&self, part: &[(i64, f64)]) -> f64 {
        if part.len() == self.outcomes.len() {
            return 1.0;
        }
        part.iter().map(|(_, chance)| chance).sum::<f64>().min(1.0)
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.iter()
            .map(|(value, chance)| value as f64 * chance)
            .sum()
    }

    /// The mean square distance from the mean; its root is the standard deviation.
    #[must_use]
    pub fn variance(&self) -> f64 {
        let mean = self.mean();
        self.iter()
            .map(|(value, chance)| (value as f64 - mean) * (value as f64 - mean) * chance)
            .sum()
    }

    /// The lowest value that can occur.
    #[must_use]
    pub fn min(&self) -> i64 {
        self.outcomes.first().map_or(0, |(value, _)| *value)
    }

    /// The highest value that can occur.
    #[must_use]
    pub fn max(&self) -> i64 {
        self.outcomes.last().map_or(0, |(value, _)| *value)
    }

    /// Number of values that can occur, at least 1.
    #[must_use]
    pub fn outcomes(&self) -> usize {
        self.outcomes.len()
    }

    /// The values that can occur with their chances, in ascending order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (i64, f64)> + '_ {
        self.outcomes.iter().copied()
    }

    /// The sum of two independent numbers.
    ///
    /// # Errors
    ///
    /// When the number of pairs exceeds [`MAX_DISTRIBUTION_WORK`].
    pub fn combine(&self, other: &Self) -> Result<Self, TooManyOutcomes> {
        let (left, right) = (self.outcomes.len(), other.outcomes.len());
        let pairs = left as u64 * right as u64;
        if pairs > MAX_DISTRIBUTION_WORK {
            return Err(TooManyOutcomes { left, right });
        }
        let lowest = self.min().saturating_add(other.min());
        let span = self
            .max()
            .saturating_add(other.max())
            .saturating_sub(lowest);
        // Dense when the sums lie close together, which they do for dice.
        if let Ok(span) = usize::try_from(span)
            && span <= 4 * (left + right)
        {
            let mut chances = vec![0.0; span + 1];
            for (a, p) in self.iter() {
                for (b, q) in other.iter() {
                    let offset = a.saturating_add(b).saturating_sub(lowest);
                    if let Some(slot) = usize::try_from(offset)
                        .ok()
                        .and_then(|o| chances.get_mut(o))
                    {
                        *slot += p * q;
                    }
                }
            }
            return Ok(Self::from_dense(lowest, &chances));
        }
        if pairs > MAX_DISTRIBUTION_WORK / 64 {
            return Err(TooManyOutcomes { left, right });
        }
        let each =
            |(a, p): (i64, f64)| other.iter().map(move |(b, q)| (a.saturating_add(b), p * q));
        Ok(Self::collect(self.iter().flat_map(each).collect()))
    }

    /// Every value times `factor`, saturating.
    #[must_use]
    pub fn scale(&self, factor: i64) -> Self {
        self.map(|value| value.saturating_mul(factor))
    }

    /// Every value plus `amount`, saturating.
    #[must_use]
    pub fn shift(&self, amount: i64) -> Self {
        self.map(|value| value.saturating_add(amount))
    }

    /// What `change` makes of every value; values that become equal add up their chances.
    #[must_use]
    pub fn map(&self, change: impl Fn(i64) -> i64) -> Self {
        Self::collect(self.iter().map(|(v, chance)| (change(v), chance)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn die(sides: i64) -> Distribution {
        Distribution::collect((1..=sides).map(|v| (v, 1.0 / sides as f64)).collect())
    }

    #[test]
    fn queries() {
        let two = die(6).combine(&die(6));
        let two = two.unwrap_or_else(|e| panic!("{e}"));
        assert_eq!((two.min(), two.max(), two.outcomes()), (2, 12, 11));
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");
        close(two.mean(), 7.0);
        close(two.variance(), 35.0 / 6.0);
        close(two.probability(7), 1.0 / 6.0);
        close(two.at_least(10), 6.0 / 36.0);
        close(two.at_most(4), 6.0 / 36.0);
        assert_eq!(two.probability(13), 0.0);
        assert_eq!((two.at_least(2), two.at_least(13)), (1.0, 0.0));
        assert_eq!((two.at_most(1), two.at_most(99)), (0.0, 1.0));
    }

    #[test]
    fn mapping() {
        let halved = die(6).map(|v| v / 2);
        let found: Vec<_> = halved.iter().map(|(v, _)| v).collect();
        assert_eq!(found, [0, 1, 2, 3]);
        assert!((halved.probability(1) - 1.0 / 3.0).abs() < 1e-12);
        assert_eq!(die(4).scale(-2).shift(1).min(), -7);
        assert_eq!(Distribution::constant(i64::MAX).shift(1).max(), i64::MAX);
        assert_eq!(Distribution::constant(i64::MIN).scale(-1).max(), i64::MAX);
    }

    #[test]
    fn sparse_values_combine_without_a_table_of_the_gaps() {
        let far = die(6).scale(1_000_000_000_000);
        let sum = far.combine(&die(6)).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(sum.outcomes(), 36);
        assert_eq!(sum.max(), 6_000_000_000_006);
    }

    #[test]
    fn too_much_is_refused() {
        let wide = die(10_000);
        assert!(wide.combine(&wide).is_err());
    }
}
