//! Crafting: recipes, what is missing for them, the exact chances, and the making itself.
//!
//! [`plan_craft`] looks and changes nothing; the [preview](preview_craft), the action
//! [`CraftItem`](crate::actions::CraftItem) and the work that finishes it all ask it, on the host
//! and on clients alike.

mod check;
mod gain;
mod known;
mod make;
mod materials;
mod plan;
mod preview;
mod work;

pub use check::check_recipes;
pub(crate) use gain::fee_of;
pub use known::{Recipes, known_recipes, knows, learn};
pub use materials::MaterialLine;
pub use plan::{CraftOrder, CraftPlan, plan_craft};
pub use preview::{CraftPreview, ScoreOdds, preview_craft, score_odds};
pub use work::Crafting;
