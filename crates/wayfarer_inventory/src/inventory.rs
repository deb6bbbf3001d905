//! The inventory of a character or container: an aggregate that changes only by
//! [`ItemOp`](crate::ops::ItemOp)s.

use std::sync::Arc;

use bevy::{
    ecs::{lifecycle::HookContext, world::DeferredWorld},
    prelude::*,
};
use wayfarer_core::{
    content::ActiveContent,
    id::{DefId, Uid},
};

use crate::{
    item::{Item, Place},
    load::LoadDirty,
    measure::{Measures, Tally},
    plugin::MeasureTable,
};

pub(crate) mod bags;
mod index;
mod wire;

pub(crate) use bags::MAX_DEPTH;
use index::Index;

/// What somebody or something holds.
///
/// Items are plain data; lookups are indexed and totals cached, so that a container of 27 000
/// items costs no more per move than one of ten. Indexes and totals are rebuilt after decoding and
/// are no part of the value: two inventories are equal when their items are.
#[derive(Component, Clone, Debug, Reflect)]
#[reflect(opaque, Component, Debug, Clone)]
#[component(on_insert = attach_measures)]
pub struct Inventory {
    pub(crate) revision: u32,
    pub(crate) kit: DefId,
    pub(crate) compartments: Vec<DefId>,
    pub(crate) items: Vec<Item>,
    pub(crate) index: Index,
}

impl PartialEq for Inventory {
    fn eq(&self, other: &Self) -> bool {
        self.revision == other.revision
            && self.kit == other.kit
            && self.compartments == other.compartments
            && self.sorted_by_uid() == other.sorted_by_uid()
    }
}

impl Inventory {
    /// An empty inventory that follows the weight limit and load curve of the kit `kit`, with
    /// these compartments (at most 255; more are left out).
    pub fn new(kit: DefId, compartments: impl IntoIterator<Item = DefId>) -> Self {
        let compartments: Vec<_> = compartments.into_iter().take(MAX_COMPARTMENTS).collect();
        Self {
            revision: 0,
            kit,
            index: Index::empty(compartments.len()),
            compartments,
            items: Vec::new(),
        }
    }

    /// The entry of kind `kits` whose weight limit and load curve hold here.
    pub const fn kit(&self) -> DefId {
        self.kit
    }

    /// The compartments: entries of kind `compartments`. Their indexes never change.
    pub fn compartments(&self) -> &[DefId] {
        &self.compartments
    }

    /// The index of the first compartment of this kind.
    pub fn compartment_of(&self, def: DefId) -> Option<u8> {
        let index = self.compartments.iter().position(|&known| known == def)?;
        u8::try_from(index).ok()
    }

    /// Number of stacks, whether worn, in bags or anywhere else.
    pub const fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is nothing in it.
    pub const fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The item with this uid.
    pub fn get(&self, uid: Uid) -> Option<&Item> {
        self.items.get(self.index.position(uid)?)
    }

