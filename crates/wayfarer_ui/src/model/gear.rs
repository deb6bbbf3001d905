//! What the gear panel shows.

use wayfarer_core::id::{DefId, Uid};

use super::{Feedback, effects::ChangeRow};

/// The gear panel: how far one has come with sets, and what one's things can do.
#[derive(Clone, Debug, Default)]
pub struct GearModel {
    /// Whether there is a character.
    pub present: bool,
    /// Sets of which a piece is worn.
    pub sets: Vec<SetLine>,
    /// What can be done now, in combat or out of it.
    pub abilities: Vec<AbilityLine>,
    /// What is worn, and how much of it is left.
    pub worn: Vec<WornLine>,
    /// What is worn and poorer than one's level calls for.
    pub upgrades: Vec<UpgradeLine>,
    /// What is pending or was refused.
    pub feedback: Feedback,
}

/// A set of which a piece is worn.
#[derive(Clone, Debug, Default)]
pub struct SetLine {
    /// Its name.
    pub name: String,
    /// A sentence about it.
    pub description: String,
    /// How many pieces count.
    pub counted: u32,
    /// Its tiers, from the fewest pieces on.
    pub tiers: Vec<TierLine>,
    /// What belongs to it and is not worn.
    pub missing: Vec<String>,
    /// Pieces that are too worn to count.
    pub unsound: Vec<String>,
    /// How many tiers more there would be if they were repaired.
    pub restored: usize,
}

/// A tier of a set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TierLine {
    /// From how many pieces it counts.
    pub pieces: u32,
    /// Its name; none if empty.
    pub name: String,
    /// Whether it counts.
    pub active: bool,
    /// What it gives, each in words: stats with amounts, effects.
    pub gives: Vec<String>,
}

/// Something that can be done with a thing.
#[derive(Clone, Debug)]
pub struct AbilityLine {
    /// The item.
    pub item: Uid,
    /// Its name.
    pub item_name: String,
    /// The ability.
    pub ability: DefId,
    /// Its name.
    pub name: String,
    /// What it does.
    pub description: String,
    /// Seconds until it can be used again; 0 when it can.
    pub remaining: f32,
    /// On whom it would be used; `None` is oneself.
    pub target: Option<Uid>,
    /// Why it cannot be used.
    pub refusal: Option<String>,
}

/// Something worn.
#[derive(Clone, Debug, PartialEq)]
pub struct WornLine {
    /// Its name.
    pub name: String,
    /// How much is left of it, in percent.
    pub percent: f32,
    /// What that is called.
    pub band: String,
}

/// Something worn that is poorer than its wearer's level calls for.
#[derive(Clone, Debug, PartialEq)]
pub struct UpgradeLine {
    /// Its name.
    pub name: String,
    /// The name of the quality that is within reach.
    pub quality: String,
    /// The level from which it is.
    pub level: f32,
    /// Something carried that is better, and what it would change.
    pub better: Option<(String, Vec<ChangeRow>)>,
}
