//! Kind `shops`: who buys and sells. The entry has the name of the character.

use serde::Deserialize;
use wayfarer_core::content::{Definition, LinkCtx, Ref, Text};
use wayfarer_stats::{relations::RelationDef, tags::TagQuery};

use super::{BAD_NUMBER, ItemDef, LootTableDef, Rate, check_measure};

/// Definition kind `shops`. The character needs a kit of the same name: the stock is what it has.
///
/// ```ron
/// { "smith": (
///     sells: ["weapon", "armour"],
///     buys: ["weapon", "armour", "metal"],
///     sells_at: 1.2,
///     buys_at: "0.4 + 0.01 * core:skills.persuasion",
///     prices: [
///         (label: "Plenty of it", times: "max(0.6, 1.2 - 0.1 * stock)", tags: ["metal"]),
///         (label: "For the guild", times: 0.9, on: Buying, customer: (all: ["guild.smith"])),
///     ],
///     stock: [(item: "iron_sword", count: 1, max: 3)],
///     restock: 3600,
///     till: 500,
///     buyback: 600,
/// ) }
/// ```
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct ShopDef {
    /// What is for sale: things with any of these tags; everything if empty. Coins never are.
    #[serde(default)]
    pub sells: Vec<Text>,
    /// What is bought: things with any of these tags; nothing if empty.
    #[serde(default)]
    pub buys: Vec<Text>,
    /// What a customer pays, as a share of the value; from 0. See [`PriceStep`] for what a formula
    /// can read.
    #[serde(default = "in_full")]
    pub sells_at: Rate,
    /// What a customer gets, as a share of the value; from 0.
    #[serde(default = "half")]
    pub buys_at: Rate,
    /// What else makes things dearer or cheaper, in this order.
    #[serde(default)]
    pub prices: Vec<PriceStep>,
    /// What is there at first and comes again.
    #[serde(default)]
    pub stock: Vec<StockLine>,
    /// What else comes, by chance: at first and with new goods, as far as there is room.
    #[serde(default)]
    pub finds: Option<FindsDef>,
    /// Seconds after which new goods come; never if left out. Then things that are no part of
    /// [`ShopDef::stock`] are sold on, and so is what is more than its `max`.
    #[serde(default)]
    pub restock: Option<f32>,
    /// Money that is there at first, and again whenever new goods come; in the smallest coin, at
    /// most ten million.
    #[serde(default)]
    pub till: u64,
    /// Seconds for which one can buy back, for what one got, what one has sold; 0 for not at all.
    #[serde(default)]
    pub buyback: f32,
    /// Who is served; everybody if left out.
    #[serde(default)]
    pub customers: TagQuery,
    /// What `standing` is in formulas: how the shop's owner thinks of the customer.
    #[serde(default)]
    pub standing: Option<StandingDef>,
}

/// One reason for another price. Exactly one of `times` and `plus`.
///
/// Formulas read the customer's stats and: `stock`, how many of it the shop has; `wanted`, how many
/// it wants to have (`max` of its line in the stock, 0 without one); `standing`; `value`, what one
/// is worth.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct PriceStep {
    /// The reason, as the customer reads it.
    pub label: Text,
    /// For buying, selling or both, as the customer sees it.
    #[serde(default)]
    pub on: On,
    /// Only for things with any of these tags; for everything if empty.
    #[serde(default)]
    pub tags: Vec<Text>,
    /// Only for such customers.
    #[serde(default)]
    pub customer: TagQuery,
    /// What the price is multiplied by.
    #[serde(default)]
    pub times: Option<Rate>,
    /// What is added, in the smallest coin.
    #[serde(default)]
    pub plus: Option<Rate>,
}

/// Which prices a step is about, as the customer sees it.
#[derive(Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum On {
    /// Buying and selling.
    #[default]
    Both,
    /// What the customer pays.
    Buying,
    /// What the customer gets.
    Selling,
}

