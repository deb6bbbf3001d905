//! What packs can say about wearing things: the kinds `slots`, `gear` and `equip_rules`.

mod check;
mod gear;
mod rules;
mod slot;

pub(crate) use check::check_gear;
pub use gear::{GearDef, Requirement};
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
