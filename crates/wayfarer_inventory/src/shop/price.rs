//! What things cost here, for this customer, and why. The same function decides on the host and
//! fills the panel on a client.

use bevy::prelude::*;
use wayfarer_core::{
    clock::RulesClock,
    content::{Content, Def, Located},
    id::{DefId, Identity, Uid},
    refusal::Refusal,
};
use wayfarer_stats::tags::Tags;

use super::{Shop, customer::tags_of, definition, standing::standing};
use crate::{
    content::{ItemDef, On, ShopDef},
    currency::Money,
    inventory::Inventory,
    item::Item,
    refusals,
    rules::{Side, asked, offered, share_of, top, total},
    stats,
    value::{Appraisal, PriceLine, PriceOp, appraise},
    view::View,
};

/// Most pieces of one deal.
pub const MAX_PIECES: u32 = 10_000;

/// A price with its reasons.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Price {
    /// The reasons for the price of the first piece, in the order in which they apply.
    pub lines: Vec<PriceLine>,
    /// What the first piece costs, in the smallest coin.
    pub unit: u64,
    /// What all pieces cost together. The price of a piece may follow from how many there are.
    pub total: u64,
}

/// What `count` pieces of an item cost a customer, or bring: on [`Side::Buy`] the item is the
/// shop's, on [`Side::Sell`] the customer's.
///
/// # Errors
/// `not_found`, `worn`, `invalid_amount` for none, more than there are, or more than
/// [`MAX_PIECES`]; `not_for_sale`, `not_bought_here`, `not_empty`, `template_unavailable`.
pub fn price_of(
    world: &World,
    content: &Content,
    shop: Entity,
    customer: Entity,
    item: Uid,
    side: Side,
    count: u32,
) -> Result<Price, Refusal> {
    let def = definition(world, content, shop).ok_or_else(|| Refusal::not_found("shop"))?;
    let holder = match side {
        Side::Buy => shop,
        Side::Sell => customer,
    };
    let view = View::of(world, content, holder)?;
    let item = view.loose_item(item)?;
    let item_def = view.def(item)?;
    refusals::amount_of(item, Some(count))?;
    if count > MAX_PIECES {
        return Err(refusals::invalid_amount(count, MAX_PIECES));
    }
    let name = item_def.name.as_str();
    match side {
        Side::Buy if !for_sale(content, def, view.inventory, item, item_def) => {
            return Err(refusals::not_for_sale(name));
        }
        Side::Sell if !def.buys(item_def) || is_money(content, item.def) => {
            return Err(refusals::not_bought_here(name));
        }
        Side::Sell if view.inventory.is_filled(item.uid) => {
            return Err(refusals::not_empty(name));
        }
        _ => {}
    }
    let quote = Quote::new(world, content, shop, customer, def, item, item_def);
    let price = quote.price(side, count);
    if side == Side::Buy
        && let Some(again) = buyback(world, shop, customer, item.uid, count)
        && again.total < price.total
    {
        return Ok(again);
    }
    if side == Side::Sell && price.total == 0 {
        return Err(refusals::not_bought_here(name));
    }
    Ok(price)
}

/// The whole price of a deal (what, which way, how many), if it is still what was seen.
///
/// # Errors
/// Those of [`price_of`], and `price_changed`.
pub(crate) fn agreed_price(
    world: &World,
    content: &Content,
    shop: Entity,
    customer: Entity,
    (item, side, count): (Uid, Side, u32),
    seen: u64,
) -> Result<u64, Refusal> {
    let price = price_of(world, content, shop, customer, item, side, count)?.total;
    if price != seen {
        return Err(refusals::price_changed(content, price));
    }
    Ok(price)
}

/// Whether a shop would sell an item that it has: not what it wears, not money, not a bag with
/// something in it, not what it keeps for itself.
pub fn for_sale(
    content: &Content,
    shop: &ShopDef,
    inventory: &Inventory,
    item: &Item,
    def: &ItemDef,
) -> bool {
    item.place.slot().is_none()
        && !inventory.is_filled(item.uid)
        && shop.sells(def)
        && !is_money(content, item.def)
}

fn is_money(content: &Content, item: DefId) -> bool {
    Money::of(content).is_some_and(|money| money.index_of(item).is_some())
}

fn buyback(world: &World, shop: Entity, customer: Entity, item: Uid, count: u32) -> Option<Price> {
    let tick = world.get_resource::<RulesClock>().map_or(0, |c| c.tick);
    let customer = world.get::<Identity>(customer)?.0;
    let known = world.get::<Shop>(shop)?.buyback_of(item, customer, tick)?;
    if count > known.count {
        return None;
    }
    let unit = share_of(known.paid, known.count, 1);
    let line = PriceLine {
        label: "Bought back".into(),
        op: PriceOp::Plus,
        amount: unit as f32,
        place: None,
    };
    Some(Price {
        lines: vec![line],
        unit,
        total: share_of(known.paid, known.count, count),
    })
}

/// Everything that the price of one kind of thing follows from.
pub(super) struct Quote<'a> {
    content: &'a Content,
    shop: &'a Def<ShopDef>,
    item: &'a ItemDef,
    value: Appraisal,
    tags: Tags,
    stock: u64,
    wanted: f32,
    standing: f32,
    stat: Box<dyn Fn(DefId) -> f32 + 'a>,
}

