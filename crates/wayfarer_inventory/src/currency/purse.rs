//! What money somebody has: every coin, in whatever pocket or bag.

use wayfarer_core::content::Content;

use super::Money;
use crate::{
    inventory::Inventory,
    item::Item,
    rules::{Counts, worth_of},
    view::View,
};

/// The coins that somebody has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Purse {
    /// How many of each, in the order of [`Money::coins`].
    pub counts: Counts,
    /// What they are worth together, in the smallest coin.
    pub worth: u64,
}

impl Purse {
    /// Counts the coins in an inventory, those inside bags too. Looks at every item once.
    pub fn of(money: &Money, inventory: &Inventory) -> Self {
        let mut counts = money.none();
        for (which, item) in coins(money, inventory) {
            if let Some(count) = counts.get_mut(which) {
                *count = count.saturating_add(u64::from(item.count));
            }
        }
        let worth = worth_of(money.worths(), &counts);
        Self { counts, worth }
    }

    /// The coins in an inventory under the currency in force; none if there is no money.
    pub fn in_force(content: &Content, inventory: &Inventory) -> Self {
        Money::of(content).map_or_else(Self::default, |money| Self::of(money, inventory))
    }
}

/// What somebody's coins are worth together, those inside bags too.
pub fn purse(view: &View<'_>) -> u64 {
    Purse::in_force(view.content, view.inventory).worth
}

/// The stacks that are money, with the coin each is of. A coin that carries an extension is a
/// keepsake, and one that is worn is jewellery.
pub(super) fn coins<'a>(
    money: &'a Money,
    inventory: &'a Inventory,
) -> impl Iterator<Item = (usize, &'a Item)> {
    inventory.iter().filter_map(|item| {
        let which = money.index_of(item.def)?;
        is_plain(item).then_some((which, item))
    })
}

/// Whether nothing distinguishes it from its like.
pub(super) fn is_plain(item: &Item) -> bool {
    item.place.slot().is_none() && item.exts().next().is_none()
}
