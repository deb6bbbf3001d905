//! Repairing: planned and shown before anything is paid, done as work that takes time.
//!
//! - [`plan_repair`] is the whole question: what it costs and why, what it uses up, how likely it
//!   works, how long it takes, what would come of it. Panels show it, the action obeys it.
//! - [`RepairItem`] begins the work. Nothing is taken before its end; then it is planned again, paid,
//!   used up and decided at once.
//! - [`recommend`] says what to repair first, within a budget.

mod action;
mod materials;
mod plan;
mod recommend;
mod work;

pub use action::RepairItem;
pub use plan::{ExtraOffer, MaterialNeed, RepairPlan, plan_repair, what_comes_back};
pub use recommend::{Recommendation, recommend};
pub use work::Repairing;

use bevy::prelude::*;
use wayfarer_core::{action::ActionAppExt, content::ContentAppExt};
use wayfarer_inventory::work::WorkAppExt;

use crate::{content::RepairRulesDef, facts::RepairEnded};

pub(crate) fn plugin(app: &mut App) {
    app.register_definition::<RepairRulesDef>()
        .register_content_check("equipment.repair", RepairRulesDef::check_all)
        .register_work::<Repairing>()
        .register_action::<RepairItem>()
        .add_message::<RepairEnded>();
}
