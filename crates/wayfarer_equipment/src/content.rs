//! What packs can say about worn things, one kind of definition in each file.

mod check;
mod check_magic;
mod condition;
mod enchant_rules;
mod enchantment;
mod gear;
mod gear_set;
mod identification;
mod item_ability;
mod material;
mod name_rules;
mod quality;
mod rarity;
mod repair_rules;
mod rules;
mod slot;
mod wear_rules;

pub(crate) use check::check_gear;
pub(crate) use check_magic::check_magic;
pub use condition::{Band, ConditionDef, Gates, Rounding, Urgency};
pub use enchant_rules::{ApplyRules, EnchantRulesDef, FoundRules, LearnRules, Named, RemoveRules};
pub use enchantment::{EnchantLasts, EnchantmentDef, Material};
pub use gear::{GearDef, HiddenDef, Requirement};
pub use gear_set::{GearSetDef, SetTier};
pub use identification::{Helper, IdentificationRulesDef, IdentifyStep, SageRules, StudyRules};
pub use item_ability::{AbilityCost, AbilityTarget, AbilityWhen, ItemAbilityDef};
pub use material::{MaterialDef, RepairMaterial};
pub use name_rules::NameRulesDef;
pub(crate) use quality::one;
pub use quality::{QualityDef, RepairPrice};
pub use rarity::RarityDef;
pub use repair_rules::{Failure, Rank, RepairExtra, RepairRulesDef, RepairTool, Severity};
pub use rules::EquipRulesDef;
pub(crate) use rules::value;
pub use slot::SlotDef;
pub use wear_rules::{DamageWear, Outlook, WearGroup, WearRulesDef};

use wayfarer_core::content::{Def, Definition, LinkCtx, Located};
use wayfarer_inventory::content::Expression;

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

/// The weight of what is never found.
pub(crate) fn never() -> Expression {
    Expression::number(0.0)
}

/// Each with its share of all weights, together 1; empty when no weight is above 0.
pub(crate) fn by_weight<T: Definition>(
    all: Vec<&Def<T>>,
    weight: impl Fn(&T) -> f32,
) -> Vec<(&Def<T>, f64)> {
    let weights: Vec<f64> = all
        .iter()
        .map(|def| f64::from(weight(def).max(0.0)))
        .collect();
    let sum: f64 = weights.iter().sum();
    if sum <= 0.0 {
        return Vec::new();
    }
    let shares = weights.into_iter().map(|weight| weight / sum);
    all.into_iter().zip(shares).collect()
}
