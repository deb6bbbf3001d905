//! Dice: what is thrown, what is thrown again, what is kept.

mod chances;
mod error;
pub(crate) mod notation;
mod throw;

#[cfg(test)]
mod tests;

pub use error::DiceError;
pub use throw::{Die, Roller, Throw};

use crate::distribution::Distribution;
use crate::limits::{MAX_DICE_COUNT, MAX_DICE_SIDES, MAX_DICE_WORK, MAX_EXPLOSIONS};

/// A throw of equal dice, such as `4d6kh3`.
///
/// Each die is thrown, perhaps thrown again ([`Reroll`]), and perhaps [explodes](Self::explode); of
/// the dice's totals, some are [kept](Self::keep) and added up. A value of this type is within
/// the [limits](crate::limits), so nothing done with it can fail.
///
/// ```
/// use wayfarer_formula::Dice;
///
/// let abilities: Dice = "4d6kh3".parse()?;
/// assert_eq!((abilities.min(), abilities.max()), (3, 18));
/// assert!((abilities.distribution().probability(18) - 21.0 / 1296.0).abs() < 1e-12);
/// # Ok::<(), wayfarer_formula::FormulaError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Dice {
    count: u32,
    sides: u32,
    keep: Option<Keep>,
    explode: Option<u32>,
    reroll: Option<Reroll>,
}

/// Which dice of a throw count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Keep {
    /// The highest so many.
    Highest(u32),
    /// The lowest so many.
    Lowest(u32),
}

impl Keep {
    fn count(self) -> u32 {
        match self {
            Self::Highest(n) | Self::Lowest(n) => n,
        }
    }
}

/// Which faces are thrown again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reroll {
    /// Faces of this value and below are thrown again.
    pub at_most: u32,
    /// Whether the second throw stands (`r`), or is thrown again as long as it is too low (`rr`).
    pub once: bool,
}

impl Dice {
    /// `count` dice of `sides` sides each.
    ///
    /// # Errors
    ///
    /// Without dice or sides, or with more than [`MAX_DICE_COUNT`] or [`MAX_DICE_SIDES`].
    pub fn new(count: u32, sides: u32) -> Result<Self, DiceError> {
        let dice = Self {
            count,
            sides,
            keep: None,
            explode: None,
            reroll: None,
        };
        dice.checked()
    }

    /// The same dice, of which only some count.
    ///
    /// # Errors
    ///
    /// When none or more dice than there are would be kept, or there are
    /// [too many outcomes](MAX_DICE_WORK).
    pub fn with_keep(mut self, keep: Keep) -> Result<Self, DiceError> {
        self.keep = Some(keep);
        self.checked()
    }

    /// The same dice, each of which is thrown once more and added when it shows `from` or more, up
    /// to [`MAX_EXPLOSIONS`] times.
    ///
    /// # Errors
    ///
    /// When `from` is no face of the die or all dice would explode, or there are
    /// [too many outcomes](MAX_DICE_WORK).
    pub fn with_explode(mut self, from: u32) -> Result<Self, DiceError> {
        self.explode = Some(from);
        self.checked()
    }

    /// The same dice, low faces of which are thrown again. Extra throws of exploding dice are
    /// thrown again in the same way.
    ///
    /// # Errors
    ///
    /// When every face would be thrown again, or there are [too many outcomes](MAX_DICE_WORK).
    pub fn with_reroll(mut self, reroll: Reroll) -> Result<Self, DiceError> {
        self.reroll = Some(reroll);
        self.checked()
    }

    /// Number of dice, 1 to [`MAX_DICE_COUNT`].
    #[must_use]
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Sides of each die, 1 to [`MAX_DICE_SIDES`].
    #[must_use]
    pub fn sides(&self) -> u32 {
        self.sides
    }

    /// Which dice count; `None` when all do.
    #[must_use]
    pub fn keep(&self) -> Option<Keep> {
        self.keep
    }

