//! The character's money.

use wayfarer_inventory::{
    Inventory,
    content::ItemDef,
    currency::{Money, Purse},
    rules::fewest,
};

use crate::{
    build::items::ItemRows,
    model::inventory::{CoinModel, MoneyModel},
};

/// What coins there are, and how many of each.
pub(super) fn money(rows: &ItemRows<'_>, inventory: &Inventory) -> Option<MoneyModel> {
    let money = Money::of(rows.content)?;
    let purse = Purse::of(money, inventory);
    let items = rows.content.table::<ItemDef>();
    let coins = money.coins().iter().zip(purse.counts.iter());
    Some(MoneyModel {
        text: money.show(purse.worth),
        coins: coins
            .map(|(coin, &count)| CoinModel {
                def: coin.item,
                name: items
                    .get(coin.item)
                    .map_or_else(|| coin.short.clone(), |def| def.name.clone()),
                worth: coin.worth,
                count,
            })
            .collect(),
        changes: money.breaks_coins(),
        tidy: fewest(money.worths(), purse.worth) == purse.counts,
    })
}
