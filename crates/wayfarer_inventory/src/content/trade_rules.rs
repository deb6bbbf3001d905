//! Kind `trade_rules`: which money holds, and what trading is like. The entry in force is
//! `core:default`.

use serde::Deserialize;
use wayfarer_core::content::{Content, Definition, LinkCtx, Ref};

use super::{BAD_NUMBER, CurrencyDef};

/// Definition kind `trade_rules`.
///
/// ```ron
/// { "default": (currency: "coins", break_coins: true) }
/// ```
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct TradeRulesDef {
    /// The money that prices are paid in; the only currency there is if left out.
    #[serde(default)]
    pub currency: Option<Ref<CurrencyDef>>,
    /// Whether a coin is changed into smaller ones when nobody has change; otherwise the payment
    /// is refused with `no_change`.
    #[serde(default = "yes")]
    pub break_coins: bool,
    /// Seconds for which a question to trade waits for an answer, more than 0.
    #[serde(default = "minute")]
    pub ask_lasts: f32,
}

fn yes() -> bool {
    true
}

fn minute() -> f32 {
    TradeRulesDef::ASK_LASTS
}

impl TradeRulesDef {
    /// [`TradeRulesDef::ask_lasts`] of packs that do not say.
    pub const ASK_LASTS: f32 = 60.0;

    /// The entry that is in force, if there is one.
    pub fn in_force(content: &Content) -> Option<&Self> {
        content
            .table::<Self>()
            .get_by_name(IN_FORCE)
            .map(|def| &**def)
    }
}

/// The entry that is in force.
pub const IN_FORCE: &str = "core:default";

impl Definition for TradeRulesDef {
    const KIND: &'static str = "trade_rules";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        if !(self.ask_lasts.is_finite() && self.ask_lasts > 0.0) {
            let message = format!("`ask_lasts` is {}; it must be more than 0", self.ask_lasts);
            ctx.error(ctx.entry_span(), BAD_NUMBER, message, None);
        }
    }
}
