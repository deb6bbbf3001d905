//! What is in bags, summed up so that a change costs as much as the bags are deep, whatever is in
//! them.

use bevy::platform::collections::HashMap;
use smallvec::SmallVec;
use wayfarer_core::id::Uid;

use crate::measure::{PocketShare, Tally};

/// How many bags may be one in the other.
pub(crate) const MAX_DEPTH: usize = 8;

/// The sum over one pocket.
#[derive(Clone, Debug)]
struct Pocket {
    pocket: u8,
    share: PocketShare,
    tally: Tally,
}

/// One bag with something in it.
#[derive(Clone, Debug, Default)]
struct Bag {
    pockets: SmallVec<[Pocket; 1]>,
    /// What of the contents counts where the bag is.
    outside: Tally,
    /// Number of stacks in all pockets.
    inside: u32,
    /// How many of them are filled bags, by their height less one.
    heights: [u32; MAX_DEPTH],
}

impl Bag {
    fn height(&self) -> u8 {
        if self.inside == 0 {
            return 0;
        }
        let highest = self.heights.iter().rposition(|&count| count > 0);
        // An index into eight heights.
        highest.map_or(1, |height| height as u8 + 2)
    }
}

/// The filled bags of an inventory.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bags(HashMap<Uid, Bag>);

impl Bags {
    /// How many filled bags are one in the other in this one, itself included; 0 for an empty one
    /// and for what is no bag.
    pub(crate) fn height(&self, uid: Uid) -> u8 {
        self.0.get(&uid).map_or(0, Bag::height)
    }

    /// Whether something is in it.
    pub(crate) fn is_filled(&self, uid: Uid) -> bool {
        self.0.contains_key(&uid)
    }

    /// Number of stacks directly in a bag.
    pub(crate) fn inside(&self, uid: Uid) -> u32 {
        self.0.get(&uid).map_or(0, |bag| bag.inside)
    }

    /// What of the contents of a bag counts where it is.
    pub(crate) fn outside(&self, uid: Uid) -> Tally {
        self.0
            .get(&uid)
            .map_or_else(Tally::default, |bag| bag.outside)
    }

    /// The sum over one pocket.
    pub(crate) fn tally(&self, uid: Uid, pocket: u8) -> Tally {
        let pockets = self.0.get(&uid).map(|bag| &bag.pockets);
        pockets
            .and_then(|pockets| pockets.iter().find(|known| known.pocket == pocket))
            .map_or_else(Tally::default, |known| known.tally)
    }

    /// Changes the sum over one pocket by the difference between two sums; returns what changes
    /// where the bag is, again as two sums.
    pub(crate) fn change(
        &mut self,
        uid: Uid,
        pocket: u8,
        share: impl FnOnce() -> PocketShare,
        (less, more): (Tally, Tally),
    ) -> (Tally, Tally) {
        let bag = self.0.entry(uid).or_default();
        let at = bag.pockets.iter().position(|known| known.pocket == pocket);
        let at = at.unwrap_or_else(|| {
            bag.pockets.push(Pocket {
                pocket,
                share: share(),
                tally: Tally::default(),
            });
            bag.pockets.len() - 1
        });
        let Some(pocket) = bag.pockets.get_mut(at) else {
            return Default::default();
        };
        let before = pocket.tally.share(pocket.share);
        pocket.tally.take_tally(less);
        pocket.tally.add_tally(more);
        let after = pocket.tally.share(pocket.share);
        bag.outside.take_tally(before);
        bag.outside.add_tally(after);
        (before, after)
    }

    /// Something that is `height` bags high comes into a bag, or with `more` false leaves it.
    /// Returns the heights of the bag before and after.
    pub(crate) fn count(&mut self, uid: Uid, height: u8, more: bool) -> (u8, u8) {
        let bag = self.0.entry(uid).or_default();
        let before = bag.height();
        bag.inside = step(bag.inside, more);
        bag.change_height(height, more);
        let after = bag.height();
        if bag.inside == 0 {
            self.0.remove(&uid);
        }
        (before, after)
    }

    /// A bag in this one has another height. Returns the heights of this one before and after.
    pub(crate) fn child_height(&mut self, uid: Uid, from: u8, to: u8) -> (u8, u8) {
        let bag = self.0.entry(uid).or_default();
        let before = bag.height();
        bag.change_height(from, false);
        bag.change_height(to, true);
        (before, bag.height())
    }
}

impl Bag {
    fn change_height(&mut self, height: u8, more: bool) {
        let slot = usize::from(height).checked_sub(1);
        if let Some(count) = slot.and_then(|slot| self.heights.get_mut(slot)) {
            *count = step(*count, more);
        }
    }
}

const fn step(count: u32, more: bool) -> u32 {
    if more {
        count.wrapping_add(1)
    } else {
        count.wrapping_sub(1)
    }
}
