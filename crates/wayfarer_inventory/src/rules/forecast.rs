//! Plan, then commit: the totals as they would be after a change.

use smallvec::SmallVec;

use crate::{
    inventory::Inventory,
    item::Place,
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
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    compartments: SmallVec<[Tally; 8]>,
    worn: Tally,
    total: Tally,
}

impl Forecast {
    /// As it is now.
    pub fn of(inventory: &Inventory) -> Self {
        let compartments = (0..inventory.compartments().len())
            .filter_map(|index| u8::try_from(index).ok())
            .map(|index| inventory.tally(index))
            .collect();
        Self {
            compartments,
            worn: inventory.worn_tally(),
            total: inventory.total(),
        }
    }

    /// `count` pieces that were `stacks` stacks of a place would leave.
    pub fn take(&mut self, place: Place, measure: Measure, count: u32, stacks: u32) {
        self.total.take(measure, count, stacks);
        if let Some(tally) = self.at(place) {
            tally.take(measure, count, stacks);
        }
    }

    /// `count` pieces as `stacks` new stacks would come to a place.
    pub fn put(&mut self, place: Place, measure: Measure, count: u32, stacks: u32) {
        self.total.add(measure, count, stacks);
        if let Some(tally) = self.at(place) {
            tally.add(measure, count, stacks);
        }
    }

    fn at(&mut self, place: Place) -> Option<&mut Tally> {
        match place {
            Place::In(index) => self.compartments.get_mut(index as usize),
            Place::Worn(_) => Some(&mut self.worn),
            Place::Inside { .. } | Place::Overflow => None,
        }
    }

    /// Whether a compartment would be within its limits.
    ///
    /// # Errors
    /// The first limit that would be exceeded: bulk, weight, count.
    pub fn check(&self, place: impl Into<Place>, limits: Limits) -> Result<(), Excess> {
        let Place::In(compartment) = place.into() else {
            return Ok(());
        };
        let Some(tally) = self.compartments.get(compartment as usize) else {
            return Ok(());
        };
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
    use wayfarer_core::id::DefId;

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
        let mut forecast = Forecast::of(&Inventory::new(DefId(0), [DefId(1)]));
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
        assert_eq!(forecast, full);
    }
}
