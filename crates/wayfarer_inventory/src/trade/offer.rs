//! What may be offered, and whether it still is what it was.

use bevy::prelude::*;
use wayfarer_core::{content::Content, id::Uid, refusal::Refusal};

use super::{Offered, TradeSide};
use crate::{
    constraint::{Planned, Purpose, check_with_contents},
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
    let purse = Purse::in_force(content, view.inventory);
    side.money = side.money.min(purse.worth);
    *side != before
}
