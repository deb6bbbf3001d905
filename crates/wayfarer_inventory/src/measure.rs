//! What items weigh, in whole millionths, so that sums are exact whatever their order.

use std::sync::Arc;

use bevy::platform::collections::HashMap;
use smallvec::SmallVec;
use wayfarer_core::{content::Content, id::DefId};

use crate::content::{CompartmentDef, ItemDef};

/// Millionths of a kilogram or of a unit of bulk.
///
/// Sums of `f32` depend on their order; sums of these do not, so taking out what was put in leaves
/// the exact total, and host and client agree to the bit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Micro(pub u128);

impl Micro {
    const ONE: f64 = 1_000_000.0;

    /// From content. Negative and non-finite values, which the content check refuses, are 0.
    pub fn from_f32(value: f32) -> Self {
        // The cast saturates and maps NaN to 0.
        Self((f64::from(value) * Self::ONE).round().max(0.0) as u64 as u128)
    }

    /// For rules and panels.
    pub fn to_f32(self) -> f32 {
        (self.0 as f64 / Self::ONE) as f32
    }

    /// As many millionths of it, without a remainder. `millionths` is at most a million.
    #[must_use]
    pub const fn share(self, millionths: u32) -> Self {
        const MILLION: u128 = 1_000_000;
        let part = if millionths > 1_000_000 {
            MILLION
        } else {
            millionths as u128
        };
        // In two steps, because the product of the whole could be too large.
        Self((self.0 / MILLION) * part + (self.0 % MILLION) * part / MILLION)
    }

    /// This much, `count` times.
    #[must_use]
    pub const fn times(self, count: u32) -> Self {
        Self(self.0 * count as u128)
    }
}

/// What one piece of a kind of item measures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// Kilograms of one.
    pub weight: Micro,
    /// Bulk of one.
    pub bulk: Micro,
    /// How many may be one stack; 0 when the definition is missing.
    pub max_stack: u32,
}

/// How much of what is in a pocket counts outside of it, in millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PocketShare {
    /// Of the weight.
    pub weight: u32,
    /// Of the bulk.
    pub bulk: u32,
}

impl Default for PocketShare {
    /// Everything weighs what it weighs; a rigid bag does not grow.
    fn default() -> Self {
        Self {
            weight: 1_000_000,
            bulk: 0,
        }
    }
}

/// The measures of all items. Derived from content; inventories keep the one they were counted
/// with.
#[derive(Debug, Default)]
pub struct Measures {
    of: HashMap<DefId, Measure>,
    pockets: HashMap<DefId, SmallVec<[PocketShare; 2]>>,
    renamed: HashMap<DefId, DefId>,
}

impl Measures {
    /// The measures of the items in `content`.
    pub fn of_content(content: &Content) -> Arc<Self> {
        let of = content
            .table::<ItemDef>()
            .iter()
            .map(|def| {
                let measure = Measure {
                    weight: Micro::from_f32(def.weight),
                    bulk: Micro::from_f32(def.bulk),
                    max_stack: def.max_stack,
                };
                (def.id(), measure)
            })
            .collect();
        let compartments = content.table::<CompartmentDef>();
        let mut measures = Self {
            of,
            renamed: content.renamed().clone(),
            ..Self::default()
        };
        for def in content.table::<ItemDef>() {
            let shares = def.container.iter().map(|pocket| {
                let pocket = compartments.get(pocket.id());
                pocket.map_or_else(PocketShare::default, |pocket| pocket.share())
            });
            measures.set_pockets(def.id(), shares);
        }
        Arc::new(measures)
    }

    /// The id that an entry has now, given one that it had; `None` if it was never renamed.
    pub fn renamed(&self, id: DefId) -> Option<DefId> {
        self.renamed.get(&id).copied()
    }

    /// Says how much of what is in the pockets of a kind of item counts outside.
    pub fn set_pockets(&mut self, def: DefId, shares: impl IntoIterator<Item = PocketShare>) {
        let shares: SmallVec<[PocketShare; 2]> = shares.into_iter().collect();
        if !shares.is_empty() {
            self.pockets.insert(def, shares);
        }
    }

