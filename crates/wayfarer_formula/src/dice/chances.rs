//! The exact distribution of a throw. Only ever adds and multiplies chances, never subtracts large
//! ones, so that even the rarest outcomes keep their precision.

use super::{Dice, Keep, Reroll};
use crate::distribution::Distribution;
use crate::limits::MAX_EXPLOSIONS;

pub(super) fn distribution(dice: &Dice) -> Distribution {
    let (count, kept) = (dice.count as usize, dice.kept() as usize);
    let plain = dice.explode.is_none() && dice.reroll.is_none();
    // Chances of one die's totals, from 1 on.
    let die = one_die(dice);
    let (chances, lowest) = match dice.keep {
        Some(Keep::Highest(_)) => (highest(&die, count, kept), kept),
        Some(Keep::Lowest(_)) => {
            let mirrored: Vec<f64> = die.iter().rev().copied().collect();
            let mut chances = highest(&mirrored, count, kept);
            chances.reverse();
            (chances, kept)
        }
        None if plain => (uniform_sum(count, die.len()), count),
        None => {
            let one = vec![1.0];
            let sum = (0..count).fold(one, |sum, _| convolve(&sum, &die));
            (sum, count)
        }
    };
    Distribution::from_dense(i64::try_from(lowest).unwrap_or(0), &chances)
}

/// Chances of the totals 1, 2, … of one die.
fn one_die(dice: &Dice) -> Vec<f64> {
    let sides = f64::from(dice.sides);
    let faces: Vec<f64> = (1..=dice.sides)
        .map(|face| match dice.reroll {
            None => 1.0 / sides,
            Some(Reroll { at_most, once }) => match (face <= at_most, once) {
                (true, false) => 0.0,
                (false, false) => 1.0 / (sides - f64::from(at_most)),
                (true, true) => f64::from(at_most) / sides / sides,
                (false, true) => (1.0 + f64::from(at_most) / sides) / sides,
            },
        })
        .collect();
    let Some(from) = dice.explode else {
        return faces;
    };
    let mut total = faces.clone();
    for _ in 0..MAX_EXPLOSIONS {
        let mut next = vec![0.0; total.len() + faces.len()];
        for (index, chance) in faces.iter().enumerate() {
            if index + 1 < from as usize {
                next[index] += chance;
                continue;
            }
            // The face `index + 1` plus totals from 1 on.
            for (slot, more) in next.iter_mut().skip(index + 1).zip(&total) {
                *slot += chance * more;
            }
        }
        total = next;
    }
    total
}

fn convolve(a: &[f64], b: &[f64]) -> Vec<f64> {
    let mut out = vec![0.0; a.len() + b.len() - 1];
    for (index, x) in a.iter().enumerate().filter(|(_, x)| **x > 0.0) {
        for (slot, y) in out.iter_mut().skip(index).zip(b) {
            *slot += x * y;
        }
    }
    out
}

/// The sum of `count` fair dice: each step is a sum over a sliding window, put together from running
/// sums to its left and right within blocks of `sides`.
fn uniform_sum(count: usize, sides: usize) -> Vec<f64> {
    let mut chances = vec![1.0];
    for _ in 0..count {
        let len = chances.len() + sides - 1;
        let padding = sides - 1;
        let mut padded = vec![0.0; padding];
        padded.extend(&chances);
        padded.resize(len + padding, 0.0);
        let mut up_to = padded.clone();
        for index in 1..padded.len() {
            if !index.is_multiple_of(sides) {
                up_to[index] += up_to[index - 1];
            }
        }
        let mut from = padded;
        for index in (1..from.len()).rev() {
            if !index.is_multiple_of(sides) {
                from[index - 1] += from[index];
            }
        }
        chances = (0..len)
            .map(|start| {
                let sum = if start.is_multiple_of(sides) {
                    from[start]
                } else {
                    from[start] + up_to[start + padding]
                };
                sum / sides as f64
            })
            .collect();
    }
    chances
}

/// The sum of the `kept` highest of `count` dice; index 0 stands for the lowest face of each.
///
/// Goes through the faces from the highest down. State: how many dice are known to show a higher
/// face, and their sum; each other die shows the present face with a chance that depends only on it.
fn highest(die: &[f64], count: usize, kept: usize) -> Vec<f64> {
    let top = die.len() - 1;
    let mut known: Vec<Vec<f64>> = (0..kept).map(|n| vec![0.0; n * top + 1]).collect();
    let mut done = vec![0.0; kept * top + 1];
    known[0][0] = 1.0;
    let mut at_most: Vec<f64> = die.to_vec();
    for index in 1..at_most.len() {
        at_most[index] += at_most[index - 1];
    }
    for face in (0..die.len()).rev() {
        if die[face] <= 0.0 {
            continue;
        }
        let below = if face == 0 { 0.0 } else { at_most[face - 1] };
        let (hit, miss) = (die[face] / at_most[face], below / at_most[face]);
        for high in (0..kept).rev() {
            let shows = binomial(count - high, hit, miss);
            let (states, later) = known.split_at_mut(high + 1);
            let state = &mut states[high];
            // Dice that fill the last places, however many more show the same face.
            let enough: f64 = shows[kept - high..].iter().rev().sum();
            for (sum, chance) in state.iter().enumerate().filter(|(_, c)| **c > 0.0) {
                done[sum + (kept - high) * face] += chance * enough;
                for more in 1..kept - high {
                    later[more - 1][sum + more * face] += chance * shows[more];
                }
            }
            for chance in state.iter_mut() {
                *chance *= shows[0];
            }
        }
    }
    done
}

/// Chances that 0, 1, … `n` of `n` dice hit.
fn binomial(n: usize, hit: f64, miss: f64) -> Vec<f64> {
    let mut chances = vec![0.0; n + 1];
    chances[0] = 1.0;
    for thrown in 1..=n {
        for index in (0..=thrown).rev() {
            let from_below = if index == 0 {
                0.0
            } else {
                chances[index - 1] * hit
            };
            chances[index] = chances[index] * miss + from_below;
        }
    }
    chances
}
