//! What authors of shops should know before a player finds out.

use wayfarer_core::{
    content::{Content, Report},
    id::DefId,
};
use wayfarer_stats::{StatId, index::StatIndex, relations::RelationIndex};

use super::{gain::check_gain, price::Quote};
use crate::{
    content::{ItemDef, KitDef, ShopDef, StockLine},
    rules::Side,
};

/// Content check: has the merchant a bag, do the stats exist, and could somebody make money by
/// selling a thing and buying it again, or something made of it?
pub(crate) fn check_shops(content: &Content, report: &mut Report) {
    let index = content.derived::<RelationIndex>();
    let stats = content.derived::<StatIndex>();
    let neutral = |stat: DefId| {
        let entry = stats.and_then(|index| index.get(StatId(stat)));
        let def = entry.and_then(|entry| entry.def(content));
        def.and_then(|def| def.default.as_ref())
            .map_or(0.0, |d| d.value)
    };
    for shop in content.table::<ShopDef>() {
        if content.table::<KitDef>().get(shop.id()).is_none() {
            let message = format!(
                "`{}` has no kit: there is no room for its stock",
                shop.name()
            );
            let help = "write an entry of kind `kits` with this name".to_owned();
            report.error(shop, "no-kit", message, Some(help));
        }
        for rate in shop.rates() {
            rate.check_stats(content, report);
        }
        if let Some(standing) = &shop.standing
            && let Some(kind) = index.and_then(|index| index.get(standing.bond.id()))
            && kind.find(&standing.axis).is_none()
        {
            let message = format!("`{}` has no axis `{}`", standing.bond, standing.axis);
            report.error(&standing.axis, "no-axis", message, None);
        }
        profit(content, report, shop, &neutral);
    }
    check_gain(content, report, &neutral);
}

/// The price is held down anyway, but an author who wrote such numbers meant something else.
fn profit(
    content: &Content,
    report: &mut Report,
    shop: &wayfarer_core::content::Def<ShopDef>,
    neutral: &dyn Fn(DefId) -> f32,
) {
    let both = |item: &ItemDef| shop.sells(item) && shop.buys(item) && item.value > 0.0;
    for item in content.table::<ItemDef>().iter().filter(|def| both(def)) {
        let line = shop.stock.iter().find(|line| line.item.id() == item.id());
        let most = u64::from(line.map_or(1, StockLine::most));
        for nth in [1, most / 2, most, most + 1] {
            let quote = Quote::neutral(content, shop, item, nth, neutral);
            let (costs, brings) = (quote.amount(Side::Buy, nth), quote.amount(Side::Sell, nth));
            if brings > costs {
                let message = format!(
                    "with {nth} in stock `{}` costs {costs:.1} and brings {brings:.1}",
                    item.name()
                );
                let help = "players get no more than it costs; look at the margins and steps";
                report.warn(shop, "profit", message, Some(help.into()));
                return;
            }
        }
    }
}
