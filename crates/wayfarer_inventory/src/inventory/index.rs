//! Lookups and totals of an inventory. Everything here follows from the items.

use std::{
    collections::BTreeSet,
    sync::{Arc, LazyLock},
};

use bevy::platform::collections::HashMap;
use smallvec::SmallVec;
use wayfarer_core::id::{DefId, Uid};

use crate::{
    item::{Item, Place},
    measure::{Measures, Tally},
};

/// The smallest and the largest uid, for ranges.
const FIRST: Uid = match Uid::new(1) {
    Some(uid) => uid,
    None => unreachable!(),
};
const LAST: Uid = match Uid::new(u64::MAX) {
    Some(uid) => uid,
    None => unreachable!(),
};

const LAST_SLOT: Place = Place::Worn(DefId(u32::MAX));

static NO_MEASURES: LazyLock<Arc<Measures>> = LazyLock::new(Arc::default);

#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    measures: Option<Arc<Measures>>,
    position: HashMap<Uid, u32>,
    sorted: BTreeSet<(Place, u32, Uid)>,
    /// Stacks that have room: (what, place, count, which). Without it filling a container
    /// with stackable items would search all of it for each.
    open: BTreeSet<(DefId, Place, u32, Uid)>,
    tallies: SmallVec<[Tally; 4]>,
    worn: Tally,
}

impl Index {
    pub(crate) fn empty(compartments: usize) -> Self {
        Self {
            tallies: SmallVec::from_elem(Tally::default(), compartments),
            ..Self::default()
        }
    }

    pub(crate) fn build(
        measures: Option<Arc<Measures>>,
        compartments: usize,
        items: &[Item],
    ) -> Self {
        let mut index = Self {
            measures,
            ..Self::empty(compartments)
        };
        for (position, item) in items.iter().enumerate() {
            index.insert(item, position);
        }
        index
    }

    pub(crate) fn measures(&self) -> &Measures {
        self.measures.as_deref().unwrap_or(&NO_MEASURES)
    }

    pub(crate) const fn is_measured(&self) -> bool {
        self.measures.is_some()
    }

    pub(crate) fn position(&self, uid: Uid) -> Option<usize> {
        self.position.get(&uid).map(|&at| at as usize)
    }

    pub(crate) fn moved(&mut self, uid: Uid, position: usize) {
        self.position.insert(uid, position as u32);
    }

    /// Adds an item that stands at `position` of the list.
    pub(crate) fn insert(&mut self, item: &Item, position: usize) {
        self.position.insert(item.uid, position as u32);
        self.enter(item);
    }

    /// Removes an item from everything.
    pub(crate) fn remove(&mut self, item: &Item) {
        self.position.remove(&item.uid);
        self.leave(item);
    }

    /// The item is about to get another place and order.
    pub(crate) fn relocate(&mut self, item: &Item, place: Place, order: u32) {
        self.sorted.remove(&(item.place, item.order, item.uid));
        self.sorted.insert((place, order, item.uid));
        // Another position in the same compartment changes nothing else.
        if item.place != place {
            self.uncount(item.place, item);
            self.count(place, item);
        }
    }

    /// The item is about to have another count.
    pub(crate) fn recount(&mut self, item: &mut Item, count: u32) -> u32 {
        self.uncount(item.place, item);
        let before = std::mem::replace(&mut item.count, count);
        self.count(item.place, item);
        before
    }

    fn leave(&mut self, item: &Item) {
        self.sorted.remove(&(item.place, item.order, item.uid));
        self.uncount(item.place, item);
    }

    fn enter(&mut self, item: &Item) {
        self.sorted.insert((item.place, item.order, item.uid));
        self.count(item.place, item);
    }

    fn uncount(&mut self, place: Place, item: &Item) {
        let measure = self.measures().get(item.def);
        if let Some(tally) = self.tally_mut(place) {
            tally.take(measure, item.count, 1);
        }
        if place.takes_items() && item.count < measure.max_stack {
            self.open.remove(&(item.def, place, item.count, item.uid));
        }
    }

    fn count(&mut self, place: Place, item: &Item) {
        let measure = self.measures().get(item.def);
        if let Some(tally) = self.tally_mut(place) {
            tally.add(measure, item.count, 1);
        }
        if place.takes_items() && item.count < measure.max_stack {
            self.open.insert((item.def, place, item.count, item.uid));
        }
    }

    pub(crate) fn add_compartment(&mut self) {
        self.tallies.push(Tally::default());
    }

    pub(crate) fn remove_compartment(&mut self) {
        self.tallies.pop();
    }

    fn tally_mut(&mut self, place: Place) -> Option<&mut Tally> {
        match place {
            Place::In(compartment) => self.tallies.get_mut(compartment as usize),
            Place::Worn(_) => Some(&mut self.worn),
            Place::Inside { .. } | Place::Overflow => None,
        }
    }

    pub(crate) fn tally(&self, place: Place) -> Tally {
        match place {
            Place::In(compartment) => self.tallies.get(compartment as usize).copied(),
            Place::Worn(_) => Some(self.worn),
            Place::Inside { .. } | Place::Overflow => None,
        }
        .unwrap_or_default()
    }

    pub(crate) const fn worn_tally(&self) -> Tally {
        self.worn
    }

    pub(crate) fn total(&self) -> Tally {
        let mut total = self.worn;
        for tally in &self.tallies {
            total.weight.0 = total.weight.0.wrapping_add(tally.weight.0);
            total.bulk.0 = total.bulk.0.wrapping_add(tally.bulk.0);
            total.stacks = total.stacks.wrapping_add(tally.stacks);
        }
        total
    }

    pub(crate) fn all(&self) -> impl DoubleEndedIterator<Item = Uid> {
        self.sorted.iter().map(|&(_, _, uid)| uid)
    }

    pub(crate) fn at(&self, place: Place) -> impl DoubleEndedIterator<Item = Uid> {
        self.sorted
            .range((place, 0, FIRST)..=(place, u32::MAX, LAST))
            .map(|&(_, _, uid)| uid)
    }

    pub(crate) fn before(&self, item: &Item) -> impl Iterator<Item = Uid> {
        self.sorted
            .range((item.place, 0, FIRST)..(item.place, item.order, item.uid))
            .rev()
            .map(|&(_, _, uid)| uid)
    }

    pub(crate) fn worn(&self) -> impl DoubleEndedIterator<Item = Uid> {
        self.sorted
            .range((Place::Worn(DefId(0)), 0, FIRST)..=(LAST_SLOT, u32::MAX, LAST))
            .map(|&(_, _, uid)| uid)
    }

    pub(crate) fn open_stacks(&self, def: DefId, place: Place) -> impl Iterator<Item = Uid> {
        self.open
            .range((def, place, 0, FIRST)..=(def, place, u32::MAX, LAST))
            .map(|&(_, _, _, uid)| uid)
    }
}
