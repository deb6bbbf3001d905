//! Who would get what.

use bevy::prelude::*;
use wayfarer_core::{content::Content, id::Uid, refusal::Refusal};

use crate::{
    currency::{Money, Purse},
    item::Item,
    rules::{Good, Portion, share},
    value::appraise,
    view::View,
};

/// A division of what is in a container.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SharePlan {
    /// The items that are shared out, in the order of display; money is not among them.
    pub items: Vec<Uid>,
    /// What each gets; [`Portion::pieces`] in the order of the items.
    pub portions: Vec<Portion>,
}

/// How what is in a container would be divided among so many: by value, the dearest things first,
/// and money to make up for the rest. Who of them gets which portion is for the dice.
///
/// # Errors
/// `not_found` when there is no inventory.
pub fn share_plan(
    world: &World,
    content: &Content,
    container: Entity,
    people: usize,
) -> Result<SharePlan, Refusal> {
    let view = View::of(world, content, container)?;
    let money = Money::of(content);
    let is_money = |item: &Item| {
        let coin = money.is_some_and(|money| money.index_of(item.def).is_some());
        coin && item.exts().next().is_none()
    };
    // What is in a bag goes with the bag, coins aside: they are counted with the money.
    let shared = |item: &&Item| {
        let place = item.place;
        place.bag().is_none() && place.slot().is_none() && !is_money(item)
    };
    let worth = |item: &Item| appraise(content, item).total;
    let all: Vec<&Item> = view.inventory.iter().filter(shared).collect();
    let goods: Vec<Good> = all
        .iter()
        .map(|item| {
            let inside = view.inventory.contents(item.uid).into_iter();
            let inside = inside.filter(|inner| !is_money(inner));
            let inside = inside.map(|inner| worth(inner).saturating_mul(u64::from(inner.count)));
            Good {
                value: inside.fold(worth(item), u64::saturating_add),
                count: item.count,
            }
        })
        .collect();
    let purse = Purse::in_force(content, view.inventory);
    Ok(SharePlan {
        items: all.iter().map(|item| item.uid).collect(),
        portions: share(&goods, purse.worth, people),
    })
}
