//! What packs can say about items: the kinds `items`, `compartments`, `load_curves`, `kits`,
//! `stations`, `loot_tables`, `recipes`.

mod amount;
mod charges;
mod compartment;
mod currency;
mod expression;
mod item;
mod kit;
mod load_curve;
mod loot_table;
mod number_or_formula;
mod quantity;
mod rate;
mod recipe;
mod shop;
mod station;
mod trade_rules;

pub use amount::Amount;
pub(crate) use amount::check_stat;
pub use charges::{Binds, ChargesDef, Recharge};
pub use compartment::CompartmentDef;
pub use currency::{CoinDef, CurrencyDef};
pub use expression::Expression;
pub use item::{ItemDef, UseDef};
pub use kit::{KitDef, KitItem, KitLoot, KitRemains, check_kits};
pub use load_curve::{LoadChangeDef, LoadCurveDef};
pub use loot_table::{LootEntry, LootTableDef, Pick};
pub use quantity::Quantity;
pub use rate::Rate;
pub use recipe::{Byproduct, OnFail, RecipeDef, RecipeInput, RecipeOutput, RecipeSkill};
pub use shop::{FindsDef, On, PriceStep, SHOP_VALUES, ShopDef, StandingDef, StockLine};
pub use station::StationDef;
pub use trade_rules::{IN_FORCE, TradeRulesDef};

use wayfarer_core::content::{LinkCtx, Located};

/// The code of diagnostics about numbers that make no sense.
const BAD_NUMBER: &str = "bad-number";

/// Reports a number that is negative, infinite or no number.
fn check_measure(ctx: &mut LinkCtx<'_>, at: impl Located, field: &str, value: f32) {
    if !(value.is_finite() && value >= 0.0) {
        let message = format!("`{field}` is {value}; it must be a number from 0");
        ctx.error(at, BAD_NUMBER, message, None);
    }
}
