//! What packs can say about wearing things: the kinds `slots`, `gear`, `equip_rules`, `qualities`,
//! `rarities` and `conditions`.

mod check;
mod condition;
mod gear;
mod quality;
mod rarity;
mod rules;
mod slot;

pub(crate) use check::check_gear;
pub use condition::{Band, ConditionDef, Gates, Rounding, Urgency};
pub use gear::{GearDef, Requirement};
pub(crate) use quality::one;
pub use quality::{QualityDef, RepairPrice};
pub use rarity::RarityDef;
pub use rules::EquipRulesDef;
pub use slot::SlotDef;

use wayfarer_core::content::{LinkCtx, Located};

/// Reports seconds that are negative, infinite or no number.
fn check_seconds(ctx: &mut LinkCtx<'_>, at: impl Located, field: &str, seconds: f32) {
    if !(seconds.is_finite() && seconds >= 0.0) {
        let message = format!("`{field}` is {seconds}; it must be seconds from 0");
        ctx.error(at, "bad-number", message, None);
    }
}

/// Reports a factor that is negative, infinite or no number.
pub(crate) fn check_factor(ctx: &mut LinkCtx<'_>, field: &str, value: f32) {
    if !(value.is_finite() && value >= 0.0) {
        let message = format!("`{field}` is {value}; it must be a number from 0");
        ctx.error(ctx.entry_span(), "bad-number", message, None);
    }
}

/// Reports a number that does not lie between 0 and `most`.
pub(crate) fn check_share(ctx: &mut LinkCtx<'_>, field: &str, value: f32, most: f32) {
    if !(0.0..=most).contains(&value) {
        let message = format!("`{field}` is {value}; it must be 0 to {most}");
        ctx.error(ctx.entry_span(), "bad-number", message, None);
    }
}
