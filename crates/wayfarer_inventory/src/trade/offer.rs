//! What may be offered, and whether it still is what it was.

use std::collections::BTreeSet;

use bevy::prelude::*;
use wayfarer_core::{content::Content, id::Uid, refusal::Refusal};

use super::{Offered, TradeSide};
use crate::{
    constraint::{Planned, Purpose, check_with_contents},
    content::ItemDef,
    currency::{Money, Purse},
    intake::Parcel,
    item::{Item, Place},
    refusals::{self, amount_of},
    view::View,
};

/// Whether so many pieces of an item may be offered; as both will see them.
///
/// # Errors
/// `not_found`, `worn`, `invalid_amount`, `template_unavailable`, `is_money`, and what constraints
/// say to [`Purpose::Trade`], about what is inside too.
pub(crate) fn check_offer(view: &View<'_>, item: Uid, count: u32) -> Result<Offered, Refusal> {
    let item = view.loose_item(item)?;
    amount_of(item, Some(count))?;
    let def = view.def(item)?;
    let money = Money::of(view.content);
    if money.is_some_and(|money| money.index_of(item.def).is_some()) {
        return Err(refusals::is_money(&def.name));
    }
    let planned = Planned {
        item,
        count,
        purpose: Purpose::Trade,
        to: None,
    };
    check_with_contents(view, &planned)?;
    Ok(shown(view, item, count))
}

/// Refuses offers that show a thing twice, by itself and in a bag that is offered too, and offers
/// that are too long to look at: with what is inside at most [`MAX_SHOWN`] things.
///
/// # Errors
/// `offered_twice`, `invalid_amount`.
pub(crate) fn check_together(content: &Content, items: &[Offered]) -> Result<(), Refusal> {
    let shown = items.iter().map(|offered| 1 + offered.inside.len());
    let shown: usize = shown.sum();
    if shown > MAX_SHOWN {
        let shown = u32::try_from(shown).unwrap_or(u32::MAX);
        return Err(refusals::invalid_amount(shown, MAX_SHOWN as u32));
    }
    let along = along(items);
    match items.iter().find(|one| along.contains(&one.item.uid)) {
        Some(twice) => {
            let def = content.table::<ItemDef>().get(twice.item.def);
            Err(refusals::offered_twice(def.map_or("", |def| &def.name)))
        }
        None => Ok(()),
    }
}

/// What goes along in a bag that is offered.
fn along(items: &[Offered]) -> BTreeSet<Uid> {
    let inside = items.iter().flat_map(|offered| &offered.inside);
    inside.map(|item| item.uid).collect()
}

/// Most things that one side can show, those in bags included: an offer is sent whole whenever it
/// changes.
pub const MAX_SHOWN: usize = 1000;

/// An item as the other side sees it.
fn shown(view: &View<'_>, item: &Item, count: u32) -> Offered {
    Offered {
        item: item.part(item.uid, count).at(Place::In(0), 0),
        inside: Parcel::of(view.inventory, item, count).inside,
    }
}

/// Brings an offer up to date with what its owner has: what is gone is offered no more, what has
/// changed is shown as it is. Returns whether anything was different.
pub(crate) fn refresh(
    world: &World,
    content: &Content,
    owner: Entity,
    side: &mut TradeSide,
) -> bool {
    let before = side.clone();
    let Ok(view) = View::of(world, content, owner) else {
        side.items.clear();
        side.money = 0;
        return *side != before;
    };
    let items = std::mem::take(&mut side.items);
    let still = |offered: &Offered| check_offer(&view, offered.item.uid, offered.item.count).ok();
    side.items = items.iter().filter_map(still).collect();
    // What was put into a bag that is offered goes along in it.
    let along = along(&side.items);
    side.items.retain(|one| !along.contains(&one.item.uid));
    if check_together(content, &side.items).is_err() {
        side.items.clear();
    }
    let purse = Purse::in_force(content, view.inventory);
    side.money = side.money.min(purse.worth);
    *side != before
}
