//! Bonus types.

use serde::Deserialize;
use wayfarer_core::content::Definition;

/// Definition kind `bonus_types`: what sort of bonus a modifier is.
///
/// ```ron
/// { "enhancement": (name: "Enhancement", stacks: false) }
/// ```
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct BonusTypeDef {
    /// Name shown to players.
    pub name: String,
    /// What this sort of bonus is, in a sentence.
    #[serde(default)]
    pub description: String,
    /// Whether all modifiers of the type count. If not, of each kind only the highest bonus and
    /// the lowest penalty do.
    #[serde(default)]
    pub stacks: bool,
}

impl Definition for BonusTypeDef {
    const KIND: &'static str = "bonus_types";
}
