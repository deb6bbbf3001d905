//! Money: coins are items, so they weigh, can be dropped and counted, and never appear from
//! nowhere.
//!
//! Amounts of money are whole numbers of the smallest coin of the currency in force
//! ([`TradeRulesDef`](crate::content::TradeRulesDef) `core:default`).

mod money;
mod pay;
mod purse;

pub(crate) use money::of_content;
pub use money::{Coin, Money};
pub use pay::{check_pays, coins_for, pay, pay_whatever_fits};
pub(crate) use pay::{mint_coins, put, take_coins};
pub use purse::{Purse, purse};