    /// How much of what is in a pocket counts outside; all of the weight for one that is not known.
    pub fn pocket(&self, def: DefId, pocket: u8) -> PocketShare {
        let shares = self.pockets.get(&def);
        shares
            .and_then(|shares| shares.get(pocket as usize))
            .copied()
            .unwrap_or_default()
    }

    /// The measure of a kind of item. One whose definition is missing weighs nothing.
    pub fn get(&self, def: DefId) -> Measure {
        self.of.get(&def).copied().unwrap_or_default()
    }
}

impl FromIterator<(DefId, Measure)> for Measures {
    fn from_iter<T: IntoIterator<Item = (DefId, Measure)>>(iter: T) -> Self {
        Self {
            of: iter.into_iter().collect(),
            ..Self::default()
        }
    }
}

/// The sum over some items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Kilograms.
    pub weight: Micro,
    /// Bulk.
    pub bulk: Micro,
    /// Number of stacks.
    pub stacks: u32,
}

impl Tally {
    /// Adds `count` pieces that come as `stacks` stacks.
    pub const fn add(&mut self, measure: Measure, count: u32, stacks: u32) {
        // Wrapping arithmetic keeps adding and taking exact inverses and cannot panic; 2^128
        // millionths are out of reach of 2^32 stacks of 2^32 pieces of 2^64 each.
        self.weight.0 = self.weight.0.wrapping_add(measure.weight.times(count).0);
        self.bulk.0 = self.bulk.0.wrapping_add(measure.bulk.times(count).0);
        self.stacks = self.stacks.wrapping_add(stacks);
    }

    /// Takes `count` pieces that were `stacks` stacks.
    pub const fn take(&mut self, measure: Measure, count: u32, stacks: u32) {
        self.weight.0 = self.weight.0.wrapping_sub(measure.weight.times(count).0);
        self.bulk.0 = self.bulk.0.wrapping_sub(measure.bulk.times(count).0);
        self.stacks = self.stacks.wrapping_sub(stacks);
    }

    /// Adds another sum; its stacks too.
    pub const fn add_tally(&mut self, other: Self) {
        self.weight.0 = self.weight.0.wrapping_add(other.weight.0);
        self.bulk.0 = self.bulk.0.wrapping_add(other.bulk.0);
        self.stacks = self.stacks.wrapping_add(other.stacks);
    }

    /// Takes another sum away again.
    pub const fn take_tally(&mut self, other: Self) {
        self.weight.0 = self.weight.0.wrapping_sub(other.weight.0);
        self.bulk.0 = self.bulk.0.wrapping_sub(other.bulk.0);
        self.stacks = self.stacks.wrapping_sub(other.stacks);
    }

    /// What of it counts outside a pocket; no stacks.
    #[must_use]
    pub const fn share(self, share: PocketShare) -> Self {
        Self {
            weight: self.weight.share(share.weight),
            bulk: self.bulk.share(share.bulk),
            stacks: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_exact_in_any_order() {
        let weights = [0.1_f32, 3.5, 85.0, 0.005, 1e6, 0.333_333];
        let measure = |w: &f32| Measure {
            weight: Micro::from_f32(*w),
            ..Measure::default()
        };
        let (mut there, mut back) = (Tally::default(), Tally::default());
        weights.iter().for_each(|w| there.add(measure(w), 7, 1));
        weights
            .iter()
            .rev()
            .for_each(|w| back.add(measure(w), 7, 1));
        assert_eq!(there, back);
        weights.iter().for_each(|w| there.take(measure(w), 7, 1));
        assert_eq!(there, Tally::default());
    }

    #[test]
    fn odd_numbers_measure_nothing_or_the_most() {
        assert_eq!(Micro::from_f32(-1.0).0, 0);
        assert_eq!(Micro::from_f32(f32::NAN).0, 0);
        assert_eq!(Micro::from_f32(f32::INFINITY).0, u128::from(u64::MAX));
        assert_eq!(Micro::from_f32(86.75).to_f32(), 86.75);
        let huge = Measure {
            weight: Micro(u128::from(u64::MAX)),
            bulk: Micro(0),
            max_stack: 1,
        };
        let mut tally = Tally::default();
        tally.add(huge, u32::MAX, 1);
        tally.take(huge, u32::MAX, 1);
        assert_eq!(tally, Tally::default());
    }
}
