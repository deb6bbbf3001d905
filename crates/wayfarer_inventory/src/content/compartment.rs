//! Kind `compartments`: backpack, belt, chest.

use serde::Deserialize;
use wayfarer_core::content::{Definition, LinkCtx, Text};

use super::{Amount, ItemDef};

/// Definition kind `compartments`.
///
/// ```ron
/// { "belt": (name: "Belt", max_bulk: 10, rejects: ["huge"], order: 1) }
/// ```
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct CompartmentDef {
    /// Name shown to players.
    pub name: String,
    /// Most bulk that goes in; without limit if left out. A formula reads the owner's stats.
    #[serde(default)]
    pub max_bulk: Option<Amount>,
    /// Most kilograms that go in; without limit of its own if left out.
    #[serde(default)]
    pub max_weight: Option<Amount>,
    /// Most stacks that go in; without limit if left out.
    #[serde(default)]
    pub max_count: Option<Amount>,
    /// Only items with at least one of these tags; any item if empty.
    #[serde(default)]
    pub accepts: Vec<Text>,
    /// No items with any of these tags.
    #[serde(default)]
    pub rejects: Vec<Text>,
    /// Where panels show it and where new items look for room first, ascending.
    #[serde(default)]
    pub order: i32,
}

impl CompartmentDef {
    /// `Err` with the tag that is unwanted, or the tags of which one is missing.
    pub fn check_tags(&self, item: &ItemDef) -> Result<(), String> {
        if let Some(tag) = self.rejects.iter().find(|tag| item.has_tag(tag)) {
            return Err(tag.to_string());
        }
        if self.accepts.is_empty() || self.accepts.iter().any(|tag| item.has_tag(tag)) {
            return Ok(());
        }
        let wanted: Vec<&str> = self.accepts.iter().map(AsRef::as_ref).collect();
        Err(wanted.join(", "))
    }

    /// The limits that are set, with their names.
    pub fn amounts(&self) -> impl Iterator<Item = &Amount> {
        [&self.max_bulk, &self.max_weight, &self.max_count]
            .into_iter()
            .flatten()
    }
}

impl Definition for CompartmentDef {
    const KIND: &'static str = "compartments";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        for (field, amount) in [
            ("max_bulk", &mut self.max_bulk),
            ("max_weight", &mut self.max_weight),
            ("max_count", &mut self.max_count),
        ] {
            if let Some(amount) = amount {
                amount.link(ctx, field);
            }
        }
    }
}