    /// The lowest face that explodes; `None` when none does.
    #[must_use]
    pub fn explode(&self) -> Option<u32> {
        self.explode
    }

    /// Which faces are thrown again; `None` when none is.
    #[must_use]
    pub fn reroll(&self) -> Option<Reroll> {
        self.reroll
    }

    /// The lowest possible total.
    #[must_use]
    pub fn min(&self) -> i64 {
        // The lowest face never explodes: dice of which all faces do are refused.
        i64::from(self.kept() * self.lowest_face())
    }

    /// The highest possible total.
    #[must_use]
    pub fn max(&self) -> i64 {
        i64::from(self.kept() * self.die_max())
    }

    /// The mean total.
    #[must_use]
    pub fn mean(&self) -> f64 {
        let plain = self.keep.is_none() && self.explode.is_none() && self.reroll.is_none();
        if plain {
            return f64::from(self.count) * f64::from(self.sides + 1) / 2.0;
        }
        self.distribution().mean()
    }

    /// The chance of every total, computed, not sampled. Totals with chances too small for an `f64`
    /// (below 1e-308) are left out.
    #[must_use]
    pub fn distribution(&self) -> Distribution {
        chances::distribution(self)
    }

    /// One die thrown twice, the better or the worse counting; `None` for anything but one die.
    pub(crate) fn twice(self, keep: Keep) -> Option<Result<Self, DiceError>> {
        if self.count != 1 || self.keep.is_some() {
            return None;
        }
        Some(Self { count: 2, ..self }.with_keep(keep))
    }

    /// Number of dice that count.
    pub(crate) fn kept(&self) -> u32 {
        self.keep.map_or(self.count, Keep::count)
    }

    /// The lowest face that can count.
    fn lowest_face(&self) -> u32 {
        match self.reroll {
            Some(Reroll {
                at_most,
                once: false,
            }) => at_most + 1,
            _ => 1,
        }
    }

    /// Highest total of one die.
    pub(crate) fn die_max(&self) -> u32 {
        self.sides * self.explode.map_or(1, |_| 1 + MAX_EXPLOSIONS)
    }

    /// About how many additions [`Self::distribution`] takes.
    pub(crate) fn work(&self) -> u64 {
        let (faces, kept) = (u64::from(self.die_max()), u64::from(self.kept()));
        let count = u64::from(self.count);
        match (self.keep, self.explode, self.reroll) {
            (Some(_), ..) => faces * faces * kept * kept * kept / 12 + faces,
            (None, None, None) => count * count * faces / 2,
            (None, ..) => count * count * faces * faces / 2,
        }
    }

    fn checked(mut self) -> Result<Self, DiceError> {
        let Self { count, sides, .. } = self;
        if count == 0 {
            return Err(DiceError::NoDice);
        }
        if count > MAX_DICE_COUNT {
            return Err(DiceError::TooManyDice(count));
        }
        if sides == 0 || sides > MAX_DICE_SIDES {
            return Err(DiceError::Sides(sides));
        }
        let kept = self.kept();
        if kept == 0 || kept > count {
            return Err(DiceError::Keep { kept, count });
        }
        if let Some(Reroll { at_most, .. }) = self.reroll
            && at_most >= sides
        {
            return Err(DiceError::NoFaceLeft { at_most, sides });
        }
        if let Some(from) = self.explode {
            if from <= self.lowest_face() {
                return Err(DiceError::AlwaysExplodes { from, sides });
            }
            if from > sides {
                return Err(DiceError::NeverExplodes { from, sides });
            }
        }
        // Two notations of the same dice are equal.
        if kept == count {
            self.keep = None;
        }
        self.reroll = self.reroll.filter(|reroll| reroll.at_most > 0);
        if self.work() > MAX_DICE_WORK {
            return Err(DiceError::TooManyOutcomes(self));
        }
        Ok(self)
    }
}
