//! The serialised form: items sorted by uid, so that equal inventories have equal bytes whatever
//! happened to them before.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use wayfarer_core::id::DefId;

use super::{Index, Inventory, MAX_COMPARTMENTS, MAX_DEPTH};
use crate::item::{Item, Place};

#[derive(Serialize)]
struct Written<'a> {
    revision: u32,
    kit: DefId,
    compartments: &'a [DefId],
    items: Vec<&'a Item>,
}

#[derive(Deserialize)]
struct Read {
    revision: u32,
    kit: DefId,
    compartments: Vec<DefId>,
    items: Vec<Item>,
}

impl Serialize for Inventory {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written {
            revision: self.revision,
            kit: self.kit,
            compartments: &self.compartments,
            items: self.sorted_by_uid(),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Inventory {
    /// Refuses bytes that contradict themselves: the record is then set aside and reported, and
    /// nothing is copied or lost by guessing.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = Read::deserialize(deserializer)?;
        if read.compartments.len() > MAX_COMPARTMENTS {
            return Err(D::Error::custom("too many compartments"));
        }
        let mut slots = Vec::new();
        for pair in read.items.windows(2) {
            if pair[0].uid >= pair[1].uid {
                return Err(D::Error::custom(
                    "items are not in order, or one is there twice",
                ));
            }
        }
        for item in &read.items {
            if item.count == 0 {
                return Err(D::Error::custom("an empty stack"));
            }
            match item.place {
                Place::In(compartment) if compartment as usize >= read.compartments.len() => {
                    return Err(D::Error::custom(
                        "an item in a compartment that is not there",
                    ));
                }
                Place::In(_) | Place::Overflow => {}
                Place::Inside { .. } => check_bags(&read.items, item).map_err(D::Error::custom)?,
                Place::Worn(slot) => slots.push(slot),
            }
        }
        slots.sort_unstable();
        if slots.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(D::Error::custom("two items in one slot"));
        }
        let index = Index::build(None, read.compartments.len(), &read.items);
        Ok(Self {
            revision: read.revision,
            kit: read.kit,
            compartments: read.compartments,
            items: read.items,
            index,
        })
    }
}

/// Whether the bags that an item is in are there, and not each other. The items are sorted by uid.
fn check_bags(items: &[Item], item: &Item) -> Result<(), &'static str> {
    let mut place = item.place;
    for _ in 0..=MAX_DEPTH {
        let Some(bag) = place.bag() else {
            return Ok(());
        };
        let at = items.binary_search_by_key(&bag, |item| item.uid);
        let bag = at.ok().and_then(|at| items.get(at));
        let bag = bag.ok_or("an item in a bag that is not there")?;
        if bag.count != 1 {
            return Err("an item in a stack");
        }
        place = bag.place;
    }
    Err("too many bags one in the other")
}
