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
    let is_coin = |item: &Item| money.is_some_and(|money| money.index_of(item.def).is_some());
    // What is in a bag goes with the bag; keepsakes among the coins are things like others.
    let shared = |item: &&Item| {
        item.place.compartment().is_some() && !(is_coin(item) && item.exts().next().is_none())
    };
    let all: Vec<&Item> = view.inventory.iter().filter(shared).collect();
    let goods: Vec<Good> = all
        .iter()
        .map(|item| Good {
            value: appraise(content, item).total,
            count: item.count,
        })
        .collect();
    let purse = Purse::in_force(content, view.inventory);
    Ok(SharePlan {
        items: all.iter().map(|item| item.uid).collect(),
        portions: share(&goods, purse.worth, people),
    })
}
