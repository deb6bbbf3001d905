//! Damage and healing: from what comes in to what is taken, each step told.
//!
//! What sorts of damage there are is content (kind `damage_types`), and so is the way from a blow to
//! the resource that it hits (kind `damage_rules`): immunities, reductions, shares, resistances,
//! vulnerabilities, rounding, temporary points. Characters are resistant by their
//! [`Tags`](crate::tags::Tags), and soak by formulas over their stats.
//!
//! - [`resolve`], [`resolve_healing`], [`resolve_temporary`]: pure rules over plain data.
//! - [`preview`], [`preview_healing`], [`preview_temporary`]: what would happen to somebody, with
//!   nothing touched; on the host and for the owner on a client.
//! - [`deal_damage`], [`heal`], [`give_temporary`]: the same in a transaction.
//!
//! # The rules
//!
//! - Amounts of one type in one blow are added up first; then each type goes its own way, then what
//!   is left of all of them is added up and meets temporary points and the resource.
//! - What holds for a wider type ([`DamageTypeDef::group`]) holds for those beneath it, and is tried
//!   after their own.
//! - A tag counts once, however often it is granted. Of several resistances the first counts, and
//!   of several vulnerabilities, unless [`DamageRulesDef::resistances_add`].
//! - When nothing is left, later steps add nothing; an immunity also stops the least amount.
//! - No amount is ever negative, infinite or no number: healing is not negative damage. What is none
//!   counts as 0 in the pure rules and is refused in transactions.
//! - The order in which types are listed makes no difference to the result, to the bit.

mod actions;
mod check;
mod deal;
mod display;
mod facts;
mod gather;
mod healing;
mod index;
mod kinds;
mod model;
mod outcome;
mod resolve;
mod rules_def;
mod step;
#[cfg(test)]
mod tests;

pub use actions::{DamageReceipt, DealDamage, GiveTemporary, Heal, HealReceipt};
pub use deal::{deal_damage, give_temporary, heal};
pub use facts::{DamageTaken, Healed, ResourceDepleted};
pub use gather::{preview, preview_healing, preview_temporary};
pub use healing::{HealingDefences, resolve_healing, resolve_temporary};
pub use index::DamageIndex;
pub use kinds::DamageTypeDef;
pub use model::{
    DamageRules, DamageStage, Defences, Pool, Reason, ReasonSource, Rounding, TypeDefences,
};
pub use outcome::{DamageOutcome, HealingOutcome};
pub use resolve::resolve;
pub use rules_def::DamageRulesDef;
pub use step::{DamageCounted, DamageOp, DamageStep};

use bevy::prelude::*;
use wayfarer_core::{action::ActionAppExt, content::ContentAppExt};

/// Adds the kinds, checks, actions and facts.
pub(crate) fn register(app: &mut App) {
    app.register_definition::<DamageTypeDef>()
        .register_definition::<DamageRulesDef>()
        .register_content_derive("stats.2_damage", DamageIndex::build)
        .register_content_check("stats.damage", check::check)
        .register_action::<DealDamage>()
        .register_action::<Heal>()
        .register_action::<GiveTemporary>()
        .add_message::<DamageTaken>()
        .add_message::<Healed>()
        .add_message::<ResourceDepleted>();
}
