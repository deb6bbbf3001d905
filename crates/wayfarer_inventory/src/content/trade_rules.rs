//! Kind `trade_rules`: which money holds, and what trading is like. The entry in force is
//! `core:default`.

use serde::Deserialize;
use wayfarer_core::content::{Definition, LinkCtx, Ref};

use super::CurrencyDef;

/// Definition kind `trade_rules`.
///
/// ```ron
/// { "default": (currency: "coins", break_coins: true) }
/// ```
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct TradeRulesDef {
    /// The money that prices are paid in.
    pub currency: Ref<CurrencyDef>,
    /// Whether a coin is changed into smaller ones when nobody has change; otherwise the payment
    /// is refused with `no_change`.
    #[serde(default = "yes")]
    pub break_coins: bool,
}

fn yes() -> bool {
    true
}

/// The entry that is in force.
pub const IN_FORCE: &str = "core:default";

impl Definition for TradeRulesDef {
    const KIND: &'static str = "trade_rules";

    fn link(&mut self, _ctx: &mut LinkCtx<'_>) {}
}
