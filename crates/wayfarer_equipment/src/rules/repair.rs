//! What a repair comes to.

/// The faces of the die that decides.
pub const WHOLE: u32 = 1_000_000;

/// How a repair comes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepairOutcome {
    /// As planned.
    Done,
    /// Part of it, for part of the price.
    Failed,
    /// Nothing of it, and the thing has suffered.
    Botched,
}

/// How many faces of the die mean success, and how many of the others mean a botch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RepairOdds {
    /// Success.
    pub done: u32,
    /// The worst.
    pub botched: u32,
}

impl RepairOdds {
    /// From a chance in percent and a share; a botch takes nothing from success.
    pub fn of(chance: f32, botch: f32) -> Self {
        let parts = |share: f64| (share.clamp(0.0, 1.0) * f64::from(WHOLE)).round() as u32;
        // Percent with two digits are what is shown; the rest is the noise of floats.
        let percent = (f64::from(chance) * 100.0).round() / 100.0;
        let done = parts(percent / 100.0);
        let share = (f64::from(botch) * 10_000.0).round() / 10_000.0;
        Self {
            done,
            botched: parts(share).min(WHOLE - done),
        }
    }

    /// What a face of the die means, 1 to [`WHOLE`].
    pub fn outcome(self, face: u32) -> RepairOutcome {
        if face <= self.done {
            RepairOutcome::Done
        } else if face <= self.done + self.botched {
            RepairOutcome::Botched
        } else {
            RepairOutcome::Failed
        }
    }

    /// The chance of success, 0 to 1.
    pub fn chance(self) -> f32 {
        self.done as f32 / WHOLE as f32
    }

    /// The chance of a botch, 0 to 1.
    pub fn botch(self) -> f32 {
        self.botched as f32 / WHOLE as f32
    }
}

/// A price, rounded up; what floats add to a whole number does not count.
pub fn round_up(price: f64) -> u64 {
    // The cast saturates and maps NaN to 0.
    (price - 1e-4 - price.abs() * 2e-7).ceil().max(0.0) as u64
}

/// A share of a price, rounded up.
pub fn share_of(price: u64, share: f32) -> u64 {
    round_up(price as f64 * f64::from(share.clamp(0.0, 1.0))).min(price)
}

/// Pieces of a material for so many of the rule's amount: rounded up, at least one if any are
/// needed.
pub fn pieces(amount: f32, share: f32) -> u32 {
    let pieces = f64::from(amount) * f64::from(share);
    if pieces > 0.0 {
        u32::try_from(round_up(pieces)).unwrap_or(u32::MAX).max(1)
    } else {
        0
    }
}

/// How many of `pieces` a failure loses: a share, rounded down, but at least one.
pub fn lost_pieces(pieces: u32, share: f32) -> u32 {
    let lost = (f64::from(pieces) * f64::from(share.clamp(0.0, 1.0)) + 1e-4).floor() as u32;
    lost.max(1).min(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_die_decides() {
        for (chance, botch, done, botched) in [
            (85.0, 0.08, 850_000, 80_000),
            (99.0, 0.15, 990_000, 10_000),
            (50.0, 0.0, 500_000, 0),
            (60.000004, 0.15, 600_000, 150_000),
            (-5.0, 2.0, 0, WHOLE),
            (200.0, 0.5, WHOLE, 0),
            (f32::NAN, f32::NAN, 0, 0),
        ] {
            let odds = RepairOdds::of(chance, botch);
            assert_eq!(
                (odds.done, odds.botched),
                (done, botched),
                "{chance} {botch}"
            );
        }
        let odds = RepairOdds::of(85.0, 0.08);
        for (face, outcome) in [
            (1, RepairOutcome::Done),
            (850_000, RepairOutcome::Done),
            (850_001, RepairOutcome::Botched),
            (930_000, RepairOutcome::Botched),
            (930_001, RepairOutcome::Failed),
            (WHOLE, RepairOutcome::Failed),
        ] {
            assert_eq!(odds.outcome(face), outcome, "{face}");
        }
    }

    #[test]
    fn amounts_are_whole() {
        for (price, expected) in [
            (0.0, 0),
            (300.0, 300),
            (300.00001, 300),
            (300.1, 301),
            (100_000.01, 100_000),
            (-1.0, 0),
        ] {
            assert_eq!(round_up(price), expected, "{price}");
        }
        for (price, share, expected) in [
            (300, 0.5, 150),
            (301, 0.5, 151),
            (1, 0.5, 1),
            (0, 0.5, 0),
            (7, 2.0, 7),
        ] {
            assert_eq!(share_of(price, share), expected, "{price} × {share}");
        }
        for (amount, share, expected) in [
            (1.0, 1.0, 1),
            (1.0, 0.5, 1),
            (3.0, 0.5, 2),
            (0.0, 1.0, 0),
            (2.25, 1.0, 3),
        ] {
            assert_eq!(pieces(amount, share), expected, "{amount} × {share}");
        }
        for (pieces, share, lost) in [
            (4, 0.5, 2),
            (5, 0.5, 2),
            (1, 0.5, 1),
            (0, 0.5, 0),
            (3, 0.0, 1),
            (3, 1.0, 3),
        ] {
            assert_eq!(lost_pieces(pieces, share), lost, "{pieces} × {share}");
        }
    }
}
