//! Plan, then commit: the totals as they would be after a change.

use smallvec::SmallVec;
use wayfarer_core::id::{DefId, Uid};

use super::layout::Shape;
use crate::{
    inventory::{Inventory, MAX_DEPTH},
    item::{Item, Place},
    measure::{Measure, Micro, Tally},
};

/// The limits of one compartment; none where there is no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Limits {
    /// Most bulk.
    pub bulk: Option<f32>,
    /// Most kilograms.
    pub weight: Option<f32>,
    /// Most stacks.
    pub count: Option<f32>,
}

/// Which limit would be exceeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExcessKind {
    /// Room.
    Bulk,
    /// Kilograms.
    Weight,
    /// Stacks.
    Count,
}

/// A limit that would be exceeded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Excess {
    /// Which.
    pub kind: ExcessKind,
    /// What would be.
    pub would: f32,
    /// What may be.
    pub max: f32,
}

/// The totals of an inventory while a change is being planned.
///
/// Everything that leaves is taken out before what arrives is checked, so a swap in a full bag
/// works; nothing is changed until the plan holds.
#[derive(Clone, Debug)]
pub struct Forecast<'a> {
    inventory: &'a Inventory,
    /// The sums that would be different; all slots count as one place.
    changed: SmallVec<[(Place, Tally); 6]>,
    /// Bags that would be elsewhere, and in no place when they would be gone.
    moved: SmallVec<[(Uid, Option<Place>); 2]>,
    /// What would have left its cells, and what would lie where.
    gone: SmallVec<[Uid; 2]>,
    laid: SmallVec<[(Place, Shape, u32); 2]>,
    total: Tally,
}

/// Stands for every slot.
const WORN: Place = Place::Worn(DefId(0));

impl<'a> Forecast<'a> {
    /// As it is now.
    pub fn of(inventory: &'a Inventory) -> Self {
        Self {
            inventory,
            changed: SmallVec::new(),
            moved: SmallVec::new(),
            gone: SmallVec::new(),
            laid: SmallVec::new(),
            total: inventory.total(),
        }
    }

    /// `count` pieces that were `stacks` stacks of a place would leave. For what may be a bag with
    /// something in it see [`Forecast::take_item`].
    pub fn take(&mut self, place: Place, measure: Measure, count: u32, stacks: u32) {
        let mut less = Tally::default();
        less.add(measure, count, stacks);
        self.change(place, less, Tally::default());
    }

    /// `count` pieces as `stacks` new stacks would come to a place.
    pub fn put(&mut self, place: Place, measure: Measure, count: u32, stacks: u32) {
        let mut more = Tally::default();
        more.add(measure, count, stacks);
        self.change(place, Tally::default(), more);
    }

    /// `count` pieces of an item would leave; all of it with whatever is in it.
    pub fn take_item(&mut self, item: &Item, count: u32) {
        if count < item.count {
            let measure = self.inventory.measures().get(item.def);
            return self.take(item.place, measure, count, 0);
        }
        let gross = self.gross(item);
        self.change(item.place, gross, Tally::default());
        self.gone.push(item.uid);
        self.moved.push((item.uid, None));
    }

    /// Such a sum would come to a place.
    pub fn put_tally(&mut self, place: Place, more: Tally) {
        self.change(place, Tally::default(), more);
    }

    /// An item would be somewhere else in the same inventory, with whatever is in it.
    pub fn shift(&mut self, item: &Item, to: Place) {
        let gross = self.gross(item);
        self.change(item.place, gross, Tally::default());
        self.gone.push(item.uid);
        self.moved.push((item.uid, Some(to)));
        self.change(to, Tally::default(), gross);
    }

    /// Something would lie at a position of a place with a layout.
    pub fn lay(&mut self, place: Place, shape: Shape, position: u32) {
        self.laid.push((place, shape, position));
    }

    /// What would have left its cells.
    pub fn is_gone(&self, uid: Uid) -> bool {
        self.gone.contains(&uid)
    }

    /// What would lie in cells of a place that does not yet.
    pub fn laid(&self, place: Place) -> impl Iterator<Item = (Shape, u32)> {
        let here = self.laid.iter().filter(move |laid| laid.0 == place);
        here.map(|&(_, shape, position)| (shape, position))
    }

    /// What an item would come to: all pieces of it, and what of its contents counts outside.
    pub fn gross(&self, item: &Item) -> Tally {
        let mut gross = self.inventory.gross(item);
        for &(place, now) in &self.changed {
            if let Place::Inside { bag, pocket } = place
                && bag == item.uid
            {
                let share = self.inventory.measures().pocket(item.def, pocket);
                gross.take_tally(self.inventory.tally(place).share(share));
                gross.add_tally(now.share(share));
            }
        }
        gross
    }

    /// The place that an item of the inventory would be in.
    pub fn place_of(&self, uid: Uid) -> Option<Place> {
        let moved = self.moved.iter().rev().find(|moved| moved.0 == uid);
        match moved {
            Some(&(_, place)) => place,
            None => self.inventory.get(uid).map(|item| item.place),
        }
    }

    /// The sum over a place as it would be.
    pub fn tally(&self, place: Place) -> Tally {
        let place = key(place);
        let changed = self.changed.iter().find(|changed| changed.0 == place);
        changed.map_or_else(|| self.inventory.tally(place), |&(_, tally)| tally)
    }

    /// The sum over everything as it would be.
    pub const fn total(&self) -> Tally {
        self.total
    }