    /// Every item: compartment by compartment in the order of display, then what is worn, what is
    /// inside bags, and what overflowed.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Item> {
        self.index.all().filter_map(|uid| self.get(uid))
    }

    /// The items of one compartment in the order of display.
    pub fn in_compartment(&self, compartment: u8) -> impl DoubleEndedIterator<Item = &Item> {
        self.index
            .at(Place::In(compartment))
            .filter_map(|uid| self.get(uid))
    }

    /// The items of one place in the order of display.
    pub fn at(&self, place: impl Into<Place>) -> impl DoubleEndedIterator<Item = &Item> {
        let uids = self.index.at(place.into());
        uids.filter_map(|uid| self.get(uid))
    }

    /// What is directly inside a bag, pocket by pocket.
    pub fn inside(&self, bag: Uid) -> impl DoubleEndedIterator<Item = &Item> {
        let uids = self.index.inside(bag);
        uids.filter_map(|uid| self.get(uid))
    }

    /// Everything inside a bag, and in the bags inside it: each bag before what is in it.
    pub fn contents(&self, bag: Uid) -> Vec<&Item> {
        let mut all: Vec<&Item> = self.inside(bag).collect();
        let mut at = 0;
        while let Some(&item) = all.get(at) {
            if self.is_filled(item.uid) {
                all.extend(self.inside(item.uid));
            }
            at += 1;
        }
        all
    }

    /// Every item, each bag before what is in it.
    pub fn bags_first(&self) -> Vec<&Item> {
        let mut all: Vec<&Item> = self.iter().collect();
        all.sort_by_key(|item| self.index.depth(&self.items, item.place));
        all
    }

    /// Whether something is inside it.
    pub fn is_filled(&self, bag: Uid) -> bool {
        self.index.bags().is_filled(bag)
    }

    /// How many filled bags are one in the other here, from this one inwards; 0 for what has
    /// nothing inside.
    pub fn height(&self, uid: Uid) -> u8 {
        self.index.bags().height(uid)
    }

    /// In how many bags something at this place is.
    pub fn depth(&self, place: Place) -> usize {
        self.index.depth(&self.items, place)
    }

    /// Where the outermost bag is that something at this place is in; the place itself if it is in
    /// none.
    pub fn root(&self, mut place: Place) -> Place {
        for _ in 0..=MAX_DEPTH {
            match place.bag().and_then(|bag| self.get(bag)) {
                Some(bag) => place = bag.place,
                None => break,
            }
        }
        place
    }

    /// Whether an item is worn, or in a bag that is worn.
    pub fn is_on_body(&self, item: &Item) -> bool {
        self.root(item.place).slot().is_some()
    }

    /// What an item comes to in its place: all pieces of it, and what of its contents counts
    /// outside of it.
    pub fn gross(&self, item: &Item) -> Tally {
        self.index.gross(item)
    }

    /// What of the contents of a bag counts where the bag is.
    pub fn outside(&self, bag: Uid) -> Tally {
        self.index.bags().outside(bag)
    }

    /// The worn items, by slot.
    pub fn worn(&self) -> impl DoubleEndedIterator<Item = &Item> {
        self.index.worn().filter_map(|uid| self.get(uid))
    }

    /// What is worn in a slot.
    pub fn worn_in(&self, slot: DefId) -> Option<&Item> {
        self.index
            .at(Place::Worn(slot))
            .next()
            .and_then(|uid| self.get(uid))
    }

    /// Stacks of `def` in a place that have room for more, the least full first.
    pub fn open_stacks(&self, def: DefId, place: impl Into<Place>) -> impl Iterator<Item = &Item> {
        let uids = self.index.open_stacks(def, place.into());
        uids.filter_map(|uid| self.get(uid))
    }

    /// How many pieces of a kind there are, whether worn, in bags or anywhere else. Looks at every item.
    pub fn count_of(&self, def: DefId) -> u64 {
        let of_kind = self.items.iter().filter(|item| item.def == def);
        of_kind.map(|item| u64::from(item.count)).sum()
    }

    /// The sum over one compartment or pocket, with what is in the bags in it as far as that
    /// counts there; over everything that is worn for any slot.
    pub fn tally(&self, place: impl Into<Place>) -> Tally {
        self.index.tally(place.into())
    }

    /// The sum over what is worn.
    pub fn worn_tally(&self) -> Tally {
        self.index.tally(Place::Worn(DefId(0)))
    }

    /// The sum over everything.
    pub fn total(&self) -> Tally {
        self.index.total()
    }

    /// The order of the last item of a place.
    pub fn last_order(&self, place: impl Into<Place>) -> Option<u32> {
        let uid = self.index.at(place.into()).next_back()?;
        self.get(uid).map(|item| item.order)
    }

    /// The items in front of `item` in the same place, the nearest first.
    pub(crate) fn before(&self, item: &Item) -> impl Iterator<Item = &Item> {
        self.index.before(item).filter_map(|uid| self.get(uid))
    }

    /// The measures that the totals were counted with.
    pub fn measures(&self) -> &Measures {
        self.index.measures()
    }

    /// Counts everything again with other measures. Nothing of the value changes but the ids of
    /// entries that are called otherwise now: what is the same must stack and fit as such.
    pub(crate) fn attach(&mut self, measures: Arc<Measures>) {
        self.rename(&measures);
        self.index = Index::build(Some(measures), self.compartments.len(), &self.items);
    }

    fn rename(&mut self, measures: &Measures) {
        let rename = |id: &mut DefId| {
            if let Some(new) = measures.renamed(*id) {
                *id = new;
            }
        };
        rename(&mut self.kit);
        self.compartments.iter_mut().for_each(rename);
        self.items.iter_mut().for_each(|item| rename(&mut item.def));
        let worn = self.items.iter().filter_map(|item| {
            let slot = item.place.slot()?;
            Some((item.uid, slot, measures.renamed(slot)))
        });
        let worn: Vec<_> = worn.collect();
        for &(uid, _, new) in &worn {
            // Two slots that have become one hold one thing; the other stays where it was known.
            let taken = |new| self.items.iter().any(|item| item.place.slot() == Some(new));
            if let Some(new) = new.filter(|new| !taken(*new))
                && let Some(item) = self.items.iter_mut().find(|item| item.uid == uid)
            {
                item.place = Place::Worn(new);
            }
        }
    }

    /// Whether the totals were counted with any content at all.
    pub(crate) const fn is_measured(&self) -> bool {
        self.index.is_measured()
    }

    pub(crate) fn sorted_by_uid(&self) -> Vec<&Item> {
        let mut items: Vec<&Item> = self.items.iter().collect();
        items.sort_unstable_by_key(|item| item.uid);
        items
    }
}

/// Compartments are named by a byte.
pub(crate) const MAX_COMPARTMENTS: usize = 255;

/// Gives an inventory that has come from a save, the wire or a game's own code its totals, and has
/// its load looked at.
fn attach_measures(mut world: DeferredWorld, ctx: HookContext) {
    if let Some(mut dirty) = world.get_resource_mut::<LoadDirty>() {
        dirty.push(ctx.entity);
    }
    let Some(measures) = world.get_resource::<ActiveContent>().and_then(|content| {
        let table = content.0.derived::<MeasureTable>()?;
        Some(table.0.clone())
    }) else {
        return;
    };
    if let Some(mut inventory) = world.get_mut::<Inventory>(ctx.entity) {
        inventory.bypass_change_detection().attach(measures);
    }
}
