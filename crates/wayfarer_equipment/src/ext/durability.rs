//! How much of an item is left.

use serde::{Deserialize, Serialize};
use wayfarer_inventory::{Item, ext::ItemExt};

/// All of an item, in thousandths of a percent.
pub const FULL: u32 = 100_000;

/// How much is left of an item, in thousandths of a percent of what it was when it was new. The
/// one unit of wear: a template is tougher by wearing slower, not by having more of it.
///
/// A new item carries none, so that new things stack.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Durability {
    /// What is left, 0 to [`max`](Self::max).
    pub left: u32,
    /// What it can be repaired to, up to [`FULL`]: a spoilt repair may leave a thing that will
    /// never be new again.
    pub max: u32,
}

impl Default for Durability {
    fn default() -> Self {
        Self {
            left: FULL,
            max: FULL,
        }
    }
}

impl ItemExt for Durability {
    const NAME: &'static str = "equipment.durability";
}

impl Durability {
    /// What is left of an item, whatever a save or a peer says: never more than there can be.
    pub fn of(item: &Item) -> Self {
        item.ext::<Self>().unwrap_or_default().in_range()
    }

    fn in_range(self) -> Self {
        let max = self.max.min(FULL);
        let left = self.left.min(max);
        Self { left, max }
    }

    /// What is left, in percent: 0 to 100.
    pub fn percent(self) -> f32 {
        self.left as f32 / 1000.0
    }

    /// What is lost of what can be there, in percent: 0 to 100.
    pub fn lost(self) -> f32 {
        self.max.saturating_sub(self.left) as f32 / 1000.0
    }

    /// What to carry: nothing when new.
    #[must_use]
    pub fn carried(self) -> Option<Self> {
        let value = self.in_range();
        (value != Self::default()).then_some(value)
    }

    /// Less of it, by thousandths of a percent; at least 0.
    #[must_use]
    pub fn worn_by(self, amount: u32) -> Self {
        let left = self.left.saturating_sub(amount);
        Self { left, ..self }.in_range()
    }

    /// More of it, by thousandths of a percent; at most what it can be repaired to.
    #[must_use]
    pub fn repaired_by(self, amount: u32) -> Self {
        let left = self.left.saturating_add(amount);
        Self { left, ..self }.in_range()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stays_between_nothing_and_all() {
        let new = Durability::default();
        assert_eq!((new.percent(), new.lost()), (100.0, 0.0));
        assert_eq!(new.carried(), None);
        for (left, max, wear, repair, expected) in [
            (FULL, FULL, 1, 0, 99_999),
            (FULL, FULL, u32::MAX, 0, 0),
            (10, FULL, 10, 0, 0),
            (10, FULL, 11, 5, 5),
            (0, FULL, 0, u32::MAX, FULL),
            (0, 60_000, 0, FULL, 60_000),
            (u32::MAX, u32::MAX, 0, 0, FULL),
        ] {
            let now = Durability { left, max }.worn_by(wear).repaired_by(repair);
            assert_eq!(now.left, expected, "{left}/{max} -{wear} +{repair}");
        }
    }
}