    /// Whether there would be more in a place than there is.
    pub fn grows(&self, place: Place) -> bool {
        let (now, would) = (self.inventory.tally(place), self.tally(place));
        would.weight > now.weight || would.bulk > now.bulk || would.stacks > now.stacks
    }

    fn change(&mut self, mut place: Place, mut less: Tally, mut more: Tally) {
        // As deep as bags can be, and one more for the place that they are in.
        for _ in 0..=MAX_DEPTH {
            let (before, after) = self.change_one(place, less, more);
            let Place::Inside { bag, pocket } = place else {
                self.total.take_tally(less);
                self.total.add_tally(more);
                return;
            };
            let Some(def) = self.inventory.get(bag).map(|bag| bag.def) else {
                return;
            };
            let share = self.inventory.measures().pocket(def, pocket);
            (less, more) = (before.share(share), after.share(share));
            match self.place_of(bag) {
                Some(outside) if less != more => place = outside,
                _ => return,
            }
        }
    }

    fn change_one(&mut self, place: Place, less: Tally, more: Tally) -> (Tally, Tally) {
        let place = key(place);
        let before = self.tally(place);
        let mut after = before;
        after.take_tally(less);
        after.add_tally(more);
        match self.changed.iter_mut().find(|changed| changed.0 == place) {
            Some(changed) => changed.1 = after,
            None => self.changed.push((place, after)),
        }
        (before, after)
    }

    /// Whether a compartment or pocket would be within its own limits.
    ///
    /// # Errors
    /// The first limit that would be exceeded: bulk, weight, count.
    pub fn check(&self, place: impl Into<Place>, limits: Limits) -> Result<(), Excess> {
        let tally = self.tally(place.into());
        check_micro(ExcessKind::Bulk, tally.bulk, limits.bulk)?;
        check_micro(ExcessKind::Weight, tally.weight, limits.weight)?;
        match limits.count {
            Some(max) if tally.stacks as f32 > max => Err(Excess {
                kind: ExcessKind::Count,
                would: tally.stacks as f32,
                max,
            }),
            _ => Ok(()),
        }
    }

    /// Whether everything together would be within the weight limit.
    ///
    /// # Errors
    /// The excess weight.
    pub fn check_total(&self, max_weight: Option<f32>) -> Result<(), Excess> {
        check_micro(ExcessKind::Weight, self.total.weight, max_weight)
    }

    /// Whether everything together, with `count` pieces more, would be within the weight limit.
    ///
    /// # Errors
    /// The excess weight.
    pub fn check_total_with(
        &self,
        measure: Measure,
        count: u32,
        max_weight: Option<f32>,
    ) -> Result<(), Excess> {
        let mut total = self.total;
        total.add(measure, count, 0);
        check_micro(ExcessKind::Weight, total.weight, max_weight)
    }
}

/// All slots count as one place.
const fn key(place: Place) -> Place {
    match place {
        Place::Worn(_) => WORN,
        place => place,
    }
}

fn check_micro(kind: ExcessKind, would: Micro, max: Option<f32>) -> Result<(), Excess> {
    match max {
        Some(max) if would > Micro::from_f32(max) => Err(Excess {
            kind,
            would: would.to_f32(),
            max,
        }),
        _ => Ok(()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn measure(weight: f32, bulk: f32) -> Measure {
        Measure {
            weight: Micro::from_f32(weight),
            bulk: Micro::from_f32(bulk),
            max_stack: 1,
        }
    }

    #[test]
    fn limits_are_reached_but_not_passed() {
        let empty = Inventory::new(DefId(0), [DefId(1)]);
        let mut forecast = Forecast::of(&empty);
        let limits = Limits {
            bulk: Some(10.0),
            weight: Some(1.0),
            count: Some(3.0),
        };
        // 0.1 is no binary fraction; ten of them still make exactly one.
        forecast.put(Place::In(0), measure(0.1, 1.0), 10, 3);
        assert_eq!(forecast.check(0, limits), Ok(()));
        let full = forecast.clone();

        forecast.put(Place::In(0), measure(0.0, 0.5), 1, 0);
        let excess = forecast.check(0, limits).unwrap_err();
        assert_eq!(
            (excess.kind, excess.would, excess.max),
            (ExcessKind::Bulk, 10.5, 10.0)
        );

        let mut forecast = full.clone();
        forecast.put(Place::In(0), measure(0.000_001, 0.0), 1, 0);
        assert_eq!(
            forecast.check(0, limits).unwrap_err().kind,
            ExcessKind::Weight
        );

        let mut forecast = full.clone();
        forecast.put(Place::In(0), measure(0.0, 0.0), 1, 1);
        assert_eq!(
            forecast.check(0, limits).unwrap_err().kind,
            ExcessKind::Count
        );

        let mut forecast = full.clone();
        forecast.put(Place::Worn(DefId(9)), measure(5.0, 5.0), 1, 1);
        assert_eq!(
            forecast.check(0, limits),
            Ok(()),
            "worn things take no room in bags"
        );
        assert!(
            forecast
                .check_total_with(measure(0.0, 0.0), 0, Some(5.9))
                .is_err(),
            "but they weigh"
        );
        forecast.take(Place::Worn(DefId(9)), measure(5.0, 5.0), 1, 1);
        assert_eq!(forecast.total(), full.total());
        assert_eq!(forecast.tally(Place::In(0)), full.tally(Place::In(0)));
    }
}
