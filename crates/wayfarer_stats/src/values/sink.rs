//! Who is told what a settling has changed.

use wayfarer_core::id::DefId;

use crate::{id::StatId, inputs::Current};

/// Told of each change while values are computed. What nobody listens to costs nothing.
pub(crate) trait Sink {
    /// A value has changed, and perhaps its tier with it.
    fn stat(&mut self, stat: StatId, values: (f32, f32), tiers: (u8, u8));
    /// The level of a set has changed.
    fn level(&mut self, set: DefId, before: u8, after: u8);
    /// The limits of a resource have changed: what came back under the old ones has to be stored.
    fn rebase(&mut self, stat: StatId, current: Current);
}

/// Nobody listens.
pub(crate) struct NoSink;

impl Sink for NoSink {
    #[inline]
    fn stat(&mut self, _: StatId, _: (f32, f32), _: (u8, u8)) {}
    #[inline]
    fn level(&mut self, _: DefId, _: u8, _: u8) {}
    #[inline]
    fn rebase(&mut self, _: StatId, _: Current) {}
}

/// Everything is written down. Kept from one settling to the next, so that it allocates nothing.
#[derive(Default, Debug)]
pub(crate) struct Changes {
    pub(crate) stats: Vec<(StatId, (f32, f32), (u8, u8))>,
    pub(crate) levels: Vec<(DefId, u8, u8)>,
    pub(crate) rebases: Vec<(StatId, Current)>,
    /// Whether stats and levels are wanted.
    pub(crate) told: bool,
}

impl Changes {
    pub(crate) fn clear(&mut self) {
        self.stats.clear();
        self.levels.clear();
        self.rebases.clear();
    }
}

impl Sink for Changes {
    #[inline]
    fn stat(&mut self, stat: StatId, values: (f32, f32), tiers: (u8, u8)) {
        if self.told {
            self.stats.push((stat, values, tiers));
        }
    }

    fn level(&mut self, set: DefId, before: u8, after: u8) {
        if self.told {
            self.levels.push((set, before, after));
        }
    }

    fn rebase(&mut self, stat: StatId, current: Current) {
        self.rebases.push((stat, current));
    }
}
