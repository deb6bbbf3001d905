//! Content check: money made by buying, making and selling again, with neither skill nor time.

use std::collections::BTreeMap;

use wayfarer_core::{
    content::{Content, Def, Report},
    id::DefId,
};

use super::price::Quote;
use crate::{
    content::{ItemDef, RecipeDef, RecipeInput, ShopDef, StockLine},
    craft::fee_of,
    rules::Side,
};

/// What a piece costs at the best price, by kind.
type Prices = BTreeMap<DefId, f64>;

/// What is made of what is made is looked at this often: longer chains are nobody's trick.
const ROUNDS: usize = 32;

/// Warns of each recipe that costs neither skill nor time and whose product brings more than its
/// materials cost at the best prices, bought or made in the same way.
pub(super) fn check_gain(content: &Content, report: &mut Report, stat: &dyn Fn(DefId) -> f32) {
    let all = content.table::<RecipeDef>().iter();
    let free: Vec<(&Def<RecipeDef>, f64)> = all
        .filter(|recipe| is_free(recipe))
        .filter_map(|recipe| {
            Some((
                recipe,
                (recipe.cost as f64) + fee_of(content, recipe)? as f64,
            ))
        })
        .collect();
    if free.is_empty() {
        return;
    }
    let mut prices = bought(content, stat);
    for _ in 0..ROUNDS {
        let mut cheaper = false;
        for &(recipe, fee) in &free {
            let (made, count) = (recipe.output.item.id(), f64::from(recipe.output.count));
            let Some(cost) = cost_of(content, recipe, &prices) else {
                continue;
            };
            let each = (cost + fee) / count;
            let known = prices.entry(made).or_insert(f64::INFINITY);
            if each < *known {
                (*known, cheaper) = (each, true);
            }
        }
        if !cheaper {
            break;
        }
    }
    for &(recipe, fee) in &free {
        let Some(materials) = cost_of(content, recipe, &prices) else {
            continue;
        };
        let Some((shop, each)) = best_offer(content, recipe.output.item.id(), stat) else {
            continue;
        };
        let (costs, brings) = (materials + fee, each * f64::from(recipe.output.count));
        if brings > costs + 1e-6 {
            let message = format!(
                "`{}` costs {costs:.1} and brings {brings:.1} at `{}`, without skill or time",
                recipe.name(),
                shop.name()
            );
            let help = "let it take `seconds` or a `skill`, or look at the prices".to_owned();
            report.warn(recipe, "free-profit", message, Some(help));
        }
    }
}

/// Whether anybody can do it as often as they like: no skill, no luck, no time, and not nothing,
/// which has a warning of its own.
fn is_free(recipe: &RecipeDef) -> bool {
    recipe.skill.is_none()
        && recipe.chance.constant().is_some_and(|chance| chance >= 1.0)
        && recipe.seconds.constant().is_some_and(|time| time <= 0.0)
        && !recipe.inputs.is_empty()
}

fn cost_of(content: &Content, recipe: &RecipeDef, prices: &Prices) -> Option<f64> {
    recipe.inputs.iter().try_fold(0.0, |sum, input| {
        Some(sum + cheapest(content, input, prices)? * f64::from(input.count))
    })
}

fn cheapest(content: &Content, input: &RecipeInput, prices: &Prices) -> Option<f64> {
    if let Some(item) = &input.item {
        return prices.get(&item.id()).copied();
    }
    let (tag, items) = (input.tag.as_ref()?, content.table::<ItemDef>());
    let fits = |item: DefId| items.get(item).is_some_and(|i| i.has_tag(tag) && !i.quest);
    let known = prices.iter().filter(|(item, _)| fits(**item));
    known.map(|(_, price)| *price).min_by(f64::total_cmp)
}

/// The best prices of all that shops have in stock.
fn bought(content: &Content, stat: &dyn Fn(DefId) -> f32) -> Prices {
    let mut prices = Prices::new();
    for shop in content.table::<ShopDef>() {
        for line in &shop.stock {
            let item = content.table::<ItemDef>().get(line.item.id());
            let Some(item) = item.filter(|item| shop.sells(item)) else {
                continue;
            };
            let most = u64::from(line.most());
            let quote = Quote::neutral(content, shop, item, most, stat);
            let asked = [1, (most / 2).max(1), most].map(|nth| quote.unit(Side::Buy, nth));
            let known = prices.entry(item.id()).or_insert(f64::INFINITY);
            *known = asked
                .iter()
                .fold(*known, |best, asked| best.min(*asked as f64));
        }
    }
    prices
}

/// The shop that gives most for a piece, and how much.
fn best_offer<'c>(
    content: &'c Content,
    item: DefId,
    stat: &dyn Fn(DefId) -> f32,
) -> Option<(&'c Def<ShopDef>, f64)> {
    let item = content.table::<ItemDef>().get(item)?;
    let shops = content.table::<ShopDef>().iter();
    let offers = shops.filter(|shop| shop.buys(item)).map(|shop| {
        let line = shop.stock.iter().find(|line| line.item.id() == item.id());
        let most = u64::from(line.map_or(0, StockLine::most));
        let quote = Quote::neutral(content, shop, item, most, stat);
        let given = [1, most / 2, most, most + 1].map(|nth| quote.unit(Side::Sell, nth.max(1)));
        (shop, given.into_iter().max().unwrap_or(0) as f64)
    });
    offers.max_by(|(_, a), (_, b)| a.total_cmp(b))
}
