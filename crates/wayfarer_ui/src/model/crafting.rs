//! Recipes, what is missing for them, and the work in hand, as data.

use wayfarer_core::id::{DefId, Uid};

use super::{Feedback, item::Now};

/// The recipes that a character knows, and what they are making.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CraftingModel {
    /// Whether there is a character at all.
    pub here: bool,
    /// The moment.
    pub now: Now,
    /// The recipes that are known, by name.
    pub recipes: Vec<RecipeRow>,
    /// The recipe that is looked at.
    pub details: Option<RecipeDetails>,
    /// The work in hand.
    pub job: Option<JobRow>,
    /// How the last piece of work came out.
    pub last: Option<String>,
    /// What is on its way, and what was refused.
    pub feedback: Feedback,
}

/// One recipe in the list.
#[derive(Clone, Debug, PartialEq)]
pub struct RecipeRow {
    /// The recipe.
    pub recipe: DefId,
    /// What it is called.
    pub name: String,
    /// Whether it can be made here and now.
    pub possible: bool,
}

/// A recipe in full.
#[derive(Clone, Debug, PartialEq)]
pub struct RecipeDetails {
    /// The recipe.
    pub row: RecipeRow,
    /// What it makes.
    pub makes: String,
    /// What that is.
    pub description: String,
    /// How many of it.
    pub count: u32,
    /// Each material: what, how many there are, how many are needed.
    pub materials: Vec<(String, u32, u32)>,
    /// Each tool: what, and whether there is one.
    pub tools: Vec<(String, bool)>,
    /// The place that is needed, and the one within reach.
    pub station: Option<(String, Option<String>)>,
    /// The place within reach that would be used.
    pub at: Option<Uid>,
    /// The skill that decides, and how much of it there is.
    pub skill: Option<(String, f32)>,
    /// The chance of success, 0 to 1, exactly.
    pub chance: f64,
    /// How well it could turn out: least, on average, most; 0 to 100.
    pub score: Option<(f32, f32, f32)>,
    /// How long one takes, seconds.
    pub seconds: f32,
    /// What it costs in coins, in words; empty for nothing.
    pub price: String,
    /// Why it can not be made.
    pub why_not: Option<String>,
}

/// Work in hand.
#[derive(Clone, Debug, PartialEq)]
pub struct JobRow {
    /// What is being done.
    pub what: String,
    /// How much of it is done, 0 to 1.
    pub share: f32,
    /// How long it still takes, seconds.
    pub left: f64,
    /// How many more are to come after this one.
    pub more: u32,
}