/// One line of a shop's stock.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct StockLine {
    /// What.
    pub item: Ref<ItemDef>,
    /// How many come with new goods, from 1.
    #[serde(default = "one")]
    pub count: u32,
    /// How many there are at most, and at first; `count` if left out.
    #[serde(default)]
    pub max: Option<u32>,
}

/// What a shop has by chance: other things each time new goods come.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct FindsDef {
    /// What.
    pub table: Ref<LootTableDef>,
    /// The level that the table is rolled with, from 0. The theme is `merchant`.
    #[serde(default)]
    pub level: f32,
}

/// Where `standing` comes from: an axis of a bond of the shop's owner to the customer.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct StandingDef {
    /// The kind of bond.
    pub bond: Ref<RelationDef>,
    /// The name of the axis in its set, such as `affinity`.
    pub axis: Text,
}

/// The names that formulas of a shop can read besides stats.
pub const SHOP_VALUES: [&str; 4] = ["stock", "wanted", "standing", "value"];

/// A stock of more pieces than this is a typing mistake.
const MAX_STOCK: u32 = 100_000;

/// More money than this is a typing mistake, and would be a shop full of coins.
const MAX_TILL: u64 = 10_000_000;

fn in_full() -> Rate {
    Rate::number(1.0)
}

fn half() -> Rate {
    Rate::number(0.5)
}

fn one() -> u32 {
    1
}

impl StockLine {
    /// How many there are at most.
    pub fn most(&self) -> u32 {
        self.max.unwrap_or(self.count)
    }
}

impl ShopDef {
    /// Whether such things are for sale here.
    pub fn sells(&self, item: &ItemDef) -> bool {
        self.sells.is_empty() || self.sells.iter().any(|tag| item.has_tag(tag))
    }

    /// Whether such things are bought here.
    pub fn buys(&self, item: &ItemDef) -> bool {
        self.buys.iter().any(|tag| item.has_tag(tag))
    }

    /// All formulas.
    pub fn rates(&self) -> impl Iterator<Item = &Rate> {
        let steps = self.prices.iter();
        let steps = steps.flat_map(|step| step.times.iter().chain(&step.plus));
        [&self.sells_at, &self.buys_at].into_iter().chain(steps)
    }
}

impl Definition for ShopDef {
    const KIND: &'static str = "shops";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        let at = ctx.entry_span();
        self.sells_at.link(ctx, "sells_at", &SHOP_VALUES);
        self.buys_at.link(ctx, "buys_at", &SHOP_VALUES);
        check_measure(ctx, at, "buyback", self.buyback);
        if let Some(finds) = &self.finds {
            check_measure(ctx, &finds.table, "level", finds.level);
        }
        if let Some(seconds) = self.restock
            && !(seconds.is_finite() && seconds > 0.0)
        {
            let message = format!("`restock` is {seconds}; it must be more than 0 seconds");
            let help = "leave it out if no new goods come".to_owned();
            ctx.error(at, BAD_NUMBER, message, Some(help));
        }
        if self.till > MAX_TILL {
            let message = format!("`till` is {}; it must be 0 to {MAX_TILL}", self.till);
            ctx.error(at, BAD_NUMBER, message, None);
        }
        self.customers.link(ctx);
        for step in &mut self.prices {
            step.customer.link(ctx);
            match (&mut step.times, &mut step.plus) {
                (Some(rate), None) => rate.link(ctx, "times", &SHOP_VALUES),
                (None, Some(rate)) => rate.link(ctx, "plus", &SHOP_VALUES),
                _ => {
                    let message = "a price step has either `times` or `plus`";
                    ctx.error(&step.label, "price-step", message, None);
                }
            }
        }
        for line in &self.stock {
            if line.count == 0 || line.most() == 0 || line.most() > MAX_STOCK {
                let message = format!("`count` and `max` must be 1 to {MAX_STOCK}");
                ctx.error(&line.item, BAD_NUMBER, message, None);
            }
        }
    }
}
