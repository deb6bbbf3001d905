//! Throwing dice.

use super::{Dice, Keep, Reroll};
use crate::limits::{MAX_DICE_COUNT, MAX_EXPLOSIONS};

/// A source of dice, such as a seeded random number generator or a script in a test.
pub trait Roller {
    /// Throws one die: a number from 1 to `sides`, both included. Other answers are clamped.
    ///
    /// A die that is thrown again until it is high enough (`rr`) asks for one of the remaining
    /// faces: `d6rr2` calls `die(4)` and adds 2.
    fn die(&mut self, sides: u32) -> u32;
}

/// Any function from sides to face is a roller.
impl<F: FnMut(u32) -> u32> Roller for F {
    fn die(&mut self, sides: u32) -> u32 {
        self(sides)
    }
}

/// What every die of a throw showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Throw {
    /// What was thrown.
    pub dice: Dice,
    /// Every die, in the order thrown.
    pub shown: Vec<Die>,
    /// The sum of the dice that are kept.
    pub total: i64,
}

/// What one die of a [`Throw`] showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Die {
    /// The faces that count: one, and one more for each explosion.
    pub faces: Vec<u32>,
    /// The faces that were thrown again.
    pub discarded: Vec<u32>,
    /// The sum of `faces`.
    pub total: u32,
    /// Whether the die counts in the throw.
    pub kept: bool,
}

impl Dice {
    /// Throws the dice; the total of those kept. Does not allocate.
    pub fn roll(&self, roller: &mut dyn Roller) -> i64 {
        let mut totals = [0_u32; MAX_DICE_COUNT as usize];
        let mut thrown = 0;
        for total in totals.iter_mut().take(self.count as usize) {
            *total = self.throw_one(roller, &mut |_| {}, &mut |_| {});
            thrown += 1;
        }
        let totals = totals.get_mut(..thrown).unwrap_or_default();
        if self.keep.is_some() {
            totals.sort_unstable();
        }
        let kept = self.kept() as usize;
        let sum = |totals: &mut dyn Iterator<Item = &u32>| totals.map(|t| i64::from(*t)).sum();
        match self.keep {
            Some(Keep::Highest(_)) => sum(&mut totals.iter().rev().take(kept)),
            _ => sum(&mut totals.iter().take(kept)),
        }
    }

    /// Throws the dice and reports every one. With equal dice of which some are kept, those thrown
    /// first are.
    pub fn roll_reported(&self, roller: &mut dyn Roller) -> Throw {
        let mut shown: Vec<Die> = Vec::with_capacity(self.count as usize);
        for _ in 0..self.count {
            let (mut faces, mut discarded) = (Vec::new(), Vec::new());
            let total = self.throw_one(roller, &mut |face| faces.push(face), &mut |face| {
                discarded.push(face);
            });
            shown.push(Die {
                faces,
                discarded,
                total,
                kept: self.keep.is_none(),
            });
        }
        let mut order: Vec<&mut Die> = shown.iter_mut().collect();
        match self.keep {
            Some(Keep::Highest(_)) => order.sort_by_key(|die| std::cmp::Reverse(die.total)),
            Some(Keep::Lowest(_)) => order.sort_by_key(|die| die.total),
            None => {}
        }
        let mut total = 0;
        for die in order.into_iter().take(self.kept() as usize) {
            die.kept = true;
            total += i64::from(die.total);
        }
        Throw {
            dice: *self,
            shown,
            total,
        }
    }

    /// One die with its rerolls and explosions; returns its total.
    fn throw_one(
        &self,
        roller: &mut dyn Roller,
        counts: &mut dyn FnMut(u32),
        discards: &mut dyn FnMut(u32),
    ) -> u32 {
        let mut total = 0;
        for _ in 0..=MAX_EXPLOSIONS {
            let face = self.face(roller, discards);
            counts(face);
            total += face;
            if self.explode.is_none_or(|from| face < from) {
                break;
            }
        }
        total
    }

    fn face(&self, roller: &mut dyn Roller, discards: &mut dyn FnMut(u32)) -> u32 {
        let mut die = |sides: u32| roller.die(sides).clamp(1, sides);
        match self.reroll {
            None => die(self.sides),
            // Throwing among the remaining faces gives each the same chance as throwing again and
            // again, and always ends.
            Some(Reroll {
                at_most,
                once: false,
            }) => at_most + die(self.sides - at_most),
            Some(Reroll { at_most, .. }) => {
                let first = die(self.sides);
                if first > at_most {
                    return first;
                }
                discards(first);
                die(self.sides)
            }
        }
    }
}
