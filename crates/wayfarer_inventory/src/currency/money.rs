//! The currency in force, ready to count with.

use std::fmt::Write as _;

use wayfarer_core::{
    content::{Content, Report},
    id::DefId,
};

use crate::{
    content::{CurrencyDef, IN_FORCE, ItemDef, TradeRulesDef},
    rules::{Counts, fewest},
};

/// One kind of coin of the currency in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coin {
    /// The item.
    pub item: DefId,
    /// How many of the smallest coin it is worth.
    pub worth: u64,
    /// How prices name it.
    pub short: String,
}

/// The currency in force. Part of the content; see [`Money::of`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Money {
    coins: Vec<Coin>,
    worths: Vec<u64>,
    break_coins: bool,
}

impl Money {
    /// The currency in force; `None` when the packs have no money.
    pub fn of(content: &Content) -> Option<&Self> {
        content.derived::<Self>().filter(|m| !m.coins.is_empty())
    }

    /// The coins, the most valuable first.
    pub fn coins(&self) -> &[Coin] {
        &self.coins
    }

    /// What the coins are worth, in the same order.
    pub fn worths(&self) -> &[u64] {
        &self.worths
    }

    /// Whether coins are changed where there is no change.
    pub const fn breaks_coins(&self) -> bool {
        self.break_coins
    }

    /// Which coin an item is.
    pub fn index_of(&self, item: DefId) -> Option<usize> {
        self.coins.iter().position(|coin| coin.item == item)
    }

    /// No coins.
    pub fn none(&self) -> Counts {
        self.coins.iter().map(|_| 0).collect()
    }

    /// An amount in words: `3 gp 7 cp`; `0 cp` for nothing.
    pub fn show(&self, amount: u64) -> String {
        let mut text = String::new();
        for (coin, count) in self.coins.iter().zip(fewest(&self.worths, amount)) {
            if count > 0 {
                let space = if text.is_empty() { "" } else { " " };
                // Writing to a string cannot fail.
                let _ = write!(text, "{space}{count} {}", coin.short);
            }
        }
        if text.is_empty() {
            text = format!("0 {}", self.coins.last().map_or("", |c| c.short.as_str()));
        }
        text
    }
}

/// The currency that `core:default` names; if it names none, the only one there is.
/// One without coins stands for none: a derived value has to be something.
pub(crate) fn of_content(content: &Content, report: &mut Report) -> Option<Money> {
    Some(find(content, report).unwrap_or_default())
}

fn find(content: &Content, report: &mut Report) -> Option<Money> {
    let rules = content.table::<TradeRulesDef>().get_by_name(IN_FORCE);
    let currencies = content.table::<CurrencyDef>();
    let named = rules.and_then(|rules| rules.currency.as_ref());
    let currency = match named {
        Some(named) => currencies.get(named.id())?,
        None => {
            let mut all = currencies.iter();
            let first = all.next()?;
            if let Some(second) = all.next() {
                let message = format!("nothing says which money holds: this or {}", first.name());
                let help = "write `core:default` of the kind `trade_rules`".to_owned();
                report.warn(second, "no-currency", message, Some(help));
                return None;
            }
            first
        }
    };
    let name_of = |item: DefId| {
        let def = content.table::<ItemDef>().get(item);
        def.map_or_else(String::new, |def| def.name.clone())
    };
    let coins: Vec<Coin> = currency
        .coins
        .iter()
        .map(|coin| Coin {
            item: coin.item.id(),
            worth: coin.worth,
            short: match coin.short.as_str() {
                "" => name_of(coin.item.id()),
                short => short.to_owned(),
            },
        })
        .collect();
    Some(Money {
        worths: coins.iter().map(|coin| coin.worth).collect(),
        coins,
        break_coins: rules.is_none_or(|rules| rules.break_coins),
    })
}
