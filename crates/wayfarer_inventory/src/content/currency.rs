//! Kind `currencies`: what counts as money.

use serde::Deserialize;
use wayfarer_core::content::{Definition, LinkCtx, Ref};

use super::{BAD_NUMBER, ItemDef};

/// Definition kind `currencies`.
///
/// Coins are items: they weigh, lie about and stack like everything else. Each is worth a multiple
/// of the next, so that change is a matter of counting.
///
/// ```ron
/// { "coins": (name: "Coins of the realm", coins: [
///     (item: "gold_coin", worth: 100, short: "gp"),
///     (item: "silver_coin", worth: 10, short: "sp"),
///     (item: "copper_coin", worth: 1, short: "cp"),
/// ]) }
/// ```
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct CurrencyDef {
    /// Name shown to players.
    pub name: String,
    /// The coins, the most valuable first; the last is worth 1.
    pub coins: Vec<CoinDef>,
}

/// One kind of coin.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct CoinDef {
    /// The item. Only pieces without extensions are money: an engraved coin is a keepsake.
    pub item: Ref<ItemDef>,
    /// How many of the smallest coin it is worth, from 1; a multiple of the next coin's worth.
    pub worth: u64,
    /// How prices name it, such as `gp`; the name of the item if left out.
    #[serde(default)]
    pub short: String,
}

impl Definition for CurrencyDef {
    const KIND: &'static str = "currencies";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        let at = ctx.entry_span();
        match self.coins.last() {
            None => ctx.error(at, "no-coins", "a currency without coins", None),
            Some(last) if last.worth != 1 => {
                let message = format!("the smallest coin is worth {}; it must be 1", last.worth);
                let help = "prices are counted in the smallest coin, so it is worth 1";
                ctx.error(&last.item, BAD_NUMBER, message, Some(help.into()));
            }
            Some(_) => {}
        }
        for pair in self.coins.windows(2) {
            let [greater, lesser] = pair else { continue };
            let fits = greater.worth.checked_rem(lesser.worth) == Some(0);
            if !fits || greater.worth <= lesser.worth {
                let message = format!(
                    "a coin is worth {}, the next {}: it must be a multiple of the next",
                    greater.worth, lesser.worth
                );
                let help = "write the most valuable coin first, such as 100, 10, 1";
                ctx.error(&greater.item, BAD_NUMBER, message, Some(help.into()));
            }
        }
        for (i, coin) in self.coins.iter().enumerate() {
            if self.coins.iter().skip(i + 1).any(|c| c.item == coin.item) {
                let message = format!("`{}` is named twice", coin.item);
                ctx.error(&coin.item, "twice", message, None);
            }
        }
    }
}
