//! The number that one derivation gives to one stat.

use wayfarer_formula::Expr;

use super::Deriver;
use crate::{
    content::{Combine, DerivedAxis, DerivedSource},
    index::StatEntry,
};

impl Deriver<'_> {
    /// The formula of one axis; `None` if its definition is wrong, which has been reported.
    pub(super) fn number(&self, target: &StatEntry, axis: &DerivedAxis) -> Option<Expr> {
        let mut number = match &axis.formula {
            Some(formula) => formula.expr()?.clone(),
            None => self.number_of_types(target, axis)?,
        };
        if let Some(offset) = &axis.offset {
            number = number + offset.value.into();
        }
        if axis.normalize {
            number = number.clamp(0.0, 100.0);
        }
        Some(number)
    }

    fn number_of_types(&self, target: &StatEntry, axis: &DerivedAxis) -> Option<Expr> {
        let missing = || Expr::from(self.default_of(target));
        let terms = axis
            .from
            .iter()
            .map(|source| (self.of_type(source), source.weight()));
        if axis.combine == Combine::First && !self.largest {
            let found = terms
                .clone()
                .find_map(|(number, weight)| Some((number?, weight)));
            let first = terms
                .into_iter()
                .next()
                .map(|(_, weight)| (missing(), weight));
            return found
                .or(first)
                .map(|(number, weight)| weighted(number, weight));
        }
        let terms = terms.map(|(number, weight)| (number.unwrap_or_else(missing), weight));
        let combine = match axis.combine {
            Combine::First => Combine::Max,
            combine => combine,
        };
        combined(combine, terms.collect(), true)
    }

    /// All stats of a type as one number; `None` without any.
    fn of_type(&self, source: &DerivedSource) -> Option<Expr> {
        let terms = self.stats_of(source.semantic.id()).map(|entry| {
            let weight = entry.def(self.content).and_then(|def| def.weight.as_ref());
            (
                Expr::named(&entry.name),
                weight.map_or(1.0, |weight| weight.value),
            )
        });
        combined(source.combine, terms.collect(), false)
    }
}

/// Several numbers as one. Whether weights count beyond averages is `scaled`.
fn combined(combine: Combine, terms: Vec<(Expr, f32)>, scaled: bool) -> Option<Expr> {
    let all: f32 = terms.iter().map(|(_, weight)| weight.abs()).sum();
    let one_weight = terms.windows(2).all(|pair| match pair {
        [a, b] => a.1 == b.1,
        _ => true,
    });
    let count = terms.len() as f32;
    let scale = |(number, weight)| match scaled {
        true => weighted(number, weight),
        false => number,
    };
    let sum = |a: Expr, b: Expr| a + b;
    match combine {
        // Equal weights say nothing: the plain mean, which is exact more often.
        Combine::WeightedAvg if one_weight => {
            let sign = terms.first()?.1.signum();
            let numbers = terms.into_iter().map(|(number, _)| weighted(number, sign));
            Some(shared(numbers.reduce(sum)?, count))
        }
        Combine::WeightedAvg => {
            let numbers = terms
                .into_iter()
                .map(|(number, weight)| weighted(number, weight));
            Some(shared(numbers.reduce(sum)?, all))
        }
        Combine::Sum => terms.into_iter().map(scale).reduce(sum),
        Combine::Max => terms.into_iter().map(scale).reduce(Expr::max),
        Combine::Min => terms.into_iter().map(scale).reduce(Expr::min),
        Combine::First => terms.into_iter().map(scale).next(),
    }
}

fn weighted(number: Expr, weight: f32) -> Expr {
    if weight == 1.0 {
        number
    } else {
        number * weight.into()
    }
}

pub(super) fn shared(sum: Expr, by: f32) -> Expr {
    if by == 1.0 { sum } else { sum / by.into() }
}