impl<'a> Quote<'a> {
    fn new(
        world: &'a World,
        content: &'a Content,
        shop: Entity,
        customer: Entity,
        def: &'a Def<ShopDef>,
        item: &Item,
        item_def: &'a ItemDef,
    ) -> Self {
        let inventory = world.get::<Inventory>(shop);
        Self {
            content,
            shop: def,
            item: item_def,
            value: appraise(content, item),
            tags: tags_of(world, customer),
            stock: inventory.map_or(0, |inventory| inventory.count_of(item.def)),
            wanted: wanted(def, item.def),
            standing: standing(world, def, shop, customer),
            stat: Box::new(move |stat| stats::value(world, customer, stat)),
        }
    }

    /// For content checks: somebody with ordinary stats, of whom nothing is known.
    pub(super) fn neutral(
        content: &'a Content,
        def: &'a Def<ShopDef>,
        item: &'a Def<ItemDef>,
        stock: u64,
        stat: impl Fn(DefId) -> f32 + 'a,
    ) -> Self {
        let piece = Item::new(Uid::MIN, item.id(), 1);
        Self {
            content,
            shop: def,
            item,
            value: appraise(content, &piece),
            tags: Tags::default(),
            stock,
            wanted: wanted(def, item.id()),
            standing: 0.0,
            stat: Box::new(stat),
        }
    }

    fn price(&self, side: Side, count: u32) -> Price {
        let first = top(side, self.stock);
        let unit = |nth| self.unit(side, nth);
        let mut lines = self.value.lines.clone();
        self.walk(side, first, |step| {
            lines.push(step.line(self.content, self.shop));
        });
        let price = unit(first);
        if side == Side::Sell && price < offered(self.amount(side, first)) {
            lines.push(PriceLine {
                label: "No more than it costs here".into(),
                op: PriceOp::AtMost,
                amount: price as f32,
                place: None,
            });
        }
        Price {
            lines,
            unit: price,
            total: total(side, self.stock, count, self.follows_stock(), unit),
        }
    }

    /// The price of the piece that is, or becomes, the `nth` in stock. Never more is given for it
    /// than it would cost again.
    pub(super) fn unit(&self, side: Side, nth: u64) -> u64 {
        let asked = asked(self.amount(Side::Buy, nth));
        match side {
            Side::Buy => asked,
            Side::Sell => offered(self.amount(side, nth)).min(asked),
        }
    }

    /// The price before it is rounded.
    pub(super) fn amount(&self, side: Side, nth: u64) -> f64 {
        let mut value = self.value.exact();
        self.walk(side, nth, |step| {
            value = step.op.apply(value, step.amount).max(0.0);
        });
        value
    }

    fn follows_stock(&self) -> bool {
        self.shop.rates().any(|rate| rate.reads(0))
    }

    fn walk<'s>(&'s self, side: Side, nth: u64, mut each: impl FnMut(Step<'s>)) {
        let value = self.value.exact() as f32;
        let values = [nth as f32, self.wanted, self.standing, value];
        let (margin, label) = match side {
            Side::Buy => (&self.shop.sells_at, "Asked here"),
            Side::Sell => (&self.shop.buys_at, "Offered here"),
        };
        let amount = margin.eval(&values, &self.stat).max(0.0);
        each(Step {
            label,
            op: PriceOp::Times,
            amount,
            at: None,
        });
        for step in &self.shop.prices {
            let on = match step.on {
                On::Both => true,
                On::Buying => side == Side::Buy,
                On::Selling => side == Side::Sell,
            };
            let tagged = step.tags.is_empty() || step.tags.iter().any(|t| self.item.has_tag(t));
            if !on || !tagged || !step.customer.holds(&self.tags) {
                continue;
            }
            let (op, rate) = match (&step.times, &step.plus) {
                (Some(rate), _) => (PriceOp::Times, rate),
                (None, Some(rate)) => (PriceOp::Plus, rate),
                (None, None) => continue,
            };
            let amount = rate.eval(&values, &self.stat);
            let nothing = match op {
                PriceOp::Times => amount == 1.0,
                _ => amount == 0.0,
            };
            if !nothing {
                each(Step {
                    label: &step.label,
                    op,
                    amount,
                    at: Some(&step.label),
                });
            }
        }
    }
}

/// One reason, before it is put into words.
struct Step<'a> {
    label: &'a str,
    op: PriceOp,
    amount: f32,
    at: Option<&'a wayfarer_core::content::Text>,
}

impl Step<'_> {
    fn line(&self, content: &Content, shop: &Def<ShopDef>) -> PriceLine {
        let place = self.at.and_then(|text| content.place_of(text.span()));
        let place = place.map(|place| place.to_string());
        PriceLine {
            label: self.label.to_owned(),
            op: self.op,
            amount: self.amount,
            place: Some(place.unwrap_or_else(|| shop.place().to_string())),
        }
    }
}

fn wanted(def: &ShopDef, item: DefId) -> f32 {
    let line = def.stock.iter().find(|line| line.item.id() == item);
    line.map_or(0.0, |line| line.most() as f32)
}
