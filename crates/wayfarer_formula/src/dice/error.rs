use thiserror::Error;

use super::Dice;
use crate::limits::{MAX_DICE_COUNT, MAX_DICE_SIDES};

/// Why dice cannot be thrown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum DiceError {
    /// A throw of no dice.
    #[error("there must be at least one die")]
    NoDice,
    /// More than [`MAX_DICE_COUNT`] dice.
    #[error("{0} dice are too many")]
    TooManyDice(u32),
    /// No sides, or more than [`MAX_DICE_SIDES`].
    #[error("a die cannot have {0} sides")]
    Sides(u32),
    /// None kept, or more than there are.
    #[error("cannot keep {kept} of {count} dice")]
    Keep {
        /// How many would be kept.
        kept: u32,
        /// How many there are.
        count: u32,
    },
    /// All faces are thrown again.
    #[error("no face of a d{sides} is left when {at_most} and less are thrown again")]
    NoFaceLeft {
        /// The highest face that would be thrown again.
        at_most: u32,
        /// Sides of the die.
        sides: u32,
    },
    /// All faces explode.
    #[error("a d{sides} that explodes from {from} always explodes")]
    AlwaysExplodes {
        /// The lowest face that would explode.
        from: u32,
        /// Sides of the die.
        sides: u32,
    },
    /// No face explodes.
    #[error("a d{sides} never explodes from {from}")]
    NeverExplodes {
        /// The lowest face that would explode.
        from: u32,
        /// Sides of the die.
        sides: u32,
    },
    /// The distribution would cost more than [`MAX_DICE_WORK`](crate::limits::MAX_DICE_WORK).
    #[error("{0} has too many outcomes")]
    TooManyOutcomes(Dice),
}

impl DiceError {
    /// What to write instead.
    pub(crate) fn help(self) -> Option<String> {
        match self {
            Self::TooManyDice(_) => Some(format!("at most {MAX_DICE_COUNT}")),
            Self::Sides(_) => Some(format!("1 to {MAX_DICE_SIDES}")),
            Self::TooManyOutcomes(_) => {
                Some("use fewer dice, fewer sides or keep fewer".to_owned())
            }
            _ => None,
        }
    }
}
