//! Chances of `f32` values, and what they may cost.

use super::error;
use crate::distribution::Distribution;
use crate::error::FormulaError;
use crate::limits::MAX_DISTRIBUTION_WORK;

/// What is left of [`MAX_DISTRIBUTION_WORK`].
pub(super) struct Budget(u64);

impl Default for Budget {
    fn default() -> Self {
        Self(MAX_DISTRIBUTION_WORK)
    }
}

impl Budget {
    pub(super) fn spend(&mut self, work: u64) -> Result<(), FormulaError> {
        match self.0.checked_sub(work) {
            Some(left) => {
                self.0 = left;
                Ok(())
            }
            None => Err(error(
                "formula has too many outcomes to compute their chances",
                "use fewer dice or fewer sides",
            )),
        }
    }
}

/// Values with chances above zero; values ascend, never empty.
#[derive(Clone)]
pub(super) struct Spread(Vec<(f32, f64)>);

/// Sorting costs that many times as much as adding.
const SORT_COST: u64 = 16;

impl Spread {
    pub(super) fn certain(value: f32) -> Self {
        Self(vec![(value, 1.0)])
    }

    pub(super) fn of(dice: &Distribution) -> Self {
        Self(dice.iter().map(|(v, chance)| (v as f32, chance)).collect())
    }

    /// Sorts values and adds up the chances of equal ones.
    pub(super) fn collect(
        mut outcomes: Vec<(f32, f64)>,
        budget: &mut Budget,
    ) -> Result<Self, FormulaError> {
        budget.spend(outcomes.len() as u64 * SORT_COST)?;
        outcomes.retain(|(_, chance)| *chance > 0.0);
        // Adding zero makes both zeros one. The sort is stable, so that the order of additions and
        // thereby their rounding is defined.
        outcomes.iter_mut().for_each(|(value, _)| *value += 0.0);
        outcomes.sort_by(|a, b| a.0.total_cmp(&b.0));
        outcomes.dedup_by(|next, kept| {
            let same = next.0.total_cmp(&kept.0).is_eq();
            if same {
                kept.1 += next.1;
            }
            same
        });
        if outcomes.is_empty() {
            return Ok(Self::certain(0.0));
        }
        Ok(Self(outcomes))
    }

    pub(super) fn map(
        mut self,
        budget: &mut Budget,
        change: impl Fn(f32) -> f32,
    ) -> Result<Self, FormulaError> {
        self.0
            .iter_mut()
            .for_each(|(value, _)| *value = change(*value));
        Self::collect(self.0, budget)
    }

    pub(super) fn combine(
        &self,
        right: &Self,
        budget: &mut Budget,
        with: impl Fn(f32, f32) -> f32,
    ) -> Result<Self, FormulaError> {
        let pairs = self.0.len() as u64 * right.0.len() as u64;
        budget.spend(pairs)?;
        // Row by row into what is there already: the sums of dice repeat, so the result stays much
        // smaller than the number of pairs.
        let mut sum: Vec<(f32, f64)> = Vec::new();
        let mut pending = Vec::new();
        for (a, p) in &self.0 {
            pending.extend(right.0.iter().map(|(b, q)| (with(*a, *b), p * q)));
            if pending.len() > 4 * sum.len().max(1024) {
                pending.append(&mut sum);
                sum = Self::collect(std::mem::take(&mut pending), budget)?.0;
            }
        }
        pending.append(&mut sum);
        Self::collect(pending, budget)
    }

    /// How likely each of `arms` is chosen.
    pub(super) fn weigh(&self, arms: usize, choose: impl Fn(f32) -> usize) -> Vec<f64> {
        let mut weights = vec![0.0; arms];
        for (value, chance) in &self.0 {
            if let Some(weight) = weights.get_mut(choose(*value)) {
                *weight += chance;
            }
        }
        weights
    }

    pub(super) fn weighted(self, weight: f64, into: &mut Vec<(f32, f64)>) {
        into.extend(self.0.into_iter().map(|(v, chance)| (v, chance * weight)));
    }

    /// As a distribution of whole numbers; what is not finite is 0, as in evaluation.
    pub(super) fn whole(self) -> Result<Distribution, FormulaError> {
        let whole = |(value, chance): (f32, f64)| {
            if !value.is_finite() {
                return Some((0, chance));
            }
            let number = value as i64;
            (number as f32 == value).then_some((number, chance))
        };
        match self.0.into_iter().map(whole).collect() {
            Some(outcomes) => Ok(Distribution::collect(outcomes)),
            None => Err(error(
                "some outcomes are not whole numbers",
                "use `floor(...)` or `round(...)`",
            )),
        }
    }
}
