//! Lookups and totals of an inventory. Everything here follows from the items.

use std::{
    collections::BTreeSet,
    sync::{Arc, LazyLock},
};

use bevy::platform::collections::HashMap;
use smallvec::SmallVec;
use wayfarer_core::id::{DefId, Uid};

use super::bags::{Bags, MAX_DEPTH};
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
    overflow: Tally,
    bags: Bags,
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
            index.position.insert(item.uid, position as u32);
        }
        // Bags before what is in them, as they were filled.
        let mut by_depth: Vec<(usize, usize)> = items
            .iter()
            .enumerate()
            .map(|(position, item)| (index.depth(items, item.place), position))
            .collect();
        by_depth.sort_unstable();
        for item in by_depth.iter().filter_map(|&(_, at)| items.get(at)) {
            index.enter(items, item);
        }
        index
    }

    pub(crate) fn measures(&self) -> &Measures {
        self.measures.as_deref().unwrap_or(&NO_MEASURES)
    }

    pub(crate) const fn is_measured(&self) -> bool {
        self.measures.is_some()
    }

    pub(crate) const fn bags(&self) -> &Bags {
        &self.bags
    }

    pub(crate) fn position(&self, uid: Uid) -> Option<usize> {
        self.position.get(&uid).map(|&at| at as usize)
    }

    pub(crate) fn moved(&mut self, uid: Uid, position: usize) {
        self.position.insert(uid, position as u32);
    }

    /// The place of an item.
    pub(crate) fn place_of(&self, items: &[Item], uid: Uid) -> Option<Place> {
        items.get(self.position(uid)?).map(|item| item.place)
    }

    /// In how many bags something at `place` is; no more than can be.
    pub(crate) fn depth(&self, items: &[Item], mut place: Place) -> usize {
        let mut depth = 0;
        while let (Some(bag), true) = (place.bag(), depth <= MAX_DEPTH) {
            depth += 1;
            match self.place_of(items, bag) {
                Some(outside) => place = outside,
                None => break,
            }
        }
        depth
    }

    /// Adds an item that will stand at `position` of the list.
    pub(crate) fn insert(&mut self, items: &[Item], item: &Item, position: usize) {
        self.position.insert(item.uid, position as u32);
        self.enter(items, item);
    }

    /// Removes an item, which still stands in the list, from everything.
    pub(crate) fn remove(&mut self, items: &[Item], item: &Item) {
        self.sorted.remove(&(item.place, item.order, item.uid));
        self.close(item.place, item, item.count);
        let gross = self.gross(item);
        self.change(items, item.place, gross, Tally::default());
        self.count_inside(items, item.place, 0, false);
        self.position.remove(&item.uid);
    }

    /// The item at `at` gets another place and order.
    pub(crate) fn relocate(&mut self, items: &[Item], item: &Item, place: Place, order: u32) {
        self.sorted.remove(&(item.place, item.order, item.uid));
        self.sorted.insert((place, order, item.uid));
        // Another position in the same place changes nothing else.
        if item.place == place {
            return;
        }
        self.close(item.place, item, item.count);
        self.open(place, item, item.count);
        let gross = self.gross(item);
        self.change(items, item.place, gross, Tally::default());
        self.change(items, place, Tally::default(), gross);
        let height = self.bags.height(item.uid);
        // In this order: a bag that is left empty is forgotten, and it may be the same bag.
        self.count_inside(items, place, height, true);
        self.count_inside(items, item.place, height, false);
    }

    /// `item` gets another count.
    pub(crate) fn recount(&mut self, items: &[Item], item: &Item, count: u32) {
        let measure = self.measures().get(item.def);
        let (mut less, mut more) = (Tally::default(), Tally::default());
        less.add(measure, item.count, 0);
        more.add(measure, count, 0);
        self.close(item.place, item, item.count);
        self.open(item.place, item, count);
        self.change(items, item.place, less, more);
    }

    fn enter(&mut self, items: &[Item], item: &Item) {
        self.sorted.insert((item.place, item.order, item.uid));
        self.open(item.place, item, item.count);
        let gross = self.gross(item);
        self.change(items, item.place, Tally::default(), gross);
        self.count_inside(items, item.place, 0, true);
    }

    /// What an item is in its place: all pieces of it, and what is in it.
    pub(crate) fn gross(&self, item: &Item) -> Tally {
        let mut tally = self.bags.outside(item.uid);
        tally.add(self.measures().get(item.def), item.count, 1);
        tally
    }

    /// A stack of `count` at a place may have room for more.
    fn open(&mut self, place: Place, item: &Item, count: u32) {
        if place.takes_items() && count < self.measures().get(item.def).max_stack {
            self.open.insert((item.def, place, count, item.uid));
        }
    }

    fn close(&mut self, place: Place, item: &Item, count: u32) {
        if place.takes_items() && count < self.measures().get(item.def).max_stack {
            self.open.remove(&(item.def, place, count, item.uid));
        }
    }

    /// Changes the sum over a place, and with it those of the places that its bags are in.
    fn change(&mut self, items: &[Item], mut place: Place, mut less: Tally, mut more: Tally) {
        let tally = loop {
            match place {
                Place::In(compartment) => break self.tallies.get_mut(compartment as usize),
                Place::Worn(_) => break Some(&mut self.worn),
                Place::Overflow => break Some(&mut self.overflow),
                Place::Inside { bag, pocket } => {
                    let Some(item) = self.position(bag).and_then(|at| items.get(at)) else {
                        return;
                    };
                    let measures = &self.measures;
                    let share = || {
                        let measures = measures.as_deref().unwrap_or(&NO_MEASURES);
                        measures.pocket(item.def, pocket)
                    };
                    (less, more) = self.bags.change(bag, pocket, share, (less, more));
                    if less == more {
                        return;
                    }
                    place = item.place;
                }
            }
        };
        if let Some(tally) = tally {
            tally.take_tally(less);
            tally.add_tally(more);
        }
    }

    /// Something that is `height` bags high comes to a place or leaves it.
    fn count_inside(&mut self, items: &[Item], place: Place, height: u8, more: bool) {
        let Some(bag) = place.bag() else {
            return;
        };
        let (mut from, mut to) = self.bags.count(bag, height, more);
        let mut at = bag;
        while from != to {
            let Some(outer) = self.place_of(items, at).and_then(Place::bag) else {
                return;
            };
            (from, to) = self.bags.child_height(outer, from, to);
            at = outer;
        }
    }

    pub(crate) fn add_compartment(&mut self) {
        self.tallies.push(Tally::default());
    }

    pub(crate) fn remove_compartment(&mut self) {
        self.tallies.pop();
    }

    pub(crate) fn tally(&self, place: Place) -> Tally {
        match place {
            Place::In(compartment) => {
                let tally = self.tallies.get(compartment as usize);
                tally.copied().unwrap_or_default()
            }
            Place::Worn(_) => self.worn,
            Place::Overflow => self.overflow,
            Place::Inside { bag, pocket } => self.bags.tally(bag, pocket),
        }
    }

    pub(crate) fn total(&self) -> Tally {
        let mut total = self.worn;
        total.add_tally(self.overflow);
        for tally in &self.tallies {
            total.add_tally(*tally);
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

    /// What is directly in a bag, pocket by pocket.
    pub(crate) fn inside(&self, bag: Uid) -> impl DoubleEndedIterator<Item = Uid> {
        let first = Place::Inside { bag, pocket: 0 };
        let last = Place::Inside {
            bag,
            pocket: u8::MAX,
        };
        self.sorted
            .range((first, 0, FIRST)..=(last, u32::MAX, LAST))
            .map(|&(_, _, uid)| uid)
    }

    pub(crate) fn open_stacks(&self, def: DefId, place: Place) -> impl Iterator<Item = Uid> {
        self.open
            .range((def, place, 0, FIRST)..=(def, place, u32::MAX, LAST))
            .map(|&(_, _, _, uid)| uid)
    }
}
