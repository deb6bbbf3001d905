//! Which abilities of an item wait.

use serde::{Deserialize, Serialize};
use wayfarer_core::id::DefId;
use wayfarer_inventory::{Item, ext::ItemExt};

/// Which abilities of an item can be used from which tick on, by ability. On the item and not on
/// who uses it, so handing it on cannot get round it. Ticks are those of the saved
/// [`RulesClock`](wayfarer_core::clock::RulesClock): what remains is kept over a restart and does
/// not run meanwhile.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
pub struct Cooling(Vec<(DefId, u64)>);

impl ItemExt for Cooling {
    const NAME: &'static str = "equipment.cooling";
}

impl Cooling {
    /// Those of an item.
    pub fn of(item: &Item) -> Self {
        item.ext().unwrap_or_default()
    }

    /// Ticks from `now` until an ability can be used again; 0 when it can.
    pub fn remaining(&self, ability: DefId, now: u64) -> u64 {
        let all = self.0.iter().filter(|(own, _)| *own == ability);
        let until = all.map(|&(_, until)| until).max().unwrap_or(0);
        until.saturating_sub(now)
    }

    /// With an ability that waits, and without those whose time has passed; nothing if none is
    /// left.
    #[must_use]
    pub fn with(mut self, ability: DefId, until: u64, now: u64) -> Option<Self> {
        self.0.retain(|&(own, ends)| own != ability && ends > now);
        if until > now {
            self.0.push((ability, until));
        }
        self.0.sort_unstable();
        (!self.0.is_empty()).then_some(self)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn waiting_ends_at_its_tick() {
        let (a, b) = (DefId(1), DefId(2));
        let cooling = Cooling::default().with(a, 40, 0).unwrap();
        for (now, left) in [(0, 40), (39, 1), (40, 0), (99, 0)] {
            assert_eq!(cooling.remaining(a, now), left);
        }
        assert_eq!(cooling.remaining(b, 0), 0);
        let both = cooling.with(b, 60, 10).unwrap();
        assert_eq!((both.remaining(a, 10), both.remaining(b, 10)), (30, 50));
        let one = both.with(b, 0, 50);
        assert_eq!(one, None, "nothing waits any more");
    }
}
