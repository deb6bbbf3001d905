//! What the repair bench shows.

use wayfarer_core::id::Uid;

use super::{Feedback, effects::ChangeRow};

/// Everything damaged that the player has, the most urgent first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RepairModel {
    /// Whether there is a character at all.
    pub somebody: bool,
    /// The name of the place; empty when nobody is at one.
    pub place: String,
    /// Its uid.
    pub station: Option<Uid>,
    /// What the player has to spend.
    pub purse: String,
    /// The lines.
    pub rows: Vec<RepairRow>,
    /// What is being repaired at the moment: the name of the work.
    pub working: Option<String>,
    /// How the last repair came out.
    pub last: Option<String>,
    /// What is on its way, and what was refused.
    pub feedback: Feedback,
}

/// One thing that can be repaired.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RepairRow {
    /// The item.
    pub item: Option<Uid>,
    /// Its name.
    pub name: String,
    /// What is left of it, 0 to 100.
    pub percent: f32,
    /// The name of its condition.
    pub condition: String,
    /// How urgent it is; empty when it is not.
    pub urgency: String,
    /// The most urgent ones stand out.
    pub pressing: bool,
    /// Percent that are restored.
    pub points: f32,
    /// What it costs.
    pub price: String,
    /// Why it costs that, line by line.
    pub reasons: Vec<String>,
    /// The chance of success in percent.
    pub chance: f32,
    /// The chance that it makes things worse, in percent.
    pub botch: f32,
    /// Who does it, as a rank; empty when the rules have none.
    pub rank: String,
    /// Seconds.
    pub seconds: f32,
    /// What it uses up: name, needed, there.
    pub materials: Vec<(String, u32, u32)>,
    /// What may be used up on top and what it is good for, in words; empty when there is nothing.
    pub extras: String,
    /// Whether it is planned with that.
    pub with_extras: bool,
    /// A tool that it needs, and whether it is there.
    pub tool: Option<(String, bool)>,
    /// What its wearer would get back.
    pub back: Vec<ChangeRow>,
    /// Whether it fits into the budget after those above it.
    pub within: bool,
    /// Why it cannot be done now.
    pub refusal: Option<String>,
}
